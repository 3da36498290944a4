"""PDF pages as Word prints them, of fictional sentences."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 14
LEFT, TOP, PITCH = 80, 760, 26
FULL = 30
"""Chinese characters of a full row."""

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), **options)  # type: ignore[arg-type]
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def fitting(text: str, width: int) -> str:
    """As much of the text as goes into a row of so many characters."""
    end = len(text)
    while pdfmetrics.stringWidth(text[:end], FONT, SIZE) > width * SIZE:
        end -= 1
    return text[:end]


def text_page(*texts: str, head: str = "", foot: str = "") -> Callable[[Canvas], None]:
    """A page of paragraphs set as Word sets them: two characters indented, full rows."""

    def draw(canvas: Canvas) -> None:
        y = TOP
        for text in texts:
            rest, indent = text, 2
            if text.startswith("…"):  # goes on from the page before
                rest, indent = text[1:], 0
            while rest:
                row = fitting(rest, FULL - indent)
                canvas.drawString(LEFT + indent * SIZE, y, row)
                rest, indent = rest[len(row) :], 0
                y -= PITCH
        canvas.drawCentredString(297, 805, head)
        canvas.drawCentredString(297, 40, foot)

    return draw
