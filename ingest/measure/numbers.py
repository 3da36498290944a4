"""The quantities of a report that are figures: what only looks like one is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import NamedTuple

from index.chinese.numbers import UNIT_CLASS, UNITS, Quantity, quantities
from index.chinese.words import place_names


class Number(NamedTuple):
    """A quantity with its unit as written; `start` and `end` hold 约 and 以上 too."""

    start: int
    end: int
    core: tuple[int, int]
    """The number with its unit alone."""
    value: Decimal
    high: Decimal | None
    unit: str
    """With its 万 or 亿; empty for the bare number of a table cell."""
    bare: str
    """The unit without 万 or 亿."""
    kind: str
    """The class of the unit, a key of index.chinese.numbers.UNITS; scale for 15万 of no unit."""
    approx: str = ""

    def moved(self, by: int) -> Number:
        """The same quantity, its offsets counted from `by` characters further left."""
        start, end, (first, last), value, high, unit, bare, kind, approx = self
        core = first + by, last + by
        return Number(start + by, end + by, core, value, high, unit, bare, kind, approx)


_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_BASE: dict[str, tuple[str, Decimal]] = {
    "块钱": ("元", Decimal(1)),
    "名": ("人", Decimal(1)), "位": ("人", Decimal(1)), "口": ("人", Decimal(1)),
    "口人": ("人", Decimal(1)),
    "公顷": ("亩", Decimal(15)), "平方公里": ("亩", Decimal(1500)),
    "平方千米": ("亩", Decimal(1500)),
    "平方": ("平方米", Decimal(1)), "平米": ("平方米", Decimal(1)), "㎡": ("平方米", Decimal(1)),
    "公里": ("米", Decimal(1000)), "千米": ("米", Decimal(1000)), "km": ("米", Decimal(1000)),
    "里": ("米", Decimal(500)),
    "立方": ("立方米", Decimal(1)), "方": ("立方米", Decimal(1)),
    "吨": ("公斤", Decimal(1000)), "千克": ("公斤", Decimal(1)), "斤": ("公斤", Decimal("0.5")),
    "‰": ("%", Decimal("0.1")), "成": ("%", Decimal(10)), "百分点": ("个百分点", Decimal(1)),
    "兆瓦": ("千瓦", Decimal(1000)), "度": ("千瓦时", Decimal(1)),
}  # fmt: skip
"""Unit -> the one it is compared in, and how many of those it is. 1 公顷 is 15 亩, 1 里 500 米."""

_GROUPS = frozenset(unit for unit in UNITS["group"] if unit.startswith("个"))
_ARABIC = r"(?<![\d第x*_])(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# 15万农村群众, 整合资金108万: the thing counted, or 元, goes without saying.
# 20分可以抵一顿饭: marks of a village's shop, not minutes.
_SCALED = re.compile(
    rf"(?P<number>{_ARABIC})\s?(?P<more>[多余])?(?P<scale>万亿|[百千]?[万亿])?(?P<more2>[多余])?"
    r"(?:(?P<marks>分)(?=[,、。;)可以的起]|$)"
    r"|(?<=[万亿多余])(?=[,、。;)\n\u4e00-\u9fff]|$)(?![级头伏象字步里物分亿万千]))"
)
# Searched first: a pattern that begins with what may not stand before it is tried everywhere.
# So is what ends the number, and then its beginning.
_SCALED_FIRST = re.compile(
    r"[百千万亿多余分](?:(?<=[\d,.].)|(?<=[\d,.]\s.)|(?<=[\d,.][多余].)|(?<=[\d,.]\s[多余].))"
)
_DIGITS = frozenset("0123456789,.")
# Looked for with the line break in front: found ten times faster than a line's start.
_ITEM = re.compile(r"\n[ \t]*\d{1,2}[.．]\d")
_POINT = re.compile(r"\n[ \t]*\d{1,2}(?:\.\d{1,2}){1,3}[ \t]+[\u4e00-\u9fff]")
# 3.3 村卫生室: the number of an item, not of villages.
_POINTS = re.compile(r"^[ \t]*\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t]+[\u4e00-\u9fff])", re.MULTILINE)
_ITEM_BEFORE = re.compile(r"^[ \t]*(\d{1,2})[.．、]", re.MULTILINE)


def numbers(folded: str, names: Sequence[str] = ()) -> list[Number]:
    """The figures of a folded text in order; durations, ranks, names and set phrases left out.

    `names`: of places that the text is about, where 三道渡村 counts nothing.
    """
    text = _without_item_marks(folded)
    found = [_number(text, one) for one in quantities(text)]
    ends = [one.core[1] for one in found]
    for one in list(_unitless(text)):
        at = bisect_right(ends, one.start)
        if at == len(ends) or found[at].core[0] >= one.end:
            found.append(one)
    found.sort(key=lambda one: one.start)
    named = [
        match.span()
        for name in names
        if _HAN.search(name)
        for match in re.finditer(re.escape(name), text)
    ]
    found = [one for one in found if _is_figure(text, one)]
    if not named:
        return found
    return [one for one in found if not any(a <= one.core[0] < b for a, b in named)]


def in_base(value: Decimal, unit: str, bare: str) -> tuple[Decimal, str]:
    """A value in the unit that it is compared in: 1.2万亩 is 12000 亩."""
    base, times = _base_of(unit, bare)
    return value * times, base


@lru_cache(maxsize=1024)
def _base_of(unit: str, bare: str) -> tuple[str, Decimal]:
    """The unit that another is compared in, and how many of it one is."""
    base, times = _BASE.get(bare, (bare, Decimal(1)))
    return base, times * prod(_SCALES[c] for c in unit[: len(unit) - len(bare)])


def _without_item_marks(folded: str) -> str:
    """3.100千瓦电站 behind items 1. and 2. is item 3: its point is made a 、, lengths kept."""
    lines = "\n" + folded
    if len(_POINT.findall(lines)) > 1:
        folded = _POINTS.sub(lambda mark: "、" * len(mark[0]), folded)
    if not _ITEM.search(lines):
        return folded
    last = 0
    changed: list[int] = []
    for match in _ITEM_BEFORE.finditer(folded):
        number = int(match[1])
        if folded[match.end() : match.end() + 1].isdigit() and number == last + 1 and last:
            changed.append(match.end() - 1)
        last = number
    for at in changed:
        folded = f"{folded[:at]}、{folded[at + 1 :]}"
    return folded


def _number(text: str, one: Quantity) -> Number:
    start, end = one.core
    bare = one.unit
    if bare in _GROUPS:
        # Of 12个村 the unit is 个, and 村 says what is counted.
        end -= len(bare) - 1
        bare = "个"
    kind = UNIT_CLASS[bare]
    shown = bare if one.scale == "" else one.scale + bare
    full = end if end < one.core[1] else one.end
    return Number(
        one.start, full, (start, end), one.written, one.high, shown, bare, kind, one.approx
    )


def _unitless(text: str) -> Iterator[Number]:
    at = 0
    while first := _SCALED_FIRST.search(text, at):
        start = _begin_of_number(text, first.start(), at)
        match = _SCALED.match(text, start) if start is not None else None
        if match is None:
            at = first.end()
            continue
        at = match.end()
        bare, scale = match["marks"] or "", match["scale"] or ""
        if not bare and not scale:
            continue
        more = " ".join(word for word in (match["more"], match["more2"]) if word)
        yield Number(
            match.start(),
            match.end(),
            match.span(),
            Decimal(match["number"].replace(",", "")),
            None,
            scale + bare,
            bare,
            "piece" if bare else "scale",
            more,
        )


def _begin_of_number(text: str, end: int, least: int) -> int | None:
    """Where the digits begin in front of the 万 at `end`, not before `least`."""
    if text[end - 1] in "多余":
        end -= 1
    if text[end - 1].isspace():
        end -= 1
    begin = end
    while begin > least and text[begin - 1] in _DIGITS:
        begin -= 1
    while begin < end and text[begin] in ",.":
        begin += 1
    return begin if begin < end else None


_HAN = re.compile(r"[零〇一二三四五六七八九十两]")
# 以下三个方面, 五个短板 announce an enumeration of the text and count nothing in the world.
_ANNOUNCED = re.compile(
    r"(?:个|类|件|大|条|项|点)?(?:主要|重点|突出|关键|重要|基本)?"
    r"(?:方面|短板|环节|层面|维度|阶段|特点|原则|字(?![\u4e00-\u9fff])|转变|统筹|结合|坚持|不变|"
    r"优先|突破口|抓手|着力点|关键词)"
)
_ANNOUNCED_BEGINS = frozenset("个类件大条项点主重突关基方短环层维阶特原字转统结坚不优抓着")
_SPOKEN = re.compile(
    r"(?:主要|重点|突出|关键|重要|基本|新|大|实)?(?:问题|领域|重点|关键|体系|机制|定位|任务|战略|理念|优势|系列|空间|故事|文明|"
    r"规定(?=及|精神|实施|以来|的?要求)|与共|事(?!业|故|项|件|务)|难题|矛盾|保障|安全|革命|变革|高地|支撑|现象|力量|效应|作用)"
)
_BELOW = re.compile(r"(?:以下|如下|下列|下面|上述|这|那|哪)\s?$")
_BELOW_ENDS = frozenset("下列面述这那哪")
_SIZED = frozenset(("money", "area", "weight", "scale", "length", "energy"))
_DAYS = re.compile(r"工作日|自然日|日历天|小时|钟头|星期|礼拜|季度|学期|昼夜")
_BRACKET = re.compile(
    r"(?:以上)?的?(?:[\u4e00-\u9fff]{0,4})(?:项目|企业|园区|产业|集群|村|镇|平台|市场|大户|工程|品牌)"
)
_RANKED = re.compile(
    r"(?:[居列排]|(?<![单岗学点床车])位|排名|名次|位次|前移|提升|上升|跃升|跃居|跻身|进位|晋位|下降|退)[^,。;、]{0,8}$"
)
_NOT_COUNTED = re.compile(r"^(?:次(?:产业|创业|党代会|全会)|类(?:水|地区|苗|疫苗|疾病|以上|标准))")
_MEETING = re.compile(r"(?:全体)?(?:代表大)?(?:会议|全会|大会)")
_ASSEMBLY = re.compile(r"(?:人大|政协|代表大会|委员会|常委会|[届委])(?:第)?$")
_OPENS = re.compile(r"^(?:[,、。;:)\]”!?\s|]|$|[和及与或等内外左以不的])")


def _is_figure(text: str, one: Number) -> bool:
    if one.kind == "duration":
        return False
    before = text[max(0, one.start - 14) : one.start]
    after = text[one.end : one.end + 12]
    if one.bare == "个" and _DAYS.match(after):
        return False  # 3个工作日 is a time allowed
    if after[:1] in ("级", "型") or (
        one.bare == "个" and (after[:1] == "一" or after[:1].isdecimal())
    ):
        return False  # 5000吨级码头 and 5个100 are names
    if after[:1] in _ANNOUNCED_BEGINS and _ANNOUNCED.match(after):
        return False
    if one.bare == "组" and one.unit == "组" and _is_name_of_group(text, one, before, after):
        return False  # 二组110户,三组87户 are the second and the third
    last = before[-1:]
    if (last in _BELOW_ENDS or last.isspace()) and _BELOW.search(before):
        return False
    if one.bare in ("位", "名") and _RANKED.search(before):
        return False
    if one.bare == "次" and _MEETING.match(after) and _ASSEMBLY.search(before):
        return False  # 市十四届人大五次会议
    if before.endswith("最后") and text[one.core[0] : one.core[1]] in ("一公里", "1公里"):
        return False
    if before.endswith("前") and one.bare in ("位", "名", "家", "个", "强"):
        return False
    start = one.core[0]
    written = text[start : one.core[1]]
    if one.kind in _SIZED and written[0] in "百千万亿" and _BRACKET.match(after):
        return False  # 超亿元项目: of what size, and no sum
    return not (_HAN.match(written) and _no_han_figure(text, one, written, after))


_COUNTING = "零一二三四五六七八九十"


def _is_name_of_group(text: str, one: Number, before: str, after: str) -> bool:
    """Whether 三组 is a village's third group: told with the one before or behind it."""
    written = text[one.core[0] : one.core[1]]
    if one.high is not None or re.search(r"[至到]", written):
        return True  # 4组至6组
    number = int(one.value)
    if number != one.value or not 0 < number < 40:
        return False

    def called(value: int) -> str:
        han = _COUNTING[value] if 0 < value <= 10 else str(value)
        return rf"(?<![\d十])(?:{value}|{han})组\s?[\d一二三四五六七八九十]"

    following = text[one.end : one.end + 24]
    return bool(
        re.match(r"\s?[\d一二三四五六七八九十]", after)
        and (re.search(called(number - 1), before) or re.search(called(number + 1), following))
    )


def _no_han_figure(text: str, one: Number, written: str, after: str) -> bool:
    """Whether a number in characters is an article, an ordinal or part of a name."""
    start, end = one.core
    if written == "零部" or text.startswith("现代五项", start - 2):
        return True
    places = place_names()
    if (
        text[start : start + 3] in places
        or text[start : start + 4] in places
        or text[start - 1 : start + 2] in places
        or text[start - 1 : start + 3] in places
    ):
        return True
    number = written.removesuffix(one.bare)
    if number == "一":
        again = f"一{one.bare}" in after[:4] or f"一{one.bare}" in text[max(0, start - 4) : start]
        return again or not _OPENS.match(after) or one.bare in ("期", "度", "届", "成")
    if number == "二" and one.bare not in ("户", "人", "名", "口"):
        return True  # 二期, 二类: two of something are 两
    if one.bare == "期" and number not in ("两", "十") and len(number) == 1:
        return True
    if _NOT_COUNTED.match(text[end - len(one.bare) : end + 6]):
        return True
    return len(number) == 1 and one.kind in ("piece", "times") and bool(_SPOKEN.match(after))
