"""From the engines' lists to one order: fused by rank, then by what each passage says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Hit, StoredPassage

_FUSION = 60
"""The constant of reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009."""


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
            part = 1 / (_FUSION + rank)
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


def by_sentences(hits: Sequence[Hit], scores: Mapping[int, float]) -> list[Hit]:
    """The hits in the order of what their sentences say, those that say as much as they stood."""
    ordered = sorted(hits, key=lambda hit: (-scores[hit.stored.id], hit.rank))
    return [
        replace(
            hit,
            rank=rank,
            score=scores[hit.stored.id] + hit.score,
            why=(*hit.why, ("sentence", scores[hit.stored.id])),
        )
        for rank, hit in enumerate(ordered, 1)
    ]
