"""Figures of ranked lists, worked by hand."""

from __future__ import annotations

import math

import pytest

from eval.metrics import plain
from eval.ranking import Mean, complete_at, gain, mean, ndcg, ratio, reciprocal, within


def test_an_answer_is_found_at_the_rank_that_completes_it() -> None:
    texts = ["全村536户。", "脱贫 ３５户，", "共132人。"]

    assert complete_at(texts, ["35户"], plain) == 2
    assert complete_at(texts, ["35户", "132人"], plain) == 3
    assert complete_at(texts, ["35户", "9座"], plain) is None
    assert complete_at([], ["35户"], plain) is None


def test_an_answer_cut_in_two_by_a_passage_s_end_is_not_found() -> None:
    assert complete_at(["脱贫3", "5户"], ["35户"], plain) is None


def test_reciprocal_rank_and_within() -> None:
    assert [reciprocal(rank) for rank in (1, 4, None)] == [1, 0.25, 0]
    assert [within(rank, 5) for rank in (1, 5, 6, None)] == [True, True, False, False]


def test_ndcg_by_hand() -> None:
    # Found at 1 and 3 of two that exist: (1 + 1/2) / (1 + 1/log2 3).
    assert ndcg([True, False, True], 2) == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert ndcg([True, True], 2) == 1
    assert ndcg([False] * 10, 3) == 0
    # Of thirty only ten can be in the first ten, and what comes later does not count.
    assert ndcg([True] * 10 + [False] * 5, 30) == 1
    assert ndcg([False] * 10 + [True], 1) == 0


def test_a_mean_with_its_interval() -> None:
    found = mean([True] * 90 + [False] * 10)

    assert (found.value, found.n) == (0.9, 100)
    assert found.low is not None
    assert found.high is not None
    # The standard error is 0.03; a 95 % interval is some two of them to either side.
    assert found.low == pytest.approx(0.84, abs=0.02)
    assert found.high == pytest.approx(0.95, abs=0.02)
    assert mean([True] * 90 + [False] * 10) == found
    assert str(found).startswith("0.900 [0.8")


def test_what_does_not_apply_is_no_zero() -> None:
    assert mean([1.0, None, 0.5]) == mean([1.0, 0.5])
    assert mean([None]) == Mean(None, 0)
    assert str(mean([])) == "–"


def test_a_gain_is_paired() -> None:
    found = gain([0.5, 0.7, 0.9], [0.4, 0.6, 0.8])

    assert found.value == pytest.approx(0.1)
    # Each case gains the same, so nothing is uncertain, however the cases differ.
    assert (found.low, found.high) == (pytest.approx(0.1), pytest.approx(0.1))


def test_a_ratio_counts_items_and_resamples_questions() -> None:
    found = ratio([(1, 2), (3, 3), (0, 0), (2, 5)])

    assert (found.value, found.n) == (0.6, 10)
    assert found.low is not None
    assert found.high is not None
    assert 0.4 <= found.low < 0.6 < found.high <= 1
    assert ratio([(0, 0)]) == Mean(None, 0)


def test_a_ratio_without_dissent_is_as_sure_as_its_questions_are_many() -> None:
    few, many = ratio([(9, 9)] * 10), ratio([(1, 1)] * 90)

    assert (few.value, few.n) == (1, 90)
    assert few.high == pytest.approx(1)
    assert few.low == pytest.approx(0.7225, abs=1e-3)
    assert many.low == pytest.approx(0.9591, abs=1e-3)
    assert ratio([(0, 1)] * 90).high == pytest.approx(1 - 0.9591, abs=1e-3)
