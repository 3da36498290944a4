"""Presentations .pptx: slide by slide, the title first, then what stands on it, its notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.office import DAMAGED, check_size, damaged
from ingest.readers.tables import row_lines

_OLE = b"\xd0\xcf\x11\xe0"
_SAME_ROW = 300_000
"""Shapes whose tops differ by less (a third of an inch, in EMU) stand side by side."""
_MARGIN = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAX_DEPTH = 20


def read(data: bytes) -> list[Line]:
    """Read a .pptx file; raises UnreadableFile where it is none, is locked or damaged."""
    if data.startswith(_OLE):
        raise UnreadableFile("文件已加密,或是旧版 .ppt 格式;请用 PowerPoint 另存为 .pptx 后重试")
    try:
        check_size(data)
        slides = Presentation(BytesIO(data)).slides
        return [line for n, slide in enumerate(slides, 1) for line in _slide(slide, n)]
    except (PythonPptxError, *DAMAGED) as error:
        raise damaged(".pptx", "PowerPoint", error) from error


def _slide(slide: Any, page: int) -> Iterator[Line]:
    title = slide.shapes.title
    if title is not None:
        yield Line(" ".join(title.text_frame.text.split()), level=1, page=page)
    for shape in _in_reading_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, slide, page)
    if slide.has_notes_slide:
        frame = slide.notes_slide.notes_text_frame
        for text in _paragraphs(frame) if frame is not None else ():
            yield Line(f"备注:{text}", page=page)


def _in_reading_order(shapes: Iterable[Any]) -> list[Any]:
    """From the top down, and from the left where shapes stand side by side."""
    by_top = sorted(shapes, key=lambda shape: shape.top or 0)
    rows: list[list[Any]] = []
    for shape in by_top:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) < _SAME_ROW:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda one: one.left or 0)]


def _shape(shape: Any, slide: Any, page: int, depth: int = 0) -> Iterator[Line]:
    if shape.is_placeholder and shape.placeholder_format.type in _MARGIN:
        return
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _MAX_DEPTH:
        for inner in _in_reading_order(shape.shapes):
            yield from _shape(inner, slide, page, depth + 1)
    elif getattr(shape, "has_table", False):
        for line in row_lines(_rows(shape.table)):
            yield Line(line.text, row=True, page=page)
    elif shape.has_text_frame:
        for text in _paragraphs(shape.text_frame):
            yield Line(text, page=page)
    else:
        for text in _diagram(shape, slide):
            yield Line(text, page=page)


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        yield from filter(None, (part.strip() for part in paragraph.text.split("\v")))


def _rows(table: Any) -> list[list[str | None]]:
    """The table's grid: a cell merged to the right once, one merged downwards in every row."""
    rows: list[list[str | None]] = []
    for row in table.rows:
        cells: list[str | None] = []
        for column, cell in enumerate(row.cells):
            if not cell.is_spanned:
                cells.append(cell.text)
            elif cell._tc.hMerge:
                cells.append(None)
            else:
                above = rows[-1] if rows else []
                cells.append(above[column] if column < len(above) else "")
        rows.append(cells)
    return rows


def _diagram(shape: Any, slide: Any) -> Iterator[str]:
    """The texts of a SmartArt diagram, which python-pptx shows as a bare frame."""
    for ids in shape.element.iter(f"{_DIAGRAM}relIds"):
        part = slide.part.related_part(ids.get(f"{_RELATION}dm"))
        parser = etree.XMLParser(resolve_entities=False)
        for point in etree.fromstring(part.blob, parser).iter(f"{_DIAGRAM}pt"):
            for paragraph in point.iter(f"{_DRAWING}p"):
                text = "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t")).strip()
                if text:
                    yield text
