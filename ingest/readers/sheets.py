"""One worksheet on its way to lines, whatever file it comes from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.tables import MAX_CELLS, row_texts

_UNNAMED = re.compile(r"(?:sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_MAX_COLUMNS = 1000
"""A cell further right is a slip of the keyboard, and a row that wide could not be read."""

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell, from 0."""


@dataclass
class Sheet:
    """A worksheet's filled cells, by row and column from 0, as they are shown."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: Sequence[Merged] = ()


def sheet_lines(sheet: Sheet) -> Iterator[Line]:
    """The sheet's own name, where it has one, below the title of its table."""
    numbers, rows = _grid(sheet)
    named = bool(rows) and not _UNNAMED.fullmatch(sheet.name.strip())
    for row in row_texts(rows, several=True):
        number = numbers[row.at]
        if row.title:
            yield Line(row.text, level=1, sheet=sheet.name, number=number)
            continue
        if named:
            yield Line(sheet.name.strip(), level=2, sheet=sheet.name)
            named = False
        yield Line(row.text, row=True, sheet=sheet.name, number=number)


def _grid(sheet: Sheet) -> tuple[list[int], list[list[str | None]]]:
    """The filled rows with one empty row for each gap, empty columns left out; row numbers."""
    cells: dict[int, dict[int, str | None]] = {n: dict(row) for n, row in sheet.cells.items()}
    columns = sorted({column for row in cells.values() for column in row})
    if len(cells) * len(columns) > 10 * MAX_CELLS:
        raise UnreadableFile(f"表格过大（{len(cells)} 行 × {len(columns)} 列），不像是报告")
    filled = sorted(cells)
    for top, left, bottom, right in dict.fromkeys(sheet.merged):
        text = sheet.cells.get(top, {}).get(left)
        if not text:
            continue
        # Only rows and columns that hold anything: a merged cell may reach to the last there is.
        covered = columns[bisect_right(columns, left) : bisect_right(columns, right)]
        for number in filled[bisect_left(filled, top) : bisect_right(filled, bottom)]:
            cells[number][left] = text
            cells[number].update(dict.fromkeys(covered))
    numbers: list[int] = []
    rows: list[list[str | None]] = []
    for number in sorted(cells):
        if numbers and number > numbers[-1]:
            numbers.append(number)
            rows.append([])
        numbers.append(number + 1)
        rows.append([cells[number].get(column, "") for column in columns])
    return numbers, rows


class Filled:
    """Counts the filled cells of a workbook up to the limit."""

    def __init__(self) -> None:
        self._count = 0

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        if not text.strip() or column > _MAX_COLUMNS:
            return
        self._count += 1
        if self._count > MAX_CELLS:
            raise UnreadableFile(f"表格过大（超过 {MAX_CELLS} 个有内容的单元格），不像是报告")
        sheet.cells.setdefault(row, {})[column] = text
