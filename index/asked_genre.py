"""The kind of document that a question looks in, held against the reports of its place and time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.archive_reader import ReportInfo
from index.chinese.fold import fold
from index.chinese.genres import covers, may_be
from index.query import Query
from index.records import Period


def held_to_genre(
    query: Query, chosen: str | None, period: Period | None, infos: Iterable[ReportInfo]
) -> Query:
    """The query with the kind that was chosen beside it, or with its own where that is sure.

    What the question names is a condition where a report of the place and time is of that kind, or
    where none can be; what is titled otherwise may be meant all the same.
    """
    if chosen:
        return replace(query, genre=fold(chosen))
    if query.genre is None:
        return query
    periods = (period,) if period is not None else query.periods
    kinds = [
        fold(info.described.genre or "")
        for info in infos
        if not query.places or any(place.covers(info.described) for place in query.places)
        if not periods or _within(info.described.period, periods)
    ]
    sure = any(covers(query.genre, kind) for kind in kinds)
    unsure = not sure and any(may_be(query.genre, kind) for kind in kinds)
    return replace(query, genre=None) if unsure else query


def _within(own: Period | None, periods: Iterable[Period]) -> bool:
    return own is not None and any(own.overlaps(period) for period in periods)
