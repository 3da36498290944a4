"""Verification of a draft: every sentence held to its sources; works again after every edit."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answer.evidence import Source
from app.answer.verify import check
from app.draft import texts
from app.draft.comparing import reckoned
from app.draft.draft import Doubt, Draft, DraftCitation, DraftSentence, Origin, SentenceKind
from app.draft.stale import stale
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.records import Period

GAP = re.compile(r"【待补充[:：][^【】]*】")
_TELLS = re.compile(r",(?:上期|计划)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_STOPS = ",。;:!?、 "


def checked(draft: Draft) -> Draft:
    """The draft with its sentences verified anew; what was left out stays noted."""
    by_number = {one.n: one for one in draft.citations}
    numbers = 0
    doubts: list[Doubt] = []
    for section in draft.sections:
        for sentence in section.sentences:
            if sentence.rejected:
                continue
            cited = [by_number[n] for n in sentence.citations if n in by_number]
            found, reason = _held(sentence, cited, draft)
            numbers += found
            if reason is not None:
                doubts.append(Doubt(sentence.text, reason, sentence.citations))
    verification = replace(draft.verification, numbers=numbers, unsupported=tuple(doubts))
    return replace(draft, verification=verification)


def doubt_of(sentence: DraftSentence, draft: Draft) -> str | None:
    """Why a sentence does not hold to its sources; None if it does."""
    cited = [one for one in draft.citations if one.n in sentence.citations]
    return _held(sentence, cited, draft)[1]


def _held(
    sentence: DraftSentence, cited: list[DraftCitation], draft: Draft
) -> tuple[int, str | None]:
    """How many of its numbers the sources have, and why it does not hold (None if it does)."""
    said = fold(GAP.sub("", sentence.text))
    if not cited:
        # A bare gap states nothing that would need a source.
        return 0, None if not said.strip(_STOPS) else texts.NO_SOURCE
    quotes = [fold(one.quote) for one in cited]
    # 【待补充：2024年工作计划】 is a heading, and tells no value of an earlier time.
    told = GAP.sub(lambda m: m[0] if _TELLS.search(fold(m[0])) else "", sentence.text)
    wanted = _DIGITS.findall(fold(told))
    if sentence.kind is SentenceKind.COMPARISON and reckoned(sentence.text, cited):
        return len(wanted), None
    known = set(_DIGITS.findall(" ".join(quotes)))
    for period in _periods(cited, draft):
        known |= set(_DIGITS.findall(fold(period.chinese)))
        known |= set(_DIGITS.findall(period.key))
    missing = [one for one in wanted if one not in known and not _gap_date(one, sentence)]
    found = len(wanted) - len(missing)
    if missing:
        return found, f"{texts.NOT_HELD}：{'、'.join(dict.fromkeys(missing))}"
    if old := stale(sentence.text, cited, draft):
        return found, f"{'、'.join(old)}{texts.STALE}"
    if GAP.search(sentence.text):
        return found, None
    if all(_in(clause, quotes) for clause in _clauses(said)):
        return found, None
    findings = check(said, [as_source(one, draft) for one in cited])
    if findings:
        return found, f"{texts.NOT_HELD}：{'、'.join(dict.fromkeys(f.what for f in findings))}"
    return found, None


def _gap_date(number: str, sentence: DraftSentence) -> bool:
    """Whether a number only dates a last value inside a gap: (2017年12月31日)."""
    folded = fold(sentence.text)
    inside = " ".join(re.findall(r"\((\d{4}年[^()【】]*)\)", folded))
    outside = re.sub(r"\(\d{4}年[^()【】]*\)", "", folded)
    return number in _DIGITS.findall(inside) and number not in _DIGITS.findall(outside)


def _periods(cited: list[DraftCitation], draft: Draft) -> list[Period]:
    found = [draft.period]
    for one in cited:
        if one.report.period is not None:
            found.append(Period.parse(one.report.period))
    return found


def _clauses(text: str) -> list[str]:
    return [
        clause
        for first, last in clauses(text, 0, len(text))
        if (clause := text[first:last].strip(_STOPS))
    ]


def _in(clause: str, quotes: list[str]) -> bool:
    return any(clause in quote for quote in quotes)


def as_source(citation: DraftCitation, draft: Draft) -> Source:
    """A citation as the checks of answers take one; what was handed in is of the draft's period."""
    period = draft.period
    if citation.origin is Origin.ARCHIVE and citation.report.period is not None:
        period = Period.parse(citation.report.period)
    return Source(
        citation.quote,
        place=citation.report.place or draft.place,
        period=period,
        context=f"{citation.report.title} {citation.heading}",
        anchor=period.end,
    )
