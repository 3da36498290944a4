"""Tables on a terminal: a Chinese character takes two columns."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

BETWEEN = "  "


def width(text: str) -> int:
    """Columns of a terminal."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def fitted(text: str, columns: int) -> str:
    """The text in exactly so many columns, cut with … where it is longer."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    # … takes one column here, though East Asian terminals may draw two.
    return text + " " * max(0, columns - width(text))


def aligned(rows: Sequence[Sequence[str]], most: int = 40) -> list[str]:
    """Lines of a table, each column as wide as its widest cell, but at most `most`."""
    if not rows:
        return []
    widths = [min(most, max(width(row[at]) for row in rows)) for at in range(len(rows[0]))]
    return [
        BETWEEN.join(fitted(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def screen() -> int:
    """The terminal's width in columns."""
    return shutil.get_terminal_size((120, 40)).columns
