"""Columns: which period a value stands in, and which are missing between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history.periods import column_of, filled, following, months_of
from index.records import Period


@pytest.mark.parametrize(
    ("when", "filed", "column"),
    [
        ("2022H1", ["2022H1"], "2022H1"),
        ("2022", ["2022H1"], "2022"),
        ("2022-06-30", ["2022H1"], "2022H1"),
        ("2022-03", ["2022H1"], "2022H1"),
        ("2022-12-31", ["2022H1", "2022"], "2022H2"),
        ("2022-12-31", ["2021", "2022"], "2022"),
        ("2022-03", ["2022-03", "2022-04"], "2022-03"),
        ("2022-05-01..2022-08-31", ["2022H1"], "2022"),
        ("2016-01-01..2020-12-31", ["2021"], None),
    ],
)
def test_a_value_stands_where_its_place_files(
    when: str, filed: list[str], column: str | None
) -> None:
    found = column_of(Period.parse(when), [Period.parse(key) for key in filed])

    assert (found.key if found else None) == column


def test_gaps_are_filled_between_periods_of_one_length() -> None:
    columns = {Period.parse(key) for key in ("2021H1", "2022H1", "2019", "2021")}

    assert [period.key for period in filled(columns)] == [
        "2019", "2020", "2021H1", "2021", "2021H2", "2022H1",
    ]  # fmt: skip


@given(year=st.integers(1990, 2040), key=st.sampled_from(["", "H1", "H2", "Q1", "Q4", "-12"]))
def test_the_next_period_begins_where_this_one_ends(year: int, key: str) -> None:
    period = Period.parse(f"{year}{key}")
    after = following(period)

    assert (after.start - period.end).days == 1
    assert months_of(after) == months_of(period)
