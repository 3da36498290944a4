"""What an archive answers without changing: sources, reports, passages, vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, case, func, or_, select

from index import schema
from index.archive_rows import in_lots, marks_of, passages_where, setting_of
from index.database import Database
from index.records import Described, Report, StoredPassage
from index.rows import described_of, embedded_text, vector_key

EMBEDDER = "embedder"
VECTOR_VERSION = "vector_version"
Vector = NDArray[np.float32]

_BEFORE = 2000


@dataclass(frozen=True)
class Source:
    """One ingested file; `path` is absolute, `shown` as it was given."""

    path: str
    shown: str
    sha256: str
    reader: int


@dataclass(frozen=True)
class ReportInfo:
    """A report without its text, as lists and scopes need it."""

    id: str
    source: str
    described: Described
    passages: int


class ArchiveReader:
    """The reading half of an archive; each method sees one state of it."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._db = database

    def close(self) -> None:
        self._db.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """One state of the archive, for queries that other modules of `index` make."""
        return self._db.reading()

    # ---- what is there

    def identity(self) -> str | None:
        """A name of this archive alone, by which an index of another one is told."""
        return self.setting("archive")

    def version(self) -> int:
        """Another number whenever something was committed: what was read before may be old."""
        return self._db.version()

    def generation(self) -> int:
        """The number of the last change; 0 for an empty archive."""
        with self._db.reading() as db:
            return int(db.scalar(select(func.max(schema.changes.c.generation))) or 0)

    def changed_since(self, generation: int) -> list[str]:
        """Ids of reports written or removed after `generation`, each once, in order."""
        table = schema.changes
        with self._db.reading() as db:
            return list(
                db.scalars(
                    select(table.c.report_id)
                    .where(table.c.generation > generation)
                    .group_by(table.c.report_id)
                    .order_by(func.max(table.c.generation))
                )
            )

    def sources(self) -> list[Source]:
        table = schema.sources.c
        columns = select(table.path, table.shown, table.sha256, table.reader)
        with self._db.reading() as db:
            return [Source(*row) for row in db.execute(columns.order_by(table.path))]

    def source_of(self, report_id: str) -> Source | None:
        """The file that brought the report."""
        table = schema.sources.c
        query = (
            select(table.path, table.shown, table.sha256, table.reader)
            .join(schema.reports)
            .where(schema.reports.c.id == report_id)
        )
        with self._db.reading() as db:
            return next((Source(*row) for row in db.execute(query)), None)

    def report_ids(self, path: str) -> list[str]:
        """Ids of the reports that the file at absolute `path` brought, in its order."""
        with self._db.reading() as db:
            return list(
                db.scalars(
                    select(schema.reports.c.id)
                    .join(schema.sources)
                    .where(schema.sources.c.path == path)
                    .order_by(schema.reports.c.ordinal)
                )
            )

    def infos(self) -> list[ReportInfo]:
        """Every report without its text, by source and order within it."""
        counts = (
            select(schema.passages.c.report_id, func.count().label("n"))
            .group_by(schema.passages.c.report_id)
            .subquery()
        )
        columns = [c for c in schema.reports.c if c.name not in ("text", "sketch")]
        query = (
            select(*columns, schema.sources.c.shown, func.coalesce(counts.c.n, 0).label("n"))
            .join(schema.sources)
            .outerjoin(counts, counts.c.report_id == schema.reports.c.id)
            .order_by(schema.sources.c.path, schema.reports.c.ordinal)
        )
        with self._db.reading() as db:
            return [
                ReportInfo(row["id"], row["shown"], described_of(row), row["n"])
                for row in map(dict, db.execute(query).mappings())
            ]

    def report(self, report_id: str) -> Report | None:
        query = (
            select(schema.reports, schema.sources.c.shown)
            .join(schema.sources)
            .where(schema.reports.c.id == report_id)
        )
        with self._db.reading() as db:
            for row in map(dict, db.execute(query).mappings()):
                return Report(
                    row["id"],
                    row["shown"],
                    described_of(row),
                    row["text"],
                    row["ordinal"],
                    marks_of(db, report_id),
                )
        return None

    def counts(self) -> tuple[int, int, int]:
        """(reports, passages, passages that still wait for a vector)."""
        waiting = select(func.count()).select_from(schema.passages).where(_WAITS)
        with self._db.reading() as db:
            return (
                int(db.scalar(select(func.count()).select_from(schema.reports)) or 0),
                int(db.scalar(select(func.count()).select_from(schema.passages)) or 0),
                int(db.scalar(waiting) or 0),
            )

    def figure_count(self) -> int:
        with self._db.reading() as db:
            return int(db.scalar(select(func.count()).select_from(schema.figures)) or 0)

    def unmeasured(self, rules: str) -> list[str]:
        """Ids of the reports whose figures wait to be read, or were read by other rules."""
        table = schema.reports.c
        query = select(table.id).where(or_(table.measured.is_(None), table.measured != rules))
        with self._db.reading() as db:
            return list(db.scalars(query.order_by(table.id)))

    def passage_ids(self, report_id: str) -> list[int]:
        """Numbers of a report's passages, in their order."""
        columns = schema.passages.c
        query = select(columns.id).where(columns.report_id == report_id).order_by(columns.ordinal)
        with self._db.reading() as db:
            return list(db.execute(query).scalars())

    def passages_of(self, report_id: str) -> list[StoredPassage]:
        with self._db.reading() as db:
            return list(passages_where(db, schema.passages.c.report_id == report_id))

    def stored(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """The passages with these numbers; one that is gone by now is left out."""
        found: dict[int, StoredPassage] = {}
        with self._db.reading() as db:
            for some in in_lots(sorted({int(i) for i in ids})):
                some_found = passages_where(db, schema.passages.c.id.in_(some))
                found |= {stored.id: stored for stored in some_found}
        return found

    def excerpt(self, report_id: str, start: int, end: int) -> str:
        """The report's text from `start` to `end`; empty where it is gone."""
        text = func.substr(schema.reports.c.text, start + 1, end - start)
        with self._db.reading() as db:
            return db.scalar(select(text).where(schema.reports.c.id == report_id)) or ""

    def before(self, ids: Iterable[int]) -> dict[int, str]:
        """What stands before each passage on its own line, at most its last 2,000 characters."""
        passages, reports = schema.passages, schema.reports
        first = case((passages.c.start > _BEFORE, passages.c.start + 1 - _BEFORE), else_=1)
        query = select(
            passages.c.id,
            func.substr(reports.c.text, first, passages.c.start + 1 - first).label("text"),
        ).join(reports, reports.c.id == passages.c.report_id)
        found: dict[int, str] = {}
        with self._db.reading() as db:
            for some in in_lots(sorted({int(i) for i in ids})):
                for number, text in db.execute(query.where(passages.c.id.in_(some))):
                    found[number] = text[text.rfind("\n") + 1 :]
        return found

    def setting(self, key: str) -> str | None:
        with self._db.reading() as db:
            return setting_of(db, key)

    # ---- vectors

    def embedder(self) -> str | None:
        """Which embedder the vectors come from, as `begin_vectors` was told; None before any."""
        return self.setting(EMBEDDER)

    def vector_version(self) -> tuple[int, int]:
        """Changes whenever passages or vectors do; two small reads."""
        with self._db.reading() as db:
            generation = db.scalar(select(func.max(schema.changes.c.generation)))
            return int(generation or 0), int(setting_of(db, VECTOR_VERSION) or 0)

    def pending(self) -> dict[str, str]:
        """Vector key -> the text to embed, for passages that have no vector yet."""
        with self._db.reading() as db:
            texts = (
                embedded_text(one.described, one.passage) for one in passages_where(db, _WAITS)
            )
            return {vector_key(text): text for text in texts}

    def vector_keys(self) -> tuple[NDArray[np.int64], list[str], str]:
        """(numbers, ascending, and vector keys of the passages with a vector, the embedder)."""
        passages, vectors = schema.passages, schema.vectors
        query = (
            select(passages.c.id, passages.c.vector_key)
            .join(vectors, vectors.c.key == passages.c.vector_key)
            .order_by(passages.c.id)
        )
        with self._db.reading() as db:
            rows = db.execute(query).all()
            embedder = setting_of(db, EMBEDDER) or ""
        return np.array([row.id for row in rows], np.int64), [row[1] for row in rows], embedder

    def vectors(self, ids: Sequence[int]) -> dict[int, Vector]:
        """The vectors of these passages; one that is gone by now is left out."""
        passages, vectors = schema.passages, schema.vectors
        query = select(passages.c.id, vectors.c.vector).join(
            vectors, vectors.c.key == passages.c.vector_key
        )
        found: dict[int, Vector] = {}
        with self._db.reading() as db:
            for some in in_lots([int(i) for i in ids]):
                for number, blob in db.execute(query.where(passages.c.id.in_(some))):
                    found[number] = np.frombuffer(blob, "<f4").astype(np.float32, copy=False)
        return found


_WAITS = (
    ~select(schema.vectors.c.key)
    .where(schema.vectors.c.key == schema.passages.c.vector_key)
    .exists()
)
"""The passages that have no vector yet."""
