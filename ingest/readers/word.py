"""Word .docx, .docm, .dotx as printed: headings, numbers, paragraphs, tables, notes, in order.

Tracked changes count as accepted; hidden text, tables of contents, headers and footers stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.numbering import Numbering, joined
from ingest.readers.office import DAMAGED, check_size, damaged
from ingest.readers.tables import row_lines

_MORE_KINDS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
PartFactory.part_type_for.update(dict.fromkeys(_MORE_KINDS, DocumentPart))

_OLE = b"\xd0\xcf\x11\xe0"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
# Its lines would be taken for the headings that they repeat, with a page number behind.
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)|table of figures", re.IGNORECASE)

_VAL = qn("w:val")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _HYPHEN, _RUN = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:r")
_PROPERTIES, _RUN_PROPERTIES = qn("w:pPr"), qn("w:rPr")
_BREAKS = (qn("w:br"), qn("w:cr"))
_BOX = qn("w:txbxContent")
_REMOVED = (qn("w:del"), qn("w:moveFrom"))
_NOTES = {
    qn("w:footnoteReference"): RELATIONSHIP_TYPE.FOOTNOTES,
    qn("w:endnoteReference"): RELATIONSHIP_TYPE.ENDNOTES,
}
# Deleted text, the source of moved text, a drawing's second copy of its own text box.
_LEFT_OUT = (
    *_REMOVED,
    _PROPERTIES,
    _RUN_PROPERTIES,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)


def read(data: bytes) -> list[Line]:
    """Read a .docx file; raises UnreadableFile where it is none, is encrypted or damaged."""
    if data.startswith(_OLE):
        raise UnreadableFile(
            "文件已加密，或是旧版 .doc 格式；请用 Word 去掉密码并另存为 .docx 后重试"
        )
    try:
        check_size(data)
        # Not docx.Document: it refuses what may hold macros, and templates.
        part = Package.open(BytesIO(data)).main_document_part
        if not isinstance(part, DocumentPart):
            raise ValueError(f"{part.content_type} 不是文档")
        return list(_Document(part.document).blocks(part.document.element.body))
    except (OpcError, PythonDocxError, *DAMAGED) as error:
        raise damaged(".docx", "Word", error) from error


class _Document:
    """One document on its way to lines; goes through it once, since it counts its numbers."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._names = {style.style_id: style.name or "" for style in document.styles}
        self._outline = _outline_levels(document.styles.element)
        self._numbering = Numbering(
            self._related(RELATIONSHIP_TYPE.NUMBERING), document.styles.element
        )
        self._notes: dict[str, dict[str, Any]] = {}
        self._count = 0
        self._carried = ""
        """Text of a paragraph whose end was deleted: it goes on in the next one."""

    def _related(self, kind: str) -> Any | None:
        """The root of a part of this kind, where the document has one."""
        try:
            part = self._part.part_related_by(kind)
        except KeyError:
            return None
        element = getattr(part, "element", None)
        return element if element is not None else parse_xml(part.blob)

    def blocks(self, parent: Any) -> Iterator[Line]:
        """The paragraphs and tables below `parent`, also those in content controls."""
        for element in parent:
            if element.tag == _PARAGRAPH:
                yield from self._paragraph(element)
            elif element.tag == _TABLE:
                yield from row_lines(self._rows(element))
                yield from self._notes_of(element)
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        if not _CONTENTS_STYLE.match(self._names.get(element.style or "", "")):
            level = self._level(element)
            yield from (Line(part, level) for part in self._said(element).splitlines())
        for box in _boxes(element):
            yield from self.blocks(box)
        yield from self._notes_of(element)

    def _said(self, paragraph: Any) -> str:
        """The paragraph's own text with its number; nothing where its end was deleted."""
        text = self._carried + self._text(paragraph)
        properties = paragraph.find(_PROPERTIES)
        mark = properties.find(_RUN_PROPERTIES) if properties is not None else None
        if mark is not None and any(mark.find(tag) is not None for tag in _REMOVED):
            self._carried = text
            return ""
        self._carried = ""
        label = self._numbering.label(properties, paragraph.style)
        return joined(label, text) if text.strip() else ""  # an empty one counts, too

    def _level(self, paragraph: Any) -> int | None:
        match = _HEADING_STYLE.search(self._names.get(paragraph.style or "", ""))
        if match:
            return int(match[1])
        properties = paragraph.find(_PROPERTIES)
        own = _outline(properties)
        return own if own is not None else self._outline.get(paragraph.style or "")

    def _text(self, element: Any) -> str:
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag == _TEXT:
                parts.append(child.text or "")
            elif tag == _TAB:
                parts.append("\t")
            elif tag in _BREAKS:
                parts.append("\n")
            elif tag == _HYPHEN:
                parts.append("-")
            elif tag == _PARAGRAPH:  # in a table's cell
                parts.append(f"{self._said(child)}\n")
            elif tag == _BOX or tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            elif tag != _RUN or not _is_hidden(child):
                parts.append(self._text(child))
        return "".join(parts)

    def _rows(self, table: Any) -> list[list[str | None]]:
        """The table's grid: a cell merged to the right once, one merged downwards in every row."""
        rows: list[list[str | None]] = []
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table:
                continue  # a table inside a cell is that cell's text
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(_REMOVED[0]) is not None:
                continue
            cells: list[str | None] = [""] * min(row.grid_before, _MAX_SPAN)
            for cell in row.iter(_CELL):
                if next(cell.iterancestors(_ROW)) is not row:
                    continue
                at = len(cells)
                above = rows[-1][at] if rows and at < len(rows[-1]) else ""
                text = above if cell.vMerge == "continue" else self._cell(cell)
                cells += [text, *[None] * (min(cell.grid_span, _MAX_SPAN) - 1)]
            rows.append(cells)
        return rows

    def _cell(self, cell: Any) -> str:
        boxes = (line.text for box in _boxes(cell) for line in self.blocks(box))
        return "\n".join([self._text(cell), *boxes])

    def _notes_of(self, element: Any) -> Iterator[Line]:
        """The footnotes and endnotes that a paragraph or table refers to, behind it."""
        for tag, kind in _NOTES.items():
            for reference in element.iter(tag):
                if any(_is_left_out(one) for one in reference.iterancestors()):
                    continue
                if kind not in self._notes:
                    root = self._related(kind)
                    notes = root if root is not None else ()
                    self._notes[kind] = {note.get(qn("w:id")): note for note in notes}
                note = self._notes[kind].get(reference.get(qn("w:id")))
                text = " ".join(self._text(note).split()) if note is not None else ""
                if text:
                    self._count += 1
                    yield Line(f"注{self._count}:{text}")


