"""Figures of one place that contradict each other from report to report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, rounded, shown, slack
from app.history.comparable import Key, key_of, plain_name, speaks_for_all
from app.history.namesakes import called
from app.history.statements import Statement, cited
from index.chinese.indicators import load_indicators
from index.records import Figure, FigureKind, Period


@dataclass(frozen=True)
class Told:
    """A figure with its sentence, its place, and the time that it holds for."""

    figure: Figure
    statement: Statement
    key: Key
    when: Period

    @property
    def report(self) -> str:
        return self.statement.report_id


def told(
    statements: Sequence[Statement], same: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, list[Told]]:
    """Place -> what is told of it as a whole and can be compared, the oldest first.

    `same` are the names that several places bear: these go by name and town (`namesakes`).
    """
    result: dict[str, list[Told]] = defaultdict(list)
    for statement in statements:
        by_ordinal = {one.ordinal: one for one in statement.figures}
        for one in statement.figures:
            key = key_of(one)
            when = _when(statement, one)
            if key is None or when is None or one.place is None:
                continue
            whole = by_ordinal.get(one.part_of) if one.part_of is not None else None
            if speaks_for_all(one, whole):
                place = called(statement.described, one.place, same)
                result[place].append(Told(one, statement, key, when))
    for rows in result.values():
        rows.sort(key=lambda one: (one.when.end, one.when.start, one.report, one.figure.ordinal))
    return result


_YEAR_SAID = re.compile(
    r"全年|(?<!\d)20\d\d年(?![上下]半|[底末初前]|\d|[一二三四]季|[^,。;]{0,2}月)"
)


def _when(statement: Statement, figure: Figure) -> Period | None:
    """The time of a figure; 全年 and 2022年 in the report of a second half are of the year."""
    when = figure.as_of  # of 由120元 none: an earlier time that nobody says
    if when is None or figure.kind is FigureKind.STOCK or when.end.month != 12:
        return when
    front = statement.folded[: figure.start - statement.start]
    if when == Period.half(when.end.year, 2) and _YEAR_SAID.search(front):
        return Period.year(when.end.year)
    return when


def across_alarms(rows: Sequence[Told]) -> Iterator[Alarm]:
    """The alarms of one place's figures."""
    by_key: dict[Key, list[Told]] = defaultdict(list)
    for one in rows:
        if exact((one.figure,)):
            by_key[one.key].append(one)
    for key, same in by_key.items():
        if key.kind is FigureKind.STOCK:
            yield from _disagreeing(same)
            yield from _jumping(same)
        if key.kind is FigureKind.FLOW:
            if "累计" in key.qualifier:
                yield from _falling(same)
            else:
                yield from _disagreeing(same)
                yield from _halves(same)
    yield from _planned(by_key)


def _pair(kind: AlarmKind, one: Told, other: Told, message: str, arithmetic: str) -> Alarm:
    return Alarm(
        kind,
        other.figure.place,
        other.when,
        message,
        arithmetic,
        (cited(one.statement, (one.figure,)), cited(other.statement, (other.figure,))),
    )


# ---- one time, two values


def _disagreeing(same: Sequence[Told]) -> Iterator[Alarm]:
    """Two reports that tell the same thing of the same time.

    Of what happened only reports of the same period: a later one tells it anew, with what has
    been revised since.
    """
    by_time: dict[tuple[date, date, Period | None], dict[str, list[Told]]] = {}
    for one in same:
        # 上半年 and 截至6月底 are of one time for what there is.
        stock = one.key.kind is FigureKind.STOCK
        lasting = stock and one.key.known and one.when.start == one.when.end
        filed = None if lasting else one.statement.described.period
        time = one.when.end if stock else one.when.start, one.when.end, filed
        by_time.setdefault(time, {}).setdefault(one.report, []).append(one)
    for reports in by_time.values():
        # A report that itself tells several values speaks of several things.
        single = [
            min(rows, key=lambda row: row.statement.is_row)  # a sentence says more than a cell
            for rows in reports.values()
            if len({row.figure.base for row in rows}) == 1
        ]
        for at, one in enumerate(single):
            for other in single[at + 1 :]:
                if _differ(one.figure, other.figure) and _same_words(one, other):
                    yield _pair(
                        AlarmKind.DISAGREE,
                        one,
                        other,
                        texts.disagree_message(
                            one.figure.indicator,
                            shown(one.figure),
                            shown(other.figure),
                            other.when.chinese,
                        ),
                        texts.differ(shown(one.figure), shown(other.figure)),
                    )


