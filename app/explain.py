"""Why a passage was found and stands where it does, for people who tune or doubt the search."""

from __future__ import annotations

from dataclasses import dataclass

from index.evidence.score import Scored
from index.query import Query
from index.records import Described, Hit
from index.search import Found


@dataclass(frozen=True)
class Explained:
    """The reasons for one hit."""

    place: str | None
    """`report` where the report is of the place, `passage` where only its words name it."""
    period: str | None
    """The same of the time asked about."""
    lists: tuple[tuple[str, float], ...]
    """(which list or step, its part of the score), in order."""
    sentence: str | None
    """The sentence that fits best."""
    value: str | None
    coverage: float
    """Share of the asked words that it says, by rarity, 0–1."""
    missing: tuple[str, ...]


def explain(found: Found, hit: Hit) -> Explained:
    """The reasons for a hit of this search."""
    query, described = found.query, hit.stored.described
    best = _best(found, hit)
    return Explained(
        place=_from(any(p.covers(described) for p in query.places)) if query.places else None,
        period=_from(_reported(query, described)) if query.periods else None,
        lists=hit.why,
        sentence=best.candidate.text if best else None,
        value=best.value.text if best and best.value else None,
        coverage=round(best.candidate.coverage, 3) if best else 0.0,
        missing=best.candidate.missing if best else (),
    )


def _from(report: bool) -> str:
    return "report" if report else "passage"


def _reported(query: Query, described: Described) -> bool:
    period = described.period
    return period is not None and any(period.within(asked) for asked in query.periods)


def _best(found: Found, hit: Hit) -> Scored | None:
    """The best sentence that lies in the hit, which may be several passages joined."""
    passage = hit.stored.passage
    for one in found.sentences:
        candidate = one.candidate
        same = candidate.hit.stored.passage.report_id == passage.report_id
        if same and passage.start <= candidate.start < passage.end:
            return one
    return None
