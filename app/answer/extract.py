"""Answers without a language model: the archive's own sentences, the value asked for in front."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from app.answer.answer import Citation, ReportRef
from app.answer.answer import Sentence as AnswerSentence
from index.chinese.fold import fold
from index.chinese.places import level
from index.evidence.candidate import Candidate
from index.evidence.scope import place_of
from index.evidence.score import DIRECT, Scored, asks_report_date, is_ahead
from index.query import Query, Wanted
from index.records import Hit, Report, StoredPassage

ReportOf = Callable[[str], Report | None]

_PLACES = 12
"""Places that a question without one is answered for at the most."""
_MORE = 0.9
"""How near to the best a sentence of another report must come to be told beside it."""
_AS_WELL = 0.75
_LISTS_AS_WELL = 0.8
_CLOSE = 0.4
"""Share of the asked words that the sentence beside a refusal must say."""
_LISTED = re.compile(r"[^,;。、]{2,}、[^,;。、]{2,}(?:、|和|及|以及|等)")
_NAMES_ALL = re.compile(r"(?:分别|依次)[为是:]|包括[:]?(?=[^,。]+、)")
"""A sentence that names them all by turn is the whole list."""
_NUMBER_ASKED = re.compile(
    r"(?:哪|的)?(?P<number>[二两三四五六七八九十]|[2-9])[个名家户件项位大种条]"
)
_WHY_ASKED = re.compile(r"为什么|为啥|为何|原因|因为(?:什么|啥)")
_WHY_TOLD = re.compile(r"因|由于|原因|源于|造成|导致|受[^,;。]{2,12}影响|之所以|主要是")
_ANNOUNCES = re.compile(r"如下[:。]?$")
_MOST = {Wanted.LIST: 4, Wanted.NARRATIVE: 6}


@dataclass(frozen=True)
class Extract:
    """What the archive says: the direct value, and sentences with their citations."""

    direct: str | None
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    missing: tuple[str, ...] = ()
    """What was asked for beside it and is not told."""
    ahead: bool = False
    """Whether the value is of a time after its report: laid down, not yet come true."""


def extract(
    query: Query,
    found: Sequence[Scored],
    hits: Sequence[Hit],
    report_of: ReportOf,
    beside: Sequence[Citation] = (),
) -> Extract | None:
    """The answer that the hits hold, or None where they do not say it.

    `found` are the scored sentences of the hits, the best first; `beside` what is told of the
    other things that the question asks for.
    """
    if asks_report_date(query):
        return _report_date(query, hits, report_of)
    answering = _beside_first([one for one in found if one.answers], beside)
    if places := _by_place(query, answering):
        return _told_by_place(places)
    chosen = _chosen(query, answering)
    if not chosen:
        return None
    best = chosen[0]
    ahead = best.value is not None and is_ahead(query, best.candidate, best.value)
    return replace(_told(chosen), ahead=ahead)


def _beside_first(scored: list[Scored], beside: Sequence[Citation]) -> list[Scored]:
    """With what an earlier part's own sentence says in front, if it says it well enough.

    有多少学生,贫困学生多少: both are told of one school.
    """
    for one in scored:
        passage = one.candidate.hit.stored.passage
        near = any(
            c.report.id == passage.report_id and c.start <= one.candidate.start < c.end
            for c in beside
        )
        if near and one.score >= _AS_WELL * scored[0].score:
            return [one]
    return scored


def _chosen(query: Query, scored: Sequence[Scored]) -> list[Scored]:
    if not scored:
        return []
    best = scored[0]
    if query.wanted in DIRECT:
        if query.each is None and (wholes := {p.name for p in query.places if p.inside}):
            scored = [one for one in scored if _place(query, one) in wholes] or scored
            best = scored[0]
        if query.places and not query.periods:
            # Without a time the last report that says it as well speaks for the place.
            as_well = [one for one in scored if one.score >= _MORE * best.score]
            best = max(as_well, key=lambda one: (_ends(one), one.score))
            scored = [best, *(one for one in scored if one is not best)]
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
    if query.wanted is Wanted.LIST:
        as_well = [one for one in scored if one.score >= _LISTS_AS_WELL * best.score]
        if numbered := next((one for one in as_well if _has_the_number(query, one)), None):
            best, scored = numbered, [numbered]
    # What says less of what is asked than the best does adds nothing to it.
    said = set(best.candidate.missing)
    scored = [one for one in scored if said.issuperset(one.candidate.missing)]
    if query.wanted is Wanted.LIST and _enumerates(best):
        # What enumerates what is asked for is the list; what only speaks of it adds nothing.
        whole = _NAMES_ALL.search(best.candidate.folded) is not None
        scored = [one for one in scored if one is best or (_enumerates(one) and not whole)]
    if _WHY_ASKED.search(fold(query.text)):
        reasons = [one for one in scored if _WHY_TOLD.search(one.candidate.folded)]
        if reasons and reasons[0].score >= _LISTS_AS_WELL * best.score:
            best, scored = reasons[0], reasons
    chosen = [
        one
        for one in scored
        if one.score >= _LISTS_AS_WELL * best.score
        and (one is best or not _ANNOUNCES.search(one.candidate.folded))
    ][:most]
    return sorted(chosen, key=lambda one: (one.candidate.hit.stored.source, one.candidate.start))


def _enumerates(one: Scored) -> bool:
    """Whether a sentence lists three things at least: 甲、乙、丙 or 甲、乙和丙."""
    return bool(_LISTED.search(one.candidate.folded))


def _has_the_number(query: Query, one: Scored) -> bool:
    """Whether a sentence lists as many things as are asked for: 哪三个, 示范村3个,即…"""
    asked = _NUMBER_ASKED.search(fold(query.text))
    if asked is None or not re.search("[、和与及]", one.candidate.folded):
        return False
    number = asked["number"].replace("二", "两")
    digits = str("零一两三四五六七八九十".index(number)) if not number.isdigit() else number
    words = "|".join({number, digits, number.replace("两", "二")})
    return bool(
        re.search(rf"(?<![\d十百第])(?:{words})[个名家户件项位大种条]", one.candidate.folded)
    )


def _by_place(query: Query, scored: Sequence[Scored]) -> list[tuple[str, Scored]]:
    """The best of each place, where several are asked about or none is named."""
    taken_in = any(place.inside for place in query.places)
    if query.wanted not in DIRECT - {Wanted.PLACE} or (query.places and not taken_in):
        return []
    wholes = {place.name for place in query.places}
    if query.each is None and any(_place(query, one) in wholes for one in scored):
        # 全镇脱贫多少户: what the town itself reports is the answer; a village's is no part of it.
        return []
    best: dict[str, Scored] = {}
    for one in scored:
        place = _place(query, one)
        if place is None or one.score < _MORE * scored[0].score:
            continue
        if query.each is not None and level(fold(place)) != query.each:
            continue
        kept = best.get(place)
        if kept is None or _ends(one) > _ends(kept):
            best[place] = one
    if len(best) == 1 and query.each is None and not taken_in:
        return []
    return list(best.items())[:_PLACES]


def _place(query: Query, one: Scored) -> str | None:
    """The place that the sentence's value is told of."""
    return place_of(query, one.candidate, one.value.start) if one.value else None


