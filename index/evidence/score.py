"""How well each sentence of the hits answers, and by its best sentence each passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.evidence.belonging import offices
from index.evidence.candidate import Candidate
from index.evidence.candidates import candidates
from index.evidence.coverage import weigh
from index.evidence.deciding import decides, leaves_open, rarest
from index.evidence.reporters import own_words
from index.evidence.scope import governing, period_allows
from index.evidence.unsaid import is_of_another, is_of_namesake
from index.evidence.values import Value, values
from index.query import Query, Wanted
from index.records import Hit
from index.terms import POOR
from index.wanted import HOW_OFTEN, SOMEBODY, THING_NAMED

COVERED = 0.62
"""Share of the asked words that an answering sentence must cover; measured by `huibao eval`."""
_NARRATIVE_COVERED = 0.5
_VALUE_SHARE = 0.8
_NEAR_ENOUGH = 0.3
"""How near the asked words must stand to a value for it to be theirs."""
_PART_OF_PERIOD = 0.92
_NAMES_PLACE = 0.15
"""What a sentence has before others of a report that speaks of the place without being its own."""
_DECIDES = 0.35
"""What a sentence has before others that says there is or is not what is asked about."""
_SAYS_NO_TIME = 0.8
"""What the score counts of a sentence that does not say the time, where its report has none."""
_LISTS = 0.15
"""What a sentence has before others that lists things, where a list is asked for."""
_FRAMED = 0.15
_FRAME_COVERED = 0.45
"""What a sentence has before others that lists things behind the very verb of the question, and
the share of the words that it needs to say then: 推出了哪些项目, 推出养蜂、种药材等项目."""
_LIST_ASKED = re.compile(r"[了过]?(?:哪些|哪几[种项个类]|些?什么)")
_RESULT_ASKED = re.compile(r"了|过|已|实际|完成|到底")
_HOPED = re.compile("争取|力争|希望|打算|预计|预期|目标|拟|计划")
_COST_ASKED = re.compile("总投资")
_COST = re.compile(r"(?:计划|预计|概算|估算|规划|拟)总投资(?:额|约|为)*$")
_THERE_IS = re.compile(
    r"[都还能]?(?:享受)?有?(?:哪些|什么|啥)(?:优惠|政策|待遇|好处|照顾|补贴|补助)"
)
_OFTEN = re.compile(
    r"每(?:隔|逢|半)?[一二两三四五六七八九十\d]*个?(?:季度|月|周|星期|年|天|日|旬|季)"
    r"|隔[一二两三四五六七八九十\d]+个?[天日周月年]|(?<![\d年个])[月周季年]度?(?:至少)?[一二两三1-9][次回]"
)
_CLAUSE_END = re.compile("[,;。]")
_ALL = re.compile(r"全[省州市县区镇乡村](?:现有|共有|的)?$")
_ENUMERATES = re.compile("、")
_LEFT_OVER = re.compile(r"(?:剩余|剩下|其余|余下|剩)的?$")
"""确保剩余5件年底前化解 says how many are left."""
_ANSWERS_NOT = 0.5
"""What the coverage of a sentence counts that cannot be the answer: of another year, a plan."""
_REPORT_DATE = 2.0
"""The score of the line that dates its report, where that date is asked for: above any other."""
_DEPUTY = re.compile(r"副(?!科|处|县|厅)[\u4e00-\u9fff]{0,3}(?:长|主任|书记|主席|经理)")
_ANYONE = re.compile(SOMEBODY)
DIRECT = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})
"""Kinds of question that one value answers."""
_OF_REPORT = re.compile(r"报告|总结|汇报|材料")


@dataclass(frozen=True)
class Scored:
    """A sentence with its best value, if a value is asked for; `timely` is part of the score."""

    candidate: Candidate
    value: Value | None
    score: float
    timely: float
    answers: bool
    """Whether it is good enough to be told; what is not still tells where to look."""


def scored(
    query: Query,
    hits: Sequence[Hit],
    rarity: Callable[[str], float],
    earlier: Callable[[Hit], str] = lambda hit: "",
    opening: Callable[[Hit], str] = lambda hit: "",
) -> list[Scored]:
    """The sentences of the hits that the query's place allows, the best first."""
    weights = weigh(query.terms, rarity)
    rarities = {term.word: min(map(rarity, term.alike)) for term in query.terms}
    found = [
        _score(query, candidate, rarities)
        for candidate in candidates(query, hits, weights, earlier, opening)
    ]
    found.sort(key=lambda one: (-one.score, one.candidate.hit.rank, one.candidate.start))
    return found


