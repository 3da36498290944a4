"""Which reports are versions of one: a draft and what was sent, a file and its scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from index.sketch import Sketch, likeness

THRESHOLD = 0.5
"""Likeness of two versions. `python -m eval.duplicates ../shared/reports`: from 0.2 to 0.6 all
1,026 made versions are found, and none of 3,091 pairs of one place's neighbouring years."""
_LOOKED_AT = 64
"""The smallest values by which pairs are found before they are compared whole."""
_SHARED = 4
_COMMON = 50
"""A piece that more reports have is a set phrase, and brings no pair together."""


@dataclass(frozen=True)
class Sketched:
    """What pairs are told by; two reports known to be of two places or periods are never one."""

    id: str
    sketch: Sketch
    place: str | None
    period: str | None

    def may_be(self, other: Sketched) -> bool:
        return all(
            one is None or two is None or one == two
            for one, two in ((self.place, other.place), (self.period, other.period))
        )


@dataclass(frozen=True)
class Pair:
    """Two reports, the smaller id first, and their estimated likeness, 0–1."""

    one: str
    other: str
    similarity: float


def pairs(
    reports: Sequence[Sketched], fresh: Collection[str], threshold: float = THRESHOLD
) -> Iterator[Pair]:
    """The pairs among `reports` in which at least one is `fresh`."""
    for first, second in _candidates(reports, set(fresh)):
        one, other = sorted((reports[first], reports[second]), key=lambda report: report.id)
        if one.may_be(other) and (share := likeness(one.sketch, other.sketch)) >= threshold:
            yield Pair(one.id, other.id, round(share, 3))


def _candidates(reports: Sequence[Sketched], fresh: set[str]) -> Iterator[tuple[int, int]]:
    """Pairs that share several of their smallest values."""
    if not reports:
        return
    values = [report.sketch[:_LOOKED_AT] for report in reports]
    all_values = np.concatenate(values)
    owners = np.repeat(np.arange(len(reports)), [len(some) for some in values])
    order = np.argsort(all_values, kind="stable")
    starts = np.flatnonzero(np.diff(all_values[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    shared: Counter[tuple[int, int]] = Counter()
    for start, size in zip(starts, sizes, strict=True):
        if not 2 <= size <= _COMMON:
            continue
        group = owners[order[start : start + size]].tolist()
        new = [reports[n].id in fresh for n in group]
        if any(new):
            shared.update(
                (a, b)
                for (a, a_new), (b, b_new) in combinations(zip(group, new, strict=True), 2)
                if a_new or b_new
            )
    # A short text has few pieces, so a few in common are many.
    for (a, b), count in shared.items():
        if count >= min(_SHARED, len(values[a]) // 4, len(values[b]) // 4):
            yield a, b
