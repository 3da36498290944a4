"""Table rows as text: each cell with its column's header, so that one row can be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from ingest.lines import Line

Row = Sequence[str | None]
"""The cells of a row; None continues the cell to its left, with which it is merged."""

CELLS = " | "
"""Between the cells of a row: no sentence ends at it, so that a row stays one statement."""

MAX_CELLS = 200_000
"""Filled cells a file may have: more is a database, not a report."""

# 2017年 and 1-6月 name a column though they begin with a digit.
_FIGURE = re.compile(r"[-+−]?\d(?!\d{3}\s?年|.*月)")
# 填报单位:清溪镇 and 单位:万元 stand above a table and are no names of columns.
_NOTE = re.compile(
    r"[(\uff08]?\s*(?:填报|填表|制表|编制|报送|上报|统计|金额|计量|负责|审核)?"
    r"(?:单位|部门|日期|时间|人)(?:[(\uff08][^)\uff09]*[)\uff09])?\s*[:\uff1a]"
)

# 单位:万元 above a table is the unit of its columns of money that give none of their own.
_MONEY_NOTE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:金额|计量)?单位\s*[:\uff1a]\s*(?P<unit>[千万亿百]{0,2}元)"
)
_MONEY_COLUMN = re.compile(
    r"(?:投资|资金|金额|经费|收入|支出|产值|补助|补贴|贷款|预算|费用?|造价|概算)[数额]?$"
)


@dataclass(frozen=True)
class RowText:
    """A row as a line of text; `at` is its place among the rows given."""

    at: int
    text: str
    title: bool
    """Whether it is the name of the table, above its header."""


def row_lines(rows: Sequence[Row]) -> list[Line]:
    """One line a row, 表头:值 by column; rows that hold one cell only stand as they are."""
    return [Line(row.text, row=True) for row in row_texts(rows)]


def row_texts(rows: Sequence[Row], *, several: bool = False) -> Iterator[RowText]:
    """The rows of a table, empty ones left out.

    The first row of several cells is the header where it holds no figures; under a merged
    header cell the next row's names go on from it. With `several`, tables may follow each
    other: behind an empty row a row of names begins the next one.
    """
    filled = [
        (at, [cell and " ".join(cell.split()) for cell in row]) for at, row in enumerate(rows)
    ]
    filled = [(at, row) for at, row in filled if any(row)]
    header: list[str] | None = None
    begun = titled = figures = False
    before = -1
    place = 0
    money = ""
    while place < len(filled):
        at, row = filled[place]
        place += 1
        below = [row for _, row in filled[place : place + 2]]
        if several and figures and at > before + 1 and _begins(row, below):
            header = None
            money = ""
            begun = titled = figures = False
        before = at
        note = not begun and any(_NOTE.match(cell) for cell in row if cell)
        if not begun and (told := _MONEY_NOTE.search(CELLS.join(cell for cell in row if cell))):
            money = told["unit"]
        if note or (_single(row) and (not begun or row[0])):
            title = not (begun or note or titled)
            titled = titled or title
            yield RowText(at, _row_text(row, None), title)
            continue
        if not begun and below and _is_header(row):
            names = [_spread(row)]
            while place < len(filled) and _goes_on(row, names[-1], filled[place][1]):
                before, row = filled[place]
                place += 1
                names.append(_spread(row))
            header = [
                _in_money(_joined(column), money) for column in zip_longest(*names, fillvalue="")
            ]
        else:
            figures = figures or not _is_header(row)
            yield RowText(at, _row_text(row, header), title=False)
        begun = True


def _single(row: Row) -> bool:
    return sum(map(bool, row)) == 1


def _begins(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row behind an empty one is a new table's title, or its names of columns."""
    if _single(row):
        return bool(row[0]) and len(below) == 2 and _is_header(below[0]) and not _single(below[0])
    return _is_header(row) and bool(below) and not _is_header(below[0])


def _is_header(row: Row) -> bool:
    return not any(_FIGURE.match(cell) for cell in row if cell)


def _goes_on(row: Row, names: Sequence[str], below: Row) -> bool:
    """Whether the header has another row: below merged names, or beside one merged downwards."""
    if not _is_header(below) or not any(below[1:]):
        return False
    beside = any(name and name == cell for name, cell in zip(names, below, strict=False))
    return None in row or beside


def _spread(row: Row) -> list[str]:
    names: list[str] = []
    for cell in row:
        names.append(names[-1] if cell is None and names else cell or "")
    return names


def _joined(column: Sequence[str]) -> str:
    """One name of a column's names from above down, those merged downwards once."""
    return "".join(name for name, _ in groupby(column))


def _in_money(name: str, unit: str) -> str:
    """A column's name with the unit that the table gives for its money: 总投资（万元）."""
    return f"{name}\uff08{unit}\uff09" if unit and _MONEY_COLUMN.search(name) else name


def _row_text(row: Row, header: Sequence[str] | None) -> str:
    names = header or [""] * len(row)
    return CELLS.join(
        f"{name}:{cell}" if name and name != cell else cell
        for name, cell in zip([*names, *[""] * len(row)], row, strict=False)
        if cell
    )
