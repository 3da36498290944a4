"""XML Spreadsheet 2003, which government systems export under the name of .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.formats import Value, shown
from ingest.readers.office import DAMAGED, damaged
from ingest.readers.sheets import Filled, Merged, Sheet, sheet_lines

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_END = re.compile(rb"</(?:\w+:)?Workbook\s*>")
# Formats that have a name there.
_NAMED = {
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "General Number": "General",
    "General Date": "yyyy/m/d",
    "Short Date": "yyyy/m/d",
    "Medium Date": "yyyy/m/d",
    "Long Date": "yyyy/m/d",
}


def read(data: bytes) -> list[Line]:
    """Read a workbook in one XML file; raises UnreadableFile where it is damaged or too large."""
    # recover: what writes these files seldom escapes its text; no entity leads outside.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
        # The end must be there: the parser would pass over that half of the rows is not.
        if root is None or not _END.search(data[-400:].replace(b"\0", b"")):
            raise UnreadableFile("表格文件不完整，或已损坏（请用 Excel 另存后重试）")
        return [line for sheet in _sheets(root) for line in sheet_lines(sheet)]
    except DAMAGED as error:
        raise damaged(".xls", "Excel", error) from error


def _sheets(root: Any) -> Iterator[Sheet]:
    filled = Filled()
    formats = {
        style.get(f"{_SS}ID"): number.get(f"{_SS}Format", "")
        for style in root.iter(f"{_SS}Style")
        for number in style.iter(f"{_SS}NumberFormat")
    }
    for source in root.iter(f"{_SS}Worksheet"):
        merged: list[Merged] = []
        sheet = Sheet(source.get(f"{_SS}Name", ""), merged=merged)
        at = -1
        for row in source.iter(f"{_SS}Row"):
            at = _index(row, at)
            column = -1
            for cell in row.iter(f"{_SS}Cell"):
                column = _index(cell, column)
                style = formats.get(cell.get(f"{_SS}StyleID"), "")
                filled.put(sheet, at, column, _text(cell, style))
                right, down = (_whole(cell, name) for name in ("MergeAcross", "MergeDown"))
                if right or down:
                    merged.append((at, column, at + down, column + right))
                column += right
        yield sheet


def _index(element: Any, before: int) -> int:
    """The place of a row or cell, from 0: the next, unless it says another."""
    return (_whole(element, "Index") or before + 2) - 1


def _whole(element: Any, name: str) -> int:
    value = element.get(f"{_SS}{name}", "0")
    return int(value) if re.fullmatch(r"\d{1,7}", value) else 0


def _text(cell: Any, number_format: str) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(data.itertext()).strip()
    value: Value = text
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Number":
            value = float(text)
        elif kind == "DateTime":
            value = datetime.fromisoformat(text)
    except ValueError:
        return text
    return shown(value, _NAMED.get(number_format, number_format))