def _differ(one: Figure, other: Figure) -> bool:
    return abs(one.base - other.base) > slack(one) + slack(other)


def _same_words(one: Told, other: Told) -> bool:
    """Without a canonical name the phrases must be long enough to mean one thing."""
    return one.key.known or len(one.key.name) >= 4


# ---- what cannot fall

_THIS_YEAR = re.compile(r"今年|本年|全年|年内|当年|上半年|下半年|年初以来|1-\d{1,2}月")
_SPAN = re.compile(r"[一二三四五六七八九十\d]年(?:来|间|累计|里)|时期|以来|任期|届")
_STANDS = re.compile(r"截[至止]|[到至][^,。;]{0,6}(?:底|末|日)|目前|现")
_LONGEST = 800
"""Days between two values that are held against each other: what is longer ago was another time."""


def _falling(same: Sequence[Told]) -> Iterator[Alarm]:
    """A cumulative total that is smaller later; within a year it begins anew with the year."""
    highest: Told | None = None
    for one in same:
        if _months(one.when) > 12 or _SPAN.search(_front(one)):
            continue
        if highest is not None and _fell(highest, one):
            yield _pair(
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
    room = slack(before.figure) + slack(after.figure)
    return after.figure.base + room < before.figure.base


def _front(one: Told) -> str:
    """The sentence up to the figure."""
    return one.statement.folded[: one.statement.span(one.figure)[0]]


def _months(when: Period) -> int:
    return round((when.end - when.start).days / 30.4)


_WHOLE_YEAR = re.compile(r"全年|今年以来|1-12月")


def _halves(same: Sequence[Told]) -> Iterator[Alarm]:
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
                yield _pair(
                    AlarmKind.CUMULATIVE,
                    other,
                    one,
                    texts.half_message(
                        one.figure.indicator, shown(other.figure), shown(one.figure)
                    ),
                    texts.less_than(shown(one.figure), shown(other.figure)),
                )


# ---- an order of magnitude

_JUMP = 8
_SMALL = 20
"""Of a few things ten times as many is no error."""
_LASTING = re.compile(r"(?:面积|人口|户数|人数|户|里程|耕地|林地|存栏)$")


def _jumping(same: Sequence[Told]) -> Iterator[Alarm]:
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
        if low <= 0 or high < _JUMP * low or high < _SMALL or not _same_words(one, other):
            continue
        if not one.key.known and not _slipped(high / low):
            continue  # 通车里程 of all roads, and of motorways
        yield _pair(
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


def _slipped(ratio: Decimal) -> bool:
    """Whether it is near a power of ten: a digit or a unit too many."""
    while ratio >= _JUMP:
        ratio /= 10
    return Decimal("0.8") <= ratio <= Decimal("1.25")


def _lasts(one: Told) -> bool:
    """Whether it is a stock in itself: not 新批企业20户 that was read as one."""
    if not one.key.known:
        return bool(_LASTING.search(one.key.name))
    indicator = load_indicators().by_name.get(one.key.name)
    return indicator is None or indicator.kind is FigureKind.STOCK


# ---- a plan told as done

_PLANNED = re.compile(r"计划|拟|力争|争取|准备|打算|确保|目标|明年|下一?年|下半年|下一?步")


def _planned(by_key: dict[Key, list[Told]]) -> Iterator[Alarm]:
    """Planned for the next half-year in one report, and already done in another of this one."""
    for key, plans in by_key.items():
        if key.kind is not FigureKind.TARGET:
            continue
        for kind in (FigureKind.FLOW, FigureKind.STOCK):
            done = by_key.get(Key(key.name, key.unit, kind, key.qualifier, key.known), [])
            for plan in plans:
                filed = plan.statement.described.period
                for one in done:
                    if (
                        filed is not None
                        and one.report != plan.report
                        and one.statement.described.period == filed
                        and one.figure.base == plan.figure.base
                        and one.figure.base > 1
                        and plan.when.start > filed.end >= one.when.end
                        and _same_words(one, plan)
                        and _PLANNED.search(plan.statement.folded)
                        and not _PLANNED.search(one.statement.folded)
                    ):
                        yield _pair(
                            AlarmKind.TARGET,
                            one,
                            plan,
                            texts.target_message(
                                one.figure.indicator,
                                shown(one.figure),
                                one.when.chinese,
                                plan.when.chinese,
                            ),
                            texts.same(shown(one.figure), shown(plan.figure)),
                        )
