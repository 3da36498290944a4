"""History and coverage as .xlsx, for the meeting: the table, and every value with its source."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.history import texts
from app.history.amounts import exact, shown
from app.history.coverage import Coverage
from app.history.rows import Cell, History, told_amount
from app.steps import Step, unwatched
from index.errors import UsageError, in_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST = 60


def write_history(found: History, path: Path, step: Step = unwatched) -> None:
    """Three sheets: the table, the source of every value, the alarms. Raises UsageError."""
    book = _book()
    unfiled = found.unfiled
    table = _sheet(
        book,
        texts.SHEET_HISTORY,
        [
            texts.INDICATOR,
            texts.UNIT,
            texts.KIND,
            *(texts.column(period.chinese, period in unfiled) for period in found.periods),
        ],
    )
    for row in found.rows:
        by_period = {cell.period: cell for cell in row.cells}
        cells = [_cell(by_period.get(period)) for period in found.periods]
        _put(table, [row.name, row.unit, texts.KINDS[row.key.kind], *cells])
    sources = _sheet(
        book,
        texts.SHEET_SOURCES,
        [
            texts.INDICATOR, texts.PERIOD, texts.VALUE, texts.UNIT, texts.KIND, texts.WRITTEN,
            texts.CHANGE, texts.SINCE, texts.REPORT, texts.QUOTE, texts.START, texts.END,
            texts.FILE,
        ],
    )  # fmt: skip
    for at, row in enumerate(found.rows):
        step(at, len(found.rows))
        for cell in row.cells:
            for value in cell.values:
                change, citation = cell.change, value.citation
                _put(
                    sources,
                    [
                        row.name, cell.period.chinese, value.amount, row.unit,
                        texts.KINDS[row.key.kind], shown(value.figure),
                        change.difference if change else None,
                        change.since.chinese if change else None,
                        citation.described.title, citation.quote, citation.start, citation.end,
                        citation.source,
                    ],
                )  # fmt: skip
    _alarms(_sheet(book, texts.SHEET_ALARMS, texts.ALARM_HEADS), found)
    _save(book, path)


def _alarms(sheet: Worksheet, found: History) -> None:
    for alarm in found.alarms:
        said = alarm.settled
        _put(
            sheet,
            [
                alarm.id,
                texts.ALARMS[alarm.kind],
                alarm.period.chinese if alarm.period else None,
                alarm.message,
                alarm.arithmetic,
                "\n".join(one.quote for one in alarm.citations),
                "\n".join(one.described.title for one in alarm.citations),
                texts.settled(said.who, said.at, said.remark) if said else None,
            ],
        )


def write_coverage(found: Coverage, path: Path, step: Step = unwatched) -> None:
    """Three sheets: the matrix, its reports, the indicators that stopped. Raises UsageError."""
    book = _book()
    heads = [texts.WITHIN, texts.PLACE, *(period.chinese for period in found.periods)]
    matrix = _sheet(book, texts.SHEET_COVERAGE, heads)
    heads = [texts.PLACE, texts.PERIOD, texts.SHEET_COVERAGE, texts.REPORT, texts.FILE]
    reports = _sheet(book, texts.SHEET_REPORTS, heads)
    heads = [texts.PLACE, texts.INDICATOR, texts.LAST, texts.MISSING]
    stopped = _sheet(book, texts.SHEET_STOPPED, heads)
    for at, row in enumerate(found.places):
        step(at, len(found.places))
        marks = [texts.STATES[one.state.value] for one in row.filings]
        _put(matrix, [row.within, row.place, *marks])
        for one in row.filings:
            for info in one.reports:
                state = texts.STATES[one.state.value]
                title = info.described.title
                _put(reports, [row.place, one.period.chinese, state, title, info.source])
        for gone in row.stopped:
            missing = "、".join(period.chinese for period in gone.missing)
            _put(stopped, [row.place, gone.indicator, gone.last.chinese, missing])
    _save(book, path)


def _cell(cell: Cell | None) -> Decimal | str | None:
    """A number where one value is exact; otherwise as it is told, so that nothing adds it up."""
    if cell is None:
        return None
    first = cell.values[0]
    if len(cell.values) == 1 and exact((first.figure,)):
        return first.amount
    return texts.OR.join(told_amount(value) for value in cell.values)


def _book() -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    return book


def _sheet(book: Workbook, title: str, heads: Sequence[str]) -> Worksheet:
    from openpyxl.styles import Font

    sheet: Worksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    # On paper: all columns on one sheet, the heads on each.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    _put(sheet, heads)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    return sheet


def _put(sheet: Worksheet, values: Sequence[Any]) -> None:
    """Append a row; text stays text, also where a report begins a sentence with =."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

    # Appended: to ask a sheet for its last row looks through all of its cells.
    row = [Cell(sheet) for _ in values]
    for cell, value in zip(row, values, strict=True):
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        else:
            cell.value = value
    sheet.append(row)


def _save(book: Workbook, path: Path) -> None:
    from app.history.columns import width

    for sheet in book.worksheets:
        for column in sheet.columns:
            wide = max((width(str(cell.value)) for cell in column if cell.value), default=8)
            sheet.column_dimensions[column[0].column_letter].width = min(_WIDEST, wide + 2)
    try:
        book.save(path)
    except OSError as error:
        raise UsageError(texts.not_written(path, in_words(error))) from error
