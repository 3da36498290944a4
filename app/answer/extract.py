"""Answers without a language model: the archive's own sentences, the value asked for in front."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.answer.answer import Citation, ReportRef
from app.answer.answer import Sentence as AnswerSentence
from app.answer.candidates import Candidate, candidates, governing, period_allows, weigh
from app.answer.values import Value, values
from index.chinese.fold import fold
from index.query import Query, Wanted
from index.records import Hit, Report, StoredPassage

COVERED = 0.62
"""Share of the asked words that an answering sentence must cover; measured by `huibao eval`."""
_NARRATIVE_COVERED = 0.5
_VALUE_SHARE = 0.8
_PLACES = 12
"""Places that a question without one is answered for at the most."""
_NEAR_ENOUGH = 0.3
"""How near the asked words must stand to a value for it to be theirs."""
_PART_OF_PERIOD = 0.92
_MORE = 0.9
"""How near to the best a sentence of another report must come to be told beside it."""
_MOST = {Wanted.LIST: 4, Wanted.NARRATIVE: 6}
_DIRECT = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})
_OF_REPORT = re.compile(r"报告|总结|汇报|材料")


@dataclass(frozen=True)
class Extract:
    """What the archive says: the direct value, and sentences with their citations."""

    direct: str | None
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class _Scored:
    candidate: Candidate
    value: Value | None
    score: float
    timely: float


def extract(
    query: Query,
    hits: Sequence[Hit],
    rarity: Callable[[str], float],
    report_of: Callable[[str], Report | None],
) -> Extract | None:
    """The answer that the hits hold, or None where they do not say it."""
    if query.wanted is Wanted.DATE and not query.terms and _OF_REPORT.search(fold(query.text)):
        return _report_date(query, hits, report_of)

    def earlier(hit: Hit) -> str:
        # Reading whole reports takes time, and mostly targets stand in enumerations that long.
        report = report_of(hit.stored.passage.report_id) if query.plan else None
        if report is None:
            return ""
        start = hit.stored.passage.start
        return report.text[report.text.rfind("\n", 0, start) + 1 : start]

    weights = weigh(query.terms, rarity)
    rarities = {term.word: min(map(rarity, term.alike)) for term in query.terms}
    scored = [
        one
        for candidate in candidates(query, hits, weights, earlier)
        if (one := _score(query, candidate, rarities)) is not None
    ]
    scored.sort(key=lambda one: (-one.score, one.candidate.hit.rank, one.candidate.start))
    if places := _by_place(query, scored):
        return _told_by_place(places)
    chosen = _chosen(query, scored)
    if not chosen:
        return None
    return _told(chosen)


def _score(query: Query, candidate: Candidate, rarities: dict[str, float]) -> _Scored | None:
    """The sentence's score, or None where it cannot be the answer."""
    needed = _NARRATIVE_COVERED if query.wanted is Wanted.NARRATIVE else COVERED
    if candidate.coverage < needed:
        return None
    value: Value | None = None
    if query.wanted in _DIRECT:
        found = list(values(query, candidate, rarities))
        if not query.plan:
            # 计划脱贫148户 does not say that they are out of poverty.
            found = [one for one in found if not candidate.planned(one.start)]
        else:
            found = [one for one in found if candidate.aimed(one.start)]
        if not found:
            return None
        value = max(found, key=lambda one: one.score)
        if value.score < _NEAR_ENOUGH:
            return None
    elif not period_allows(query, candidate, None):
        return None
    score = candidate.coverage + _VALUE_SHARE * (value.score if value else 0.0)
    timely = _timely(query, candidate, value)
    score *= timely
    if score < needed * (1.0 if value is None else 0.9):
        return None
    return _Scored(candidate, value, score, timely)


def _timely(query: Query, candidate: Candidate, value: Value | None) -> float:
    """Less for a part of the period asked about: of 2022 the year's figure, not the half-year's."""
    if not query.periods:
        return 1.0
    stated = governing(candidate, value.start if value else None)
    described = candidate.hit.stored.described.period
    ends = {period.end for period in query.periods}
    # What a report says without a date, or of 今年, is as of the report's own end.
    own = [period.end for period in (stated, described) if period is not None]
    longer = stated is not None and stated.start.year != stated.end.year
    return 1.0 if any(end in ends for end in own) and not longer else _PART_OF_PERIOD


