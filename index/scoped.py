"""An archive of which only some reports can be read, whoever asks the database and how.

Each connection has a view in front of every table, under the table's own name, that lets only the
rows of those reports through; SQLite itself refuses to read a table past its view, and to write.
So a query that is written next year is limited, too, without knowing of it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from index.archive import DATABASE, Archive
from index.chinese.fold import fold
from index.corrections import Correction
from index.database import Database
from index.records import Described
from index.sight import Seen, Sight

_REPORT = "hb_report"
_REMOVED = "hb_removed"
_PLACE = "hb_place"
_EVERYTHING = "1"

VIEWS = {
    "reports": f"{_REPORT}(id)",
    "passages": f"{_REPORT}(report_id)",
    "figures": f"{_REPORT}(report_id)",
    "duplicates": f"{_REPORT}(one) AND {_REPORT}(other)",
    "corrections": f"{_REPORT}(report_id) OR {_REMOVED}(report_id)",
    "sources": f"id IN (SELECT source_id FROM main.reports WHERE {_REPORT}(id))",
    "vectors": f"key IN (SELECT vector_key FROM main.passages WHERE {_REPORT}(report_id))",
    "places": f"{_PLACE}(name, within)",
    # A copy may lie in another town's folder, whose name it would tell.
    "copies": "path IS NULL",
    # Looked up by the number of an alarm, which is made of the quotes of reports.
    "settled": _EVERYTHING,
    # The numbers of reports and of their changes, and the settings of the archive: no content.
    "changes": _EVERYTHING,
    "settings": _EVERYTHING,
}
"""Table -> which of its rows are let through; a table that is not here cannot be read."""

_ALLOWED = {
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


class Window:
    """What is seen of an archive through a limit, kept at the archive's present state."""

    def __init__(self, archive: Archive, sight: Sight) -> None:
        self._archive = archive
        self._sight = sight
        self._lock = threading.Lock()
        self._generation = -1
        self._version: int | None = None
        self._removed: frozenset[str] = frozenset()
        self.seen = Seen()

    def refresh(self) -> None:
        """Look whether the archive has changed; next to nothing where it has not."""
        with self._lock:
            version = self._archive.version()
            if version == self._version:
                return
            generation = self._archive.generation()
            if generation == self._generation:
                self._version = version
                return
            known = self._archive.known_places()
            self.seen = self._sight.seen(self._archive.infos(), known)
            removed = (one for one in self._archive.corrections() if one.removed)
            self._removed = frozenset(
                one.report_id for one in removed if self.seen.covers(_described(one))
            )
            self._generation, self._version = generation, version

    def through(self, connection: sqlite3.Connection) -> None:
        """Put the views in front of a connection's tables, and close what lies behind them."""
        for name, takes, function in (
            (_REPORT, 1, lambda one: one in self.seen.reports),
            (_REMOVED, 1, lambda one: one in self._removed),
            (_PLACE, 2, self._may_name),
        ):
            connection.create_function(name, takes, function)
        for table, condition in VIEWS.items():
            connection.execute(
                f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}"
            )
        connection.set_authorizer(_authorised)

    def _may_name(self, name: str, within: str) -> bool:
        """Whether a line of the list of places is of a place inside, and not of a namesake."""
        seen, town = self.seen, fold(within)
        return town in seen.names or (fold(name) in seen.names and town in {"", *seen.around})


def _authorised(
    action: int, what: str | None, detail: str | None, database: str | None, view: str | None
) -> int:
    past = action == sqlite3.SQLITE_READ and database != "temp" and view not in VIEWS
    past = past and VIEWS.get(what or "") != _EVERYTHING
    # SQLAlchemy asks for it when it connects.
    asked = action == sqlite3.SQLITE_PRAGMA and what == "read_uncommitted" and detail is None
    allowed = asked or (action in _ALLOWED and not past)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _described(correction: Correction) -> Described:
    """Place and the places around it of a report that was removed."""
    place, within = correction.was("place"), correction.was("within")
    around = tuple(within) if isinstance(within, list) else ()
    return Described("", place=place if isinstance(place, str) else None, within=around)


class _ScopedDatabase(Database):
    def __init__(self, archive: Archive, window: Window) -> None:
        prepare: Callable[[sqlite3.Connection], None] = window.through
        super().__init__(archive.folder / DATABASE, write=False, prepare=prepare)
        self._archive = archive
        self._window = window

    def version(self) -> int:
        """Of the whole archive: its number tells nothing of what is in it."""
        return self._archive.version()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        # Before the snapshot: a report that comes in between is not seen, rather than shown.
        self._window.refresh()
        with super().reading() as db:
            yield db


class ScopedArchive(Archive):
    """The archive through a window; it cannot be written to."""

    def __init__(self, archive: Archive, sight: Sight) -> None:
        self.limit = sight
        self._window = Window(archive, sight)
        super().__init__(archive.folder, _ScopedDatabase(archive, self._window))

    @property
    def seen(self) -> Seen:
        """What is seen just now."""
        self._window.refresh()
        return self._window.seen
