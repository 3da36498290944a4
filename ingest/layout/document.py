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
from ingest.lines import Line
from ingest.readers.tables import row_lines

_SLACK = 1 / 300
"""Of a page's height: how far lines of a table may miss each other."""
_SAME_COLUMN = 1 / 60
_FARTHEST = 1e6
# In characters.
_WIDE_CELL = 9
_SHORT = 2.6


@dataclass(frozen=True)
class _Table:
    """A table from its first to its last page; `lefts` tell whether the next page goes on."""

    top: float
    page: int
    last: int
    lefts: tuple[float, ...]
    rows: tuple[tuple[str | None, ...], ...]
    sure: float | None


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
            rest_rows = part.rows[1:] if part.rows[0] == pending.rows[0] else part.rows
            pending = replace(pending, rows=(*pending.rows, *rest_rows), last=part.page)
            continue
        lines += _table_lines(pending)
        pending = part
    return [*lines, *paragraphs(printed), *_table_lines(pending)]


def _ruled(page: Page) -> tuple[list[_Table], list[Piece]]:
    """The tables that are drawn with lines, and the pieces outside them."""
    found = grids(page.rules, _SLACK * page.height)
    inside: list[list[Piece]] = [[] for _ in found]
    rest: list[Piece] = []
    for piece in page.pieces:
        if not _is_placed(piece):
            continue
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
    cells = tuple(tuple(row) for row in grid.texts(texts))
    sure = mean_sure([piece for own in content.values() for piece in own])
    lefts = tuple(left / page.height for left in grid.lefts)
    return _Table(grid.top, page.number, page.number, lefts, cells, sure)


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
    for page, own, ruled in zip(pages, texts, tables, strict=True):
        here = margins(own, overall) or overall
        waiting = sorted(ruled, key=lambda table: table.top)
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
        yield from waiting


def _unruled(page: Page, own: Sequence[Row]) -> _Table:
    cells = tuple(tuple(row) for row in columns(own))
    return _Table(own[0].top, page.number, page.number, (), cells, mean_sure(own))


def _continues(above: _Table, below: _Table) -> bool:
    """Whether a table goes on at the top of the next page."""
    return (
        below.page == above.last + 1
        and bool(above.lefts)
        and len(above.lefts) == len(below.lefts)
        and all(abs(a - b) < _SAME_COLUMN for a, b in zip(above.lefts, below.lefts, strict=True))
    )


def _table_lines(table: _Table | None) -> list[Line]:
    if table is None:
        return []
    return [replace(line, page=table.page, sure=table.sure) for line in row_lines(table.rows)]
