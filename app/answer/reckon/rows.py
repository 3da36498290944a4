"""From the ledger to the rows of an answer: one figure a place, time and class of unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.answer.reckon.beside import told_beside
from app.answer.reckon.row import Row, unit_class
from app.answer.reckon.timed import holds, of_one_length, spans_of, timed
from app.answer.reckon.topic import Doing, Topic
from app.history.namesakes import BETWEEN, called, several, shown, split
from index.archive_reader import ArchiveReader, ReportInfo
from index.chinese.fold import fold
from index.chinese.indicators import Indicators
from index.chinese.places import level
from index.ledger import Asked, Entry, entries
from index.query import Query
from index.records import Figure, FigureKind, Period

_CHANGED = re.compile(r"新增|增加|减少|净增|增长|下降|扩种|比[上去]?年|多$|少$")
_TOWN = 4
_NARROWER = frozenset(("其中", "新增", "计划", "每"))


@dataclass(frozen=True)
class Gap:
    """A place that was asked about and has no row; `filed`: there is a report that does not say."""

    place: str
    period: Period | None
    filed: bool
    until: Period | None = None
    """The last period inside the one asked about that it did report on: a year's first half."""


@dataclass(frozen=True)
class Rows:
    """The rows of an answer in the order of places and times, and what has none."""

    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]


def places_asked(query: Query, infos: Sequence[ReportInfo]) -> list[str]:
    """The places that the rows are of; with their town (`namesakes`) where several bear a name."""
    same = same_names(infos)
    named = [place for place in query.places if place.reported]
    whole = [p for p in named if p.inside and query.each is not None]
    if whole:
        inside = ((p.name, n) for p in whole for n in p.inside if level(fold(n)) == query.each)
        return [f"{around}{BETWEEN}{name}" if name in same else name for around, name in inside]
    if query.places:
        return [
            f"{p.around}{BETWEEN}{p.name}" if p.around and p.name in same else p.name for p in named
        ]
    rank = query.each or 5
    reporting = {own for info in infos if (own := place_of(info, same))}
    return sorted(place for place in reporting if level(fold(split(place)[0])) == rank)


def same_names(infos: Iterable[ReportInfo]) -> dict[str, tuple[str, ...]]:
    """The names that several places bear, by their own reports."""
    return several(info.described for info in infos)


def place_of(info: ReportInfo, same: Mapping[str, Sequence[str]]) -> str | None:
    """What the place of a report goes by."""
    own = info.described.place
    return called(info.described, own, same) if own else None


def rows_for(
    query: Query,
    topic: Topic,
    archive: ArchiveReader,
    infos: Sequence[ReportInfo],
    slots: Sequence[Period],
    indicators: Indicators,
) -> Rows:
    """The rows for each place and each of `slots`; without slots each place's own times."""
    places = places_asked(query, infos)
    found = [one for one in _entries(archive, topic) if _fits(one.figure, topic, query)]
    same = same_names(infos)
    found = [one for one in found if _spoken_of(one, same) in places and _of_scope(one, query)]
    if any(_narrowed(one, topic) for one in found):
        found = [one for one in found if _narrowed(one, topic)]
    in_time = timed(found, archive)
    found = [one.entry for one in in_time]
    rows: list[Row] = []
    gaps: list[Gap] = []
    for place in places:
        own = [one for one in found if _spoken_of(one, same) == place]
        if slots:
            dated = [one for one in in_time if _spoken_of(one.entry, same) == place]
            for slot in slots:
                trend = topic.doing is Doing.TREND
                there = [one.entry for one in dated if holds(one, slot, loosely=trend)]
                chosen = told_beside(_chosen(place, slot, there), topic, archive, indicators)
                rows += chosen
                if not chosen:
                    gaps.append(_gap(place, slot, infos, same))
        else:
            times = sorted({one.figure.as_of for one in own if one.figure.as_of}, key=_end)
            chosen = [
                row
                for time in times
                for row in _chosen(place, time, [one for one in own if one.figure.as_of == time])
            ]
            chosen = told_beside(chosen, topic, archive, indicators)
            rows += chosen
            if not chosen:
                filed = any(place_of(info, same) == place for info in infos)
                gaps.append(Gap(shown(place), None, filed))
    if slots and topic.doing not in (Doing.TREND, Doing.LIST):
        kept = of_one_length(rows, spans_of(in_time))
        dropped = {(row.place, row.period) for row in rows if row not in kept}
        dropped -= {(row.place, row.period) for row in kept}
        gaps += [Gap(place, period, filed=True) for place, period in sorted(dropped, key=str)]
        rows = kept
    if not slots and topic.doing is not Doing.TREND and not topic.ever:
        rows = _last(rows)
    gaps = [gap for gap in gaps if not _inside_a_year(gap, rows)]
    classes = topic.classes or _classes_of(rows, topic)
    return Rows(tuple(row for row in rows if row.kind in classes), tuple(gaps))


def _spoken_of(one: Entry, same: Mapping[str, Sequence[str]]) -> str:
    return called(one.described, one.figure.place or "", same)


def _of_scope(one: Entry, query: Query) -> bool:
    """Whether a figure is of the places and documents asked about, not of another of the name."""
    if not query.of_genre(one.described):
        return False
    if not query.places or one.described.place != one.figure.place:
        # A wider report speaks of its own villages: of namesakes only the town's own counts.
        towns = {p.around or p.name for p in query.places if p.around or p.inside}
        return not towns or one.described.place in towns
    return any(place.covers(one.described) for place in query.places)


