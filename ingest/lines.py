"""What every reader returns: the lines of a document, in reading order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One paragraph, heading or table row, without line breaks inside."""

    text: str
    level: int | None = None
    """1 for a top heading, 2 … below, where the file format itself says so; else None."""
    row: bool = False
    """Whether this is a table row, which is never joined to its neighbours."""
    page: int | None = None
    """The page or slide it begins on, from 1, in formats that have pages."""
    sheet: str | None = None
    """The worksheet it stands on, in workbooks."""
    number: int | None = None
    """Which row of its worksheet this is, from 1, as the program that made it counts."""
    sure: float | None = None
    """How sure optical character recognition is of it, 0–1; None for text that was text."""