_MAX_SPAN = 200


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, outermost only, each of their two copies once."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _boxes(child)


def _is_left_out(element: Any) -> bool:
    return element.tag in _LEFT_OUT


def _is_hidden(run: Any) -> bool:
    properties = run.find(_RUN_PROPERTIES)
    hidden = properties.find(qn("w:vanish")) if properties is not None else None
    return hidden is not None and hidden.get(_VAL, "1") not in ("0", "false", "off")


def _outline(properties: Any | None) -> int | None:
    """The heading level that paragraph properties give, from 1; 9 means body text."""
    found = properties.find(qn("w:outlineLvl")) if properties is not None else None
    value = found.get(_VAL, "") if found is not None else ""
    return int(value) + 1 if re.fullmatch(r"[0-8]", value) else None


def _outline_levels(styles: Any) -> dict[str, int]:
    """Paragraph style -> heading level, for headings that an office styled itself."""
    found = {
        style.get(qn("w:styleId")): level
        for style in styles.iter(qn("w:style"))
        if (level := _outline(style.find(_PROPERTIES))) is not None
    }
    for style in styles.iter(qn("w:style")):
        based = style.find(qn("w:basedOn"))
        if based is not None and based.get(_VAL) in found:
            found.setdefault(style.get(qn("w:styleId")), found[based.get(_VAL)])
    return found
