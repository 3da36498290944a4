"""A question's hits held to its case: is the answer among them, and do any come from elsewhere?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case
from eval.metrics import plain
from eval.ranking import complete_at
from index.chinese.fold import fold
from index.chinese.periods import find_periods
from index.records import Hit, Period, StoredPassage, anchor_of

_AROUND = 6
"""Characters of the evidence beside an answer by which its place is told from another 5%."""
_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d)(?=年|上半年|下半年|全年|年底)")
_SUFFIX = re.compile(r"(?:社区|街道|自治州|自治区|[村镇乡县市省区])$")
_NAMES_REPORT = re.compile(r"工作报告")


@dataclass(frozen=True)
class Retrieved:
    """One question's hits, judged; None where a judgement does not apply."""

    case: Case
    hits: int
    rank: int | None
    """The rank by which the gold report's hits hold the whole answer."""
    placed: int | None
    """The same, where the evidence has it: with the characters beside it."""
    strays: int | None
    """Hits from a wrong place or year; None where the question names neither."""
    others: int | None
    """Hits from reports of another place or year, whatever they name; needs a gold index."""
    seconds: float


def judged(
    case: Case,
    hits: Sequence[Hit],
    filed: Mapping[str, tuple[str, int]],
    places: set[str],
    seconds: float = 0.0,
) -> Retrieved:
    """Hold a question's hits to its case; `places` are those that the archive's reports are of."""
    place = case.place or max((p for p in places if p in case.question), key=len, default=None)
    years = {case.year} if case.year else {2000 + int(y) for y in _YEAR.findall(case.question)}
    named = bool(_NAMES_REPORT.search(case.question))
    texts = [hit.stored.passage.text if _of_file(hit.stored, case.source) else "" for hit in hits]
    strays = others = None
    if place or years:
        strays = sum(_stray(hit.stored, place, years, named, filed) for hit in hits)
    if filed and case.place and case.year:
        own = (case.place, case.year)
        others = sum(filed.get(Path(hit.stored.source).name) != own for hit in hits)
    return Retrieved(
        case,
        len(hits),
        complete_at(texts, case.must, plain) if case.answerable else None,
        complete_at(texts, surroundings(case), plain) if case.answerable else None,
        strays,
        others,
        round(seconds, 4),
    )


def surroundings(case: Case) -> list[str]:
    """Each part of the answer with what stands beside it in the evidence, as `plain` gives it."""
    evidence = plain(case.evidence or "")
    found: list[str] = []
    for part in map(plain, case.must):
        at = evidence.find(part)
        found.append(evidence[max(0, at - _AROUND) : at + len(part) + _AROUND] if at >= 0 else part)
    return found


def _of_file(stored: StoredPassage, source: str | None) -> bool:
    return source is not None and stored.source.endswith(source)


def _short(place: str) -> str:
    """A place as its neighbours say it, without 村 or 镇, where two characters are left."""
    short = _SUFFIX.sub("", place)
    return short if len(short) >= 2 else place


def _stray(
    stored: StoredPassage,
    place: str | None,
    years: set[int],
    named: bool,
    filed: Mapping[str, tuple[str, int]],
) -> bool:
    """Whether a hit has no right to stand under the question's place and year.

    The report's place or one that the passage names; the report's year or one that the passage
    states, unless the question names the report itself.
    """
    described, text = stored.described, stored.passage.text
    gold_place, gold_year = filed.get(Path(stored.source).name, (None, None))
    if place is not None:
        of = {gold_place} if gold_place else {described.place, *described.within}
        if place not in of and _short(fold(place)) not in fold(text):
            return True
    if not years:
        return False
    spans = [Period.year(year) for year in years]
    own = Period.year(gold_year) if gold_year else described.period
    if own is not None and any(own.overlaps(span) for span in spans):
        return False
    stated = find_periods(fold(text), anchor_of(described))
    return named or not any(one.period.overlaps(span) for one in stated for span in spans)
