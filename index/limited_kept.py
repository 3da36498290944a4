"""The keyword indexes of limits on disk between starts: derived, one folder a limit.

Such an index holds the words of the reports inside its limit and of no others. It is used by one
process at a time and by whoever comes second not at all, so that it never changes under anybody.
The state beside it says what it is of; it is taken away before the index changes and written when
that is done, so that a process killed in between leaves an index that is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from filelock import FileLock, Timeout

from index.fields import VERSION, schema

FOLDER = "limited"
"""Beside archive.db; only its owner may look into it."""
_STATE = "huibao.json"
_LOCK = "lock"


@dataclass(frozen=True)
class Held:
    """What an index holds: of which archive and limit, up to where, which reports."""

    archive: str | None
    places: tuple[str, ...]
    generation: int = 0
    reports: tuple[str, ...] = ()
    build: str = ""
    version: int = VERSION


class Kept:
    """The index of one limit on disk, for this process alone until it is closed."""

    def __init__(self, folder: Path, lock: FileLock, wanted: Held, generation: int) -> None:
        self._folder = folder
        self._lock = lock
        self.held = wanted
        self.index = self._found(generation)
        self._sweep()
        if self.index is None:
            self.held = Held(wanted.archive, wanted.places, build=uuid.uuid4().hex[:8])
            path = folder / self.held.build
            path.mkdir()
            self.index = tantivy.Index(schema(), path=str(path))

    def _found(self, generation: int) -> tantivy.Index | None:
        """What an earlier process left, where it is of this archive, whole, and not ahead of it."""
        state = _read(self._folder)
        if (
            state is None
            or (state.archive, state.places) != (self.held.archive, self.held.places)
            or state.version != VERSION
            # The database was restored from an older copy.
            or state.generation > generation
        ):
            return None
        try:
            index = tantivy.Index.open(str(self._folder / state.build))
            index.reload()
        except ValueError:  # its files are gone or damaged
            return None
        self.held = state
        return index

    def changing(self) -> None:
        """The index is about to change: until `changed`, what is on disk counts for nothing."""
        (self._folder / _STATE).unlink(missing_ok=True)

    def changed(self, generation: int, reports: Collection[str], *, pure: bool) -> None:
        """The index is at this generation; `pure` says that nothing was ever taken out of it.

        An index keeps counting the words of what was taken out until tantivy rewrites it, so one
        that is not pure is made anew at the next start.
        """
        self.held = Held(
            self.held.archive, self.held.places, generation, tuple(sorted(reports)), self.held.build
        )
        if not pure:
            self.changing()
            return
        fresh = self._folder / f"{_STATE}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(self.held), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / _STATE)

    def close(self) -> None:
        """Let the next process have it."""
        self.index = None
        self._lock.release()

    def _sweep(self) -> None:
        """Remove what is of no use any more: replaced builds, and those of who was killed."""
        keep = {_LOCK, *((_STATE, self.held.build) if self.index is not None else ())}
        for path in self._folder.glob("*"):
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def keep(
    archive_folder: Path, identity: str | None, generation: int, places: tuple[str, ...]
) -> Kept | None:
    """The limit's index on disk; None where another process has it or nothing can be written."""
    folder = _of(archive_folder, places)
    lock = FileLock(folder / _LOCK, timeout=0, thread_local=False)
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        lock.acquire()
    except (Timeout, OSError):
        return None
    try:
        return Kept(folder, lock, Held(identity, places), generation)
    except (OSError, ValueError):  # no room, or no right to write
        lock.release()
        return None


def forget(archive_folder: Path, used: Iterable[tuple[str, ...]]) -> None:
    """Remove the indexes of all limits that are not `used`, but for those that a process has open.

    Whoever has one open makes good for it at the next start.
    """
    keeping = {_of(archive_folder, places).name for places in used}
    for folder in (archive_folder / FOLDER).glob("*"):
        if folder.name in keeping:
            continue
        lock = FileLock(folder / _LOCK, timeout=0, thread_local=False)
        with suppress(Timeout, OSError), lock:
            shutil.rmtree(folder, ignore_errors=True)


def _of(archive_folder: Path, places: tuple[str, ...]) -> Path:
    name = hashlib.sha256("\n".join(places).encode()).hexdigest()[:16]
    return archive_folder / FOLDER / name


def _read(folder: Path) -> Held | None:
    try:
        found = json.loads((folder / _STATE).read_text("utf-8"))
        return Held(
            **{**found, "places": tuple(found["places"]), "reports": tuple(found["reports"])}
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
