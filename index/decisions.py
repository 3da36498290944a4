"""The archive's tables beside its reports: corrections, known places, copies, near-duplicates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, or_, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert

from index import schema
from index.archive_reader import ArchiveReader
from index.corrections import Correction, Value, value_of
from index.duplicates import Pair, Sketched, pairs
from index.gazetteer import KnownPlace
from index.records import Described, Passage, measures_otherwise
from index.rows import (
    FigureRows,
    described_columns,
    described_of,
    embedded_text,
    vector_key,
)
from index.sketch import packed, unpacked

LINKED = "linked_generation"
_PUT_FIGURE = str(schema.figures.insert().compile(dialect=sqlite.dialect()))


@dataclass(frozen=True)
class Copy:
    """A file whose content a source has already brought; `path` is absolute."""

    path: str
    shown: str
    sha256: str


class Decisions(ArchiveReader):
    """Whoever changes it holds the folder's lock, as for the archive itself."""

    # ---- corrections

    def corrections(self) -> list[Correction]:
        with self._db.reading() as db:
            return [_correction(row) for row in db.execute(select(schema.corrections)).mappings()]

    def correct(self, report_id: str, fields: dict[str, Value]) -> Described | None:
        """Set fields of a report for good; its new description, None where there is no such one."""
        with self._db.changing() as db:
            row = _report_row(db, report_id)
            if row is None:
                return None
            described = described_of(dict(row))
            before = _correction_of(db, row)
            read = {name: value_of(described, name) for name in fields}
            correction = replace(
                before, fields={**before.fields, **fields}, read={**read, **before.read}
            )
            _put_correction(db, correction)
            corrected = correction.applied(described)
            _redescribe(db, report_id, corrected)
        return corrected

    def remove_report(self, report_id: str) -> bool:
        """Remove one report; it stays out when its file is read again."""
        with self._db.changing() as db:
            row = _report_row(db, report_id)
            if row is None:
                return False
            _put_correction(db, _correction_of(db, row).taken_out(described_of(dict(row))))
            db.execute(schema.reports.delete().where(schema.reports.c.id == report_id))
            log(db, report_id)
        return True

    def restore_report(self, report_id: str) -> str | None:
        """Undo `remove_report`; the path of its file, which waits to be read again.

        None where no such report was removed.
        """
        table, sources = schema.corrections, schema.sources
        with self._db.changing() as db:
            query = select(table).where(table.c.report_id == report_id, table.c.removed)
            row = db.execute(query).mappings().first()
            if row is None:
                return None
            correction = _correction(row).taken_back()
            _put_correction(db, correction)
            if not correction.fields:
                db.execute(table.delete().where(table.c.report_id == report_id))
            db.execute(sources.update().where(sources.c.path == correction.path), {"reader": 0})
        return correction.path

    def move_correction(self, before: str, correction: Correction) -> None:
        """Keep a correction for its report's new text or path; `before` is the id it had."""
        table = schema.corrections
        with self._db.changing() as db:
            db.execute(table.delete().where(table.c.report_id == before))
            _put_correction(db, correction)

    def redescribe(self, descriptions: dict[str, Described]) -> None:
        """Store other descriptions of reports; their passages then wait for new vectors."""
        with self._db.changing() as db:
            for report_id, described in descriptions.items():
                _redescribe(db, report_id, described)

    # ---- figures that follow

    def put_figures(self, measured: Mapping[str, FigureRows]) -> None:
        """Store the figures of reports in place of those they had; of one gone by now, none."""
        with self._db.changing() as db:
            table = schema.reports
            there = db.scalars(select(table.c.id).where(table.c.id.in_(list(measured))))
            put_figures(db, {report_id: measured[report_id] for report_id in there.all()})

    # ---- known places

    def known_places(self) -> list[KnownPlace]:
        columns = schema.places.c
        query = select(columns.name, columns.within, columns.aliases).order_by(columns.name)
        with self._db.reading() as db:
            return [
                KnownPlace(name, within or None, tuple(json.loads(aliases)))
                for name, within, aliases in db.execute(query)
            ]

    def put_places(self, places: Iterable[KnownPlace]) -> None:
        """Store these places in place of all that were known."""
        rows = [
            {
                "name": place.name,
                "within": place.within or "",
                "aliases": json.dumps(place.aliases, ensure_ascii=False),
            }
            for place in places
        ]
        with self._db.changing() as db:
            db.execute(schema.places.delete())
            if rows:
                db.execute(schema.places.insert(), rows)
            log(db, "")  # no report, yet a new generation: an open desk reads the places again

    # ---- copies and near-duplicates

    def copies(self) -> list[Copy]:
        columns = schema.copies.c
        with self._db.reading() as db:
            query = select(columns.path, columns.shown, columns.sha256).order_by(columns.path)
            return [Copy(*row) for row in db.execute(query)]

    def copies_of(self, report_id: str) -> list[str]:
        """The other files, as shown, with the very content that this report came from."""
        reports, sources, copies = schema.reports.c, schema.sources.c, schema.copies.c
        query = (
            select(copies.shown)
            .join(schema.sources, sources.sha256 == copies.sha256)
            .join(schema.reports, reports.source_id == sources.id)
            .where(reports.id == report_id, copies.path != sources.path)
            .order_by(copies.path)
        )
        with self._db.reading() as db:
            return list(db.scalars(query))

    def same_files(self) -> dict[str, tuple[str, ...]]:
        """Report id -> the other files, as shown, with the very content that it came from."""
        reports, sources, copies = schema.reports.c, schema.sources.c, schema.copies.c
        query = (
            select(reports.id, copies.shown)
            .join(schema.sources, reports.source_id == sources.id)
            .join(schema.copies, sources.sha256 == copies.sha256)
            .where(copies.path != sources.path)
            .order_by(reports.id, copies.path)
        )
        found: dict[str, tuple[str, ...]] = {}
        with self._db.reading() as db:
            for report_id, shown in db.execute(query):
                found[report_id] = (*found.get(report_id, ()), shown)
        return found

    def put_copy(self, copy: Copy) -> None:
        row = {"path": copy.path, "shown": copy.shown, "sha256": copy.sha256}
        with self._db.changing() as db:
            db.execute(upsert(schema.copies).on_conflict_do_update(["path"], set_=row), row)

    def remove_copies(self, paths: Iterable[str]) -> None:
        with self._db.changing() as db:
            for path in paths:
                db.execute(schema.copies.delete().where(schema.copies.c.path == path))

    def duplicates(self, report_id: str | None = None) -> list[Pair]:
        """Pairs of reports that are versions of one, the likest first; of all, or of one report."""
        table = schema.duplicates.c
        query = select(table.one, table.other, table.similarity)
        if report_id is not None:
            query = query.where(or_(table.one == report_id, table.other == report_id))
        with self._db.reading() as db:
            query = query.order_by(table.similarity.desc(), table.one, table.other)
            return [Pair(*row) for row in db.execute(query)]

    def link_duplicates(self) -> None:
        """Compare what changed since the last time with everything."""
        linked = int(self.setting(LINKED) or 0)
        generation = self.generation()
        fresh = set(self.changed_since(linked))
        if not fresh:
            return
        columns = schema.reports.c
        table = schema.duplicates
        with self._db.changing() as db:
            query = select(columns.id, columns.sketch, columns.place, columns.period)
            every = [
                Sketched(row.id, unpacked(row.sketch), row.place, row.period)
                for row in db.execute(query)
            ]
            for report_id in fresh:
                db.execute(
                    table.delete().where(or_(table.c.one == report_id, table.c.other == report_id))
                )
            found = [
                {"one": pair.one, "other": pair.other, "similarity": pair.similarity}
                for pair in pairs(every, fresh)
            ]
            if found:
                db.execute(table.insert(), found)
            put_setting(db, LINKED, str(generation))


