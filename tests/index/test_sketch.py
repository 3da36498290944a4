"""Sketches of texts: how alike they are, and which reports that makes versions of one."""

from __future__ import annotations

import random

import pytest

from index.duplicates import Pair, Sketched, pairs
from index.sketch import likeness, packed, sketch_of, unpacked


def words(seed: int, length: int = 4000) -> str:
    chance = random.Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(length))


def sketched(name: str, text: str, place: str | None = None, period: str | None = None) -> Sketched:
    return Sketched(name, sketch_of(text), place, period)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_likeness_estimates_the_share_of_common_pieces(share: float) -> None:
    common, one, other = words(1), words(2), words(3)
    kept = int(len(common) * share)
    rest = (len(common) - kept) // 2

    estimate = likeness(
        sketch_of(common[:kept] + one[:rest]), sketch_of(common[:kept] + other[:rest])
    )

    assert estimate == pytest.approx(share, abs=0.1)


def test_the_same_words_written_otherwise_are_alike() -> None:
    one = sketch_of("石梁村，全村共有５３６户。")

    assert likeness(one, sketch_of("石樑村,全村共有 536 户")) == 1


@pytest.mark.parametrize("text", ["", "村", "全村五户", "一" * 9000])
def test_short_and_monotonous_texts_have_sketches(text: str) -> None:
    sketch = sketch_of(text)

    assert likeness(sketch, unpacked(packed(sketch))) == 1


def test_a_sketch_is_the_same_however_the_text_is_partitioned() -> None:
    text = words(4, 9000)

    assert sketch_of(text).tolist() == sketch_of(text[:5000] + text[5000:]).tolist()
    assert sketch_of(text).tolist() == sorted(set(sketch_of(text).tolist()))


def test_pairs_are_found_once_and_only_with_something_fresh() -> None:
    text = words(5)
    reports = [
        sketched("a", text),
        sketched("b", text[:3800]),
        sketched("c", words(6)),
        sketched("d", text[100:]),
    ]

    every = {(pair.one, pair.other) for pair in pairs(reports, {"a", "b", "c", "d"})}
    new = {(pair.one, pair.other) for pair in pairs(reports, {"d"})}

    assert every == {("a", "b"), ("a", "d"), ("b", "d")}
    assert new == {("a", "d"), ("b", "d")}
    assert list(pairs(reports, set())) == []
    assert list(pairs([], {"a"})) == []


@pytest.mark.parametrize(
    ("place", "period", "versions"),
    [
        ("石梁村", "2018H1", True),
        (None, None, True),
        ("石梁村", "2018H2", False),
        ("柳沟村", "2018H1", False),
    ],
)
def test_known_places_and_periods_must_agree(
    place: str | None, period: str | None, versions: bool
) -> None:
    reports = [sketched("a", words(7), "石梁村", "2018H1"), sketched("b", words(7), place, period)]

    found = list(pairs(reports, {"b"}))

    assert found == ([Pair("a", "b", 1.0)] if versions else [])


def test_short_reports_are_compared_too() -> None:
    one, other = "石梁村全村共有五百三十六户", "石梁村全村共有五百三十六户人"

    assert list(pairs([sketched("a", one), sketched("b", other)], {"a", "b"}))