def _entries(archive: ArchiveReader, topic: Topic) -> list[Entry]:
    if topic.names:
        known = [one for name in topic.names for one in entries(archive, Asked(canonical=name))]
        known += [
            one
            for name in topic.alike
            for one in entries(archive, Asked(canonical=name))
            if (level(fold(one.figure.place or "")) or 0) >= _TOWN
        ]
        # A phrase with an item's number or a column's unit may have no canonical name.
        called = {*topic.asked, *topic.names}
        more = [
            one
            for alias in sorted(called)
            for one in entries(archive, Asked(indicator=alias))
            if one.figure.canonical is None and _bare(one.figure.indicator) in called
        ]
        return [*known, *more]
    found: dict[tuple[str, int], Entry] = {}
    for alike in topic.words:
        for word in alike:
            for one in entries(archive, Asked(indicator=word)):
                found[one.figure.report_id, one.figure.ordinal] = one
    return [one for one in found.values() if _says_all(one.figure, topic)]


def _bare(phrase: str) -> str:
    """A phrase without the number of its item and the unit of its column: 4 村集体收入(万元)."""
    return re.sub(r"^[\d.、()\s]+|[((][^()]*[))]$", "", phrase)


def _says_all(figure: Figure, topic: Topic) -> bool:
    """Whether the phrase says every expression asked about; the frame's verbs may be missing."""
    said = [any(word in figure.indicator for word in alike) for alike in topic.words]
    return bool(said) and (all(said) or (len(said) > 1 and said[0] and sum(said) >= len(said) - 1))


def _fits(figure: Figure, topic: Topic, query: Query) -> bool:
    kind = unit_class(figure)
    if topic.classes and kind not in topic.classes:
        return False
    if (figure.kind is FigureKind.TARGET) != query.plan:
        return False
    if figure.kind is FigureKind.PRICE or (kind == "ratio" and "ratio" not in topic.classes):
        return False
    return not _CHANGED.search(figure.indicator)


def _narrowed(one: Entry, topic: Topic) -> bool:
    return bool(topic.narrowed) and all(
        any(way in one.figure.indicator for way in ways) for ways in topic.narrowed
    )


def _chosen(place: str, slot: Period, candidates: Iterable[Entry]) -> list[Row]:
    """The best figure of each class: the place's own words for the whole, not for a part."""
    best: dict[str, Entry] = {}
    others: dict[str, Entry] = {}
    name = split(place)[0]
    for one in sorted(candidates, key=lambda one: _rank(name, slot, one)):
        kind = unit_class(one.figure)
        if _contradicts(best.setdefault(kind, one), one):
            others.setdefault(kind, one)
    return [Row(shown(place), slot, kind, one, others.get(kind)) for kind, one in best.items()]


def _contradicts(one: Entry, other: Entry) -> bool:
    """Whether another report gives another value of the very same thing and time."""
    mine, theirs = one.figure, other.figure
    same = (mine.indicator, mine.canonical, mine.kind, mine.qualifier, mine.base_unit) == (
        theirs.indicator,
        theirs.canonical,
        theirs.kind,
        theirs.qualifier,
        theirs.base_unit,
    )
    return (
        same
        and mine.as_of == theirs.as_of
        and theirs.part_of is None
        and mine.report_id != theirs.report_id
        and mine.base != theirs.base
    )


def _rank(place: str, slot: Period, one: Entry) -> tuple[bool, bool, bool, bool, int]:
    figure = one.figure
    return (
        one.described.place != place,
        figure.part_of is not None,
        bool(_NARROWER & set(figure.qualifier)),
        figure.as_of != slot,
        len(figure.indicator),
    )


def _last(rows: Iterable[Row]) -> list[Row]:
    """Of each place and class the latest."""
    latest: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = latest.get((row.place, row.kind))
        if before is None or _end(row.period) >= _end(before.period):
            latest[row.place, row.kind] = row
    return list(latest.values())


def _classes_of(rows: Sequence[Row], topic: Topic) -> tuple[str, ...]:
    """Without a unit in the question: households and persons, or what most rows count in."""
    kinds = [row.kind for row in rows]
    if not kinds:
        return ()
    pair = tuple(kind for kind in ("household", "person") if kind in kinds)
    if pair:
        return pair if topic.doing in (Doing.LIST, Doing.TREND, Doing.SUM) else pair[:1]
    return (max(dict.fromkeys(kinds), key=kinds.count),)


def _end(period: Period | None) -> tuple[object, ...]:
    return (period.end, period.start) if period is not None else ()


def _inside_a_year(gap: Gap, rows: Sequence[Row]) -> bool:
    """Whether the place tells the whole year instead: an income has no first half to lack."""
    return gap.period is not None and any(
        row.place == gap.place
        and (when := row.figure.as_of) is not None
        and gap.period != when
        and gap.period.within(when)
        and row.figure.kind is FigureKind.FLOW
        for row in rows
    )


def _gap(
    place: str, slot: Period, infos: Sequence[ReportInfo], same: Mapping[str, Sequence[str]]
) -> Gap:
    own = [i.described.period for i in infos if place_of(i, same) == place and i.described.period]
    # A report covers the time asked about where it covers its end.
    filed = any(one.start <= slot.end <= one.end for one in own)
    before = [] if filed else [one for one in own if one.within(slot)]
    return Gap(shown(place), slot, filed, max(before, key=_end, default=None))
