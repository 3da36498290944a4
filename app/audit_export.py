"""The audit trail as a file to hand on: its lines as they stand, or a table to read and sort."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app import audit_texts as texts
from app.audit import lines, rows
from index.errors import UsageError, in_words

_CELL_MAX = 32_000
"""Characters of a cell; Excel takes 32,767."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(folder: Path, out: Path) -> int:
    """Write the trail to a .jsonl, .csv or .xlsx file; how many lines or rows that are.

    Only .jsonl holds all of it, byte for byte: `huibao audit verify --file` holds it to its chain.
    Raises UsageError for another kind of file, or one that cannot be written.
    """
    write = _KINDS.get(out.suffix.lower())
    if write is None:
        raise UsageError(texts.bad_export(out.suffix))
    try:
        return write(folder, out)
    except OSError as error:
        raise UsageError(texts.not_written(str(out), in_words(error))) from error


def _write_lines(folder: Path, out: Path) -> int:
    count = 0
    with out.open("wb") as file:
        for line in lines(folder):
            file.write(line)
            count += 1
    return count


def _write_csv(folder: Path, out: Path) -> int:
    count = 0
    # With its mark Excel knows that it is UTF-8.
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(texts.HEADS)
        for row in _table(rows(folder)):
            # A question that begins with = is no formula for whoever opens the file.
            table.writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in row])
            count += 1
    return count


def _write_xlsx(folder: Path, out: Path) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.SHEET)
    sheet.freeze_panes = "A2"
    sheet.append(texts.HEADS)
    count = 0
    for row in _table(rows(folder)):
        cells = []
        for one in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", one))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
        count += 1
    book.save(out)
    return count


def _table(found: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    for row in found:
        said = _event(row) if "event" in row else _answer(row)
        yield [str(one or "")[:_CELL_MAX] for one in (row.get("time"), row.get("who"), *said)]


def _event(row: Mapping[str, Any]) -> tuple[str, ...]:
    name = row["event"]
    of = " ".join(map(str, row.get("of", ())))
    return texts.EVENTS.get(name, str(name)), of, str(row.get("address", "")), "", "", ""


def _answer(row: Mapping[str, Any]) -> tuple[str, ...]:
    told = "\n".join(one["text"] for one in row.get("sentences", ()))
    sources = "\n".join(one["report"]["source"] for one in row.get("citations", ()))
    question = str(row.get("question", ""))
    return (
        texts.ASKED,
        question,
        "",
        told or str(row.get("note") or ""),
        sources,
        row.get("model") or "",
    )


_KINDS: dict[str, Callable[[Path, Path], int]] = {
    ".jsonl": _write_lines,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
