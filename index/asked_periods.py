"""The times that a question names: dates and half-years, 近三年, 历年, 上一次."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.asked_places import blank
from index.chinese.numbers import chinese_integer
from index.chinese.periods import PeriodMention, as_reporting_period, find_periods
from index.records import Period

_LAST_YEARS = re.compile(
    r"(?:最?近|过去|这|前)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?年(?:以?来|[之以]?内|里|间)?"
)
_ALL_TIMES = re.compile(
    r"历年(?:以?来)?|历次|历期|历届|逐年|每年(?=的|各|都|分别|变)|每半年|各年度?|各期|各个?年度|近几年来?|近年来?|这几年来?|这些年来?|多年来?"
    r"|一[期次]一[期次]地?|逐[期次]|[这前][几两三四五]次(?=[都各]?(?:报|上报|汇报|填报|总结|各|分别))|(?:每|各)[期次](?=报|上报|汇报|填报|总结|各?是?多少)"
)
# 2021、2022、2023三年上半年
_HALVES = re.compile(
    r"(?P<years>(?:19|20)\d\d年?(?:[、,和与及](?:19|20)\d\d年?)+)(?:[两二三四五六]年)?的?(?P<half>[上下])半年"
)
_YEAR_AND_HALF = re.compile(r"(?:19|20)\d\d年[和与及](?:19|20)\d\d年的?[上下]半年")
_LATEST = re.compile(
    r"上[一]?次|上一?期|最近[的]?[一]?[次期]|最新(?:[一]?[次期])?|前[一]?次|目前为止最后一次"
)
_NAMED_REPORT = re.compile(r"^[^,。?]{0,8}?(?:报告|总结|汇报|报送的?材料|上报的?材料)")


_HALF = re.compile(r"[上下]半年")
_NO_TIME = re.compile(
    r"(?:比|较|跟|和|同|与)(?:去年|上年)(?:同期|同比|同时期)?(?=[^,。]{0,4}(?:多|少|增|减|高|低|涨|降|长))|年初(?=的?(?:目标|计划|预|定|提出|确定))"
)
"""比去年同期多了多少 compares, and 年初目标 is a target: neither asks of that time."""
_SINCE = re.compile(r"以来|以后|之后|至今|起")


@dataclass(frozen=True)
class AskedPeriods:
    """The periods asked about, and what of them concerns more than their dates."""

    periods: tuple[Period, ...] = ()
    explicit: bool = False
    """Whether the words give a year."""
    named_report: bool = False
    """Whether the period names a report («2018年上半年的报告») and not a time."""
    every: bool = False
    """Whether all times are asked for, one after the other: 历年, 近三年."""
    latest: bool = False
    """Whether the last report is meant, whenever it was: 上次."""
    half: int | None = None
    """The half-year that is named without its year, 1 or 2, where nothing else is named."""
    spans: tuple[tuple[int, int], ...] = ()
    bare: tuple[str, ...] = ()
    """The times as written, where none says of which year it is: 5月底, 上半年, 今年."""


def periods_asked(folded: str, today: date) -> tuple[AskedPeriods, str]:
    """The times that a folded question names, and the text with them blanked."""
    text = folded
    spans: list[tuple[int, int]] = []
    periods: list[Period] = []
    every = latest = False
    for match in _LAST_YEARS.finditer(text):
        years = int(match["n"]) if match["n"].isdigit() else chinese_integer(match["n"])
        if years:
            first = today.year - years + 1
            periods.append(Period(date(first, 1, 1), date(today.year, 12, 31)))
            spans.append(match.span())
            every |= years > 1
    for pattern in (_ALL_TIMES, _LATEST):
        for match in pattern.finditer(text):
            spans.append(match.span())
            every |= pattern is _ALL_TIMES
            latest |= pattern is _LATEST
    halves: list[Period] = []
    for match in _HALVES.finditer(text):
        if _YEAR_AND_HALF.fullmatch(match.group()):
            continue  # 2022年和2023年上半年 are a year and a half-year
        half = 1 if match["half"] == "上" else 2
        halves += [Period.half(int(year), half) for year in re.findall(r"\d{4}", match["years"])]
        spans.append(match.span())
    for start, end in spans:
        text = blank(text, start, end)
    for match in _NO_TIME.finditer(text):
        text = blank(text, *match.span())
    mentions = list(find_periods(text, today, short_years=True))
    explicit = any(mention.explicit for mention in mentions)
    bare = [one for one in mentions if not one.explicit and _HALF.fullmatch(_written(text, one))]
    if explicit:
        mentions = [mention for mention in mentions if mention.explicit]
        periods, latest = [], False
    if halves:
        explicit, periods, latest = True, halves, False
    if len(bare) == 1 and len(mentions) > 1 and all(map(_is_year, mentions)):
        # 上半年的收入,2022年比2021年多多少
        half = 1 if bare[0].period.start.month == 1 else 2
        periods += [Period.half(one.period.start.year, half) for one in mentions]
        spans += [(one.start, one.end) for one in (*bare, *mentions)]
        mentions = []
    named = False
    spans_of_years = [one for one in periods if one.start.year != one.end.year]
    for mention in mentions:
        if spans_of_years and not mention.explicit and _HALF.fullmatch(_written(text, mention)):
            # 近三年上半年 is the first half of each.
            half = 1 if mention.period.start.month == 1 else 2
            first_year, last_year = spans_of_years[0].start.year, spans_of_years[0].end.year
            periods = [Period.half(year, half) for year in range(first_year, last_year + 1)]
            spans.append((mention.start, mention.end))
            continue
        named |= bool(_NAMED_REPORT.match(text[mention.end :]))
        spans.append((mention.start, mention.end))
        since = mention.explicit and _SINCE.match(text, mention.end)
        if since:
            spans.append(since.span())
            every = True
            last = max(today.year, mention.period.end.year)
            periods.append(Period(mention.period.start, date(last, 12, 31)))
        else:
            periods.append(as_reporting_period(mention.period))
    text_of_times = [folded[start:end] for start, end in spans]
    for start, end in spans:
        text = blank(text, start, end)
    asked = AskedPeriods(
        tuple(dict.fromkeys(periods)),
        explicit,
        named,
        every or len(set(periods)) > 1,
        latest and not periods,
        _bare_half(text_of_times, periods),
        tuple(sorted(spans)),
        _bare(text_of_times) if not explicit else (),
    )
    return asked, text


_OF_NO_YEAR = re.compile(r"(?:今年|本年度?|当年)?(?:[上下]半年|.{0,8}[月季日号].{0,4}|年[底末初])?")


def _bare(written: Sequence[str]) -> tuple[str, ...]:
    """The times that a question gives without a year, if it gives no others."""
    return tuple(written) if all(_OF_NO_YEAR.fullmatch(one) for one in written) else ()


def _bare_half(written: Sequence[str], periods: Sequence[Period]) -> int | None:
    if len(periods) != 1 or len(written) != 1 or not _HALF.fullmatch(written[0]):
        return None
    return 1 if periods[0].start.month == 1 else 2


def _is_year(mention: PeriodMention) -> bool:
    return mention.explicit and mention.period == Period.year(mention.period.start.year)


def _written(text: str, mention: PeriodMention) -> str:
    return text[mention.start : mention.end]
