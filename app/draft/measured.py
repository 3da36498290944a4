"""The figures that the sentences of a draft state, as the ledger reads those of a report."""

from __future__ import annotations

from pathlib import Path

from app.draft.draft import Draft
from app.history.statements import Statement
from index.chinese.fold import fold
from index.records import Described, Report
from ingest.lines import Line
from ingest.measure import measure
from ingest.split import split, text_of

ID = "draft"
"""The report id of a draft's own statements."""


def without_gaps(text: str) -> str:
    """The text with what stands in 【…】 as blanks: a gap tells last time's value."""
    kept, depth = [], 0
    for char in text:
        depth += char == "【"
        kept.append(" " if depth else char)
        depth -= char == "】" and depth > 0
    return "".join(kept)


def measured(draft: Draft, indicators: Path | None = None) -> dict[str, Statement]:
    """Sentence id -> the sentence with its figures; sentences without any are not there.

    Rejected sentences are left out. Offsets of `figures` count from `statement.start`.
    """
    lines: list[Line] = []
    spans: list[tuple[str, str, int]] = []
    at = 0
    for section in draft.sections:
        lines.append(Line(section.heading))
        at += len(section.heading) + 1
        for one in section.sentences:
            if not one.rejected and one.text.strip():
                spans.append((one.id, one.text, at))
                lines.append(Line(without_gaps(one.text)))
                at += len(one.text) + 1
    described = Described(title=draft.title, place=draft.place, period=draft.period)
    text = text_of(lines)
    report = Report(ID, draft.title, described, text, 0)
    figures = measure(report, tuple(split(ID, lines)), indicators).figures
    found = {}
    for key, words, start in spans:
        own = tuple(one for one in figures if start <= one.start < start + len(words))
        if own:
            found[key] = Statement(ID, described, draft.title, start, words, fold(words), own)
    return found