def _ends(one: Scored) -> date:
    """How late what a report covers ends: of two half-years the later speaks for the place."""
    period = one.candidate.hit.stored.described.period
    return period.end if period else date.min


def _told_by_place(chosen: Sequence[tuple[str, Scored]]) -> Extract:
    """A line for each place, none of them picked as the answer."""
    citations = tuple(_cite(n, one.candidate) for n, (_, one) in enumerate(chosen, 1))
    sentences = []
    for citation, (place, one) in zip(citations, chosen, strict=True):
        described = one.candidate.hit.stored.described
        when = f"（{described.period.chinese}）" if described.period else ""
        value = one.value.text if one.value else ""
        sentences.append(AnswerSentence(f"{place}{when}：{value}", (citation.n,)))
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
        where = asdict(report.position(start, end))
        quote = report.text[start:end]
        citation = Citation(1, reference(hit.stored), "", quote, start, end, **where)
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


def closest(query: Query, found: Sequence[Scored]) -> Citation | None:
    """The sentence that says most of what was asked, where none answers; never an answer."""
    if query.unclear:
        return None
    best = max(found, key=lambda one: one.candidate.coverage, default=None)
    if best is None or best.candidate.coverage < _CLOSE:
        return None
    return _cite(1, best.candidate)


def _cite(n: int, candidate: Candidate) -> Citation:
    return cite(n, candidate.hit, candidate.text, candidate.start)


def cite(n: int, hit: Hit, quote: str, start: int) -> Citation:
    """The citation of a sentence of a hit, with where it stands in its file."""
    passage, end = hit.stored.passage, start + len(quote)
    return Citation(
        n,
        reference(hit.stored),
        " > ".join(passage.heading),
        quote,
        start,
        end,
        **asdict(passage.position(start, end)),
    )
