"""Table rows as text: each cell with its column's header, so that one row can be understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

Row = Sequence[str | None]
"""The cells of a row; None continues the cell to its left, with which it is merged."""

CELLS = " | "
"""Between the cells of a row: no sentence ends at it, so that a row stays one statement."""

# 2017年 and 1-6月 name a column though they begin with a digit.
_FIGURE = re.compile(r"[-+−]?\d(?!\d{3}\s?年|.*月)")


def row_lines(rows: Sequence[Row]) -> list[Line]:
    """One line a row, 表头:值 by column; rows that hold one cell only stand as they are.

    The first row of several cells is the header where it holds no figures; under a merged
    header cell the next row's names go on from it.
    """
    filled = [[cell and " ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    lines: list[Line] = []
    header: list[str] | None = None
    begun = False
    while filled:
        row = filled.pop(0)
        if not any(row[1:]):
            lines.append(Line(row[0] or "", row=True))
            continue
        if not begun and filled and _is_header(row):
            header = _spread(row)
            if None in row and _is_header(filled[0]) and any(filled[0][1:]):
                header = _joined(header, _spread(filled.pop(0)))
        else:
            lines.append(Line(_row_text(row, header), row=True))
        begun = True
    return lines


def _is_header(row: Row) -> bool:
    return not any(_FIGURE.match(cell) for cell in row if cell)


def _spread(row: Row) -> list[str]:
    names: list[str] = []
    for cell in row:
        names.append(names[-1] if cell is None and names else cell or "")
    return names


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [
        above if above == below else above + below
        for above, below in zip(upper, lower, strict=False)
    ]


def _row_text(row: Row, header: Sequence[str] | None) -> str:
    names = header or [""] * len(row)
    return CELLS.join(
        f"{name}:{cell}" if name and name != cell else cell
        for name, cell in zip([*names, *[""] * len(row)], row, strict=False)
        if cell
    )
