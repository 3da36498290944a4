"""Figures that only an earlier report has, told as this period's: what a draft must never do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answer.stated import Figure
from app.draft.carry import lasting
from app.draft.draft import Draft, DraftCitation, Origin
from app.draft.figures import held_figures, only_names
from index.chinese.fold import fold
from index.chinese.periods import find_periods
from index.chinese.sentences import clauses
from index.records import Period

_GAP = re.compile(r"【[^】]*】")
_PLAN_QUOTED = re.compile(r"计划“[^”]*”")
_NUMERAL = r"\d.,零一二两三四五六七八九十百千"
_VALUE = re.compile(rf"^[^{_NUMERAL}]*[{_NUMERAL}]+[多余几]?")


def stale(text: str, cited: Sequence[DraftCitation], draft: Draft) -> tuple[str, ...]:
    """The figures of a sentence that stand in no note, only in an earlier report, undated.

    What that report planned, quoted as its plan, and what the place is (its area, its groups) may
    be said; so may a figure whose own earlier time is named before it.
    """
    # Values and times that stand in a gap say nothing of what is told.
    folded = _GAP.sub(lambda m: " " * len(m[0]), fold(text))
    notes = [f for one in cited if one.origin is Origin.NOTES for f in held_figures(one.quote)]
    before = [f for one in cited if _earlier(one, draft) for f in held_figures(one.quote)]
    found = []
    for figure in held_figures(text):
        if only_names(figure):
            continue
        if any(figure.same(one) for one in notes) or not any(figure.same(one) for one in before):
            continue
        planned = any(m.start() < figure.start < m.end() for m in _PLAN_QUOTED.finditer(folded))
        if not planned and not _lasts(figure, folded) and not _dated(figure, folded, draft):
            found.append(figure.surface)
    return tuple(dict.fromkeys(found))


def _earlier(citation: DraftCitation, draft: Draft) -> bool:
    key = citation.report.period
    told = Period.parse(key) if key is not None else None
    return citation.origin is Origin.ARCHIVE and (told is None or told.end < draft.period.end)


def _lasts(figure: Figure, folded: str) -> bool:
    clause = next(
        (folded[a:b] for a, b in clauses(folded, 0, len(folded)) if a <= figure.start < b), folded
    )
    return lasting(_VALUE.sub("", figure.surface), "", clause)


def _dated(figure: Figure, folded: str, draft: Draft) -> bool:
    """Whether the last date named before it is over before the draft's period begins."""
    dates = [d for d in find_periods(folded, draft.period.end) if d.start < figure.start]
    return bool(dates) and dates[-1].period.end < draft.period.start