def passage_scores(query: Query, hits: Iterable[Hit], found: Iterable[Scored]) -> dict[int, float]:
    """Passage number -> the score of its best sentence, 0 where the scope allows none."""
    scores = {hit.stored.id: 0.0 for hit in hits}
    for one in found:
        number = one.candidate.hit.stored.id
        scores[number] = max(scores[number], one.score)
    if asks_report_date(query):
        for hit in hits:
            span, passage = hit.stored.described.dated_span, hit.stored.passage
            if span is not None and passage.start <= span[0] < passage.end:
                scores[hit.stored.id] = _REPORT_DATE
    return scores


def asks_report_date(query: Query) -> bool:
    """Whether the question is when a report was delivered or signed, and nothing in it."""
    return (
        query.wanted is Wanted.DATE
        and not query.terms
        and bool(_OF_REPORT.search(fold(query.text)))
    )


def _score(query: Query, candidate: Candidate, rarities: dict[str, float]) -> Scored:
    value: Value | None = None
    if query.counted in candidate.missing and _ANYONE.search(candidate.folded):
        return _no_answer(candidate)  # 有几名教师 is not told by how many pupils there are
    deputy = query.wanted is Wanted.PERSON and _DEPUTY.search(fold(query.text))
    if deputy and "副" not in candidate.folded:
        return _no_answer(candidate)  # the head of an office is no deputy
    if is_of_namesake(query, candidate):
        return _no_answer(candidate)
    if query.wanted is Wanted.FIGURE and is_of_another(query, candidate):
        return _no_answer(candidate)
    if query.wanted in DIRECT:
        found = list(values(query, candidate, rarities))
        if (query.either and not query.plan) or query.wanted is Wanted.PLACE:
            pass  # where a thing is to be is where it is
        elif query.wanted is Wanted.PERSON and any(True for _ in offices(candidate.folded)):
            pass  # 院长:何明 under the last heading, what is planned, is who signs
        elif not query.plan:
            # 计划脱贫148户 does not say that they are out of poverty.
            found = [
                one
                for one in found
                if not candidate.planned(one.start)
                or _counts_all(query, candidate, one)
                or _LEFT_OVER.search(candidate.folded[: one.start])
                or is_ahead(query, candidate, one)
                or _is_cost(query, candidate, one)
            ]
        else:
            expected = query.either or "预计" in fold(query.text)
            found = [
                one
                for one in found
                if candidate.aimed(one.start) or (expected and candidate.planned(one.start))
            ]
        value = max(found, key=lambda one: one.score, default=None)
        if value is None or value.score < _NEAR_ENOUGH:
            return _no_answer(candidate)
    elif not period_allows(query, candidate, None):
        return _no_answer(candidate)
    if any(term.alike == POOR for term in query.terms) and not _says_any(POOR, candidate):
        return _no_answer(candidate)  # that there are poor ones does not say why
    if query.wanted is Wanted.LIST and _lacks_topic(query, candidate):
        return _no_answer(candidate)
    if HOW_OFTEN.search(fold(query.text)) and not _tells_how_often(query, candidate, rarities):
        return _no_answer(candidate)
    if candidate.planned(None) and not query.plan and THING_NAMED.search(fold(query.text)):
        return _no_answer(candidate)  # a firm that is to come has no name yet
    if query.wanted is Wanted.YES_NO:
        # 消防队 in the question is whose report this is, and nothing that decides.
        described = candidate.hit.stored.described
        own = own_words(
            query,
            fold(f"{described.title} {described.unit or ''}"),
            fold(described.place or ""),
        )
        rarities = {word: rarity for word, rarity in rarities.items() if word not in own}
    if query.wanted is Wanted.YES_NO and leaves_open(query, candidate, rarest(rarities)):
        return _no_answer(candidate)
    score = candidate.coverage + _VALUE_SHARE * (value.score if value else 0.0)
    if any(
        not place.reported and name in candidate.folded
        for place in query.places
        for name in place.names
    ):
        score += _NAMES_PLACE
    if query.wanted is Wanted.YES_NO and decides(rarest(rarities) or "", candidate.folded):
        score += _DECIDES
    if query.undated and not all(word in candidate.folded for word in query.bare):
        score *= _SAYS_NO_TIME
    if query.wanted is Wanted.LIST and len(_ENUMERATES.findall(candidate.folded)) >= 2:
        score += _LISTS
    timely = _timely(query, candidate, value)
    score *= timely
    framed = query.wanted is Wanted.LIST and bool(query.places) and _in_frame(query, candidate)
    if framed:
        score += _FRAMED
    loose = query.wanted in (Wanted.NARRATIVE, Wanted.YES_NO)
    needed = _NARRATIVE_COVERED if loose else COVERED
    if framed:
        needed = _FRAME_COVERED
    enough = score >= needed * (1.0 if value is None else 0.9)
    return Scored(candidate, value, score, timely, enough and candidate.coverage >= needed)


