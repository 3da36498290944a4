"""Tables without lines: rows that follow each other and keep the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.layout.rows import Row

_ROWS = 3
_COLUMNS = 3
"""So many at least: two names beside each other at the end of a report are no table."""


def aligned(rows: Sequence[Row]) -> int:
    """How many of the rows at the beginning are one table; 0 where they are none."""
    count = 0
    while count < len(rows) and len(rows[count].pieces) >= 2:
        count += 1
    while count >= _ROWS:
        if columns(rows[:count]):
            return count
        count -= 1
    return 0


def columns(rows: Sequence[Row]) -> list[list[str]]:
    """The cells of each row by column; empty where the rows do not keep columns."""
    spans: list[tuple[float, float]] = []
    for left, right in sorted((p.left, p.right) for row in rows for p in row.pieces):
        if spans and left < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], right)
        else:
            spans.append((left, right))
    if len(spans) < _COLUMNS:
        return []
    table: list[list[str]] = []
    for row in rows:
        cells = [""] * len(spans)
        for piece in row.pieces:
            at = next(i for i, (left, right) in enumerate(spans) if left <= piece.left <= right)
            if cells[at]:
                return []
            cells[at] = piece.text
        table.append(cells)
    # The first row names the columns; where it does not, the rest only happens to stand in line.
    return table if all(table[0]) else []
