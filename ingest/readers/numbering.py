"""Word's automatic numbers: 一、(一)1.① stand in no run, only in numbering.xml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_VAL, _ID, _LEVEL = qn("w:val"), qn("w:numId"), qn("w:ilvl")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 9999
"""A count beyond this is shown in digits: it stands in a damaged file only."""


def counted(n: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一 … 十 十一 … 一百零一: as Chinese official writing counts."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = n // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += "零" * gap + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return text.removeprefix("一") if 10 <= n < 20 and digits is _DIGITS else text


def _letters(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n <= 780 else str(n)


def _roman(n: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (n // value)
        n %= value
    return text


def _enclosed(first: str, last: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if n <= last else str(n)


def _circled(n: int) -> str:
    if n <= 20:
        return chr(0x2460 + n - 1)
    if n <= 35:
        return chr(0x3251 + n - 21)
    return chr(0x32B1 + n - 36) if n <= 50 else str(n)


def _each(digits: str) -> Callable[[int], str]:
    return lambda n: "".join(digits[int(digit)] for digit in str(n))


_FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "japaneseCounting",
            "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting",
        ),
        counted,
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"),
        _each(_DIGITS),
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda n: counted(n, _LEGAL, "拾佰仟"),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"),
        _circled,
    ),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "decimalZero": lambda n: f"{n:02d}",
    **dict.fromkeys(
        ("decimalFullWidth", "decimalFullWidth2"),
        lambda n: str(n).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    ),
    "none": lambda n: "",
}  # fmt: skip


def formatted(n: int, number_format: str) -> str:
    """The number as a numbering format of Word writes it; in digits where it is unknown."""
    if not 1 <= n <= _MOST and number_format != "none":
        return str(n)
    return _FORMATS.get(number_format, str)(n)


@dataclass(frozen=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """The level (from 1) behind whose numbers it begins again; 0 never, None behind any."""
    legal: bool = False
    """Whether all numbers in it are shown in digits."""


@dataclass(frozen=True)
class _List:
    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]
    """Levels that this list begins anew though it continues another one's numbers."""


