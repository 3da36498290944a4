"""The ledger of figures: what the reports state in numbers, by place, indicator and period."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from index import schema
from index.archive_reader import ArchiveReader
from index.records import Described, Figure, FigureKind, Period
from index.rows import described_of, figure_of

_AT_ONCE = 10_000


@dataclass(frozen=True)
class Entry:
    """A figure with the report that states it."""

    figure: Figure
    described: Described
    source: str


@dataclass(frozen=True)
class Quote:
    """What the report says: the figure's own span, and the sentence that it stands in."""

    text: str
    sentence: str


@dataclass(frozen=True)
class Asked:
    """Which figures; every condition that is given must hold."""

    report_id: str | None = None
    place: str | None = None
    within: bool = False
    """Also the figures of the places inside `place`."""
    indicator: str | None = None
    """A canonical name, or a part of the phrase as written; folded."""
    canonical: str | None = None
    """A canonical name alone: faster than `indicator` where no place or report is given."""
    period: Period | None = None
    """The figure holds for a day or period inside this one."""
    filed: Period | None = None
    """The report covers exactly this period, whatever time the figure is of."""


def entries(archive: ArchiveReader, asked: Asked, limit: int | None = None) -> list[Entry]:
    """The figures asked for, by report and order within it, at most `limit`."""
    figures, reports = schema.figures, schema.reports
    with archive.reading() as db:
        query = (
            select(figures)
            .where(*_conditions(db, asked))
            .order_by(figures.c.report_id, figures.c.ordinal)
            .limit(limit)
        )
        found = [figure_of(dict(zip(_COLUMNS, row, strict=True))) for row in db.execute(query)]
        described: dict[str, tuple[Described, str]] = {}
        for ids in _in_lots(list(dict.fromkeys(figure.report_id for figure in found))):
            columns = select(*_DESCRIBED, schema.sources.c.shown).join(schema.sources)
            for row in db.execute(columns.where(reports.c.id.in_(ids))).mappings():
                described[row["id"]] = described_of(dict(row)), row["shown"]
    return [Entry(figure, *described[figure.report_id]) for figure in found]


def quotes(archive: ArchiveReader, figures: Sequence[Figure]) -> list[Quote]:
    """The words of these figures, in their order; empty where a report is gone by now.

    Apart from `entries`, as reading whole reports takes longer than finding the figures.
    """
    reports = schema.reports.c
    texts: dict[str, str] = {}
    with archive.reading() as db:
        for ids in _in_lots(list(dict.fromkeys(figure.report_id for figure in figures))):
            query = select(reports.id, reports.text).where(reports.id.in_(ids))
            texts |= {row.id: row.text for row in db.execute(query)}
    return [
        Quote(text[figure.start : figure.end], text[slice(*figure.sentence)])
        for figure in figures
        for text in (texts.get(figure.report_id, ""),)
    ]


def figures_of(archive: ArchiveReader, report_id: str) -> list[Figure]:
    """The figures of a report, in their order."""
    table = schema.figures
    query = select(table).where(table.c.report_id == report_id).order_by(table.c.ordinal)
    with archive.reading() as db:
        return [figure_of(dict(zip(_COLUMNS, row, strict=True))) for row in db.execute(query)]


def figures(archive: ArchiveReader, asked: Asked) -> list[Figure]:
    """The figures asked for without their reports' text, for counting and comparing."""
    table = schema.figures
    with archive.reading() as db:
        query = select(table).where(*_conditions(db, asked))
        query = query.order_by(table.c.report_id, table.c.ordinal)
        return [figure_of(dict(zip(_COLUMNS, row, strict=True))) for row in db.execute(query)]


def headings_of(
    archive: ArchiveReader, canonicals: Iterable[str], limit: int
) -> list[tuple[str, str, tuple[str, ...]]]:
    """(canonical name, report id, headings above it) of stated figures that are no plans.

    At most `limit` of each name, those of the latest days first.
    """
    figures, passages = schema.figures.c, schema.passages.c
    found = []
    with archive.reading() as db:
        for name in canonicals:
            inside = and_(
                passages.report_id == figures.report_id,
                passages.start <= figures.start,
                passages.end > figures.start,
            )
            query = (
                select(figures.report_id, passages.heading)
                .select_from(schema.figures.join(schema.passages, inside))
                .where(figures.canonical == name, figures.kind != FigureKind.TARGET.value)
                .order_by(figures.last_day.desc())
                .limit(limit)
            )
            found += [(name, row[0], tuple(json.loads(row[1]))) for row in db.execute(query)]
    return found


def places_of(archive: ArchiveReader) -> list[str]:
    """Every place that some figure is about."""
    column = schema.figures.c.place
    with archive.reading() as db:
        return list(db.scalars(select(column).where(column.is_not(None)).distinct()))


_COLUMNS = [column.name for column in schema.figures.c]
_DESCRIBED = [c for c in schema.reports.c if c.name not in ("measured", "text", "sketch")]


def _in_lots(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]


def _conditions(db: Connection, asked: Asked) -> Iterable[ColumnElement[bool]]:
    figures = schema.figures.c
    if asked.report_id is not None:
        yield figures.report_id == asked.report_id
    if asked.place is not None:
        yield _of_place(db, asked.place) if asked.within else figures.place == asked.place
    if asked.canonical is not None:
        yield figures.canonical == asked.canonical
    if asked.indicator is not None:
        part = figures.indicator.contains(asked.indicator, autoescape=True)
        yield or_(figures.canonical == asked.indicator, part)
    if asked.period is not None:
        yield and_(figures.first_day >= asked.period.start, figures.last_day <= asked.period.end)
    if asked.filed is not None:
        filed = schema.reports.c.period == asked.filed.key
        yield figures.report_id.in_(select(schema.reports.c.id).where(filed))


def _of_place(db: Connection, place: str) -> ColumnElement[bool]:
    """Figures of a place and of those inside it: a township's report tells of its villages."""
    figures, reports = schema.figures.c, schema.reports.c
    quoted = json.dumps(place, ensure_ascii=False)
    inside = select(reports.place).where(reports.within.contains(quoted, autoescape=True))
    known = select(schema.places.c.name).where(schema.places.c.within == place)
    names = {place, *(name for name in db.scalars(inside) if name), *db.scalars(known)}
    own = list(db.scalars(select(reports.id).where(reports.place == place)))
    return or_(figures.place.in_(sorted(names)[:_AT_ONCE]), figures.report_id.in_(own[:_AT_ONCE]))
