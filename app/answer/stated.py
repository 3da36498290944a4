"""The figures that a text states, in one form to compare by: value, unit, range and bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.chinese.numbers import Quantity, quantities

_ONE_UNIT = {
    "名": "人", "位": "人", "口人": "人", "口": "人", "块钱": "元", "％": "%", "百分点": "个百分点",
    "平方千米": "平方公里", "平方": "平方米", "平米": "平方米", "㎡": "平方米", "千米": "公里",
    "km": "公里", "立方": "立方米", "方": "立方米", "千克": "公斤", "周岁": "岁", "周年": "年",
    "个村": "村", "个镇": "镇", "个乡": "乡", "个组": "组", "个乡镇": "乡镇",
}  # fmt: skip
_FACTORS = {
    "公里": ("米", Decimal(1000)), "里": ("米", Decimal(500)), "吨": ("公斤", Decimal(1000)),
    "斤": ("公斤", Decimal("0.5")), "公顷": ("亩", Decimal(15)),
    "平方公里": ("平方米", Decimal(1_000_000)), "成": ("%", Decimal(10)),
}  # fmt: skip
"""Units that say the same by definition, as (unit, how many of it); 公顷 is 15亩 exactly."""

_BOUNDS = (
    ("above", re.compile(r"^(?:超过|超|逾|不低于|不少于|至少)|以上$|[多余几]")),
    ("below", re.compile(r"^(?:最多|不超过)|(?:以下|以内|之内)$")),
    ("outside", re.compile(r"以外$")),
    ("near", re.compile(r"^近")),
    ("about", re.compile(r"^约|(?:左右|上下)$|来")),
)
_MORE = re.compile(r"[多余几]")
_OR_MORE = re.compile(r"^(?:超|逾|不低于|不少于|至少)|以上$")
_TO = re.compile(r"(?<=[\d%\u4e00-\u9fff])\s?[-~～—至到]\s?(?=[\d零一二两三四五六七八九十百千])")
_NEIGHBOURS = re.compile(r"一二|一两|两三|二三|三四|四五|五六|六七|七八|八九")
_CELL = re.compile(
    r"(?:^|\| ?)(?P<name>[^|:]{1,24}):\s*(?P<value>-?\d[\d,]*(?:\.\d+)?)(?=\s*(?:\||$))",
    re.MULTILINE,
)
_CELL_UNIT = re.compile(
    r"[(/](?:单位:?)?(?P<scale>[万亿千百])?(?P<unit>[^()/]{1,4})\)?$|(?P<head>[人户])[数口]?$"
)
_ROW_UNIT = re.compile(
    r"单位:(?P<scale>[万亿千百])?(?P<unit>[^|\s:]{1,4})"
    r"|^[^|\n]*?[(](?P<scale2>[万亿千百])?(?P<unit2>[^()/|]{1,4})[)]\s*\|"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Figure:
    """A stated quantity: `text[start:end]`; `low` and `high` count in the canonical `unit`."""

    start: int
    end: int
    surface: str
    low: Decimal
    high: Decimal
    unit: str
    bound: str
    """What limits it: above, below, near, about, outside; empty for an exact figure."""

    def same(self, other: Figure) -> bool:
        """Whether both say one quantity: 4.8千 and 4800, 3.2公里 and 3200米; 约300 is not 300."""
        return (self.low, self.high, self.unit, self.bound) == (
            other.low, other.high, other.unit, other.bound,
        )  # fmt: skip


def figures(folded: str) -> list[Figure]:
    """The quantities of folded text, those of table cells with their column's unit included."""
    found = [_figure(quantity) for quantity in quantities(folded)]
    if "|" in folded:
        spans = [(one.start, one.end) for one in found]
        for cell in _cells(folded):
            if not any(start < cell.end and cell.start < end for start, end in spans):
                found.append(cell)
    return sorted(found, key=lambda one: one.start)


def _figure(quantity: Quantity) -> Figure:
    low, high = quantity.value, quantity.value
    if separator := _TO.search(quantity.surface):
        upper = next(quantities(quantity.surface[separator.end() :]), None)
        high = upper.value if upper is not None else Decimal(-1)
    elif _NEIGHBOURS.search(quantity.surface):
        high = low + 1
    bound = next((name for name, said in _BOUNDS if said.search(quantity.surface)), "")
    if bound == "above" and _MORE.search(quantity.surface) and _OR_MORE.search(quantity.surface):
        bound = "above twice"  # 7000余亿元以上 is not 7000亿元以上
    return measured(quantity.start, quantity.end, quantity.surface, low, high, quantity.unit, bound)


