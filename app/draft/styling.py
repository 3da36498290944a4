"""How runs, styles and paragraphs of a Word file are set."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from app.draft import layout as gb
from app.draft.layout import Font


def set_font(styled: Any, font: Font, size: float) -> None:
    """Give a run or a style this font for Chinese and other letters alike; size in points."""
    styled.font.size = Pt(size)
    properties = styled.element.get_or_add_rPr()
    # The template's own names point into its theme, which would go before ours.
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    styled.font.name = font.name
    for kind in ("eastAsia", "cs"):
        properties.rFonts.set(qn(f"w:{kind}"), font.name)


def indent(shape: Any) -> None:
    """Two characters before the first line."""
    shape.first_line_indent = Pt(2 * gb.SANHAO)
    shape.element.pPr.ind.set(qn("w:firstLineChars"), "200")


def off_grid(properties: Any) -> None:
    """Lines as high as they are told to be: on the grid a lower one takes a whole line of it."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties.find(qn("w:spacing")).addprevious(off)
