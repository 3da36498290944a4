"""Tables drawn with lines: the rules of a page to the cells that they enclose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.page import Piece, Rule


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle that four rules enclose."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True)
class Grid:
    """A table's cells; a merged cell is one."""

    cells: tuple[Cell, ...]

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def tops(self) -> list[float]:
        return sorted({cell.top for cell in self.cells})

    @property
    def lefts(self) -> list[float]:
        return sorted({cell.left for cell in self.cells})

    def holds(self, piece: Piece) -> bool:
        return self.cell_of(piece) is not None

    def cell_of(self, piece: Piece) -> Cell | None:
        x, y = (piece.left + piece.right) / 2, piece.middle
        return next((cell for cell in self.cells if cell.holds(x, y)), None)

    def texts(self, text_of: dict[Cell, str]) -> list[list[str | None]]:
        """Rows of cells: one merged to the right is None there, one merged down in every row."""
        table: list[list[str | None]] = []
        for top, below in pairwise([*self.tops, self.bottom]):
            row: list[str | None] = []
            for left in self.lefts:
                y = (top + below) / 2
                cell = next((c for c in self.cells if c.holds(left, y)), None)
                merged = cell is not None and cell.left < left
                row.append(None if merged else text_of.get(cell, "") if cell else "")
            table.append(row)
        return table


def grids(rules: Sequence[Rule], slack: float) -> list[Grid]:
    """The tables of at least two rows or columns, and four cells; lines may miss by `slack`."""
    across = _lines(((r.top, r.left, r.right) for r in rules if _is_across(r)), slack)
    down = _lines(((r.left, r.top, r.bottom) for r in rules if not _is_across(r)), slack)
    if len(across) < 2 or len(down) < 2:
        return []
    return _tables(_cells(across, down, slack))


def _is_across(rule: Rule) -> bool:
    return rule.right - rule.left >= rule.bottom - rule.top


def _lines(
    parts: Iterable[tuple[float, float, float]], slack: float
) -> list[tuple[float, float, float]]:
    """(where, from, to) of each line, its parts put together and near ones made one."""
    bands: list[list[tuple[float, float, float]]] = []
    for part in sorted(parts):
        if bands and part[0] - bands[-1][-1][0] <= slack:
            bands[-1].append(part)
        else:
            bands.append([part])
    lines: list[tuple[float, float, float]] = []
    for band in bands:
        where = sum(at for at, _, _ in band) / len(band)
        begin, end = None, 0.0
        for _, low, high in sorted(band, key=lambda part: part[1]):
            if begin is not None and low <= end + slack:
                end = max(end, high)
                continue
            if begin is not None:
                lines.append((where, begin, end))
            begin, end = low, high
        if begin is not None:
            lines.append((where, begin, end))
    return [line for line in lines if line[2] - line[1] > 2 * slack]


def _cells(
    across: Sequence[tuple[float, float, float]],
    down: Sequence[tuple[float, float, float]],
    slack: float,
) -> list[Cell]:
    crossings: dict[tuple[float, float], tuple[int, int]] = {}
    for h, (y, left, right) in enumerate(across):
        for v, (x, top, bottom) in enumerate(down):
            if left - slack <= x <= right + slack and top - slack <= y <= bottom + slack:
                crossings[x, y] = h, v
    on_across: dict[int, list[float]] = defaultdict(list)
    on_down: dict[int, list[float]] = defaultdict(list)
    for (x, y), (h, v) in crossings.items():
        on_across[h].append(x)
        on_down[v].append(y)
    cells: list[Cell] = []
    for (x, y), (h, v) in crossings.items():
        rights = sorted(other for other in on_across[h] if other > x)
        belows = sorted(other for other in on_down[v] if other > y)
        cell = _smallest(crossings, x, y, rights, belows)
        if cell is not None:
            cells.append(cell)
    return cells


def _smallest(
    crossings: dict[tuple[float, float], tuple[int, int]],
    x: float,
    y: float,
    rights: Sequence[float],
    belows: Sequence[float],
) -> Cell | None:
    """The smallest closed rectangle whose top left corner is here."""
    for bottom in belows:
        for right in rights:
            corner = crossings.get((right, bottom))
            if (
                corner is not None
                and corner[0] == crossings[x, bottom][0]
                and corner[1] == crossings[right, y][1]
            ):
                return Cell(x, y, right, bottom)
    return None


def _tables(cells: Iterable[Cell]) -> list[Grid]:
    """Cells that share a corner are one table; a frame around the text is none."""
    groups: list[tuple[set[tuple[float, float]], list[Cell]]] = []
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        corners = {(x, y) for x in (cell.left, cell.right) for y in (cell.top, cell.bottom)}
        inside = [cell]
        apart = []
        for group in groups:
            if group[0] & corners:
                corners |= group[0]
                inside = group[1] + inside
            else:
                apart.append(group)
        groups = [*apart, (corners, inside)]
    return [
        Grid(tuple(cells))
        for _, cells in groups
        if len(cells) >= 4 and len({c.left for c in cells}) > 1 and len({c.top for c in cells}) > 1
    ]
