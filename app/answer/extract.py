"""Answers without a language model: the archive's own sentences, the value asked for in front."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.answer.answer import Citation, ReportRef
from app.answer.answer import Sentence as AnswerSentence
from index.evidence.candidates import Candidate
from index.evidence.score import DIRECT, Scored, asks_report_date
from index.query import Query, Wanted
from index.records import Hit, Report, StoredPassage

ReportOf = Callable[[str], Report | None]

_PLACES = 12
"""Places that a question without one is answered for at the most."""
_MORE = 0.9
"""How near to the best a sentence of another report must come to be told beside it."""
_MOST = {Wanted.LIST: 4, Wanted.NARRATIVE: 6}


@dataclass(frozen=True)
class Extract:
    """What the archive says: the direct value, and sentences with their citations."""

    direct: str | None
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def extract(
    query: Query, found: Sequence[Scored], hits: Sequence[Hit], report_of: ReportOf
) -> Extract | None:
    """The answer that the hits hold, or None where they do not say it.

    `found` are the scored sentences of the hits, the best first.
    """
    if asks_report_date(query):
        return _report_date(query, hits, report_of)
    answering = [one for one in found if one.answers]
    if places := _by_place(query, answering):
        return _told_by_place(places)
    chosen = _chosen(query, answering)
    return _told(chosen) if chosen else None


def _chosen(query: Query, scored: Sequence[Scored]) -> list[Scored]:
    if not scored:
        return []
    best = scored[0]
    if query.wanted in DIRECT:
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


def _by_place(query: Query, scored: Sequence[Scored]) -> list[Scored]:
    """The best of each place, where the question names none and several have the answer."""
    if query.places or query.wanted not in DIRECT - {Wanted.PLACE} or not scored:
        return []
    best: dict[str, Scored] = {}
    for one in scored:
        place = one.candidate.hit.stored.described.place
        if place and one.value and one.score >= _MORE * scored[0].score:
            kept = best.get(place)
            if kept is None or _ends(one) > _ends(kept):
                best[place] = one
    return list(best.values())[:_PLACES] if len(best) > 1 else []


def _ends(one: Scored) -> date:
    """How late what a report covers ends: of two half-years the later speaks for the place."""
    period = one.candidate.hit.stored.described.period
    return period.end if period else date.min


def _told_by_place(chosen: Sequence[Scored]) -> Extract:
    """A line for each place, none of them picked as the answer."""
    citations = tuple(_cite(n, one.candidate) for n, one in enumerate(chosen, 1))
    sentences = []
    for citation, one in zip(citations, chosen, strict=True):
        described = one.candidate.hit.stored.described
        when = f"({described.period.chinese})" if described.period else ""
        value = one.value.text if one.value else ""
        sentences.append(AnswerSentence(f"{described.place}{when}:{value}", (citation.n,)))
    return Extract(None, tuple(sentences), citations)


def _told(chosen: Sequence[Scored]) -> Extract:
    citations = tuple(_cite(n, one.candidate) for n, one in enumerate(chosen, 1))
    direct = chosen[0].value.text if chosen[0].value else None
    sentences = [AnswerSentence(one.candidate.text, (n,)) for n, one in enumerate(chosen, 1)]
    if direct is not None:
        sentences.insert(0, AnswerSentence(direct, (1,)))
    return Extract(direct, tuple(sentences), citations)


def _report_date(query: Query, hits: Iterable[Hit], report_of: ReportOf) -> Extract | None:
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
