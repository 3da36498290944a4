"""The SQLite file under an archive: connections, snapshots, transactions and what can fail."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, MetaData, QueuePool, create_engine
from sqlalchemy.exc import DatabaseError

from index.errors import ArchiveBusy, ArchiveUnusable, HuibaoError, disk_full

_BUSY_SECONDS = 10
_BESIDE = ("-wal", "-shm", "-journal")

Prepare = Callable[[sqlite3.Connection], None]
"""What is done to each new connection before anybody uses it."""


class Database:
    """One SQLite file; several threads may use it, each block below with its own connection."""

    def __init__(self, path: Path, *, write: bool, prepare: Prepare | None = None) -> None:
        self._path = path
        self._engine = _engine(path, "rw" if write else "ro", prepare)
        self._watching: Connection | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        self._engine.dispose()

    def version(self) -> int:
        """Another number whenever a change was committed since the last call.

        A connection of its own reads no table for it: a hundredth of what a query costs.
        """
        with self._explained(), self._lock:
            if self._watching is None:
                self._watching = self._engine.connect()
            return int(self._watching.exec_driver_sql("PRAGMA data_version").scalar_one())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: what an ingest commits meanwhile is not seen inside the block."""
        with self._explained(), self._engine.connect() as db:
            db.exec_driver_sql("BEGIN")
            yield db

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, undone by an exception."""
        with self._explained(), self._engine.connect() as db:
            # IMMEDIATE: waits for another writer now; a read that becomes a write later cannot.
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield db
            db.commit()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            reason = _reason(self._path, error)
            if reason is None:
                raise
            raise reason from error


def make_database(path: Path, tables: MetaData, settings: dict[str, str]) -> None:
    """Make the file with its tables and first settings, whole or not at all."""
    fresh = path.with_suffix(".new")
    # The log of a database that was deleted by hand would be replayed into the new one.
    for leftover in (fresh, *_beside(fresh), *_beside(path)):
        leftover.unlink(missing_ok=True)
    engine = _engine(fresh, "rwc")
    try:
        with engine.connect() as db:
            tables.create_all(db)
            rows = [{"key": key, "value": value} for key, value in settings.items()]
            db.execute(tables.tables["settings"].insert(), rows)
            db.exec_driver_sql("PRAGMA journal_mode=WAL")
    except DatabaseError as error:
        raise _reason(path, error) or error from error
    finally:
        engine.dispose()
    fresh.replace(path)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _BESIDE]


def _engine(path: Path, mode: str, prepare: Prepare | None = None) -> Engine:
    # A URI of our own: SQLAlchemy's would stop at a ? or # in the folder's name.
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: transactions begin where this module says so, reads included.
        connection = sqlite3.connect(
            uri, uri=True, check_same_thread=False, timeout=_BUSY_SECONDS, isolation_level=None
        )
        connection.execute("PRAGMA foreign_keys=ON")
        # A power cut in the office loses nothing that was committed.
        connection.execute("PRAGMA synchronous=FULL")
        if prepare is not None:
            prepare(connection)
        return connection

    return create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)


def _reason(path: Path, error: DatabaseError) -> HuibaoError | None:
    """What the user should be told; None for an error of this program."""
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return disk_full(path.parent)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveBusy(f"另一个程序正在写入 {path.parent}，请等它结束后再试")
    if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE):
        return None
    return ArchiveUnusable(f"{path} 读写出错或已损坏（{error.orig}），请检查磁盘，必要时用备份恢复")
