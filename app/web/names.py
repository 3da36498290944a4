"""How a scope, a period and a source are named on the page."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from app.web import texts
from index.records import Period


def period_name(key: str | None) -> str | None:
    """`2018H1` as an official writes it; a key that is not a standard one stays as it is."""
    if key is None:
        return None
    try:
        return Period.parse(key).chinese
    except ValueError:
        return key


def file_name(source: str) -> str:
    """The last part of a path, of either kind: an archive may have come from another computer."""
    return PurePosixPath(PureWindowsPath(source).as_posix()).name or source


def near(source: str) -> str:
    """A file with the folder it lies in, and nothing of the computer around it."""
    return "/".join(PurePosixPath(PureWindowsPath(source).as_posix()).parts[-2:]) or source


def joined(*parts: str | None) -> str:
    """The parts that are known, with dots between."""
    return texts.SEPARATOR.join(part for part in parts if part)
