"""Where the files that were handed over on the page are kept, and under what names."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from app import texts
from index.errors import FULL, ArchiveUnusable, disk_full, in_words
from index.sight import Chain


def copied(files: Sequence[Path], folder: Path, archive: Path) -> list[Path]:
    """Copies of the files in a folder made for them; raises ArchiveUnusable or DiskFull."""
    try:
        folder.mkdir(parents=True)
        return [Path(shutil.copy(file, _free(folder / file.name))) for file in files]
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        if error.errno in FULL:
            raise disk_full(archive) from error
        raise ArchiveUnusable(texts.cannot_keep(in_words(error))) from error


def _free(path: Path) -> Path:
    """The path, or one beside it where a file of that name was handed over, too."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}({number})")
        number += 1
    return free


def folders(places: Sequence[Chain]) -> tuple[str, ...]:
    """Folders for an upload: a report that names no place, or no town, has it from them.

    None where there are several places, or one that is no name for a folder.
    """
    if len(places) != 1 or any(set(name) & set('\\/:*?"<>|.') for name in places[0]):
        return ()
    return tuple(reversed(places[0]))
