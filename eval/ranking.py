"""Figures of ranked lists: pure functions over one question's list, and means with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.figures_match import Rate

RESAMPLES = 2000
SEED = 1
LEVEL = 0.95


@dataclass(frozen=True)
class Mean:
    """A mean over `n` cases with its bootstrap interval; None where no case applies."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.value is None or self.low is None or self.high is None:
            return "–"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def complete_at(
    texts: Sequence[str], parts: Sequence[str], plain: Callable[[str], str]
) -> int | None:
    """The rank, from 1, by which every part has been in one of the texts; None if never.

    A part is looked for within one text: a value cut in two by a passage's end is not found.
    """
    missing = {plain(part) for part in parts}
    for rank, text in enumerate(texts, 1):
        missing = {part for part in missing if part not in plain(text)}
        if not missing:
            return rank
    return None


def reciprocal(rank: int | None) -> float:
    return 1 / rank if rank else 0.0


def within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def ndcg(relevant: Sequence[bool], there: int, k: int = 10) -> float:
    """Normalised discounted cumulative gain at k, gains 0 and 1 (Järvelin, Kekäläinen 2002).

    `relevant` says of each item of the list, in its order, whether it is; `there` is how many
    relevant items exist, at least 1.
    """
    gain = sum(1 / math.log2(rank + 1) for rank, yes in enumerate(relevant[:k], 1) if yes)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(there, k) + 1))


def mean(values: Iterable[float | bool | None]) -> Mean:
    """The mean of those that apply (None is no score) with a percentile bootstrap interval.

    Resampled by cases, always with the same seed. Where all values are equal the interval is a
    point, which says nothing of how few they were: look at n.
    """
    found = np.array([float(value) for value in values if value is not None])
    if not len(found):
        return Mean(None, 0)
    chance = np.random.default_rng(SEED)
    drawn = found[chance.integers(len(found), size=(RESAMPLES, len(found)))].mean(axis=1)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Mean(float(found.mean()), len(found), float(low), float(high))


def ratio(pairs: Iterable[tuple[int, int]]) -> Mean:
    """All hits over all counted, a pair of (hits, counted) for each question; n is the counted.

    The interval is resampled by questions, since an answer's citations or numbers stand and fall
    together. Where every question agrees that would be a point: then it is Wilson's (1927) of as
    many questions.
    """
    counts = np.array([pair for pair in pairs if pair[1]], dtype=float).reshape(-1, 2)
    hits, of = counts.sum(axis=0)
    if not of:
        return Mean(None, 0)
    value = float(hits / of)
    if value in (0.0, 1.0):
        low, high = Rate(round(value) * len(counts), len(counts)).interval
    else:
        chance = np.random.default_rng(SEED)
        drawn = counts[chance.integers(len(counts), size=(RESAMPLES, len(counts)))].sum(axis=1)
        shares = drawn[:, 0] / drawn[:, 1]
        low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Mean(value, int(of), float(low), float(high))


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Mean:
    """The mean difference of two lists over the same cases, paired."""
    return mean(one - other for one, other in zip(ours, theirs, strict=True))