class Numbering:
    """Counts the numbered paragraphs of a document, in the order of the calls."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """Takes the roots of numbering.xml and styles.xml, where the document has them."""
        self._style_numbers = _style_numbers(styles)
        self._lists = _lists(numbering, self._style_numbers) if numbering is not None else {}
        self._by_style = {} if numbering is None else _levels_by_style(numbering)
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, properties: Any | None, style: str | None) -> str:
        """The number in front of a paragraph with these w:pPr and style; "" where none is."""
        number, level = self._number_of(properties, style)
        found = self._lists.get(number or "")
        if found is None or number is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for reset in found.starts:
                counters.pop(reset, None)
        counters[level] = self._next(found, counters, level)
        for deeper in [one for one in counters if one > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                del counters[deeper]
        return _label(found, counters, level)

    def _next(self, found: _List, counters: Mapping[int, int], level: int) -> int:
        if level in counters:
            return counters[level] + 1
        return found.starts.get(level, found.levels[level].start)

    def _number_of(self, properties: Any | None, style: str | None) -> tuple[str | None, int]:
        number, level = self._style_numbers.get(style or "", (None, None))
        if number is not None and level is None:
            level = self._by_style.get(style or "")
        own = properties.find(qn("w:numPr")) if properties is not None else None
        if own is not None:
            number = _value(own, "w:numId") or number
            level = _whole(_value(own, "w:ilvl"), level or 0)
        return (None if number == "0" else number), level or 0


def joined(label: str, text: str) -> str:
    """A number and its text, with a space only where they would run into each other."""
    if not label:
        return text
    last = label[-1]
    close = last == "." and not text[0].isdigit()
    gap = "" if close or not (last.isalnum() or last == ".") or _is_sign(last) else " "
    return f"{label}{gap}{text}"


def _is_sign(char: str) -> bool:
    return "\u2460" <= char <= "\u24ff" or "\u3200" <= char <= "\u32ff"


def _label(found: _List, counters: dict[int, int], level: int) -> str:
    own = found.levels[level]
    if own.format == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        one = found.levels.get(at)
        if one is None:
            return ""
        # A level that was passed over counts as begun.
        count = counters.setdefault(at, found.starts.get(at, one.start))
        return formatted(count, "decimal" if own.legal and one.format != "none" else one.format)

    return re.sub(r"%([1-9])", number, own.text).strip()


def _value(parent: Any, tag: str) -> str | None:
    child = parent.find(qn(tag))
    return child.get(_VAL) if child is not None else None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else default


def _lists(
    root: Any, style_numbers: Mapping[str, tuple[str | None, int | None]]
) -> dict[str, _List]:
    abstracts = {one.get(qn("w:abstractNumId")): one for one in root.iter(qn("w:abstractNum"))}
    numbers = {one.get(_ID): one for one in root.iter(qn("w:num"))}

    def abstract_of(number: Any, depth: int = 0) -> tuple[str, Any | None]:
        name = _value(number, "w:abstractNumId") or ""
        abstract = abstracts.get(name)
        link = _value(abstract, "w:numStyleLink") if abstract is not None else None
        linked = numbers.get(style_numbers.get(link or "", (None, None))[0] or "")
        if linked is not None and linked is not number and depth < 5:
            return abstract_of(linked, depth + 1)
        return name, abstract

    lists: dict[str, _List] = {}
    for number_id, number in numbers.items():
        name, abstract = abstract_of(number)
        levels = _levels(abstract.iter(qn("w:lvl"))) if abstract is not None else {}
        overrides = list(number.iter(qn("w:lvlOverride")))
        starts = {
            _whole(one.get(_LEVEL), 0): _whole(_value(one, "w:startOverride"), 1)
            for one in overrides
            if one.find(qn("w:startOverride")) is not None
        }
        levels |= _levels(level for one in overrides for level in one.iter(qn("w:lvl")))
        lists[number_id] = _List(name, levels, starts)
    return lists


def _levels(elements: Iterable[Any]) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in elements:
        # The newest formats stand inside mc:AlternateContent, with a plain one as fallback.
        formats = [one.get(_VAL, "decimal") for one in element.iter(qn("w:numFmt"))]
        restart = _value(element, "w:lvlRestart")
        levels[_whole(element.get(_LEVEL), 0)] = _Level(
            format=next((one for one in formats if one != "custom"), "decimal"),
            text=_value(element, "w:lvlText") or "",
            start=_whole(_value(element, "w:start"), 1),
            restart=None if restart is None else _whole(restart, 0),
            legal=element.find(qn("w:isLgl")) is not None,
        )
    return levels


def _levels_by_style(root: Any) -> dict[str, int]:
    """Paragraph style -> the level that names it as its own."""
    found: dict[str, int] = {}
    for level in root.iter(qn("w:lvl")):
        style = _value(level, "w:pStyle")
        if style:
            found.setdefault(style, _whole(level.get(_LEVEL), 0))
    return found


def _style_numbers(root: Any | None) -> dict[str, tuple[str | None, int | None]]:
    """Style -> (numId, level) of its own or of a style that it is based on."""
    own: dict[str, tuple[str | None, str | None]] = {}
    based: dict[str, str | None] = {}
    for style in root.iter(qn("w:style")) if root is not None else ():
        name = style.get(qn("w:styleId"), "")
        based[name] = _value(style, "w:basedOn")
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbers is not None:
            own[name] = _value(numbers, "w:numId"), _value(numbers, "w:ilvl")
    found: dict[str, tuple[str | None, int | None]] = {}
    for name in based:
        number: str | None = None
        level: int | None = None
        style_name: str | None = name
        for _ in range(20):  # styles of a damaged file may be based on each other
            if style_name is None:
                break
            its_number, its_level = own.get(style_name, (None, None))
            number = number or its_number
            level = _whole(its_level, 0) if level is None and its_level is not None else level
            style_name = based.get(style_name)
        if number is not None:
            found[name] = number, level
    return found
