"""Word .docx: headings, paragraphs and tables in reading order, with tracked changes accepted."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.tables import row_lines

_OLE = b"\xd0\xcf\x11\xe0"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen")
_BREAKS = (qn("w:br"), qn("w:cr"))
# Deleted text, the source of moved text, a drawing's second copy of its own text box.
_LEFT_OUT = (
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)


def read(data: bytes) -> list[Line]:
    """Read a .docx file; raises UnreadableFile where it is none, is encrypted or damaged."""
    if data.startswith(_OLE):
        raise UnreadableFile(
            "文件已加密,或是旧版 .doc 格式;请用 Word 去掉密码并另存为 .docx 后重试"
        )
    try:
        document = docx.Document(BytesIO(data))
        names = {style.style_id: style.name or "" for style in document.styles}
        return list(_blocks(document.element.body, names))
    except zipfile.BadZipFile as error:
        raise UnreadableFile("不是有效的 .docx 文件,或已损坏(请用 Word 另存后重试)") from error
    except (
        OpcError,
        PythonDocxError,
        SyntaxError,  # of the XML inside
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        AttributeError,  # a part that is there but of another kind
        NotImplementedError,
        RuntimeError,  # zipfile: a part is encrypted
    ) as error:
        raise UnreadableFile(f".docx 文件已损坏({error}),请用 Word 另存后重试") from error


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[Line]:
    """The paragraphs and tables below `parent`, also those in content controls and insertions."""
    for element in parent:
        if element.tag == _PARAGRAPH:
            level = _level(element, styles)
            yield from (Line(part, level) for part in _text(element).splitlines())
        elif element.tag == _TABLE:
            yield from row_lines(_rows(element))
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            yield from _blocks(element, styles)


def _level(paragraph: Any, styles: dict[str, str]) -> int | None:
    match = _HEADING_STYLE.search(styles.get(paragraph.style or "", ""))
    return int(match[1]) if match else None


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _TAB:
            parts.append("\t")
        elif child.tag in _BREAKS:
            parts.append("\n")
        elif child.tag == _HYPHEN:
            parts.append("-")
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            parts.append(_text(child))
            if child.tag == _PARAGRAPH:  # of a text box
                parts.append("\n")
    return "".join(parts)


def _rows(table: Any) -> list[list[str | None]]:
    """The table's grid: a cell merged to the right once, one merged downwards in every row."""
    rows: list[list[str | None]] = []
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is not table:
            continue  # a table inside a cell is that cell's text
        cells: list[str | None] = [""] * row.grid_before
        for cell in row.iter(_CELL):
            if next(cell.iterancestors(_ROW)) is not row:
                continue
            at = len(cells)
            above = rows[-1][at] if rows and at < len(rows[-1]) else ""
            text = above if cell.vMerge == "continue" else _text(cell)
            cells += [text, *[None] * (cell.grid_span - 1)]
        rows.append(cells)
    return rows
