"""All that the ledger has of one place, read at once: for its history and its alarms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, tuple_

from index import schema
from index.archive_reader import ArchiveReader
from index.records import Described, Figure, FigureKind, Period
from index.rows import described_of

_AT_ONCE = 10_000
_LOT = 200
"""Reports of a whole archive that are read together."""
_F = schema.figures.c
_COLUMNS = (
    _F.report_id, _F.ordinal, _F.start, _F.end, _F.value, _F.high, _F.unit, _F.base, _F.base_unit,
    _F.indicator, _F.canonical, _F.place, _F.first_day, _F.last_day, _F.kind, _F.qualifier,
    _F.approx, _F.part_of, _F.sentence_start, _F.sentence_end,
)  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """A report that tells of a place, and those of its figures that are needed, in order."""

    report_id: str
    described: Described
    source: str
    text: str
    figures: tuple[Figure, ...]


def tellings(archive: ArchiveReader, place: str | None = None) -> list[Telling]:
    """The reports with their figures, by id.

    Of a place: its own reports whole, and of others every sentence that has a figure about it.
    """
    with archive.reading() as db:
        found: dict[str, list[Figure]] = {}
        for figure in _all(db) if place is None else _of(db, place):
            found.setdefault(figure.report_id, []).append(figure)
        return [
            Telling(report_id, *about, tuple(found[report_id]))
            for report_id, about in sorted(_reports(db, list(found)).items())
        ]


def all_tellings(archive: ArchiveReader) -> Iterator[Telling]:
    """Every report with figures, by id; a few hundred are in memory at a time."""
    with archive.reading() as db:
        ids = list(db.scalars(select(_F.report_id).distinct().order_by(_F.report_id)))
        for first in range(0, len(ids), _LOT):
            lot = ids[first : first + _LOT]
            query = select(*_COLUMNS).where(_F.report_id.in_(lot))
            rows = db.execute(query.order_by(_F.report_id, _F.ordinal))
            about = _reports(db, lot)
            for report_id, figures in groupby(map(_figure, rows), lambda one: one.report_id):
                yield Telling(report_id, *about[report_id], tuple(figures))


def _all(db: Connection) -> Iterator[Figure]:
    for row in db.execute(select(*_COLUMNS).order_by(_F.report_id, _F.ordinal)):
        yield _figure(row)


def _of(db: Connection, place: str) -> list[Figure]:
    reports = schema.reports.c
    own = list(db.scalars(select(reports.id).where(reports.place == place)))
    query = select(_F.report_id, _F.sentence_start).where(_F.place == place).distinct()
    there = set(own)
    sentences = [tuple(row) for row in db.execute(query) if row[0] not in there]
    rows: list[Any] = []
    for ids in _in_lots(own):
        rows += db.execute(select(*_COLUMNS).where(_F.report_id.in_(ids)))
    for some in _in_lots(sentences):
        # By report first: the key of the table finds it; the sentences are then few to look at.
        ids = sorted({report_id for report_id, _ in some})
        wanted = tuple_(_F.report_id, _F.sentence_start).in_(some)
        rows += db.execute(select(*_COLUMNS).where(_F.report_id.in_(ids), wanted))
    return sorted(map(_figure, rows), key=lambda one: (one.report_id, one.ordinal))


def _reports(db: Connection, ids: Sequence[str]) -> dict[str, tuple[Described, str, str]]:
    reports = schema.reports
    columns = [c for c in reports.c if c.name not in ("measured", "sketch")]
    query = select(*columns, schema.sources.c.shown).join(schema.sources)
    return {
        row["id"]: (described_of(dict(row)), row["shown"], row["text"])
        for some in _in_lots(ids)
        for row in db.execute(query.where(reports.c.id.in_(some))).mappings()
    }


def _in_lots(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]


def _figure(row: Any) -> Figure:
    """As index.rows.figure_of, from a plain row and with what is common kept: a third the time."""
    (
        report_id, ordinal, start, end, value, high, unit, base, base_unit, indicator, canonical,
        place, first, last, kind, qualifier, approx, part_of, sentence_start, sentence_end,
    ) = row  # fmt: skip
    return Figure(
        report_id, ordinal, start, end, _decimal(value), None if high is None else _decimal(high),
        unit, _decimal(base), base_unit, indicator, canonical, place,
        None if first is None else _period(first, last), _KINDS[kind], _words(qualifier), approx,
        part_of, (sentence_start, sentence_end),
    )  # fmt: skip


_KINDS = {kind.value: kind for kind in FigureKind}
_decimal = lru_cache(maxsize=50_000)(Decimal)


@lru_cache(maxsize=5_000)
def _period(first: date, last: date) -> Period:
    return Period(first, last)


@lru_cache(maxsize=5_000)
def _words(qualifier: str) -> tuple[str, ...]:
    return tuple(json.loads(qualifier))
