"""Which files an ingest run is about: what is there, and what is known but gone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import NotFound, UsageError, in_words
from ingest.containers import Refused, is_container, may_hold, members, open_file

UPLOADS = "上传"
"""The folder in the archive's own that keeps what was uploaded on the page."""


@dataclass(frozen=True)
class Found:
    """A file to look at; `path` is absolute, `shown` follows the path as it was given.

    A member of a zip has a path below the zip's own: only ingest.containers opens it.
    """

    path: Path
    shown: str


@dataclass
class Scan:
    """What a look at the given paths brought."""

    files: dict[Path, Found] = field(default_factory=dict)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    """(folder as shown, why it cannot be looked into)."""
    refused: list[Refused] = field(default_factory=list)
    """Zip files and members of theirs that are not taken in."""
    zips: set[Path] = field(default_factory=set)

    def sorted(self) -> list[Found]:
        return sorted(self.files.values(), key=lambda file: str(file.path))


def scan(given: Sequence[str], leave_out: Path) -> Scan:
    """Every file below the given paths, once, also in zips; raises NotFound for a missing path.

    Hidden files, Word's lock files and the archive's own folder are passed over; links to
    folders are not followed, so a loop of links ends.
    """
    result = Scan()
    for name in given:
        path = Path(name)
        if not path.exists():
            raise NotFound(f"找不到 {name}：请检查路径是否写对，移动硬盘或共享文件夹是否已连接")
        own = leave_out.resolve()
        inside = path.resolve().is_relative_to(own)
        if inside and not path.resolve().is_relative_to(own / UPLOADS):
            raise UsageError(f"{name} 是档案自己的文件夹，请指定放报告的文件夹")
        if path.is_dir():
            _walk(path, leave_out.resolve(), result)
        else:
            _add(result, path)
    return result


def _walk(root: Path, leave_out: Path, result: Scan) -> None:
    def unreadable(error: OSError) -> None:
        result.unreadable.append((str(error.filename or root), in_words(error)))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (Path(folder) / name).resolve() != leave_out
        )
        for name in names:
            if not name.startswith((".", "~$")) and _is_regular(Path(folder) / name):
                _add(result, Path(folder) / name)


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return True  # what cannot be reached just now is told, not passed over


def _add(result: Scan, file: Path) -> None:
    path = _absolute(file)
    if not is_container(path):
        result.files.setdefault(path, Found(path, str(file)))
    elif path not in result.zips:
        result.zips.add(path)
        inside = members(path, str(file))
        result.refused += inside.refused
        for name in inside.names:
            result.files[path / name] = Found(path / name, f"{file}/{name}")


def _absolute(path: Path) -> Path:
    # Not resolve(): a link in the folder is known by its own name, not by its target's.
    return Path(os.path.abspath(path))


def gone(known: Iterable[str], given: Sequence[str], found: Iterable[Found]) -> list[str]:
    """Known paths below a given folder that are no longer there.

    A folder without a single file left counts as not connected, and loses nothing.
    """
    present = {str(file.path) for file in found}
    missing: set[str] = set()
    for name in given:
        root = _absolute(Path(name))
        inside = str(root).rstrip(os.sep) + os.sep
        if any(path.startswith(inside) for path in present):
            below = (path for path in known if path.startswith(inside))
            missing.update(path for path in below if path not in present and is_gone(path))
    return sorted(missing)


def is_gone(path: str) -> bool:
    """Whether the file is surely not there; what cannot be looked at just now may be."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return not may_hold(Path(path))
    except OSError:
        return False
    return False


def sha256_of(path: Path) -> str:
    """The hash of a file on disk or inside a zip; raises UnreadableFile or OSError."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
