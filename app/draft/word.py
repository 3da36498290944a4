"""A draft as a Word file in the layout of GB/T 9704-2012."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from app.draft import layout as gb
from app.draft.annexes import add_annexes, source_of
from app.draft.dating import GAP, day_said
from app.draft.draft import Draft, DraftSection, paragraphs
from app.draft.endnotes import Endnotes
from app.draft.layout import Layout
from app.draft.styling import indent, off_grid, set_font

BOOKMARK = "_huibao_"
"""Begins the name of a bookmark that tells draft and version, as other programs may drop the
property that does; Word hides a bookmark whose name begins so."""

_TO_FILL = re.compile(r"(【待补充[^】]*】)")


def write_docx(draft: Draft, path: Path, layout: Layout | None = None, *, name: str = "") -> None:
    """Write the draft to `path`; sentences that were rejected are left out.

    `name` is kept in the file's properties: the draft and version that it was written from.
    """
    layout = layout or Layout()
    document: Any = docx.Document()
    document.core_properties.title = draft.title
    document.core_properties.author = draft.unit or ""
    document.core_properties.comments = ""
    document.core_properties.identifier = name
    _page(document)
    _styles(document)
    _fallbacks(document)
    title = document.add_paragraph(draft.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if side := gb.title_indent(draft.title):
        title.paragraph_format.left_indent = title.paragraph_format.right_indent = Pt(side)
    if name:
        _bookmark(title, BOOKMARK + name.replace("-", "_"))
    document.add_paragraph()
    notes = Endnotes(document) if layout.endnotes else None
    for section in draft.sections:
        _section(document, draft, section, layout, notes)
    _signature(document, draft)
    if layout.with_annexes:
        add_annexes(document, draft)
    if notes is not None:
        notes.close()
    document.save(str(path))


def _bookmark(paragraph: Any, name: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), "0")
    start.set(qn("w:name"), name)
    paragraph._p.pPr.addnext(start)
    paragraph._p.append(end)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(gb.PAGE_MM[0]), Mm(gb.PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(gb.TOP_MM), Mm(gb.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(gb.LEFT_MM), Mm(gb.RIGHT_MM)
    # The number stands 7 mm below the text.
    section.footer_distance = Mm(gb.BOTTOM_MM - 7 - 5)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(gb.LINE_PITCH))
    properties.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _number(paragraph: Any, side: Any) -> None:
    """「— 1 —」, one character in from the outer edge."""
    paragraph.alignment = side
    edge = Pt(gb.SIHAO)
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = edge
    else:
        paragraph.paragraph_format.left_indent = edge
    for kind, text in (("", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        set_font(run, gb.PAGE_NUMBER, gb.SIHAO)
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _styles(document: Any) -> None:
    # Else 「。」 and 「,」 are set as Japanese or Taiwan sets them.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    levels = (gb.HEADING_1, gb.HEADING_2, gb.BODY)
    wanted = [("Normal", gb.BODY, gb.SANHAO), ("Title", gb.TITLE, gb.ERHAO)]
    wanted += [(f"Heading {n}", font, gb.SANHAO) for n, font in enumerate(levels, 1)]
    for name, font, size in wanted:
        style = document.styles[name]
        set_font(style, font, size)
        _spacing(style)
        style.font.bold = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(gb.LINE)
        # The template underlines its title with a blue border.
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
        if name.startswith("Heading"):
            indent(shape)
        if name == "Title":
            # On the grid a line of 28 points takes two of its lines as soon as it is wider.
            off_grid(style.element.get_or_add_pPr())


def _spacing(style: Any) -> None:
    properties = style.element.get_or_add_rPr()
    # The template spreads its title; the order of the schema asks for a place of its own.
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(gb.CHARACTER_SPACE))
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _fallbacks(document: Any) -> None:
    """Name in the font table what stands in for a font that a computer lacks."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table: Any = parse_xml(part.blob)
    for font in gb.FONTS:
        entry = etree.SubElement(table, qn("w:font"))
        entry.set(qn("w:name"), font.name)
        other = etree.SubElement(entry, qn("w:altName"))
        other.set(qn("w:val"), ",".join(font.fallbacks))
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _section(
    document: Any, draft: Draft, section: DraftSection, layout: Layout, notes: Endnotes | None
) -> None:
    document.add_paragraph(section.heading, style=f"Heading {min(max(section.level, 1), 3)}")
    cited = {citation.n: citation for citation in draft.citations}
    for sentences in paragraphs(section):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(paragraph.paragraph_format)
        for sentence in sentences:
            runs = []
            for piece in filter(None, _TO_FILL.split(sentence.text)):
                run = paragraph.add_run(piece)
                if _TO_FILL.fullmatch(piece):
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
                runs.append(run)
            sources = [source_of(cited[n]) for n in sentence.citations if n in cited]
            if layout.comments and runs and sources:
                document.add_comment(runs, "\n".join(sources), author="汇报", initials="汇")
            if notes is not None and runs and sources:
                notes.add(paragraph, "；".join(sources))


def _signature(document: Any, draft: Draft) -> None:
    """The day four characters in from the right, the unit centred above it, after an empty line."""
    # The unit never stands on a page of its own.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.keep_with_next = True
    day, unit = day_said(draft), draft.unit
    wider = (gb.width(unit) - gb.width(day)) / 2 if unit else 0.0
    # A long unit moves both to the left.
    edge = max(gb.SIGNED_IN * gb.SANHAO, wider)
    for line, right in ((unit, edge - wider), (day, edge)):
        if not line:
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(right)
        paragraph.paragraph_format.keep_with_next = line is unit
        run = paragraph.add_run(line)
        if line == GAP:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