def put_setting(db: Connection, key: str, value: str) -> None:
    row = {"key": key, "value": value}
    db.execute(upsert(schema.settings).on_conflict_do_update(["key"], set_={"value": value}), row)


def log(db: Connection, report_id: str) -> None:
    """Note that a report changed: derived indexes follow the notes."""
    db.execute(schema.changes.insert(), {"report_id": report_id})


def put_figures(db: Connection, measured: Mapping[str, FigureRows]) -> None:
    """Store the figures of reports that are in the archive, in place of those they had."""
    reports, figures = schema.reports, schema.figures
    if not measured:
        return
    db.execute(figures.delete().where(figures.c.report_id.in_(list(measured))))
    rows = [row for one in measured.values() for row in one.rows]
    if rows:
        # A report has hundreds: rows as they are, without a dictionary for each and its columns.
        db.exec_driver_sql(_PUT_FIGURE, rows)
    db.execute(
        reports.update().where(reports.c.id == bindparam("report")),
        [{"report": report_id, "measured": one.rules} for report_id, one in measured.items()],
    )


def _report_row(db: Connection, report_id: str) -> RowMapping | None:
    query = (
        select(schema.reports, schema.sources.c.path)
        .join(schema.sources)
        .where(schema.reports.c.id == report_id)
    )
    return db.execute(query).mappings().first()


def _correction_of(db: Connection, report: RowMapping) -> Correction:
    """The correction that a report has, or an empty one."""
    table = schema.corrections
    found = db.execute(select(table).where(table.c.report_id == report["id"])).mappings().first()
    if found is not None:
        return _correction(found)
    return Correction(report["id"], report["path"], unpacked(report["sketch"]), {}, {})


def _correction(row: RowMapping) -> Correction:
    fields: dict[str, Any] = json.loads(row["fields"])
    read: dict[str, Any] = json.loads(row["read"])
    sketch = unpacked(row["sketch"])
    return Correction(row["report_id"], row["path"], sketch, fields, read, row["removed"])


def _put_correction(db: Connection, correction: Correction) -> None:
    row = {
        "report_id": correction.report_id,
        "path": correction.path,
        "removed": correction.removed,
        "fields": json.dumps(dict(correction.fields), ensure_ascii=False),
        "read": json.dumps(dict(correction.read), ensure_ascii=False),
        "sketch": packed(correction.sketch),
    }
    table = schema.corrections
    db.execute(upsert(table).on_conflict_do_update(["report_id"], set_=row), row)


def _redescribe(db: Connection, report_id: str, described: Described) -> None:
    reports, passages = schema.reports, schema.passages
    before = _report_row(db, report_id)
    db.execute(reports.update().where(reports.c.id == report_id), described_columns(described))
    if before is not None and measures_otherwise(described_of(dict(before)), described):
        db.execute(schema.figures.delete().where(schema.figures.c.report_id == report_id))
        db.execute(reports.update().where(reports.c.id == report_id), {"measured": None})
    text = db.scalar(select(reports.c.text).where(reports.c.id == report_id)) or ""
    query = select(passages).where(passages.c.report_id == report_id)
    for row in db.execute(query).mappings().all():
        passage = Passage(
            report_id,
            row["ordinal"],
            tuple(json.loads(row["heading"])),
            row["start"],
            row["end"],
            text[row["start"] : row["end"]],
        )
        key = vector_key(embedded_text(described, passage))
        db.execute(passages.update().where(passages.c.id == row["id"]), {"vector_key": key})
    log(db, report_id)
