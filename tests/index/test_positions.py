"""Where text stands in its file: marks over spans, and how they are stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.positions import (
    NOWHERE,
    Mark,
    Position,
    between,
    merged,
    packed_marks,
    position_of,
    unpacked_marks,
)

PAGES = (
    Mark(0, Position(page=1, sure=0.97)),
    Mark(10, Position(page=1, sure=0.81)),
    Mark(20, Position(page=2, sure=0.99)),
)

positions = st.builds(
    Position,
    st.none() | st.integers(1, 9),
    st.none() | st.integers(0, 100).map(lambda n: n / 100),
    st.none() | st.integers(1, 999),
    st.none() | st.text(max_size=5),
)
marks = st.lists(st.tuples(st.integers(1, 8), positions), max_size=6).map(
    lambda steps: merged(
        Mark(sum(step for step, _ in steps[:n]), position) for n, (_, position) in enumerate(steps)
    )
)


@pytest.mark.parametrize(
    ("span", "page", "sure"),
    [((0, 5), 1, 0.97), ((5, 15), 1, 0.81), ((12, 25), 1, 0.81), ((20, 30), 2, 0.99)],
)
def test_a_span_stands_where_it_begins_and_is_as_sure_as_its_least_sure_part(
    span: tuple[int, int], page: int, sure: float
) -> None:
    assert position_of(PAGES, *span) == Position(page=page, sure=sure)


def test_what_has_no_marks_stands_nowhere() -> None:
    assert position_of((), 0, 9) == NOWHERE
    assert position_of((Mark(5, Position(page=2)),), 0, 9) == NOWHERE


@given(marks, st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_cut_of_the_marks_says_the_same_of_what_lies_inside(
    found: tuple[Mark, ...], start: int, length: int, inner: int, inner_length: int
) -> None:
    end = start + length
    a = min(start + inner, end - 1)
    b = min(a + inner_length, end)

    assert position_of(between(found, start, end), a, b) == position_of(found, a, b)


@given(marks)
def test_marks_are_stored_and_read_again(found: tuple[Mark, ...]) -> None:
    assert unpacked_marks(packed_marks(found)) == found


def test_what_tells_nothing_takes_no_room() -> None:
    assert packed_marks(between((Mark(0, NOWHERE),), 0, 9)) is None
    assert packed_marks((Mark(3, Position(page=2)), Mark(9, Position(row=4, sheet="表")))) == (
        '[[3,2],[9,null,null,4,"表"]]'
    )
