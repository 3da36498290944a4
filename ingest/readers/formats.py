"""Numbers and dates of a worksheet as its number formats show them to people."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Value = str | bool | int | float | datetime | date | time | timedelta | None

# What a format shows besides digits: "户", \户, [$¥-804], and what only takes room: _x, *x.
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_ROOM = re.compile(r"[_*].")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?")
_MASK = "\ue000"
"""Stands for a quoted character while the format's own are read; of the private use area."""
_GENERAL = 11
"""Digits that a cell without a format shows of a fraction."""


def shown(value: Value, number_format: str | None) -> str:
    """The value as its cell shows it: 0.52%, 2021年6月, 12345 without separators."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime | date | time):
        return _date(value, number_format or "")
    return _number(value, number_format or "")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def _date(value: datetime | date | time, number_format: str) -> str:
    """In Chinese words whatever the format's separators, with the parts that it shows."""
    plain = _BRACKETED.sub("", _QUOTED.sub("", number_format)).lower().partition(";")[0]
    hour = "" if isinstance(value, date) and "h" not in plain else _clock(value)
    if isinstance(value, time):
        return hour
    # m beside hours or seconds is minutes.
    months = re.search(r"m", re.sub(r"h+\W*m+|m+\W*s+", "", plain))
    wanted = "y" in plain, bool(months), "d" in plain
    if not any(wanted) and not hour:
        wanted = True, True, True
    parts = (f"{value.year}年", f"{value.month}月", f"{value.day}日")
    day = "".join(part for part, want in zip(parts, wanted, strict=True) if want)
    return f"{day} {hour}".strip()


def _clock(value: datetime | date | time) -> str:
    if not isinstance(value, datetime | time):
        return ""
    return f"{value.hour}:{value.minute:02d}" + (f":{value.second:02d}" if value.second else "")


def _number(value: int | float, number_format: str) -> str:
    try:
        exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
        if not exact.is_finite():
            return str(value)
        before, digits, after = _parts(number_format)
        return before + _digits(exact, digits, after) + after.replace(_MASK, "")
    except (InvalidOperation, _Unusual):
        return _general(Decimal(f"{value:.15g}"))


class _Unusual(Exception):
    """A format that this module does not imitate: fractions, powers of ten."""


def _parts(number_format: str) -> tuple[str, str, str]:
    """(text in front, the pattern of digits, text behind) of the format for positive numbers.

    A negative number gets its minus sign there: (12.00) would be read as positive.
    """
    literal: list[str] = []

    def mask(match: re.Match[str]) -> str:
        literal.append(match[1] if match[1] is not None else match[2])
        return _MASK

    masked = _QUOTED.sub(mask, number_format).split(";")[0]
    if masked.lower() in ("", "general", "g/通用格式", "@"):
        raise _Unusual
    masked = _ROOM.sub("", _BRACKETED.sub(_currency, masked))
    found = _DIGITS.search(masked)
    if found is None or re.search(
        r"[#0?/]|[eE][+-]|!", masked[: found.start()] + masked[found.end() :]
    ):
        raise _Unusual
    texts = iter(literal)
    before, after = (
        "".join(next(texts) if char == _MASK else char for char in part)
        for part in (masked[: found.start()], masked[found.end() :])
    )
    return before.strip(), found[0], after.strip()


def _currency(match: re.Match[str]) -> str:
    """[$¥-804] shows ¥; a colour, a condition or a language shows nothing."""
    return match[1][1:].partition("-")[0] if match[1].startswith("$") else ""


def _digits(value: Decimal, pattern: str, after: str) -> str:
    scaled = value * 100 if "%" in after else value
    whole, _, fraction = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    scaled = scaled / 1000**thousands
    text = f"{scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    text = text.rstrip(".") if fraction else text
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if not digits.strip("0."):
        sign = ""  # -0.00
    point = digits.find(".") if "." in digits else len(digits)
    return sign + digits.rjust(len(digits) + max(whole.count("0") - point, 0), "0")


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{Decimal(f'{value:.{_GENERAL}g}').normalize():f}"
