"""A report as safe HTML: its headings and paragraphs, with the quoted sentences marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import quote

from app.answer.answer import Citation
from app.texts import in_file
from app.web import texts
from app.web.escape import inert
from app.web.names import file_name
from index.positions import NOWHERE
from index.records import Report

QUOTE_ID = "hb-quote"
"""The id of the first piece of the quotation that was asked for; page.js scrolls to it."""

_LINE = re.compile(r"[^\s][^\r\n]*")
_SECTION = re.compile(r"第?[一二三四五六七八九十]+(?:、|部分|章|[.．])")
_SUBSECTION = re.compile(r"[(（][一二三四五六七八九十]+[)）]")
_ENDS_SENTENCE = "。；;!！?？…"
_HEADING_MAX = 40
"""Longer lines that start like a heading are paragraphs that begin with a number."""
_LEAD_MAX = 30


@dataclass(frozen=True)
class Mark:
    """Characters of the report's text to highlight."""

    start: int
    end: int


def marks_for(report: Report, asked: Citation, others: Sequence[Citation]) -> tuple[Mark, ...]:
    """The quotation asked for, then the answer's others in this report; empty if it is gone."""
    found = [mark for c in (asked, *others) if (mark := _locate(report.text, c)) is not None]
    return tuple(found) if _locate(report.text, asked) is not None else ()


def _locate(text: str, citation: Citation) -> Mark | None:
    if text[citation.start : citation.end] == citation.quote:
        return Mark(citation.start, citation.end)
    # The report was ingested again since the answer: its quotation may have moved.
    moved = text.find(citation.quote) if citation.quote else -1
    return None if moved < 0 else Mark(moved, moved + len(citation.quote))


def viewer_html(
    report: Report, marks: Sequence[Mark], *, cited: bool = True, back: str = texts.BACK
) -> str:
    """The whole viewer; the first mark is the one to show, no mark says that it was not found.

    Not `cited`: opened for itself, with nothing to find in it.
    """
    period = report.period.chinese if report.period else texts.PERIOD_UNKNOWN
    first = report.position(marks[0].start, marks[0].end) if marks else NOWHERE
    at = in_file(first.page, first.sheet, first.row)
    named = texts.FILE.format(file_name(report.source))
    facts = [report.place or texts.PLACE_UNKNOWN, period, named]
    facts += [texts.CITED_AT.format(at)] if at else []
    notice = "" if marks or not cited else _notice(texts.REPORT_CHANGED)
    if first.sure is not None:
        notice = _notice(texts.recognised(first.sure))
    return (
        f'<article class="hb-viewer" aria-label="{inert(report.title)}">'
        f'<header class="hb-viewer-head">{_back(back)}{_original(report.id)}'
        f'<h2 tabindex="-1">{inert(report.title or file_name(report.source))}</h2>'
        f'<p class="hb-facts">{"".join(f"<span>{inert(fact)}</span>" for fact in facts)}</p>'
        f'{notice}</header><div class="hb-text">{body_html(report, marks)}</div></article>'
    )


def gone_html(back: str = texts.BACK) -> str:
    """The viewer for a report that is no longer in the archive."""
    head = f'<header class="hb-viewer-head">{_back(back)}{_notice(texts.REPORT_GONE)}</header>'
    return f'<article class="hb-viewer">{head}</article>'


def _back(text: str = texts.BACK) -> str:
    return f'<button type="button" class="hb-back" data-back>{text}</button>'


def _original(report_id: str) -> str:
    # A tab of its own: what may not be downloaded is said there, and the conversation stays.
    return (
        f'<a class="hb-original" href="original/{quote(report_id, safe="")}" target="_blank"'
        f' rel="noopener">{texts.ORIGINAL}</a>'
    )


def _notice(text: str) -> str:
    return f'<p class="hb-notice" role="status">{inert(text)}</p>'


def body_html(report: Report, marks: Sequence[Mark]) -> str:
    """The text line by line; what lies under several marks is marked once, the first mark's way."""
    page = _Page(report.text, report.title, tuple(marks))
    return "".join(
        page.line(found.start(), found.start() + len(found[0].rstrip()))
        for found in _LINE.finditer(report.text)
    )


@dataclass(frozen=True)
class _Page:
    text: str
    title: str
    marks: tuple[Mark, ...]

    @cached_property
    def first(self) -> int:
        """The first visible character of the first mark, which may begin with a line break."""
        shown = self.marks[:1]
        visible = (i for m in shown for i in range(m.start, m.end) if self.text[i : i + 1].strip())
        return next(visible, -1)

    def line(self, start: int, end: int) -> str:
        """One line as an element, cut where a mark or the run-in heading begins or ends."""
        tag, lead = _shape(self.text[start:end], self.title)
        edges = {edge for mark in self.marks for edge in (mark.start, mark.end)}
        cuts = sorted({start, start + lead, end} | {e for e in edges if start < e < end})
        pieces = (self.piece(a, b, strong=b <= start + lead) for a, b in pairwise(cuts))
        return f"<{tag}>{''.join(pieces)}</{tag}>"

    def piece(self, start: int, end: int, *, strong: bool) -> str:
        html = inert(self.text[start:end])
        if strong:
            html = f"<strong>{html}</strong>"
        over = [n for n, mark in enumerate(self.marks) if mark.start < end and start < mark.end]
        if not over:
            return html
        if over[0] > 0:
            return f'<mark class="hb-also">{html}</mark>'
        here = f' id="{QUOTE_ID}"' if start <= self.first < end else ""
        return f'<mark{here} class="hb-cited" title="{texts.QUOTE_MARK}">{html}</mark>'


def _shape(line: str, title: str) -> tuple[str, int]:
    """The element for a line, and how many of its first characters are a run-in heading."""
    if line == title:
        return "h3", 0
    for pattern, tag in ((_SECTION, "h4"), (_SUBSECTION, "h5")):
        if pattern.match(line):
            if len(line) <= _HEADING_MAX and line[-1] not in _ENDS_SENTENCE:
                return tag, 0
            stop = line.find("。") + 1
            return "p", stop if 0 < stop <= _LEAD_MAX else 0
    return "p", 0
