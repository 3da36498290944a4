"""The ingested files themselves, kept by content hash: a citation can be opened for ever."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from index.errors import FULL, UnreadableFile, disk_full, in_words
from ingest.containers import open_file, size_of
from ingest.prepare import CHANGING

_FOLDER = "originals"


def original_path(folder: Path, sha256: str, suffix: str) -> Path:
    """Where the archive at `folder` keeps the file with this content."""
    return folder / _FOLDER / sha256[:2] / f"{sha256}{suffix.lower()}"


def keep_original(folder: Path, file: Path, sha256: str) -> None:
    """Copy `file` into the archive; raises UnreadableFile where that fails, or DiskFull."""
    kept = original_path(folder, sha256, file.suffix)
    fresh = kept.with_suffix(".new")
    try:
        if kept.is_file() and kept.stat().st_size == size_of(file):
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        if _copy(file, fresh) != sha256:
            fresh.unlink()
            raise UnreadableFile(CHANGING)
        fresh.replace(kept)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(folder) from error
        raise UnreadableFile(f"无法保存原文件的副本：{in_words(error)}") from error


def sweep(folder: Path) -> None:
    """Remove half-written files of runs that were killed; the archive's lock must be held."""
    for leftover in (*folder.glob("*.new"), *(folder / _FOLDER).glob("*/*.new")):
        leftover.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> str:
    """Copy a file through to the disk; the hash of what was copied."""
    with open_file(source) as reading, target.open("w+b") as writing:
        shutil.copyfileobj(reading, writing)
        writing.flush()
        os.fsync(writing.fileno())
        writing.seek(0)
        return hashlib.file_digest(writing, "sha256").hexdigest()
