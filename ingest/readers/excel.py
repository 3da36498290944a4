"""Workbooks, .xlsx by openpyxl and .xls by xlrd: each row with its column names, as shown."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import xlrd
from lxml import etree
from openpyxl.utils.cell import range_boundaries
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER
from xlrd.compdoc import CompDocError

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.formats import Value, shown
from ingest.readers.office import DAMAGED, check_size, damaged
from ingest.readers.sheets import Filled, Merged, Sheet, sheet_lines

_OLE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")

_MAX_ROWS = 1_048_576
"""Of Excel; a damaged row number beyond would be counted up to, one empty row after the other."""


def read(data: bytes) -> list[Line]:
    """Read a workbook; raises UnreadableFile where it is damaged, locked or too large."""
    try:
        sheets = list(_old(data) if data.startswith(_OLE) else _new(data))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableFile(
                "文件有密码，无法读取；请用 Excel 或 WPS 去掉密码、另存后重试"
            ) from error
        raise damaged(".xls", "Excel", error) from error
    except (CompDocError, *DAMAGED) as error:
        raise damaged(".xls" if data.startswith(_OLE) else ".xlsx", "Excel", error) from error
    return [line for sheet in sheets for line in sheet_lines(sheet)]


def _new(data: bytes) -> Iterator[Sheet]:
    check_size(data)
    filled = Filled()
    merged = _merged_cells(data)
    # Read-only: a sheet that is formatted to its last row would fill the memory otherwise.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles that it leaves out: no matter here
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    for source in book.worksheets:
        if source.sheet_state != "visible":
            continue  # lists for drop-down fields
        sheet = Sheet(source.title, merged=merged.get(source.title, ()))
        # What the file says of its size is often wrong, and rows would be cut off by it.
        source.reset_dimensions()
        for row in source.iter_rows(max_row=_MAX_ROWS):
            for cell in row:
                if cell.value is not None:
                    text = shown(cell.value, cell.number_format)
                    filled.put(sheet, cell.row - 1, cell.column - 1, text)
        yield sheet


def _merged_cells(data: bytes) -> dict[str, list[Merged]]:
    """Sheet name -> its merged cells, which openpyxl leaves out in its read-only mode."""
    found: dict[str, list[Merged]] = {}
    with zipfile.ZipFile(BytesIO(data)) as parts:
        paths = _sheet_paths(parts)
        for name, path in paths.items():
            ranges = [range_boundaries(ref.decode()) for ref in _MERGED.findall(parts.read(path))]
            found[name] = [(r - 1, c - 1, r2 - 1, c2 - 1) for c, r, c2, r2 in ranges]
    return found


def _sheet_paths(parts: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part, by workbook.xml and its relations."""

    def parsed(name: str) -> Any:
        return etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False))

    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in parsed("xl/_rels/workbook.xml.rels")
    }
    paths: dict[str, str] = {}
    for sheet in parsed("xl/workbook.xml").iter("{*}sheet"):
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in parts.NameToInfo:
            paths[sheet.get("name", "")] = path
    return paths


def _old(data: bytes) -> Iterator[Sheet]:
    filled = Filled()
    with _opened(data) as book:
        for n in range(book.nsheets):
            source = book.sheet_by_index(n)
            if source.visibility:
                continue
            merged = [(r, c, r2 - 1, c2 - 1) for r, r2, c, c2 in source.merged_cells]
            sheet = Sheet(source.name, merged=merged)
            for row in range(source.nrows):
                for column, cell in enumerate(source.row(row)):
                    filled.put(sheet, row, column, _old_text(book, cell))
            book.unload_sheet(n)
            yield sheet


def _opened(data: bytes) -> Any:
    """The workbook; one that does not name its encoding is from a Chinese office."""
    # formatting_info: the number formats; ragged_rows: no cells up to the widest row's.
    options = {
        "file_contents": data,
        "formatting_info": True,
        "ragged_rows": True,
        "on_demand": True,
        "logfile": StringIO(),
    }
    try:
        return xlrd.open_workbook(**options)
    except UnicodeDecodeError:
        return xlrd.open_workbook(**options, encoding_override="gb18030")


def _old_text(book: Any, cell: Any) -> str:
    value: Value = cell.value
    if cell.ctype == XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == XL_CELL_BOOLEAN:
        return shown(bool(value), None)
    if cell.ctype not in (XL_CELL_DATE, XL_CELL_NUMBER):
        return str(value)
    key = book.xf_list[cell.xf_index].format_key
    number_format = book.format_map[key].format_str
    if cell.ctype == XL_CELL_DATE:
        try:
            value = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, ArithmeticError):
            number_format = ""  # a number too large for a day
    return shown(value, number_format)
