"""Approximate search: its recall is measured, and without it there is none."""

from __future__ import annotations

import numpy as np
import pytest

from index import approximate

IDS = np.arange(1000, 3000)


def clustered(n: int = 2000, dimension: int = 32) -> np.ndarray:
    chance = np.random.default_rng(3)
    centres = chance.normal(size=(40, dimension))
    rows = centres[chance.integers(40, size=n)] + 0.3 * chance.normal(size=(n, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_recall_by_hand() -> None:
    # Twelve passages each; the tenth best score is 0.3, resp. 0.5.
    true = np.array([[0.9] * 5 + [0.4] * 4 + [0.3] + [0.1] * 2, [0.5] * 12], np.float32)
    found = np.array([[0.9] * 5 + [0.4] * 2 + [0.2] * 5, [0.5] * 11 + [0.1]], np.float32)

    assert approximate.recall(true, true) == 1
    # 7 of 10, and ten of ten: of equals any may be found, and more than ten do not count.
    assert approximate.recall(true, found) == pytest.approx((0.7 + 1) / 2)


def test_recall_where_there_are_fewer_than_ten() -> None:
    true = np.array([[0.9, 0.8]], np.float32)

    assert approximate.recall(true, np.array([[0.9, 0.1]], np.float32)) == 0.5


def test_what_is_built_reaches_the_recall_that_it_states() -> None:
    vectors = clustered()
    built = approximate.build(vectors, IDS)

    assert built is not None
    index, name, recall = built
    assert index.nprobe <= index.nlist // 2
    assert name.startswith(f"IVF{index.nlist},")
    assert sorted(approximate.ids_of(index)) == IDS.tolist()
    # Measured here again, on other questions and without its code.
    asked = vectors[1::7]
    true = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    found = index.search(asked, 10)[1]
    own = [len(set(f) & set(IDS[t])) / 10 for f, t in zip(found.tolist(), true, strict=True)]
    assert recall >= approximate.RECALL
    assert np.mean(own) >= approximate.RECALL - 0.02


def test_vectors_without_neighbourhoods_stay_exact() -> None:
    chance = np.random.default_rng(5)
    rows = chance.normal(size=(2000, 384))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    assert approximate.build(vectors, IDS) is None


def test_a_narrow_scope_is_looked_for_everywhere() -> None:
    built = approximate.build(clustered(), IDS)
    assert built is not None
    index = built[0]

    assert approximate.probes_inside(index, 10) == index.nlist
    assert approximate.probes_inside(index, len(IDS)) == index.nprobe
    assert approximate.probes_inside(index, len(IDS) // 2) == min(index.nlist, 2 * index.nprobe)
