"""What a reckoning question counts: the indicator, the units, and what is done with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from index.asked_periods import periods_asked
from index.chinese.fold import fold
from index.chinese.indicators import Indicators
from index.chinese.numbers import UNIT_CLASS, quantities
from index.query import Intent, Query, Wanted
from index.wanted import wanted_of

_ASKED_UNITS = re.compile(
    r"(?:多少|几)(?:万|千|亿)?(?P<unit>"
    + "|".join(sorted(UNIT_CLASS, key=len, reverse=True))
    + ")(?!民小组|[村镇乡]|社区)"
)
# What the thing asked about ends in, or what stands right behind it: 党员|人数, 监测户|户数.
_HEADS = (
    (re.compile(r"户数$"), "household"),
    (re.compile(r"(?:人数|人口数?|人)$"), "person"),
    (re.compile(r"面积$"), "area"),
    (re.compile(r"(?:收入|资金|投资|产值)$"), "money"),
)
_BOTH = re.compile(r"户数.{0,4}人(?:口?数|口)|人口?数.{0,4}户数")
_BEHIND = re.compile(r"^(?:的|各期)?(?:户数|人数|人口数?|面积|收入|数)?")
# 全村 and 村民 are names of counted things in a report; in a question they only frame it.
_FRAME = re.compile(r"^[全我本各](?:村|镇|乡|社区|县|市|省)|^(?:村民|居民|农户|面积|项目|收入)$")
_FRAME_WORDS = re.compile(
    r"变化|变|变动|情况|规模|人数|户数|面积|数量|最[高低多少大小]|趋势|报过?|怎么排|比|增加|减少|多少?|累计|全部|总数"
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]+[^\u4e00-\u9fff]?[户人元亩个名]")
_MOST = re.compile(r"最[高多大快长]|从[高多大]到[低少小]|排个?名|第一|排第|怎么排")
_LEAST = re.compile(r"最[低少小慢短]|从[低少小]到[高多大]")
_RANK = re.compile(r"从.到.|排个?名|怎么排|排序")
# 哪些村报过小额信贷: of all times, not only the last.
_EVER = re.compile(
    r"(?:报|种|养|搞|建|办|修|评|发|贷|有|提到|领|引进|开展|做)过|曾经?|历[次年期]|每[次期]|各[次期]"
)
_SUM = re.compile(r"合计|总共|一共|总计|加起来|总和|共计")
_ALL_TOLD = re.compile(r"累计[^,。?]{1,12}(?:多少|几)(?!.*(?:各[期次]|每[期次]|历|逐|变))")
_DIFFERENCE = re.compile(
    r"比[^,。?]{1,24}(?:多|少|高|低|增|减|涨|降)|相差|差多少|(?:增加|减少|增长|下降)了?多少(?!%|个?百分)"
)
# Longest first: 不低于 ends in 低于 and means the contrary.
_BOUND_BEFORE = re.compile(
    r"(?:(?P<least>不低于|不少于|不小于|至少|达到)|(?P<most>不超过|不高于|不多于|至多|最多)"
    r"|(?P<above>超过|高于|大于|多于)|(?P<below>低于|少于|小于|不足|不到))了?约?\s*$"
)
_BOUND_AFTER = re.compile(r"(?P<least>及?以上)|(?P<most>及?以下|以内)")
_WHICH = re.compile(r"(?:几|哪|多少)[个些]?|各")
_RAISED = re.compile(r"(?P<thing>.+)(?P<verb>养殖|种植|栽培)")
_RAISED_SHORT = re.compile(r"(?P<thing>.+)(?P<verb>[种养栽喂])")
_HOW_MUCH = r"(?:了|过|着|有|得)?(?:多少|几)"
_NO_THING = frozenset("的了和与及在有村镇乡县市区省各年每")
"""What may stand in front of a thing and is no part of its name."""
_ALIKE = {
    "农村居民人均可支配收入": ("居民人均可支配收入",),
    "居民人均可支配收入": ("农村居民人均可支配收入",),
}
"""In a village all residents are rural ones: both are told of the same people."""
_RECKONED = (Intent.LIST, Intent.COUNT, Intent.COMPARE, Intent.TREND)


class Doing(StrEnum):
    """What is done with the rows."""

    LIST = "list"
    SUM = "sum"
    MOST = "most"
    LEAST = "least"
    DIFFERENCE = "difference"
    COUNT = "count"
    TREND = "trend"
    OVER = "over"
    """A sum over the years of one place."""


@dataclass(frozen=True)
class Bound:
    """A value in the base unit that the rows are held against; 不低于 and 以上 take it in."""

    value: Decimal
    unit: str
    above: bool
    inclusive: bool

    def holds(self, value: Decimal) -> bool:
        if value == self.value:
            return self.inclusive
        return (value > self.value) is self.above


@dataclass(frozen=True)
class Topic:
    """What is counted: canonical names, the last the narrowest, or else words of its phrase."""

    names: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    """Expressions, each with those that mean the same; for phrases without a canonical name."""
    narrowed: tuple[tuple[str, ...], ...]
    """Ways to say what narrows the indicator: 脱贫人口 of 脱贫人口人均纯收入."""
    classes: tuple[str, ...]
    """Classes of units asked for, in order; empty for any."""
    doing: Doing
    ranked: bool = False
    """Whether all are asked for in their order, not only the first."""
    bound: Bound | None = None
    asked: tuple[str, ...] = ()
    """How the question calls the indicator."""
    ever: bool = False
    """Whether it asks of all times there are, not of the last."""
    alike: tuple[str, ...] = ()
    """Other canonical names by which a village or township may tell the same."""


def topic_of(query: Query, indicators: Indicators) -> Topic | None:
    """The topic of a question, or None where there is nothing to reckon."""
    asked = _without_scope(query)
    many = all(place.inside for place in query.places)
    bound = _bound(asked) if many and _WHICH.search(asked) else None
    if bound is None and query.intent not in _RECKONED:
        return None
    named = _named(asked, indicators)
    words = tuple(
        alike
        for term in query.terms
        if len(term.word) > 1
        and not _FRAME_WORDS.fullmatch(term.word)
        and not _NUMBER.search(term.word)
        for alike in _thing_and_verb(asked, term.word, term.alike)
    )
    names = named[-1][1] if named else ()
    if not names and not words:
        return None
    doing = Doing.COUNT if bound else _doing(query, asked)
    if doing is None:
        return None
    narrowed = tuple((alias,) for alias, _ in named[:-1])
    alias = named[-1][0] if named else ""
    return Topic(
        names,
        words,
        narrowed,
        (UNIT_CLASS[bound.unit],) if bound else _classes(query, asked, alias),
        doing,
        bool(_RANK.search(asked)),
        bound,
        tuple(alias for alias, _ in named[-1:]),
        bool(_EVER.search(asked)),
        tuple(dict.fromkeys(one for name in names for one in _ALIKE.get(name, ()))),
    )


def deed_of(topic: Topic, indicators: Indicators) -> Topic | None:
    """脱贫户 where no report has that register: those of whom 脱贫 is told in the time asked."""
    for alias in topic.asked:
        deed = re.sub(r"(?:户|人口|人)(?:数)?$", "", alias)
        if deed != alias and len(deed) > 1 and (names := indicators.meant_by(deed)):
            return replace(topic, names=names, asked=(deed,))
    return None


def _thing_and_verb(asked: str, word: str, alike: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """湖羊养殖 is 湖羊 and 养殖, as a report may only say 湖羊300只; also with 湖 cut off."""
    found = _RAISED.fullmatch(word) or (
        # 黄精种了多少亩: the dictionary takes the verb for the end of the name.
        _RAISED_SHORT.fullmatch(word) if re.search(word + _HOW_MUCH, asked) else None
    )
    if found is None:
        return (alike,)
    thing, at = found["thing"], asked.find(word)
    # One character is no name: the dictionary has cut its first one off.
    if len(thing) == 1 and at > 0 and "\u4e00" <= asked[at - 1] <= "\u9fff":
        if asked[at - 1] in _NO_THING:
            return (alike,)
        thing = asked[at - 1] + thing
    return ((thing,), (found["verb"],))


def _without_scope(query: Query) -> str:
    text = fold(query.text)
    for place in query.places:
        for name in sorted((place.name, *place.names), key=len, reverse=True):
            text = text.replace(fold(name), " ")
    # Only what is named is taken out; from which day 去年 counts does not matter.
    return periods_asked(text, date(2000, 1, 1))[1]


def _named(asked: str, indicators: Indicators) -> list[tuple[str, tuple[str, ...]]]:
    """(alias, canonical names) in the question's order, the longest at each spot."""
    found: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    while at < len(asked):
        for length in range(min(indicators.longest, len(asked) - at), 1, -1):
            alias = asked[at : at + length]
            names = () if _FRAME.search(alias) else indicators.meant_by(alias)
            if names:
                found.append((alias, names))
                at += length - 1
                break
        at += 1
    return found


