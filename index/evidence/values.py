"""The figure, date, person or place that a sentence gives for what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.chinese.fold import fold
from index.evidence.at_odds import at_odds
from index.evidence.belonging import (
    another_turn,
    holders,
    is_erased,
    leavers,
    of_no_phase,
    owner_at,
    rate_share,
)
from index.evidence.candidate import Candidate
from index.evidence.everybody import asks_everybody
from index.evidence.figures import figures
from index.evidence.named import FORMER_ASKED, named
from index.evidence.nearness import nearness, qualifies
from index.evidence.scope import period_allows, place_allows
from index.evidence.stages import point_share, stage_share
from index.query import Query, Wanted

_NOT_ITS = 0.6
_ERASED = 0.3
_OF_NO_PHASE = 0.3
_LABELLED = 0.9
"""How near a value stands to a word that its heading says, what one counts that stands before the
name of whose it is asked or beside a figure that is destroyed, and one behind its office."""
_PER = re.compile(
    r"(?<=元)/(?:平方米|公斤|亩|人|户|斤|吨|头|只|株|棵|年|月|天|日|次)(?:[·./]?[年月天日季次])?"
)
"""What a sum is paid for belongs to it: 13元/亩·年."""
_THIS = re.compile(r"[此本该]项?(?:工作|阶段|任务|工程|项目|活动)")
_REACHED = re.compile(r"^(?:达到|高達|高达|達到)")


@dataclass(frozen=True)
class Value:
    """A value in a candidate: offsets count in the sentence; `score` 0–1 is how near it stands."""

    start: int
    end: int
    text: str
    score: float


def values(query: Query, candidate: Candidate, weights: dict[str, float]) -> Iterator[Value]:
    """Yield the values of the wanted kind that the query's place and period allow."""
    if asks_everybody(query) and not _is_whose(query, candidate):
        return
    spans = list(_spans(query, candidate))
    owner = owner_at(query, candidate.folded)
    owned = owner >= 0 and any(start > owner for start, *_ in spans)
    for start, end, share, unit in spans:
        # A place asked for is itself what the clause speaks of.
        at = None if query.wanted is Wanted.PLACE else start
        if not (place_allows(query, candidate, at) and period_allows(query, candidate, start)):
            continue
        near = nearness(query, candidate, start, end, weights)
        if owned and start < owner:
            near *= _NOT_ITS  # 甲养羊125只,乙27只: what stands before a name is another's
        if _of_another_opening(query, candidate, weights):
            near *= _NOT_ITS
        if another_turn(query, candidate.folded, start):
            near *= _NOT_ITS
        if of_no_phase(candidate.missing):
            near *= _OF_NO_PHASE
        if query.wanted is Wanted.DATE:
            near *= stage_share(fold(query.text), candidate.folded, start, end)
        if query.wanted is Wanted.FIGURE:
            near *= point_share(fold(query.text), candidate.folded, start)
            near *= at_odds(query, candidate.folded, start, end)
            if not qualifies(query, candidate):
                near *= _NOT_ITS
            near *= rate_share(fold(query.text), candidate.folded, start)
            if is_erased(query, candidate.folded, weights):
                near *= _ERASED
        text = _REACHED.sub("", "".join(candidate.text[start:end].split())) + unit
        if query.wanted is Wanted.FIGURE and (per := _PER.match(candidate.folded, end)):
            text += candidate.text[slice(*per.span())]
        yield Value(start, end, text, share * near)
    if query.wanted is Wanted.PERSON:
        former = FORMER_ASKED.search(fold(query.text))
        for start, end in (leavers if former else holders)(query, candidate.folded):
            yield Value(start, end, candidate.text[start:end].strip(), _LABELLED)


def _of_another_opening(query: Query, candidate: Candidate, weights: dict[str, float]) -> bool:
    """Whether 此项工作 refers to what its paragraph opens with, and that is another thing."""
    if not candidate.paragraph or not _THIS.match(candidate.folded):
        return False
    rarest = max(weights, key=lambda word: weights[word], default=None)
    ways = next((term.alike for term in query.terms if term.word == rarest), ())
    return not any(way in candidate.paragraph[0] or way in candidate.folded for way in ways)


def _is_whose(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence on all who live there is of a place asked about: its report's, or named.

    A report that only speaks of a place besides may mean another, whose name was taken out.
    """
    described = candidate.hit.stored.described
    return any(
        place.covers(described) or any(name in candidate.folded for name in place.names)
        for place in query.places
    )


def _spans(query: Query, candidate: Candidate) -> Iterator[tuple[int, int, float, str]]:
    """(start, end, share, unit to add) of everything of the wanted kind."""
    if query.wanted is Wanted.FIGURE:
        headings = map(fold, candidate.hit.stored.passage.heading)
        above = (*headings, *candidate.paragraph, candidate.lead)
        yield from figures(query, candidate.folded, above)
        return
    yield from ((start, end, share, "") for start, end, share in named(query, candidate))
