"""Approximate search for archives of hundreds of thousands of passages, held to a recall.

An inverted file over scalar-quantised vectors rather than HNSW: passages are removed and added
with every ingest, and HNSW cannot remove.
"""

from __future__ import annotations

import math

import faiss
import numpy as np
from numpy.typing import NDArray

RECALL = 0.995
"""Share of the exact best ten that must be found when it is built.

Questions lie a little farther from passages than what stands for them here does: 0.995 here was
0.998 for real questions, 0.992 was 0.985.
"""

_AT = 10
_MORE = _AT + 2
_QUESTIONS = 256
_EQUAL = np.float32(1e-5)
_QUANTIZERS = {
    "SQ8": faiss.ScalarQuantizer.QT_8bit,
    "SQfp16": faiss.ScalarQuantizer.QT_fp16,
}
"""One byte a dimension, else two; in the order in which they are tried."""
_TRAINING = 64
"""Vectors a list to learn the lists from."""
_FIRST_PROBES = 8

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


def build(vectors: Vectors, ids: Ids) -> tuple[faiss.IndexIVF, str, float] | None:
    """(index, its FAISS factory name, recall at 10), or None where none is good enough.

    `vectors` is (n, dimension) of length 1, `ids` ascending. The lists looked into (nprobe, which
    FAISS keeps in its file) are doubled until the recall is reached; past half of all lists an
    approximate search is no faster than an exact one.
    """
    dimension, lists = vectors.shape[1], max(2, int(2 * math.sqrt(len(vectors))))
    asked = _Asked(vectors)
    exact = faiss.IndexFlatIP(dimension)
    exact.add(vectors)
    true = asked.scores(exact.search(asked.questions, _MORE)[1])
    for name, quantizer in _QUANTIZERS.items():
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, lists, quantizer, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.min_points_per_centroid = 1
        index.cp.max_points_per_centroid = _TRAINING
        index.train(vectors[_sample(len(vectors), lists * _TRAINING)])
        index.add_with_ids(vectors, ids)
        probes = min(_FIRST_PROBES, lists // 2)
        while True:
            index.nprobe = probes
            found = index.search(asked.questions, _MORE)[1]
            rows = np.where(found < 0, -1, np.searchsorted(ids, found))
            reached = recall(true, asked.scores(rows))
            if reached >= RECALL:
                return index, f"IVF{lists},{name}", reached
            if probes == lists // 2:
                break
            probes = min(2 * probes, lists // 2)
    return None


def recall(true: Vectors, found: Vectors) -> float:
    """Share of the exact best ten that was found, by the exact scores of both, (questions, any).

    By scores and not by numbers: reports repeat sentences, and of equals any may be found.
    """
    best = -np.sort(-true, axis=1)[:, :_AT]
    good = (found >= best[:, -1:] - _EQUAL).sum(axis=1)
    return float(np.minimum(good, best.shape[1]).mean() / best.shape[1])


class _Asked:
    """What stands for questions: the middle between two passages, which are not to be found.

    A passage itself would be too easy a question, its neighbours lie in its own list.
    """

    def __init__(self, vectors: Vectors) -> None:
        chance = np.random.default_rng(1)
        self._vectors = vectors
        self._pairs = chance.integers(len(vectors), size=(_QUESTIONS, 2))
        middle = vectors[self._pairs].sum(axis=1)
        self.questions: Vectors = middle / np.linalg.norm(middle, axis=1, keepdims=True)

    def scores(self, rows: Ids) -> Vectors:
        """Exact scores of the rows found for each question; -1, the least, for no row."""
        scores = np.einsum("qd,qkd->qk", self.questions, self._vectors[rows])
        own = (rows[:, :, None] == self._pairs[:, None, :]).any(axis=2)
        return np.where(own | (rows < 0), np.float32(-1), scores)


def probes_inside(index: faiss.IndexIVF, allowed: int) -> int:
    """How many lists to look into where only `allowed` of the vectors may be found.

    As many more as the scope is narrower, so that as many candidates are compared as without
    one. Skipping a vector is cheap: a narrow scope is searched through and through.
    """
    share = allowed / max(index.ntotal, 1)
    return int(min(index.nlist, math.ceil(index.nprobe / share)))


def ids_of(index: faiss.IndexIVF) -> Ids:
    """The ids of all vectors, in no order."""
    lists = index.invlists
    assert lists is not None
    parts = [
        faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).copy()
        for n in range(index.nlist)
        if lists.list_size(n)
    ]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _sample(n: int, size: int) -> NDArray[np.int64]:
    """`size` different rows of n, always the same ones."""
    chance = np.random.default_rng(1)
    return np.sort(chance.choice(n, min(size, n), replace=False))