def measured(
    start: int, end: int, surface: str, low: Decimal, high: Decimal, unit: str, bound: str = ""
) -> Figure:
    """A figure in the canonical unit of what it measures."""
    unit = _ONE_UNIT.get(unit, unit)
    unit, factor = _FACTORS.get(unit, (unit, Decimal(1)))
    return Figure(start, end, surface, low * factor, high * factor, unit, bound)


def _cells(folded: str) -> Iterator[Figure]:
    """Bare numbers of a table row, with the unit that the column's head or a unit column gives."""
    row = _ROW_UNIT.search(folded)
    for match in _CELL.finditer(folded):
        head = _CELL_UNIT.search(match["name"])
        if head is not None:
            unit, scale = head["unit"] or head["head"], head["scale"]
        elif row is not None:
            unit, scale = row["unit"] or row["unit2"], row["scale"] or row["scale2"]
        else:
            continue
        value = Decimal(match["value"].replace(",", "")) * _SCALES.get(scale or "", 1)
        start, end = match.span("value")
        yield measured(start, end, match["value"], value, value, unit)


# ---- digits that count nothing: ordinals, names, what a scraper left

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[零一二三四五六七八九十百千万亿两]+")
_IDIOM = re.compile(
    r"进一步|一[般些定致直起样律并旦切系]|[统唯同单]一|之一|万一|十分|百姓|千方百计|第一书记"
)


@dataclass(frozen=True)
class Token:
    """A number that no quantity or date covers, with what binds it: 第3批, G65高速, 三农."""

    start: int
    before: str
    digits: str
    after: str

    def same(self, other: Token) -> bool:
        return (self.before, self.digits, self.after) == (other.before, other.digits, other.after)


def tokens(folded: str, covered: list[tuple[int, int]]) -> Iterator[Token]:
    """Yield the numbers outside the covered spans; set phrases (进一步, 统一) hold none."""
    spans = [*covered, *(match.span() for match in _IDIOM.finditer(folded))]
    for match in _TOKEN.finditer(folded):
        if any(start <= match.start() and match.end() <= end for start, end in spans):
            continue
        before = folded[match.start() - 1 : match.start()]
        after = folded[match.end() : match.end() + 1]
        yield Token(
            match.start(),
            before if before == "第" or (before.isascii() and before.isalpha()) else "",
            match.group(),
            after if after.isalnum() or after in ("%", "‰") else "",
        )


# ---- arithmetic that is shown

_SUM = re.compile(
    r"(?P<terms>\d[\d.]*[万亿]?[^\d+\-=,;。()]{0,4}(?:\s?[+\-]\s?\d[\d.]*[万亿]?[^\d+\-=,;。()]{0,4})+)"
    r"\s?=\s?(?P<result>\d[\d.]*[万亿]?[^\d+\-=,;。()\[\]]{0,4})"
)
_ADDEND = re.compile(r"(?P<sign>[+\-])?\s?(?P<number>\d+(?:\.\d+)?)(?P<rest>[^\d+\-]*)")


@dataclass(frozen=True)
class Shown:
    """A sum or difference that the text writes out: 37户+88户=125户."""

    start: int
    end: int
    terms: tuple[Figure, ...]
    result: Figure
    right: bool
    """Whether the arithmetic holds."""


def shown_sums(folded: str) -> Iterator[Shown]:
    """Yield each sum or difference that is written out with a unit at its result or a term."""
    for match in _SUM.finditer(folded):
        parts = list(_ADDEND.finditer(match["terms"]))
        whole = _ADDEND.match(match["result"])
        assert whole is not None
        named = [part["rest"] for part in (whole, *reversed(parts)) if _count(part, "") is not None]
        if not named:
            continue
        terms = [_count(part, named[0]) for part in parts]
        result = _count(whole, named[0])
        if result is None or any(term is None for term in terms):
            continue
        counted = tuple(term for term in terms if term is not None)
        signs = [-1 if part["sign"] == "-" else 1 for part in parts]
        value = sum(sign * one.low for sign, one in zip(signs, counted, strict=True))
        alike = all(one.unit == result.unit for one in counted)
        yield Shown(match.start(), match.end(), counted, result, alike and value == result.low)


def _count(part: re.Match[str], unit: str) -> Figure | None:
    """The figure of one term; a bare number takes `unit`, with its 万 (12.5+3=15.5万元)."""
    for rest in (part["rest"], unit):
        found = next(quantities(f"{part['number']}{rest.strip()}"), None)
        if found is not None and found.start == 0:
            return _figure(found)
    return None
