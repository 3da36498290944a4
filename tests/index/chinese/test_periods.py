"""Periods in running text, with and without a day to count from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold
from index.chinese.periods import as_reporting_period, find_periods
from index.records import Period

_ANCHOR = date(2018, 7, 2)


def _keys(text: str, anchor: date | None = None, short_years: bool = False) -> list[str]:
    return [m.period.key for m in find_periods(fold(text), anchor, short_years)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("2018年", ["2018"]),
        ("2018年度", ["2018"]),
        ("2018年上半年", ["2018H1"]),
        ("2018上半年", ["2018H1"]),
        ("2018年 下半年", ["2018H2"]),
        ("18年1-6月", ["2018H1"]),
        ("17年底", ["2017"]),
        ("截至2018年6月底", ["2018-06"]),
        ("截止2017年底", ["2017"]),
        ("2017年末", ["2017"]),
        ("2018年初", ["2018"]),
        ("2018年第三季度", ["2018Q3"]),
        ("2018年1季度", ["2018Q1"]),
        ("2018年前三季度", ["2018-01-01..2018-09-30"]),
        ("2018年一至三季度", ["2018-01-01..2018-09-30"]),
        ("2018年3-4季度", ["2018H2"]),
        ("2018年前5个月", ["2018-01-01..2018-05-31"]),
        ("2018年1—5月份", ["2018-01-01..2018-05-31"]),
        ("2019年3月至5月", ["2019-03-01..2019-05-31"]),
        ("2018年4月份", ["2018-04"]),
        ("2018年4月3日", ["2018-04-03"]),
        ("2018年4月3号", ["2018-04-03"]),
        ("2018 年 4 月 3 日", ["2018-04-03"]),
        ("2018年7月5日至8日", ["2018-07-05..2018-07-08"]),
        ("2018年7月5日-8月3日", ["2018-07-05..2018-08-03"]),
        ("2018年1月1日至6月30日", ["2018H1"]),
        ("二〇一八年三月", ["2018-03"]),
        ("二○一八年六月三十日", ["2018-06-30"]),
        ("二0一八年", ["2018"]),
        ("一九四九年十月一日", ["1949-10-01"]),
        ("2014—2018年", ["2014-01-01..2018-12-31"]),
        ("2014年至2018年", ["2014-01-01..2018-12-31"]),
        ("2014-18年", ["2014-01-01..2018-12-31"]),
        ("2014年至2018年上半年", ["2014", "2018H1"]),
        ("2017年7月至2018年6月", ["2017-07", "2018-06"]),
        ("2016、2017年", ["2016", "2017"]),
        ("十三五期间", ["2016-01-01..2020-12-31"]),
        ("“十四五”规划", ["2021-01-01..2025-12-31"]),
        ("“十五”时期", ["2001-01-01..2005-12-31"]),
        ("十三五末", ["2020"]),
        ("2018.10.15", ["2018-10-15"]),
        ("2018-10-15", ["2018-10-15"]),
        ("2018/1/5", ["2018-01-05"]),
        ("2018.6月", ["2018-06"]),
        ("2021年秋季学期", ["2021"]),
        ("2018年13月", ["2018"]),
    ],
)
def test_what_the_words_say_in_full(text: str, keys: list[str]) -> None:
    assert _keys(text) == keys
    assert all(mention.explicit for mention in find_periods(fold(text)))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("今年", ["2018"]),
        ("本年度", ["2018"]),
        ("去年", ["2017"]),
        ("上年同期", ["2017"]),
        ("前年", ["2016"]),
        ("明年底", ["2019"]),
        ("去年10月", ["2017-10"]),
        ("今年 5月", ["2018-05"]),
        ("今年前三季度", ["2018-01-01..2018-09-30"]),
        ("上半年", ["2018H1"]),
        ("5月底", ["2018-05"]),
        ("六月底", ["2018-06"]),
        ("十一月", ["2018-11"]),
        ("年底", ["2018"]),
        ("一季度", ["2018Q1"]),
        ("前5个月", ["2018-01-01..2018-05-31"]),
        ("前三个月", ["2018Q1"]),
        ("1-6月", ["2018H1"]),
        ("7月5日至8日", ["2018-07-05..2018-07-08"]),
        ("本月", ["2018-07"]),
        ("上个月底", ["2018-06"]),
    ],
)
def test_what_counts_from_the_anchor(text: str, keys: list[str]) -> None:
    assert _keys(text, _ANCHOR) == keys
    assert not any(mention.explicit for mention in find_periods(fold(text), _ANCHOR))
    assert _keys(text) == []


def test_last_month_of_january_is_in_the_year_before() -> None:
    assert _keys("上月", date(2018, 1, 31)) == ["2017-12"]


@pytest.mark.parametrize(
    "text",
    [
        "20xx年", "20xx年上半年", "xx年6月", "20xx年11月3日至5日", "x月5日", "每年上半年",
        "近年6月",
        "8个月", "12个月", "3年来", "三年", "第5月", "12018年", "2月30日", "11-3月",
        "3万元以上年收入", "目前年产值", "以前年度", "3年来年均", "出生证明年限", "基本年报",
        "第三产业", "10.15", "3.5%", "1/6",
    ],
)  # fmt: skip
def test_what_is_unknown_or_no_time_is_not_guessed(text: str) -> None:
    assert _keys(text, _ANCHOR) == []


@pytest.mark.parametrize(
    ("text", "without", "with_short"),
    [
        ("18年脱贫户数", [], ["2018"]),
        ("18年1-6月", ["2018H1"], ["2018H1"]),
        ("近10年", [], []),
        ("10年来", [], []),
        ("30年前", [], []),
        ("10-15年", [], []),
        ("118年", [], []),
    ],
)
def test_short_years_alone_are_durations_unless_asked(
    text: str, without: list[str], with_short: list[str]
) -> None:
    assert _keys(text) == without
    assert _keys(text, short_years=True) == with_short


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("2017年脱贫10户,6月底前完工", ["2017", "2017-06"]),
        ("2017年脱贫10户,今年6月完工", ["2017", "2018-06"]),
        ("2020年预计脱贫11户。上半年走访3次", ["2020", "2018H1"]),
        ("2017年脱贫10户。\n上半年走访3次", ["2017", "2018H1"]),
        ("2014—2016年修路,5月验收", ["2014-01-01..2016-12-31", "2018-05"]),
    ],
)
def test_a_bare_month_goes_on_from_a_past_year_on_its_line(text: str, keys: list[str]) -> None:
    assert _keys(text, _ANCHOR) == keys


def test_a_mention_is_what_the_words_span() -> None:
    text = "截至2018年6月底,全村12户; 去年8户"
    spans = [text[m.start : m.end] for m in find_periods(text, _ANCHOR)]
    assert spans == ["2018年6月底", "去年"]


_WORDS = st.sampled_from(
    ["2018", "年", "17", "1", "6", "十", "二", "三", "月", "日", "底", "上半年", "季度", "前", "个",
     "至", "-",
     "今年", "去年", "本月", "十三五", "期间", "二〇一八", "x", ".",
     "、", " ", "\n", "五", "第", "31", "2"]
)  # fmt: skip


@given(
    st.lists(_WORDS, max_size=12).map("".join) | st.text(),
    st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.booleans(),
)
def test_any_text_gives_ordered_mentions(text: str, anchor: date | None, short: bool) -> None:
    folded = fold(text)
    found = list(find_periods(folded, anchor, short))
    assert all(folded[m.start : m.end].strip() for m in found)
    assert all(folded[m.start : m.end] == folded[m.start : m.end].strip() for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(folded) for m in found)
    if anchor is None:
        assert all(mention.explicit for mention in found)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_an_official_s_name_for_a_period_reads_back(day: date) -> None:
    half = Period.half(day.year, (day.month + 5) // 6)
    month = Period.months(day.year, day.month, day.month)
    for period in (Period.year(day.year), half, month, Period.day(day)):
        assert _keys(period.chinese) == [period.key]


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ("2018-06", "2018H1"),
        ("2018-06-30", "2018H1"),
        ("2018-12", "2018"),
        ("2018-12-31", "2018"),
        ("2018H1", "2018H1"),
        ("2018H2", "2018H2"),
        ("2018-05", "2018-05"),
        ("2018", "2018"),
    ],
)
def test_an_as_of_date_asks_for_the_period_it_closes(asked: str, reported: str) -> None:
    assert as_reporting_period(Period.parse(asked)).key == reported


def test_a_school_year_runs_from_september_to_august() -> None:
    (found,) = find_periods("2022—2023学年度工作总结")

    assert found.period == Period(date(2022, 9, 1), date(2023, 8, 31))
    assert not list(find_periods("2020-2023学年"))
