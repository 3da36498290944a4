"""PDF: its text by place on the page; a page that is only a picture is recognised."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from index.errors import UnreadableFile
from ingest.layout.document import lines_of
from ingest.layout.page import Page, Piece, Rule
from ingest.lines import Line
from ingest.readers.text import plausible

_DPI = 200
_UNREADABLE = 0.3
"""Share of characters without meaning from which a text layer is none."""
_PLAUSIBLE = 0.15
"""As for the encodings of plain text: reports come to 0.7 and more."""
_FEW = 30
"""So few characters beside a picture that fills the page are a scanner's stamp."""
_FILLS = 0.5
_MANY_RULES = 4000
"""More lines than this are a map or a chart, not a table."""
_DEPTH = 4
_FLAT = 0.2
"""Radians: characters that stand more askew than this are a watermark."""

Place = Callable[[float, float], tuple[float, float]]


def read(data: bytes) -> list[Line]:
    """The lines of a PDF; raises UnreadableFile where it is encrypted or damaged."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("PDF 文件有打开密码，请去掉密码后重试") from error
        raise UnreadableFile("不是有效的 PDF 文件，或已损坏") from error
    try:
        return lines_of([_page(document, at) for at in range(len(document))])
    finally:
        document.close()


def _page(document: Any, at: int) -> Page:
    try:
        page = document[at]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"PDF 文件已损坏：第 {at + 1} 页读不出") from error
    try:
        return _read_page(page, at + 1)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"PDF 文件已损坏：第 {at + 1} 页读不出") from error
    finally:
        page.close()


def _read_page(page: Any, number: int) -> Page:
    width, height = page.get_size()
    if width < 1 or height < 1:
        return Page(number, 1.0, ())
    place = _upright(page, width, height)
    pieces = list(_letters(page, place))
    drawings = _Drawings(page, place)
    text = "".join(piece.text for piece in pieces)
    pictured = drawings.pictured > _FILLS * width * height
    if _is_garbage(text) or (len(text) < _FEW and pictured) or (not text and drawings.any):
        # Here and not above: most archives hold no scans, and the model takes a second to load.
        from ingest.readers.scan import recognised

        scale = min(_DPI / 72, 6000 / max(width, height))
        return recognised(page.render(scale=scale).to_pil(), number)
    rules = drawings.rules if len(drawings.rules) <= _MANY_RULES else []
    return Page(number, height, pieces, rules)


def _upright(page: Any, width: float, height: float) -> Place:
    """How a place in the file's coordinates looks on the page as it is shown."""
    fine = 100  # the library answers in whole units of the device

    def shown(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        size = int(width * fine), int(height * fine)
        c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, right, down)
        return right.value / fine, down.value / fine

    x0, y0 = shown(0, 0)
    (xx, xy), (yx, yy) = shown(1000, 0), shown(0, 1000)
    a, b, e, d = (xx - x0) / 1000, (xy - y0) / 1000, (yx - x0) / 1000, (yy - y0) / 1000
    return lambda x, y: (x0 + a * x + e * y, y0 + b * x + d * y)


def _letters(page: Any, place: Place) -> Iterator[Piece]:
    textpage = page.get_textpage()
    try:
        turned = page.get_rotation() % 180 != 0
        spaced = False
        for at in range(textpage.count_chars()):
            char = _char(c.FPDFText_GetUnicode(textpage, at))
            if not char.strip():
                spaced = True
                continue
            angle = c.FPDFText_GetCharAngle(textpage, at)
            if not turned and _FLAT < angle % 3.14159 < 3.14159 - _FLAT:
                continue
            left, bottom, right, top = textpage.get_charbox(at, loose=True)
            (x0, y0), (x1, y1) = place(left, top), place(right, bottom)
            if x0 == x1 or y0 == y1:
                continue
            yield Piece(char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), spaced=spaced)
            spaced = False
    finally:
        textpage.close()


def _char(code: int) -> str:
    if code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\ufffd"
    # Presentation forms of the CJK radicals block look like the character but are another one.
    char = chr(code)
    return unicodedata.normalize("NFKC", char) if 0x2E80 <= code < 0x2FE0 else char


def _is_garbage(text: str) -> bool:
    bad = sum(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc") for char in text)
    if bad > _UNREADABLE * len(text):
        return True
    # A font without its table of characters: each letter is a wrong one.
    return len(text) > _FEW and plausible(text) < _PLAUSIBLE


class _Drawings:
    """What is drawn on a page: straight lines, and how much of it pictures cover."""

    def __init__(self, page: Any, place: Place) -> None:
        self.rules: list[Rule] = []
        self.pictured = 0.0
        self.any = False
        self._place = place
        count = c.FPDFPage_CountObjects(page)
        for at in range(count):
            self._take(c.FPDFPage_GetObject(page, at), (1, 0, 0, 1, 0, 0), 0)

    def _take(self, thing: Any, outer: tuple[float, ...], depth: int) -> None:
        kind = c.FPDFPageObj_GetType(thing)
        if kind == c.FPDF_PAGEOBJ_TEXT or len(self.rules) > _MANY_RULES:
            return
        self.any = True
        if kind == c.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = _times(_matrix(thing), outer)
            for at in range(c.FPDFFormObj_CountObjects(thing)):
                self._take(c.FPDFFormObj_GetObject(thing, at), inner, depth + 1)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            self._take_path(thing, _times(_matrix(thing), outer))
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            a, b, e, d, _, _ = _times(_matrix(thing), outer)
            self.pictured += abs(a * d - b * e)

    def _take_path(self, path: Any, matrix: tuple[float, ...]) -> None:
        begin = last = None
        for at in range(c.FPDFPath_CountSegments(path)):
            segment = c.FPDFPath_GetPathSegment(path, at)
            x, y = ctypes.c_float(), ctypes.c_float()
            c.FPDFPathSegment_GetPoint(segment, x, y)
            here = self._place(*_apply(matrix, x.value, y.value))
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO:
                begin = here
            elif kind == c.FPDF_SEGMENT_LINETO and last is not None:
                self._take_line(last, here)
            if c.FPDFPathSegment_GetClose(segment) and begin is not None:
                self._take_line(here, begin)
            last = here

    def _take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = start, end
        if min(abs(x0 - x1), abs(y0 - y1)) < 1:
            self.rules.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _matrix(thing: Any) -> tuple[float, ...]:
    matrix = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(thing, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
