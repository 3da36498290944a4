"""What is put behind a draft in its Word file: comparison, sources, what is odd or missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.draft import layout as gb
from app.draft import texts
from app.draft.draft import Draft, DraftCitation, Origin, asked
from app.draft.styling import off_grid, set_font
from index.chinese.fold import fold
from index.records import Period

ANNEXES = ("指标对比表", "事实依据表", "疑点和未采用内容", "待补充事项")
"""Their names, by which a file that comes back is told from its annexes."""

_GAP = re.compile(r"(?:【待补充[^【】]*】)+")
_COMPARISON = (("指标", 48), ("单位", 16), ("本期", 26), ("上期", 26), ("增减", 40))
_SOURCES = (("句子", 60), ("来源", 40), ("原文", 56))
_TO_FILL = (("待补充指标", 76), ("单位", 30), ("上期值", 50))
_REMARKS = (("内容", 78), ("说明", 78))


def source_of(citation: DraftCitation) -> str:
    """Where a citation stands and what it says, in one line."""
    return f"{_place_of(citation)}：「{citation.quote}」"


def _place_of(citation: DraftCitation) -> str:
    report = citation.report
    when = Period.parse(report.period).chinese if report.period else None
    title = report.title or report.source
    # 石梁村2018年上半年工作总结 says whose and of when it is.
    known = [one for one in (report.place, when) if one and one not in fold(title)]
    handed_in = citation.origin is Origin.NOTES
    parts = [title, *([] if handed_in else known), citation.heading]
    if citation.page is not None:
        parts.append(f"第{citation.page}页")
    if citation.sheet is not None:
        parts.append(f"工作表{citation.sheet}")
    if citation.row is not None:
        parts.append(f"第{citation.row}行")
    return "，".join(part for part in parts if part)


def add_annexes(document: Any, draft: Draft) -> None:
    """Append each annex that has a row, the first on a new page."""
    cited = {citation.n: citation for citation in draft.citations}
    compared = [
        (f.indicator, f.unit, _bare(f.this, f.unit), _bare(f.last, f.unit), f.change or "—")
        for f in draft.figures
    ]
    sources = []
    for section in draft.sections:
        for sentence in section.sentences:
            own = [cited[n] for n in sentence.citations if n in cited]
            if not sentence.rejected:
                where = "\n".join(_place_of(c) for c in own) or "—"
                # What a gap asks for stands in the annex of them, its last value in the quotation.
                text = _GAP.sub(f"【{texts.GAPS}】", sentence.text)
                sources.append((text, where, "\n".join(c.quote for c in own) or "—"))
    alarms = [(f.indicator, f.alarm) for f in draft.figures if f.alarm]
    checked = draft.verification
    alarms += [(doubt.text, doubt.reason) for doubt in (*checked.unsupported, *checked.left_out)]
    missing = [
        (item.indicator, item.unit or "—", _bare(item.last, item.unit)) for _, item in asked(draft)
    ]
    missing += [(texts.DAY, "—", "—")] if draft.dated is None else []
    annexes: list[tuple[str, Sequence[tuple[str, int]], Sequence[tuple[str, ...]]]] = [
        (ANNEXES[0], _COMPARISON, compared),
        (ANNEXES[1], _SOURCES, sources),
        (ANNEXES[2], _REMARKS, alarms),
        (ANNEXES[3], _TO_FILL, missing),
    ]
    kept = [annex for annex in annexes if annex[2]]
    for number, (name, columns, rows) in enumerate(kept, 1):
        _headed(document, f"附件{number}" if len(kept) > 1 else "附件", name)
        _table(document, columns, rows)


def _headed(document: Any, number: str, name: str) -> None:
    """附件1 at the top left of a new page, its title centred on the third line."""
    heading = document.add_paragraph(number, style="Heading 1")
    heading.paragraph_format.first_line_indent = Pt(0)
    heading._p.pPr.ind.set(qn("w:firstLineChars"), "0")
    heading.paragraph_format.page_break_before = True
    document.add_paragraph().paragraph_format.keep_with_next = True
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.line_spacing = Pt(gb.LINE)
    off_grid(title._p.get_or_add_pPr())
    set_font(title.add_run(name), gb.TITLE, gb.ERHAO)
    document.add_paragraph().paragraph_format.keep_with_next = True


def _bare(value: str | None, unit: str) -> str:
    """A value without the unit that stands in a column of its own."""
    if not value:
        return "—"
    bare = re.sub(rf"(?<=\d){re.escape(unit)}(?=$|[(（])", "", value) if unit else value
    return bare or value


def _table(
    document: Any, columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]
) -> None:
    """A ruled table whose header stands again on each page; widths in mm."""
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    table.autofit = False
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for values in (tuple(name for name, _ in columns), *rows):
        row = table.add_row()
        for cell, value, (_, width) in zip(row.cells, values, columns, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(gb.TABLE_LINE)
            off_grid(paragraph._p.get_or_add_pPr())
            paragraph.add_run(value).font.size = Pt(gb.WUHAO)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if row._tr is table.rows[0]._tr:
            properties.append(OxmlElement("w:tblHeader"))