def is_ahead(query: Query, candidate: Candidate, value: Value) -> bool:
    """Whether a report lays down a value for a time after its own, and no result is asked for.

    2020年兜底保障11户 in a report of 2018 is what is known of it; 争取 and 力争 promise nothing.
    """
    covered = candidate.hit.stored.described.period
    if covered is None or not query.periods or _RESULT_ASKED.search(fold(query.text)):
        return False
    clause = _CLAUSE_END.split(candidate.folded[: value.start])[-1]
    return all(period.start > covered.end for period in query.periods) and not (
        _HOPED.search(clause + candidate.lead)
    )


def _is_cost(query: Query, candidate: Candidate, value: Value) -> bool:
    """Whether a plan says what the whole of a thing costs, asked for as such: 计划总投资90万元."""
    asked = fold(query.text)
    if not _COST_ASKED.search(asked) or _RESULT_ASKED.search(asked):
        return False
    return bool(_COST.search(candidate.folded[: value.start]))


def _says_any(words: Iterable[str], candidate: Candidate) -> bool:
    return any(word in candidate.folded for word in words)


def _lacks_topic(query: Query, candidate: Candidate) -> bool:
    """Whether what a list is asked for is said nowhere: 看病有哪些优惠, 就业优惠政策."""
    asked = fold(query.text)
    opened = _THERE_IS.search(asked)
    return opened is not None and any(
        asked[: opened.start()].endswith(term.word) and term.word in candidate.missing
        for term in query.terms
    )


def _tells_how_often(query: Query, candidate: Candidate, rarities: dict[str, float]) -> bool:
    """Whether the clause that says what is asked about says how often: 每季度召开1次例会."""
    core = rarest(rarities)
    words = [
        word for term in query.terms if term.word == core for word in (*term.alike, *term.parts)
    ]
    return any(
        _OFTEN.search(clause) and any(word in clause for word in words)
        for clause in _CLAUSE_END.split(candidate.folded)
    )


def _counts_all(query: Query, candidate: Candidate, value: Value) -> bool:
    """Whether a plan speaks of things that are there by their number: 确保全市78个后进村转变."""
    if len(query.terms) != 1 or not _ALL.search(candidate.folded[: value.start]):
        return False
    behind = candidate.folded[value.end :]
    return any(behind.startswith(word) for word in query.terms[0].alike)


def _in_frame(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence lists things right behind the verb that the question asks them of."""
    asked = fold(query.text)
    opened = _LIST_ASKED.search(asked)
    verbs = [term for term in query.terms if opened and asked[: opened.start()].endswith(term.word)]
    return any(
        len(term.word) > 1
        and re.search(rf"{re.escape(term.word)}了?[^,;。]+、[^,;。]+", candidate.folded)
        for term in verbs
    )


def _no_answer(candidate: Candidate) -> Scored:
    return Scored(candidate, None, _ANSWERS_NOT * candidate.coverage, 1.0, False)


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
