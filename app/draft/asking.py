"""Where a figure stands in its sentence, and of what time it tells, in the words of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.material import Said
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.records import Figure, FigureKind, Period

_OF_WHAT = re.compile(r"(?:金额|总额|总投资|投资|面积|其中|均|各|不[少低]于|达到?|完成率)")


def clause_of(said: Said, figure: Figure) -> str:
    """The clause of a sentence that a figure stands in."""
    at = figure.start - said.start
    for first, last in clauses(said.text, 0, len(said.text)):
        if first <= at < last:
            return said.text[first:last]
    return said.text


def by_clause(said: Said, figures: Sequence[Figure]) -> list[tuple[list[Figure], str, int]]:
    """Each clause with its figures, without the mark at its end, and where it begins.

    A plan that does not say of what (金额不低于40万元) comes with the clause before it.
    """
    result: list[tuple[list[Figure], str, int]] = []
    before = 0
    for first, last in clauses(said.text, 0, len(said.text)):
        own = [one for one in figures if first <= one.start - said.start < last]
        if own:
            vague = own[0].kind is FigureKind.TARGET and _OF_WHAT.match(fold(said.text[first:last]))
            begin = before if vague else first
            plan = re.sub(r"[,，。;；、:：]+$", "", said.text[begin:last])
            result.append((own, plan, said.start + begin))
        before = first
    return result


def long_ago(figure: Figure, told_of: Period | None) -> bool:
    """Whether it only tells what something was before the last period: 比上年的12.6万元多.

    `told_of` is what the last report looks back on.
    """
    when = figure.as_of
    if when is None or told_of is None or when.start == when.end:
        return False
    return when.end < told_of.start


def bound(figure: Figure) -> str:
    """以下 of 2%以下: a plan that is bounded is met differently."""
    return figure.approx if figure.approx in ("以上", "以下", "以内") else ""


def months(period: Period) -> int:
    """How long a period is, as a measure to tell longer from shorter ones."""
    start, end = period.start, period.end
    return (end.year - start.year) * 12 + end.month - start.month


def period_said(period: Period) -> str:
    """A period as a report of it says: 2022年第三季度, 2018年上半年."""
    for quarter in (1, 2, 3, 4):
        if period == Period.months(period.start.year, 3 * quarter - 2, 3 * quarter):
            return f"{period.start.year}年第{'一二三四'[quarter - 1]}季度"
    return period.chinese


def when_of(figure: Figure, reported: str) -> str:
    """The time of a last value in words: 2017年底; as `reported` where none is known."""
    when = figure.as_of
    if when is None:
        return reported
    if when.start == when.end == Period.months(when.end.year, when.end.month, when.end.month).end:
        month = "" if when.end.month == 12 else f"{when.end.month}月"
        return f"{when.end.year}年{month}底"
    return period_said(when)