def _chosen(query: Query, scored: Sequence[_Scored]) -> list[_Scored]:
    if not scored:
        return []
    best = scored[0]
    if query.wanted in _DIRECT:
        # Another place or report that says it as well as the best does belongs beside it.
        chosen = [best]
        for one in scored[1:]:
            known = {c.candidate.hit.stored.passage.report_id for c in chosen}
            other = one.candidate.hit.stored.passage.report_id not in known
            near = one.score >= _MORE * best.score and one.timely >= best.timely
            if other and near and len(chosen) < 3:
                chosen.append(one)
        return chosen
    most = _MOST.get(query.wanted, 2)
    chosen = [one for one in scored if one.score >= 0.8 * best.score][:most]
    return sorted(chosen, key=lambda one: (one.candidate.hit.stored.source, one.candidate.start))


def _by_place(query: Query, scored: Sequence[_Scored]) -> list[_Scored]:
    """The best of each place, where the question names none and several have the answer."""
    if query.places or query.wanted not in _DIRECT - {Wanted.PLACE} or not scored:
        return []
    best: dict[str, _Scored] = {}
    for one in scored:
        place = one.candidate.hit.stored.described.place
        if place and one.value and one.score >= _MORE * scored[0].score:
            kept = best.get(place)
            if kept is None or _ends(one) > _ends(kept):
                best[place] = one
    return list(best.values())[:_PLACES] if len(best) > 1 else []


def _ends(one: _Scored) -> date:
    """How late what a report covers ends: of two half-years the later speaks for the place."""
    period = one.candidate.hit.stored.described.period
    return period.end if period else date.min


def _told_by_place(chosen: Sequence[_Scored]) -> Extract:
    """A line for each place, none of them picked as the answer."""
    citations = tuple(_cite(n, one.candidate) for n, one in enumerate(chosen, 1))
    sentences = []
    for citation, one in zip(citations, chosen, strict=True):
        described = one.candidate.hit.stored.described
        when = f"({described.period.chinese})" if described.period else ""
        value = one.value.text if one.value else ""
        sentences.append(AnswerSentence(f"{described.place}{when}:{value}", (citation.n,)))
    return Extract(None, tuple(sentences), citations)


def _told(chosen: Sequence[_Scored]) -> Extract:
    citations = tuple(_cite(n, one.candidate) for n, one in enumerate(chosen, 1))
    direct = chosen[0].value.text if chosen[0].value else None
    sentences = [AnswerSentence(one.candidate.text, (n,)) for n, one in enumerate(chosen, 1)]
    if direct is not None:
        sentences.insert(0, AnswerSentence(direct, (1,)))
    return Extract(direct, tuple(sentences), citations)


def _report_date(
    query: Query, hits: Iterable[Hit], report_of: Callable[[str], Report | None]
) -> Extract | None:
    """When the report was delivered or signed, by the line that says so."""
    for hit in hits:
        described = hit.stored.described
        if query.places and not any(place.name == described.place for place in query.places):
            continue  # it names the place, but it is not that place's report
        report = report_of(hit.stored.passage.report_id)
        if described.dated is None or described.dated_span is None or report is None:
            continue
        day = described.dated
        start, end = described.dated_span
        citation = Citation(1, reference(hit.stored), "", report.text[start:end], start, end)
        direct = f"{day.year}年{day.month}月{day.day}日"
        told = (AnswerSentence(direct, (1,)), AnswerSentence(citation.quote, (1,)))
        return Extract(direct, told, (citation,))
    return None


def reference(stored: StoredPassage) -> ReportRef:
    """The report of a passage, as the interfaces name it."""
    described = stored.described
    period = described.period.key if described.period else None
    return ReportRef(
        stored.passage.report_id, described.title, described.place, period, stored.source
    )


def _cite(n: int, candidate: Candidate) -> Citation:
    passage = candidate.hit.stored.passage
    return Citation(
        n,
        reference(candidate.hit.stored),
        " > ".join(passage.heading),
        candidate.text,
        candidate.start,
        candidate.end,
    )
