"""A whole archive as one folder or .zip, taken while it is served, and put back from it.

Databases are copied by SQLite's own backup, which sees one moment of them whoever reads or writes;
the rest does not change while the archive's write lock is held. A list of all files with their
hashes goes with them, and all of it is read back before a backup counts as made.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Protocol
from urllib.parse import quote

from app import backup_texts as texts
from app.audit import FILE as TRAIL
from app.audit import whole_size
from index.archive import DATABASE, open_archive
from index.errors import UsageError, in_words
from index.lock import writing
from index.office import FILE as OFFICE

LIST = "huibao-backup.json"
_FORMAT = 1
_LEFT_OUT = (".lock", "-wal", "-shm", "-journal", ".new")
_PATIENCE = 60.0
"""Seconds that a backup waits for an ingest that is just writing."""
_BLOCK = 1 << 20
_WORK = ".huibao-"
"""What the folders begin with in which a backup is made, beside where it goes."""

Told = Callable[[int, int], None]
"""Gets how many bytes are done, and of how many."""


@dataclass(frozen=True)
class Saved:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    made: str
    version: str
    reports: int
    files: tuple[Saved, ...]

    @property
    def size(self) -> int:
        return sum(one.size for one in self.files)


class _Place(Protocol):
    def opened(self, name: str, mode: str = "r") -> AbstractContextManager[IO[bytes]]: ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def opened(self, name: str, mode: str = "r") -> AbstractContextManager[IO[bytes]]:
        path = self._path / name
        if mode == "w":
            path.parent.mkdir(parents=True, exist_ok=True)
        return path.open(f"{mode}b")


class _Zip:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def opened(self, name: str, mode: str = "r") -> AbstractContextManager[IO[bytes]]:
        if mode == "w":
            return self._file.open(name, "w", force_zip64=True)
        return self._file.open(name)


def _nobody(done: int, total: int) -> None:
    return


def back_up(archive: Path, out: Path, told: Told = _nobody) -> Backup:
    """Write a backup of the archive to `out`, a new folder or a new .zip, and read it back.

    Raises UsageError where there is something already or nothing can be written, ArchiveBusy
    where an ingest goes on for longer than a minute, ArchiveUnusable.
    """
    with closing(open_archive(archive)) as opened:
        reports = opened.counts()[0]
    if out.exists():
        raise UsageError(texts.there_already(out))
    if out.resolve().is_relative_to(archive.resolve()):
        raise UsageError(texts.INSIDE)
    with _explained(out), _beside(out) as work:
        made = work / out.name
        with writing(archive, _PATIENCE), _new(made) as place:
            files = tuple(_copied(archive, place, work, told))
            kept = Backup(_now(), version("huibao"), reports, files)
            with place.opened(LIST, "w") as file:
                listed = {"format": _FORMAT, **asdict(kept)}
                file.write(json.dumps(listed, ensure_ascii=False, indent=1).encode())
        # Written is not yet readable: a disk may take one thing and keep another.
        check(made)
        made.replace(out)
    return kept


def check(backup: Path, told: Told = _nobody) -> Backup:
    """What a backup holds, every file of it read; raises UsageError where one is not as it was."""
    with _explained(backup), _there(backup) as (place, kept):
        done = 0
        for one in kept.files:
            with place.opened(one.name) as source:
                _copy(source, one, None)
            told(done := done + one.size, kept.size)
    return kept


def restore(backup: Path, archive: Path, told: Told = _nobody) -> Backup:
    """Put the archive of a backup where there is none; raises UsageError, and changes nothing then.

    Every file is held against the hash in the list before the archive stands in its place.
    """
    if archive.exists() and (not archive.is_dir() or any(archive.iterdir())):
        raise UsageError(texts.not_empty(archive))
    with _explained(archive), _there(backup) as (place, kept), _beside(archive) as work:
        made, done = work / archive.name, 0
        for one in kept.files:
            with place.opened(one.name) as source, _Folder(made).opened(one.name, "w") as target:
                _copy(source, one, target)
            told(done := done + one.size, kept.size)
        for name in (OFFICE, TRAIL):
            if (made / name).exists():
                (made / name).chmod(0o600)
        with closing(open_archive(made)) as opened:
            if opened.counts()[0] != kept.reports:
                raise UsageError(texts.damaged(DATABASE))
        if archive.exists():
            archive.rmdir()
        made.replace(archive)
    return kept


# ---- reading


@contextmanager
def _there(backup: Path) -> Iterator[tuple[_Place, Backup]]:
    """A backup to be read; raises UsageError for what is none."""
    if backup.is_dir():
        place: _Place = _Folder(backup)
        yield place, _listed(place, backup)
        return
    try:
        opened = zipfile.ZipFile(backup)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise UsageError(texts.no_backup(backup)) from error
    with opened:
        try:
            yield (place := _Zip(opened)), _listed(place, backup)
        except (zipfile.BadZipFile, EOFError) as error:
            raise UsageError(texts.damaged(backup.name)) from error


def _listed(place: _Place, backup: Path) -> Backup:
    try:
        with place.opened(LIST) as file:
            row = json.load(file)
        files = tuple(Saved(**one) for one in row["files"])
        kept = Backup(row["made"], row["version"], row["reports"], files)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise UsageError(texts.no_backup(backup)) from error
    if row["format"] != _FORMAT:
        raise UsageError(texts.newer(kept.version))
    # The list may come from anybody: nothing is ever written outside the archive's own folder.
    if not all(_is_inside(one.name) for one in files):
        raise UsageError(texts.no_backup(backup))
    return kept


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or set(name) & set("\\:\0")) and bool(name)


# ---- writing


@contextmanager
def _new(path: Path) -> Iterator[_Place]:
    """A folder or .zip that is being written; for its owner alone, as drafts are in it."""
    if path.suffix.lower() != ".zip":
        path.mkdir(mode=0o700)
        yield _Folder(path)
        return
    path.touch(mode=0o600)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened:
        yield _Zip(opened)


def _copied(archive: Path, place: _Place, work: Path, told: Told) -> Iterator[Saved]:
    names = sorted(_names(archive))
    total = sum((archive / name).stat().st_size for name in names)
    done = 0
    for name in names:
        with _moment(archive / name, work) as (source, size), place.opened(name, "w") as target:
            saved = _copy(source, None, target, name, size)
        yield saved
        told(done := min(total, done + saved.size), total)


def _names(archive: Path) -> Iterator[str]:
    for folder, _, files in os.walk(archive):
        for file in files:
            if not file.endswith(_LEFT_OUT):
                yield (Path(folder) / file).relative_to(archive).as_posix()


@contextmanager
def _moment(path: Path, work: Path) -> Iterator[tuple[IO[bytes], int]]:
    """A file as it is at one moment, and its length then."""
    if path.name not in (DATABASE, OFFICE):
        with path.open("rb") as file:
            # The trail grows while it is read: only whole lines.
            yield file, whole_size(path) if path.name == TRAIL else path.stat().st_size
        return
    copy = work / "database"
    with closing(_connected(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        if target.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise UsageError(texts.damaged(path.name))
    with copy.open("rb") as file:
        yield file, copy.stat().st_size
    copy.unlink()


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=10)


def _copy(
    source: IO[bytes],
    expected: Saved | None,
    target: IO[bytes] | None,
    name: str = "",
    size: int = 0,
) -> Saved:
    """Copy what is left of `source`, or hold it against what it was; raises UsageError then."""
    name, size = (expected.name, expected.size) if expected else (name, size)
    left, digest = size, hashlib.sha256()
    while left > 0 and (block := source.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
        if target is not None:
            target.write(block)
    saved = Saved(name, size - left, digest.hexdigest())
    if expected is not None and (saved != expected or source.read(1)):
        raise UsageError(texts.damaged(name))
    return saved


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder to work in on the same disk, so that what is whole is put in place at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=out.parent, prefix=_WORK))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(texts.not_done(path, in_words(error))) from error


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
