"""Times that only the archive can tell: the last period reported of, 上半年 and 今年 in it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from index.archive import ReportInfo
from index.query import Query, Wanted
from index.records import Period


def last_period(query: Query, infos: Iterable[ReportInfo]) -> Period | None:
    """The latest period that the named places, or without one all, have a report of."""
    periods = (info.described.period for info in infos if _own(query, info))
    return max(filter(None, periods), key=lambda period: (period.end, period.start), default=None)


def last_half(query: Query, infos: Iterable[ReportInfo]) -> Period | None:
    """上半年 without a year: of the last year whose half the places named have reported of.

    A plan for 下半年 stands in the report of the first half.
    """
    half = query.half or 1
    found: list[Period] = []
    for info in infos:
        period = info.described.period
        if period is None or not _own(query, info):
            continue
        asked = Period.half(period.end.year, half)
        later = query.plan or query.wanted is Wanted.NARRATIVE
        ahead = later and period.end < asked.start and (asked.start - period.end).days == 1
        if period.overlaps(asked) or ahead:
            found.append(asked)
    return max(found, default=None)


def in_last_year(query: Query, infos: Iterable[ReportInfo]) -> Query:
    """今年 and 5月底 where this year has no report: of the last year that was reported of."""
    reported = [
        info.described.period
        for info in infos
        if info.described.period is not None and _own(query, info)
    ]
    for year in sorted({period.end.year for period in reported}, reverse=True):
        asked = tuple(in_year(period, year) for period in query.periods)
        if any(one.overlaps(period) for one in asked for period in reported):
            return replace(query, periods=asked, moved=asked != query.periods)
    return query


def in_year(period: Period, year: int) -> Period:
    """The same days of another year; 29 February is its last day there."""
    years = year - period.end.year
    start, end = (
        date(day.year + years, day.month, min(day.day, monthrange(day.year + years, day.month)[1]))
        for day in (period.start, period.end)
    )
    return Period(start, end)


def _own(query: Query, info: ReportInfo) -> bool:
    """Whether a report is of a place that the question names, if it names any, and of its kind."""
    its = not query.places or any(place.covers(info.described) for place in query.places)
    return its and query.of_genre(info.described)
