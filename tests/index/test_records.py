"""Periods: keys, names, and what lies within what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.records import Described, Period, Report

_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
_STANDARD = st.one_of(
    st.builds(Period.year, st.integers(1, 9999)),
    st.builds(Period.half, st.integers(1, 9999), st.sampled_from([1, 2])),
    st.builds(
        lambda y, q: Period.months(y, 3 * q - 2, 3 * q), st.integers(1, 9999), st.integers(1, 4)
    ),
    st.builds(lambda y, m: Period.months(y, m, m), st.integers(1, 9999), st.integers(1, 12)),
    st.builds(Period.day, _DAYS),
)
_SPANS = st.builds(lambda a, b: Period(min(a, b), max(a, b)), _DAYS, _DAYS)
_PERIODS = _STANDARD | _SPANS


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018H1", date(2018, 1, 1), date(2018, 6, 30)),
        ("2018H2", date(2018, 7, 1), date(2018, 12, 31)),
        ("2018Q3", date(2018, 7, 1), date(2018, 9, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2018-10-15", date(2018, 10, 15), date(2018, 10, 15)),
        ("2018-01-01..2018-05-31", date(2018, 1, 1), date(2018, 5, 31)),
    ],
)
def test_a_key_and_its_days(key: str, start: date, end: date) -> None:
    assert Period.parse(key) == Period(start, end)
    assert Period(start, end).key == key


@pytest.mark.parametrize(
    "key",
    [
        "", "18", "2018年", "2018H3", "2018Q0", "2018Q5", "2018-13", "2018-00", "2018-2",
        "2018-02-30", "2018-1-1", "2018h1", " 2018", "2018\n", "２０１８", "0000", "20xx",
        "2018-06-30..2018-01-01", "2018..", "..", "20180101..20181231",
    ],
)  # fmt: skip
def test_anything_else_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period.parse(key)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="2018-07-01"):
        Period(date(2018, 7, 1), date(2018, 6, 30))


@given(_PERIODS)
def test_a_key_reads_back_as_its_period(period: Period) -> None:
    assert Period.parse(period.key) == period


@given(_STANDARD)
def test_a_standard_period_has_a_short_key(period: Period) -> None:
    assert ".." not in period.key


@pytest.mark.parametrize(
    ("key", "chinese"),
    [
        ("2018", "2018年"),
        ("2018H1", "2018年上半年"),
        ("2018H2", "2018年下半年"),
        ("2018Q3", "2018年7-9月"),
        ("2018-06", "2018年6月"),
        ("2018-06-05", "2018年6月5日"),
        ("2018-01-01..2018-05-31", "2018年1-5月"),
        ("2014-01-01..2018-12-31", "2014年至2018年"),
        ("2017-07-01..2018-06-30", "2017年7月至2018年6月"),
        ("2018-07-05..2018-07-08", "2018年7月5日至8日"),
        ("2018-07-05..2018-08-03", "2018年7月5日至8月3日"),
        ("2018-12-30..2019-01-02", "2018年12月30日至2019年1月2日"),
    ],
)
def test_as_an_official_writes_it(key: str, chinese: str) -> None:
    assert Period.parse(key).chinese == chinese


def test_different_periods_have_different_chinese_names() -> None:
    days = [date(2018, 1, 1) + timedelta(days=15 * step) for step in range(50)]
    spans = {Period(first, last) for first in days for last in days if first <= last}
    assert len({span.chinese for span in spans}) == len(spans)


@given(_PERIODS, _PERIODS, _PERIODS)
def test_within_and_overlaps(a: Period, b: Period, c: Period) -> None:
    assert a.within(a)
    assert a.overlaps(b) == b.overlaps(a)
    if a.within(b):
        assert a.overlaps(b)
        if b.within(c):
            assert a.within(c)
        if b.within(a):
            assert a == b


@given(_PERIODS, _PERIODS)
def test_overlapping_is_having_a_day_in_common(a: Period, b: Period) -> None:
    assert a.overlaps(b) == (max(a.start, b.start) <= min(a.end, b.end))


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_lies_in_one_half_and_one_quarter(year: int, month: int) -> None:
    inner = Period.months(year, month, month)
    halves = [Period.half(year, half) for half in (1, 2)]
    quarters = [Period.parse(f"{year:04d}Q{quarter}") for quarter in (1, 2, 3, 4)]
    assert sum(inner.within(half) for half in halves) == 1
    assert sum(inner.overlaps(quarter) for quarter in quarters) == 1


def test_neighbours_do_not_overlap() -> None:
    assert not Period.half(2018, 1).overlaps(Period.half(2018, 2))
    assert Period.half(2018, 1).within(Period.year(2018))
    assert not Period.year(2018).within(Period.half(2018, 1))


@given(_PERIODS, _PERIODS)
def test_periods_sort_by_their_first_day(a: Period, b: Period) -> None:
    assume(a.start != b.start)
    assert (a < b) == (a.start < b.start)


def test_a_report_passes_on_what_describes_it() -> None:
    described = Described("焦岭村总结", place="焦岭村", period=Period.half(2018, 1))
    report = Report("r1", "a.txt", described, "正文")
    assert (report.title, report.place, report.period) == ("焦岭村总结", "焦岭村", described.period)
