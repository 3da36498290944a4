"""Persons' names in text."""

from __future__ import annotations

from index.chinese.people import people_in


def test_nobody_is_named_in_nothing() -> None:
    assert not list(people_in(""))
