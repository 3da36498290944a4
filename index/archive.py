"""The record store: one transaction a file, so that a killed run loses nothing committed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from index import schema
from index.archive_reader import (
    EMBEDDER,
    VECTOR_VERSION,
    ReportInfo,
    Source,
    Vector,
)
from index.archive_rows import setting_of
from index.database import Database, make_database
from index.decisions import Copy, Decisions, log, put_figures, put_setting
from index.errors import ArchiveUnusable
from index.records import Measured, Passage, Report
from index.rows import described_columns, figure_rows, passage_columns
from index.sketch import packed, sketch_of

__all__ = ["Archive", "Copy", "ReportInfo", "Source", "create_archive", "exists", "open_archive"]

DATABASE = "archive.db"


class Archive(Decisions):
    """An archive folder's database; open it with `open_archive`, make it with `create_archive`.

    Whoever changes it holds the folder's lock (index.lock).
    """

    def put_source(
        self,
        source: Source,
        reports: Sequence[tuple[Report, Sequence[Passage]]],
        measured: Mapping[str, Measured] | None = None,
    ) -> None:
        """Store a file with its reports in one transaction, in place of what it brought before.

        `measured` has the figures by report id; a report that is not in it waits to be measured.
        Where the same reports came from another file, that one is forgotten: it was renamed.
        """
        table = schema.reports
        ids = [report.id for report, _ in reports]
        same = select(schema.sources.c.path).join(table).where(table.c.id.in_(ids)).distinct()
        with self._db.changing() as db:
            for path in {source.path, *db.scalars(same)}:
                _drop(db, path)
            db.execute(schema.copies.delete().where(schema.copies.c.path == source.path))
            source_id = db.scalar(
                schema.sources.insert().returning(schema.sources.c.id),
                {
                    "path": source.path,
                    "shown": source.shown,
                    "sha256": source.sha256,
                    "reader": source.reader,
                },
            )
            for report, passages in reports:
                row = {
                    "id": report.id,
                    "source_id": source_id,
                    "ordinal": report.ordinal,
                    "text": report.text,
                    "sketch": packed(sketch_of(report.text)),
                }
                db.execute(table.insert(), {**row, **described_columns(report.described)})
                if passages:
                    rows = [passage_columns(report.described, passage) for passage in passages]
                    db.execute(schema.passages.insert(), rows)
                log(db, report.id)
            if measured:
                given = {one: figure_rows(measured[one]) for one in ids if one in measured}
                put_figures(db, given)

    def remove_source(self, path: str) -> None:
        with self._db.changing() as db:
            _drop(db, path)

    def begin_vectors(self, embedder: str) -> None:
        """Drop every vector; from now on they come from `embedder`."""
        with self._db.changing() as db:
            db.execute(schema.vectors.delete())
            put_setting(db, EMBEDDER, embedder)
            _new_vector_version(db)

    def put_vectors(self, vectors: Mapping[str, Vector]) -> None:
        if not vectors:
            return
        rows = [
            {"key": key, "vector": np.asarray(vector, dtype="<f4").tobytes()}
            for key, vector in vectors.items()
        ]
        with self._db.changing() as db:
            db.execute(upsert(schema.vectors).on_conflict_do_nothing(), rows)
            _new_vector_version(db)

    def drop_unused_vectors(self) -> None:
        """Drop the vectors that no passage has any more."""
        with self._db.changing() as db:
            used = select(schema.passages.c.vector_key)
            db.execute(schema.vectors.delete().where(schema.vectors.c.key.not_in(used)))

    def changing(self) -> AbstractContextManager[Connection]:
        """A transaction, for changes that other modules of `index` make."""
        return self._db.changing()

    def set(self, key: str, value: str) -> None:
        with self._db.changing() as db:
            put_setting(db, key, value)


def exists(folder: Path) -> bool:
    return (folder / DATABASE).is_file()


def open_archive(folder: Path, *, write: bool = False) -> Archive:
    """Open an archive, read-only unless `write`; raises ArchiveUnusable with what to do."""
    path = folder / DATABASE
    if not path.is_file():
        raise ArchiveUnusable(f"{folder} 里还没有档案，请先运行：huibao ingest 报告文件夹")
    archive = Archive(folder, Database(path, write=write))
    try:
        found = archive.setting("schema_version")
    except DatabaseError as error:  # SQLite, but without our tables
        archive.close()
        raise ArchiveUnusable(f"{path} 不是本程序的档案（{error.orig}）") from error
    except ArchiveUnusable:
        archive.close()
        raise
    if found != str(schema.VERSION):
        archive.close()
        raise ArchiveUnusable(
            f"{folder} 的档案版本是 {found}，本程序需要 {schema.VERSION}；请换用对应版本的程序，"
            "或用 --archive 指定新的文件夹后重新入库"
        )
    return archive


def create_archive(folder: Path) -> Archive:
    """Open the archive for writing, making it where there is none; the lock must be held."""
    path = folder / DATABASE
    if not path.is_file():
        settings = {"schema_version": str(schema.VERSION), "archive": uuid.uuid4().hex}
        make_database(path, schema.metadata, settings)
    return open_archive(folder, write=True)


def _new_vector_version(db: Connection) -> None:
    put_setting(db, VECTOR_VERSION, str(int(setting_of(db, VECTOR_VERSION) or 0) + 1))


def _drop(db: Connection, path: str) -> None:
    table = schema.reports
    ids = select(table.c.id).join(schema.sources).where(schema.sources.c.path == path)
    for report_id in db.scalars(ids).all():
        log(db, report_id)
    db.execute(schema.sources.delete().where(schema.sources.c.path == path))
