"""Pages set in two columns, as gazettes are: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median

from ingest.layout.rows import Row

_ROWS = 6
"""So many rows at least must have text on both sides."""
_BOTH = 0.5
"""The share of a band's rows that must."""
_CHARACTERS = 8
"""Of a side, on average: names and figures beside each other are a list, not two columns."""
_FULL = 1.5
"""In characters: how near to the gap most rows of running text end."""
_MIDDLE = (0.35, 0.65)
"""Where across the text the gap may lie."""


def in_columns(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in reading order: those above, the left column, the right one, those below."""
    gap = _gap(rows)
    if gap is None:
        return [list(rows)]
    begin, end = max(_bands(rows, gap), key=lambda band: _pairs(rows[slice(*band)], gap))
    band = rows[begin:end]
    both = [sides for row in band if all(sides := _sides(row, gap))]
    if len(both) < max(_ROWS, _BOTH * len(band)) or not _is_running(both):
        return [list(rows)]
    left, right = (
        [side for row in band if (side := _sides(row, gap)[at]) is not None] for at in (0, 1)
    )
    return [group for group in (list(rows[:begin]), left, right, list(rows[end:])) if group]


def _gap(rows: Sequence[Row]) -> float | None:
    """Where most rows have a gap, near the middle of the text."""
    if not rows:
        return None
    first, last = min(row.left for row in rows), max(row.right for row in rows)
    low, high = (first + share * (last - first) for share in _MIDDLE)
    gaps = [
        (one.right, other.left)
        for row in rows
        for one, other in zip(row.pieces, row.pieces[1:], strict=False)
    ]
    middles = [x for left, right in gaps if low < (x := (left + right) / 2) < high]
    if len(middles) < _ROWS:
        return None
    return max(middles, key=lambda x: sum(left < x < right for left, right in gaps))


def _bands(rows: Sequence[Row], gap: float) -> list[tuple[int, int]]:
    """Runs of rows of which nothing crosses the gap."""
    ends = [at for at, row in enumerate(rows) if any(p.left < gap < p.right for p in row.pieces)]
    return list(zip([0, *(at + 1 for at in ends)], [*ends, len(rows)], strict=True))


def _pairs(band: Sequence[Row], gap: float) -> int:
    return sum(all(_sides(row, gap)) for row in band)


def _sides(row: Row, gap: float) -> tuple[Row | None, Row | None]:
    left = tuple(piece for piece in row.pieces if piece.left < gap)
    right = tuple(piece for piece in row.pieces if piece.left >= gap)
    return Row(left) if left else None, Row(right) if right else None


def _is_running(both: Sequence[tuple[Row | None, Row | None]]) -> bool:
    """Whether both sides are running text: long rows, each in one piece, most of them full."""
    for side in zip(*both, strict=True):
        own = [row for row in side if row is not None]
        edge = max(row.right for row in own)
        short = median((edge - row.right) / row.em for row in own)
        if mean(len(row.text) for row in own) < _CHARACTERS or short > _FULL:
            return False
        if sum(len(row.pieces) > 1 for row in own) > 0.2 * len(own):
            return False
    return True
