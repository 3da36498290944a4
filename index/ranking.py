"""From the engines' lists to one order: fused by rank, then by what each passage says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.positions import merged
from index.records import Hit, StoredPassage

_FUSION = 10
_WEIGHT = {"meaning": 0.3, "scope": 0.01}
"""The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009), and what a list
weighs if not 1: chosen on questions by theme alone, where equal lists and the usual 60 were worse
than words by themselves (`huibao eval retrieval --themes`)."""


@dataclass(frozen=True)
class Parts:
    """The parts of search, each of which can be left out to see what it is worth."""

    words: bool = True
    meaning: bool = True
    scope: bool = True
    context: bool = True
    scorer: bool = True


def fused(
    lists: Mapping[str, Sequence[tuple[int, float]]], most: int
) -> list[tuple[int, float, tuple[tuple[str, float], ...]]]:
    """(passage number, score, (list, its part of the score) …) of the best `most`."""
    scores: dict[int, float] = defaultdict(float)
    why: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for name, found in lists.items():
        for rank, (passage, _) in enumerate(found, 1):
            part = _WEIGHT.get(name, 1.0) / (_FUSION + rank)
            scores[passage] += part
            why[passage].append((name, part))
    best = sorted(scores, key=lambda passage: (-scores[passage], passage))[:most]
    return [(passage, scores[passage], tuple(why[passage])) for passage in best]


def as_hits(
    ranked: Iterable[tuple[int, float, tuple[tuple[str, float], ...]]],
    stored: Mapping[int, StoredPassage],
) -> list[Hit]:
    """The ranked passages that are still there."""
    there = [one for one in ranked if one[0] in stored]
    return [
        Hit(rank, score, stored[passage], why)
        for rank, (passage, score, why) in enumerate(there, 1)
    ]


def by_score(hits: Sequence[Hit], scores: Mapping[int, float], step: str) -> list[Hit]:
    """The hits in the order that a step's scores give, equal ones as they stood."""
    ordered = sorted(hits, key=lambda hit: (-scores[hit.stored.id], hit.rank))
    return [
        replace(
            hit,
            rank=rank,
            score=scores[hit.stored.id] + hit.score,
            why=(*hit.why, (step, scores[hit.stored.id])),
        )
        for rank, hit in enumerate(ordered, 1)
    ]


def joined(hits: Sequence[Hit], text_of: Callable[[str, int, int], str], most: int) -> list[Hit]:
    """Neighbouring passages of one section as one hit, where the best of them stood.

    `text_of(report, start, end)` is the report's own text; a joined passage has at most `most`
    characters.
    """
    groups: list[list[Hit]] = []
    for hit in hits:
        for group in groups:
            if _beside(group, hit) and _length([*group, hit]) <= most:
                group.append(hit)
                break
        else:
            groups.append([hit])
    return [replace(_as_one(group, text_of), rank=rank) for rank, group in enumerate(groups, 1)]


def _beside(group: Sequence[Hit], hit: Hit) -> bool:
    one, other = group[0].stored.passage, hit.stored.passage
    return (one.report_id, one.heading) == (other.report_id, other.heading) and any(
        abs(member.stored.passage.ordinal - other.ordinal) == 1 for member in group
    )


def _length(group: Sequence[Hit]) -> int:
    passages = [hit.stored.passage for hit in group]
    return max(p.end for p in passages) - min(p.start for p in passages)


def _as_one(group: Sequence[Hit], text_of: Callable[[str, int, int], str]) -> Hit:
    best = group[0]
    if len(group) == 1:
        return best
    passage = best.stored.passage
    start = min(hit.stored.passage.start for hit in group)
    end = max(hit.stored.passage.end for hit in group)
    parts = sorted((hit.stored.passage for hit in group), key=lambda part: part.start)
    marks = merged(mark for part in parts for mark in part.marks)
    text = text_of(passage.report_id, start, end)
    whole = replace(passage, start=start, end=end, text=text, marks=marks)
    return replace(
        best,
        stored=replace(best.stored, passage=whole),
        why=(*best.why, ("joined", float(len(group)))),
    )
