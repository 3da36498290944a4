"""A query's scope as the closed condition that both engines search inside."""

from __future__ import annotations

from collections.abc import Iterable

from index.chinese.fold import fold
from index.lexical import Filter
from index.query import Query
from index.records import Period


def scope_of(query: Query) -> Filter:
    """The closed condition that a query's places, periods and named office are."""
    keys: list[str] = []
    for place in query.places:
        if place.reported or query.own_report:
            name = fold(place.name)
            keys.append(f"{fold(place.around)}/{name}" if place.around else name)
            keys.extend(f"{name}/{fold(inner)}" for inner in place.inside)
    naming = () if query.own_report else query.places
    names = [(n, p.around) for p in naming for n in p.names if len(n) >= 2]
    return Filter(
        places=tuple(keys),
        names=tuple(name for name, around in names if around is None),
        names_within=tuple((name, fold(around)) for name, around in names if around is not None),
        reports=tuple(sorted({report for place in naming for report in place.speaking})),
        periods=tuple(years_of(query.periods)),
        named_report=query.named_report,
        reporter=fold(query.reporter) if query.reporter else None,
        genre=query.genre,
    )


def years_of(periods: Iterable[Period]) -> Iterable[Period]:
    """Each period; one of several years (十三五) as its years too, which reports are filed by."""
    for period in periods:
        yield period
        if period.start.year != period.end.year:
            yield from map(Period.year, range(period.start.year, period.end.year + 1))
