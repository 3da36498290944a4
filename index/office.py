"""office.db beside archive.db: what people make and say, apart from what their files say.

Drafts, remarks on answers and users live here, so that saving one never waits for an ingest that
holds the archive's write lock, and rebuilding archive.db from the files loses none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock
from sqlalchemy import URL, MetaData, Table, create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from index.database import Database

FILE = "office.db"

metadata = MetaData()
"""Each module of a subject adds its own tables; they are made when first written to."""


def open_office(folder: Path, tables: Sequence[Table]) -> Database:
    """The database for reading and writing, with these tables made where they are missing.

    The folder must be there. Several processes may hold it open; SQLite orders their writes.
    """
    path = folder / FILE
    # Who asked and drafted what is for the owner of the archive alone.
    path.touch(mode=0o600)
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)))
    try:
        # Of two who turn a new file to WAL at once SQLite refuses one without letting it wait.
        with FileLock(f"{path}.lock"), engine.begin() as db:
            db.exec_driver_sql("PRAGMA journal_mode=WAL")
            for table in tables:
                # Not checkfirst: between its look and its making another thread may make it.
                db.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    db.execute(CreateIndex(index, if_not_exists=True))
    finally:
        engine.dispose()
    return Database(path, write=True)
