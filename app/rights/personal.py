"""Personal numbers in texts, masked: identity cards, telephones, bank cards.

A masked text is as long as it was, so offsets into it hold. A number counts as personal by its own
form and check digit; where a word before it says what it is (手机, 身份证号, 账号), a looser form
will do. What a unit follows, what has a decimal point or thousands commas, is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_ASCII = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_SUSPECT = re.compile(r"\d[\d ()（）-]{5,}\d", re.ASCII)
"""What every number below contains: most texts have none and are done with it."""

_START = r"(?<![0-9A-Za-z_])(?<![0-9][.,-])"
_UNIT = r"万|亿|元|人|户|名|个百分点|亩|公斤|千克|斤|吨|平方|立方|公里|米|千瓦|度|%|％|‰"
_END = rf"(?![0-9A-Za-z_])(?![.,-][0-9])(?!\s*(?:{_UNIT}))"
_SAYS = r"(?:号码?|为|是|[:： \t])*"


@dataclass(frozen=True)
class _Kind:
    """A kind of number; `head` and `tail` are how many of its digits stay readable."""

    form: re.Pattern[str]
    head: int
    tail: int
    holds: Callable[[str], bool] = lambda digits: True


def _form(number: str, said: str = "") -> re.Pattern[str]:
    start = rf"(?:{said}){_SAYS}" if said else _START
    return re.compile(rf"{start}(?P<number>{number}){_END}", re.ASCII)


def _is_identity(number: str) -> bool:
    """Whether the check digit and the birthday of an identity number hold (GB 11643)."""
    if len(number) == 15:
        return _is_day(f"19{number[6:12]}")
    weights = [pow(2, 17 - at, 11) for at in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return "10X98765432"[total % 11] == number[17].upper() and _is_day(number[6:14])


def _is_day(written: str) -> bool:
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return False
    return 1880 <= born.year < 2100


def is_luhn(number: str) -> bool:
    """Whether the check digit of a card number holds (ISO/IEC 7812-1)."""
    doubled = "0246813579"
    return (
        sum(int(doubled[int(d)] if at % 2 else d) for at, d in enumerate(reversed(number))) % 10
        == 0
    )


_PHONE_SAID = r"电话|手机|座机|联系方式|传真|热线|微信"
_KINDS = (
    _Kind(_form(r"[1-8]\d{16}[\dXx]|[1-8]\d{14}"), 3, 2, _is_identity),
    # A misread or mistyped digit makes it no less an identity number.
    _Kind(_form(r"\d{17}[\dXx]|\d{15}", r"身份证(?:件)?|公民身份"), 3, 2),
    _Kind(_form(r"[3-69]\d{15,18}"), 0, 4, is_luhn),
    _Kind(_form(r"\d(?:[ -]?\d){9,29}", r"账号|帐号|卡号|账户|帐户|银行卡|一卡通"), 0, 4),
    _Kind(_form(r"1[3-9]\d(?:\d{8}|-\d{4}-\d{4})"), 3, 4),
    _Kind(_form(r"1[3-9]\d(?:[ -]?\d{4}){2}", r"(?<![0-9A-Za-z_])\+?86[- ]?"), 3, 4),
    _Kind(_form(r"1[3-9]\d(?:[ -]?\d{4}){2}", _PHONE_SAID), 3, 4),
    _Kind(_form(r"0\d{2,3}[- ]?[2-8]\d{6,7}|[(（]0\d{2,3}[)）][- ]?[2-8]\d{6,7}"), 4, 2),
    _Kind(_form(r"[2-8]\d{6,7}", _PHONE_SAID), 2, 2),
)


def masked(text: str) -> str:
    """The text with personal numbers as asterisks, of the same length."""
    plain = text.translate(_ASCII)
    if not _SUSPECT.search(plain):
        return text
    out = list(text)
    for kind in _KINDS:
        for match in kind.form.finditer(plain):
            places = [at for at in range(*match.span("number")) if plain[at] in "0123456789Xx"]
            if kind.holds("".join(plain[at] for at in places)):
                for at in places[kind.head : len(places) - kind.tail]:
                    out[at] = "*"
    return "".join(out)


_HIDDEN = re.compile(r"[0-9０-９Xx*()（）－ -]*\*[0-9０-９Xx*()（）－ -]*")


def hidden(seen: str, stored: str) -> dict[str, list[str]]:
    """The numbers that `seen` shows masked and `stored` has whole, by what is shown, in order.

    Empty where the two are not the same text, masked and not.
    """
    found: dict[str, list[str]] = {}
    if seen == stored or len(seen) != len(stored):
        return found
    for match in _HIDDEN.finditer(seen):
        shown = match[0].strip(" ()（）－-")
        start = match.start() + match[0].index(shown)
        found.setdefault(shown, []).append(stored[start : start + len(shown)])
    return found


def restored(text: str, seen: str, stored: str) -> str:
    """A text that was written over `seen`, with the numbers that were masked there as in `stored`.

    `seen` is `stored`, masked or not. A number that was changed by hand stays as it is written;
    so do several that look alike, once one of them was taken out.
    """
    for shown, true in hidden(seen, stored).items():
        if text.count(shown) == len(true) or len(set(true)) == 1:
            for number in true:
                text = text.replace(shown, number, 1)
    return text
