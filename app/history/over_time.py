"""Figures that cannot follow each other: a total that falls, a year below its half, a jump."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import rounded, shown, slack
from app.history.comparable import plain_name
from app.history.told import LAND, Told, pair, same_words
from index.chinese.indicators import load_indicators
from index.records import FigureKind, Period

_THIS_YEAR = re.compile(r"今年|本年|全年|年内|当年|上半年|下半年|年初以来|1-\d{1,2}月")


_SPAN = re.compile(r"[一二三四五六七八九十\d]年(?:来|间|累计|里)|时期|以来|任期|届")


_STANDS = re.compile(r"截[至止]|[到至][^,。;]{0,6}(?:底|末|日)|目前|现")


_LONGEST = 800
"""Days between two values that are held against each other: what is longer ago was another time."""


def falling(same: Sequence[Told]) -> Iterator[Alarm]:
    """A cumulative total that is smaller later; within a year it begins anew with the year."""
    highest: Told | None = None
    for one in same:
        if _months(one.when) > 12 or _SPAN.search(_front(one)):
            continue
        if highest is not None and _fell(highest, one):
            yield pair(
                AlarmKind.CUMULATIVE,
                highest,
                one,
                texts.fallen_message(
                    one.figure.indicator,
                    shown(highest.figure),
                    highest.when.chinese,
                    shown(one.figure),
                    one.when.chinese,
                ),
                texts.less_than(shown(one.figure), shown(highest.figure)),
            )
        if highest is None or one.figure.base >= highest.figure.base:
            highest = one


def _fell(before: Told, after: Told) -> bool:
    days = (after.when.end - before.when.end).days
    if not 0 < days <= _LONGEST or before.report == after.report:
        return False
    if plain_name(before.figure.indicator) != plain_name(after.figure.indicator):
        return False  # 投入资金 of one thing and of another
    if before.when.end.year != after.when.end.year and not all(
        _STANDS.search(_front(one)) and not _THIS_YEAR.search(_front(one))
        for one in (before, after)
    ):
        return False
    if _tells(after, before):
        return False  # 上期报的14.6公里有误
    room = slack(before.figure) + slack(after.figure)
    return after.figure.base + room < before.figure.base


def _front(one: Told) -> str:
    """The sentence up to the figure."""
    return one.statement.folded[: one.statement.span(one.figure)[0]]


_WHOLE_YEAR = re.compile(r"全年|今年以来|1-12月")


def halves(same: Sequence[Told]) -> Iterator[Alarm]:
    """全年 12 of what was 20 in 上半年 already."""
    for one in same:
        covers = one.statement.described.period
        if covers is None or not _WHOLE_YEAR.search(one.statement.before(one.figure)):
            continue
        for other in same:
            half = Period.half(covers.end.year, 1)
            if (
                covers.end == Period.year(covers.end.year).end
                and other.when == half
                and other.statement.described.period == half
                and one.key.known
                and one.figure.base + slack(one.figure) + slack(other.figure) < other.figure.base
            ):
                yield pair(
                    AlarmKind.CUMULATIVE,
                    other,
                    one,
                    texts.half_message(
                        one.figure.indicator, shown(other.figure), shown(one.figure)
                    ),
                    texts.less_than(shown(one.figure), shown(other.figure)),
                )


_JUMP = 8


_SMALL = 20
"""Of a few things ten times as many is no error."""


_LASTING = re.compile(r"(?:面积|人口|户数|人数|户|里程|耕地|林地|存栏)$")


def jumping(same: Sequence[Told]) -> Iterator[Alarm]:
    """A stock that is ten times what it was one report before, or a tenth."""
    same = [one for one in same if _months(one.when) <= 12 and _lasts(one)]
    ends = sorted({one.when.end for one in same})
    for before, after in pairwise(ends):
        if (after - before).days > _LONGEST:
            continue
        old = [one for one in same if one.when.end == before]
        new = [one for one in same if one.when.end == after]
        values = {one.figure.base for one in old}, {one.figure.base for one in new}
        if any(len(some) != 1 for some in values) or old[0].report == new[0].report:
            continue
        one, other = old[0], new[0]
        low, high = sorted((one.figure.base, other.figure.base))
        if low <= 0 or high < _JUMP * low or high < _SMALL or not same_words(one, other):
            continue
        if not one.key.known and not _slipped(high / low):
            continue  # 通车里程 of all roads, and of motorways
        if _tells(other, one):
            continue  # 由30亩扩大到360亩: whoever wrote it knew both
        yield pair(
            AlarmKind.JUMP,
            one,
            other,
            texts.jump_message(
                other.figure.indicator,
                shown(one.figure),
                one.when.chinese,
                shown(other.figure),
                other.when.chinese,
            ),
            texts.times(
                shown(other.figure),
                shown(one.figure),
                rounded(other.figure.base / one.figure.base, 4),
            ),
        )


def _tells(later: Told, earlier: Told) -> bool:
    """Whether the later sentence tells the earlier value, too."""
    return any(
        (one.base, one.base_unit) == (earlier.figure.base, earlier.figure.base_unit)
        for one in later.statement.figures
    )


def _slipped(ratio: Decimal) -> bool:
    """Whether it is near a power of ten: a digit or a unit too many."""
    while ratio >= _JUMP:
        ratio /= 10
    return Decimal("0.8") <= ratio <= Decimal("1.25")


def _lasts(one: Told) -> bool:
    """Whether it is a stock in itself: not 新批企业20户 that was read as one."""
    if not one.key.known:
        return bool(_LASTING.search(one.key.name)) or one.key.unit in LAND
    indicator = load_indicators().by_name.get(one.key.name)
    return indicator is None or indicator.kind is FigureKind.STOCK


def _months(when: Period) -> int:
    return round((when.end - when.start).days / 30.4)