def _classes(query: Query, asked: str, alias: str) -> tuple[str, ...]:
    """The classes of units that are asked for: by their names, else by the thing's own."""
    units = [UNIT_CLASS[match["unit"]] for match in _ASKED_UNITS.finditer(asked)]
    if not units and alias:
        behind = _BEHIND.match(asked[asked.rindex(alias) + len(alias) :])
        whole = alias + (behind[0] if behind else "")
        units = [kind for pattern, kind in _HEADS if pattern.search(whole)][:1]
        if _BOTH.search(asked):
            units = ["household", "person"]
    if not units and query.wanted is Wanted.FIGURE:
        # 比上年增加多少 is asked of an amount; a share is asked for by its name.
        share = alias.endswith(("率", "比例", "比重", "增速"))
        units = [kind for u in query.units if (kind := UNIT_CLASS.get(u, u)) != "ratio" or share]
    if not units and not alias:
        _, wanted = wanted_of(f"{asked}多少")
        units = [UNIT_CLASS.get(unit, unit) for unit in wanted]
    return tuple(dict.fromkeys(units))


def _doing(query: Query, asked: str) -> Doing | None:
    taken_in = query.each is not None or any(place.inside for place in query.places)
    differs = _DIFFERENCE.search(asked) or _DIFFERENCE.search(fold(query.text))  # 比上年 is a time
    if differs and max(len(query.places), len(query.periods)) == 2:
        return Doing.DIFFERENCE
    long = len(query.periods) > 1 or any(p.start.year != p.end.year for p in query.periods)
    adds = _SUM.search(asked) or _ALL_TOLD.search(asked)
    if adds and long and len(query.places) == 1 and not taken_in:
        return Doing.OVER
    if query.intent is Intent.TREND or (len(query.periods) == 2 and "变化" in asked):
        return Doing.TREND
    if _SUM.search(asked) and (taken_in or len(query.places) > 1):
        return Doing.SUM
    if _LEAST.search(asked):
        return Doing.LEAST
    if _MOST.search(asked):
        return Doing.MOST
    if query.intent is Intent.LIST and query.each is not None:
        return Doing.LIST
    return None


def _bound(asked: str) -> Bound | None:
    for quantity in quantities(asked):
        # 超过15万元 is one quantity with its 超过, 不足20户 is not.
        start = quantity.core[0]
        found = _BOUND_BEFORE.search(asked[:start]) or _BOUND_AFTER.match(asked, quantity.core[1])
        if found is not None:
            groups = found.groupdict()
            above = bool(groups.get("least") or groups.get("above"))
            inclusive = bool(groups.get("least") or groups.get("most"))
            return Bound(quantity.value, quantity.unit, above, inclusive)
    return None
