"""First characters that are looked at before a costly pattern: the pattern begins with no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese import numbers as quantities
from index.chinese.fold import fold
from ingest.measure import kinds, neighbours, numbers, phrases, qualifiers, subjects, times

BEGINS = [
    (phrases._CHANGE, phrases._CHANGE_BEGINS),
    (numbers._ANNOUNCED, numbers._ANNOUNCED_BEGINS),
    (kinds._DEMANDED, kinds._BEGIN_DEMANDED),
    (qualifiers._BEHIND, qualifiers._BEGIN_BEHIND),
    (subjects._SPENT_ON, subjects._BEGIN_SPENT),
]
ENDS = [
    (phrases._GREW, phrases._GREW_ENDS),
    (numbers._BELOW, numbers._BELOW_ENDS),
    (quantities._NO_QUANTITY_BEFORE, quantities._NO_QUANTITY_LAST),
    (quantities._BEFORE, quantities._BEFORE_LAST),
]


@pytest.mark.parametrize(("pattern", "begins"), BEGINS, ids=range(len(BEGINS)))
@given(data=st.data())
def test_a_pattern_begins_with_no_other_character(
    pattern: re.Pattern[str], begins: frozenset[str], data: st.DataObject
) -> None:
    match = pattern.match(data.draw(_folded(pattern)))
    assert match is None or match[0][:1] in begins


@pytest.mark.parametrize(("pattern", "ends"), ENDS, ids=range(len(ENDS)))
@given(data=st.data())
def test_a_pattern_ends_with_no_other_character(
    pattern: re.Pattern[str], ends: frozenset[str], data: st.DataObject
) -> None:
    match = pattern.search(data.draw(_folded(pattern)))
    assert match is None or match[0][-1:] in ends or match[0][-1:].isspace()


@given(st.data())
def test_a_phrase_that_begins_with_what_says_nothing_is_looked_at(data: st.DataObject) -> None:
    text = data.draw(_folded(phrases._LEAD))
    assert not phrases._LEAD.match(text) or phrases._may_lead(text[:1])


@given(st.data())
def test_a_sentence_with_a_time_holds_what_times_are_looked_for_by(data: st.DataObject) -> None:
    text = data.draw(_folded(times._WORDS))
    assert not times._WORDS.search(text) or times._NEEDED.search(text)


@given(st.data())
def test_a_sentence_that_tells_by_turn_holds_what_is_looked_for_first(data: st.DataObject) -> None:
    text = data.draw(_folded(neighbours._EACH))
    assert not neighbours._EACH.search(text) or "分别" in text or "均" in text


def _folded(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(pattern).map(fold)
