"""All pages of a document to its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from ingest.layout.aligned import aligned, columns
from ingest.layout.grid import Cell, Grid, grids
from ingest.layout.page import Page, Piece, joined
from ingest.layout.paragraphs import Margins, Printed, margins, paragraphs
from ingest.layout.rows import Row, mean_sure, rows
from ingest.layout.running import without_running
from ingest.layout.twofold import in_columns
from ingest.layout.uprights import completed
from ingest.lines import Line
from ingest.readers.tables import row_texts

_SLACK = 1 / 300
"""Of a page's height: how far lines of a table may miss each other."""
_SAME_COLUMN = 1 / 60
_FARTHEST = 1e6
# In characters.
_WIDE_CELL = 9
_SHORT = 2.6


@dataclass(frozen=True)
class _TableRow:
    """A row's cells, and where they stand; as sure as the least sure of them."""

    cells: tuple[str | None, ...]
    page: int
    sure: float | None


@dataclass(frozen=True)
class _Table:
    """A table from its first to its last page; `lefts` tell whether the next page goes on."""

    top: float
    lefts: tuple[float, ...]
    rows: tuple[_TableRow, ...]


def lines_of(pages: Sequence[Page]) -> list[Line]:
    """The lines in reading order: no running heads, tables by row, paragraphs put together."""
    tables, texts = [], []
    for page in pages:
        found, rest = _ruled(page)
        tables.append(found)
        texts.append(rows(rest))
    texts = without_running(pages, texts)
    overall = margins([row for own in texts for row in own]) or Margins(0, 0)
    lines: list[Line] = []
    printed: list[Printed] = []
    pending: _Table | None = None
    for part in _parts(pages, texts, tables, overall):
        if isinstance(part, Printed):
            if pending is not None:
                lines += _table_lines(pending)
                pending = None
            printed.append(part)
            continue
        lines += paragraphs(printed)
        printed = []
        if pending is not None and _continues(pending, part):
            repeated = part.rows[0].cells == pending.rows[0].cells
            pending = replace(pending, rows=(*pending.rows, *part.rows[repeated:]))
            continue
        lines += _table_lines(pending)
        pending = part
    return [*lines, *paragraphs(printed), *_table_lines(pending)]


def _ruled(page: Page) -> tuple[list[_Table], list[Piece]]:
    """The tables that are drawn with lines, and the pieces outside them."""
    slack = _SLACK * page.height
    placed = [piece for piece in page.pieces if _is_placed(piece)]
    found = grids(completed(page.rules, placed, slack), slack)
    inside: list[list[Piece]] = [[] for _ in found]
    rest: list[Piece] = []
    for piece in placed:
        at = next((i for i, grid in enumerate(found) if grid.holds(piece)), None)
        (rest if at is None else inside[at]).append(piece)
    tables = []
    for grid, pieces in zip(found, inside, strict=True):
        if pieces:
            tables.append(_filled(page, grid, pieces))
    return tables, rest


def _is_placed(piece: Piece) -> bool:
    # A damaged file has characters of no size, or at no place at all.
    width, height = piece.right - piece.left, piece.height
    return 0 < width < _FARTHEST and 0 < height < _FARTHEST and isfinite(piece.left + piece.top)


def _filled(page: Page, grid: Grid, pieces: Iterable[Piece]) -> _Table:
    content: dict[Cell, list[Piece]] = {}
    for piece in pieces:
        cell = grid.cell_of(piece)
        if cell is not None:
            content.setdefault(cell, []).append(piece)
    texts = {cell: _cell_text(cell, own) for cell, own in content.items()}
    sures = {cell: sure for cell, own in content.items() if (sure := mean_sure(own)) is not None}
    found = []
    for top, cells in zip(grid.tops, grid.texts(texts), strict=True):
        own_sures = [sure for cell, sure in sures.items() if cell.top <= top < cell.bottom]
        found.append(_TableRow(tuple(cells), page.number, min(own_sures, default=None)))
    return _Table(grid.top, tuple(left / page.height for left in grid.lefts), tuple(found))


def _cell_text(cell: Cell, pieces: Iterable[Piece]) -> str:
    text = ""
    short = False
    for row in rows(pieces):
        text = f"{text} {row.text}" if short else joined(text, row.text)
        # In a wide cell a row that ends early is a statement of its own; in a narrow one, of
        # a column's name, it is part of a word.
        wide = cell.right - cell.left > _WIDE_CELL * row.em
        short = wide and cell.right - row.right > _SHORT * row.em
    return text


def _parts(
    pages: Sequence[Page],
    texts: Sequence[Sequence[Row]],
    tables: Sequence[Sequence[_Table]],
    overall: Margins,
) -> Iterator[Printed | _Table]:
    """Rows and tables in reading order."""
    for page, whole, ruled in zip(pages, texts, tables, strict=True):
        waiting = sorted(ruled, key=lambda table: table.top)
        groups = in_columns(whole)
        for own in groups:
            otherwise = overall if len(groups) == 1 else None
            here = margins(own, otherwise) or overall
            yield from _in_order(page, own, here, waiting)
        yield from waiting


def _in_order(
    page: Page, own: Sequence[Row], here: Margins, waiting: list[_Table]
) -> Iterator[Printed | _Table]:
    """The rows with the tables above them, which are taken out of those waiting."""
    at = 0
    while at < len(own):
        while waiting and waiting[0].top < own[at].top:
            yield waiting.pop(0)
        count = aligned(own[at:])
        if count:
            yield _unruled(page, own[at : at + count])
        else:
            yield Printed(own[at], page.number, here, page.rough)
        at += count or 1


def _unruled(page: Page, own: Sequence[Row]) -> _Table:
    table = zip(columns(own), own, strict=True)
    found = tuple(_TableRow(tuple(cells), page.number, row.sure) for cells, row in table)
    return _Table(own[0].top, (), found)


def _continues(above: _Table, below: _Table) -> bool:
    """Whether a table goes on at the top of the next page."""
    return (
        below.rows[0].page == above.rows[-1].page + 1
        and bool(above.lefts)
        and len(above.lefts) == len(below.lefts)
        and all(abs(a - b) < _SAME_COLUMN for a, b in zip(above.lefts, below.lefts, strict=True))
    )


def _table_lines(table: _Table | None) -> list[Line]:
    if table is None:
        return []
    return [
        Line(row.text, row=True, page=table.rows[row.at].page, sure=table.rows[row.at].sure)
        for row in row_texts([row.cells for row in table.rows])
    ]
