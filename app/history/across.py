"""Figures of one place that contradict each other from report to report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, shown, slack
from app.history.comparable import Key
from app.history.over_time import falling, halves, jumping
from app.history.told import Told, pair, same_words
from index.records import Figure, FigureKind, Period


def across_alarms(rows: Sequence[Told]) -> Iterator[Alarm]:
    """The alarms of one place's figures."""
    by_key: dict[Key, list[Told]] = defaultdict(list)
    for one in rows:
        if exact((one.figure,)):
            by_key[one.key].append(one)
    for key, same in by_key.items():
        if key.kind is FigureKind.STOCK:
            yield from _disagreeing(same)
            yield from jumping(same)
        if key.kind is FigureKind.FLOW:
            if "累计" in key.qualifier:
                yield from falling(same)
            else:
                yield from _disagreeing(same)
                yield from halves(same)
    yield from _planned(by_key)


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
                if _differ(one.figure, other.figure) and same_words(one, other):
                    yield pair(
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


# ---- a plan told as done

_PLANNED = re.compile(r"计划|拟|力争|争取|准备|打算|确保|目标|明年|下一?年|下半年|下一?步")


_SO_FAR = re.compile(r"(?:目前|现|至今|截[至止][^,。;]{0,8}|已经?|完成|开工)[^,。;\d]{0,8}$")


def _not_yet_done(plan: Told, one: Told, filed: Period) -> bool:
    """Whether by its own report the plan is of a later time, or has come less far by now."""
    if plan.when.start > filed.end:
        return filed.end >= one.when.end
    sentence = plan.statement
    return plan.when.end >= filed.end >= one.when.end and any(
        other.start > plan.figure.end
        and other.base_unit == plan.figure.base_unit
        and other.base < plan.figure.base
        and _SO_FAR.search(sentence.before(other))
        for other in sentence.figures
    )


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
                        and _not_yet_done(plan, one, filed)
                        and same_words(one, plan)
                        and _PLANNED.search(plan.statement.folded)
                        and not _PLANNED.search(one.statement.folded)
                    ):
                        yield pair(
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
