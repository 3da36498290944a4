"""Beside a refusal: what the archive does have for the place or period asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from app import texts
from index.archive import ReportInfo
from index.query import PlaceScope, Query
from index.records import Period

_NEAR = 3
_NEIGHBOURS = 8


def what_there_is(query: Query, infos: Sequence[ReportInfo]) -> str | None:
    """A sentence for officials, never an answer; None where there is nothing to say."""
    if query.unclear:
        return texts.which_place(query.unclear)
    for scope in query.places:
        if not scope.known:
            return texts.no_such_place(scope.name, _nearest(scope, infos))
    if query.genre is not None:
        own = [
            i for i in infos if not query.places or any(p.covers(i.described) for p in query.places)
        ]
        if not any(query.of_genre(info.described) for info in own):
            genres = Counter(info.described.genre for info in own if info.described.genre)
            names = [place.name for place in query.places]
            return texts.no_such_genre(query.genre, names, [one for one, _ in genres.most_common()])
        infos = [info for info in infos if query.of_genre(info.described)]
    for scope in query.places:
        if periods := _periods_of(scope, infos):
            return texts.place_has(scope.name, [period.chinese for period in periods])
        if query.own_report:
            return texts.no_own_report(scope.name)
    if query.periods:
        name = "、".join(period.chinese for period in query.periods)
        asked = {i.described.place or i.described.title for i in infos if _covers(i, query)}
        there = sorted({period for info in infos if (period := info.described.period)})
        return texts.period_has(name, sorted(asked), [period.chinese for period in there])
    return None


def _nearest(scope: PlaceScope, infos: Sequence[ReportInfo]) -> list[str]:
    """Places written much the same, then those of the town that the question names."""
    places = sorted({info.described.place for info in infos if info.described.place})
    near = get_close_matches(scope.name, places, n=_NEAR, cutoff=0.5)
    beside = sorted(
        {
            info.described.place
            for info in infos
            if info.described.place and scope.around in info.described.within
        }
    )
    return list(dict.fromkeys([*near, *beside[:_NEIGHBOURS]]))


def _periods_of(scope: PlaceScope, infos: Sequence[ReportInfo]) -> list[Period]:
    found = {info.described.period for info in infos if scope.covers(info.described)}
    return sorted(period for period in found if period is not None)


def _covers(info: ReportInfo, query: Query) -> bool:
    period = info.described.period
    return period is not None and any(period.within(asked) for asked in query.periods)
