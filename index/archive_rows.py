"""Queries that several methods of an archive share: passages, marks, settings, ids in lots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from index import schema
from index.positions import Mark, merged, unpacked_marks
from index.records import StoredPassage
from index.rows import stored_of

_AT_ONCE = 10_000
"""Values a query: SQLite takes 32,766."""
_NOT_DESCRIBED = ("id", "source_id", "ordinal", "measured", "text", "sketch")


def passages_where(db: Connection, condition: ColumnElement[bool]) -> Iterator[StoredPassage]:
    """By report and order within it; only the passages' own text is read, not the reports'."""
    passages, reports = schema.passages, schema.reports
    described = [c for c in reports.c if c.name not in _NOT_DESCRIBED]
    length = passages.c.end - passages.c.start
    query = (
        select(
            passages,
            *described,
            schema.sources.c.shown,
            func.substr(reports.c.text, passages.c.start + 1, length).label("text"),
        )
        .join(reports, reports.c.id == passages.c.report_id)
        .join(schema.sources, schema.sources.c.id == reports.c.source_id)
        .where(condition)
        .order_by(passages.c.report_id, passages.c.ordinal)
    )
    for row in db.execute(query).mappings():
        yield stored_of(dict(row))


def marks_of(db: Connection, report_id: str) -> tuple[Mark, ...]:
    columns = schema.passages.c
    query = select(columns.marks).where(columns.report_id == report_id, columns.marks.is_not(None))
    packed = db.scalars(query.order_by(columns.ordinal))
    return merged(mark for one in packed for mark in unpacked_marks(one))


def in_lots(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]


def setting_of(db: Connection, key: str) -> str | None:
    return db.scalar(select(schema.settings.c.value).where(schema.settings.c.key == key))
