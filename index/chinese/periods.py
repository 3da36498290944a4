"""Dates and periods as officials write them: 2018年上半年, 18年1-6月, 截至6月底, 去年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from index.chinese.numbers import chinese_integer
from index.records import Period

_HAN_DIGIT = "零〇○0o一二三四五六七八九"  # 二○一八, 二0一八 and 二o一八 are what scanners make
_YEAR = rf"(?:(?:19|20)\d{{2}}|二[零〇○0o][{_HAN_DIGIT}]{{2}}|一九[{_HAN_DIGIT}]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])"
)
_TO = r"\s?[-~～—至到]\s?"
_QUARTER = r"[一二两三四1-4]"


def _part(prefix: str, end_of_year: str) -> str:
    """The pattern of a part of a year; its groups' names begin with `prefix`."""
    return (
        rf"(?P<{prefix}half>[上下]半年)"
        rf"|前(?P<{prefix}quarters>{_QUARTER})个?季度"
        rf"|第?(?:(?P<{prefix}quarter1>{_QUARTER})(?:季度)?{_TO}第?)?"
        rf"(?P<{prefix}quarter>{_QUARTER})\s?季度"
        rf"|前\s?(?P<{prefix}months>{_MONTH})\s?个?月"
        rf"|(?P<{prefix}month1>{_MONTH})\s?(?:月份?)?{_TO}(?P<{prefix}month2>{_MONTH})\s?月"
        rf"(?!\s?{_DAY}\s?[日号])[份底末]?"
        rf"|(?P<{prefix}month>{_MONTH})\s?月(?:\s?(?P<{prefix}day>{_DAY})\s?(?:"
        rf"[日号]?{_TO}(?:(?P<{prefix}to_month>{_MONTH})\s?月\s?)?(?P<{prefix}to_day>{_DAY})\s?[日号]"
        rf"|[日号])|[份底末])?"
        rf"|(?P<{prefix}end>{end_of_year})"
    )


# 以上年收入, 3年来, 证明年限, 目前年产 and 应当年底 hold none of these words.
_RELATIVE = (
    r"(?P<relative>今年|(?<![基成资])本年度?|(?<![应相适])当年|去年|(?<![以赶追碰遇用])上年度?"
    r"|(?<![以目当此之])前年|(?<![证说声表])明年|(?<![年以])来年|(?<!以)下年度)"
)
_RELATIVE_YEARS = {
    "今年": 0, "本年度": 0, "本年": 0, "当年": 0, "去年": -1, "上年度": -1, "上年": -1,
    "前年": -2, "明年": 1, "来年": 1, "下年度": 1,
}  # fmt: skip
_PERIOD = re.compile(
    # 2014年至2018年上半年 goes on: the second year is then a mention of its own.
    rf"(?<!\d)(?P<school>{_YEAR})\s?年?{_TO}(?P<school2>{_YEAR})\s?学年度?"
    rf"|(?<!\d)(?P<year>{_YEAR})\s?年?度?{_TO}(?P<year2>{_YEAR}|\d\d)\s?年[底末]?"
    rf"(?!\s?(?:[上下]半年|第?{_QUARTER}季度|{_MONTH}\s?(?:月|{_TO}{_MONTH}\s?月)))"
    rf"|(?<!\d)(?P<y>{_YEAR})"
    rf"(?:\s?年|(?=[上下]半年)|(?=(?:[、和与及]\s?{_YEAR})+\s?年)|[.\-/](?={_MONTH}\s?月))"
    rf"(?:\s?度)?(?:\s?(?:{_part('', '年?[底末初]')}))?"
    rf"|(?<![\d近前约第满达过.\-~])(?P<short>[0-3]\d)\s?年(?:度?\s?(?:{_part('s', '[底末]')})"
    r"|(?P<alone>(?![来前后间多代级])))"
    rf"|{_RELATIVE}(?:\s?(?:{_part('r', '年?[底末]')}))?"
    rf"|(?:{_part('b', '年[底末]')})"
    r"|(?P<this_month>本月|(?<!以)上个?月)[底末份]?"
    r"|(?P<plan>十[一二三四五六七](?=五)|(?:十|[七八九])(?=五[\"”’」]?(?:规划|时期|期间|以来)))五"
    r"[\"”’」]?(?:规划)?(?:时期|期间|以来|(?P<plan_end>末))?"
    r"|(?<!\d)(?P<dotted>(?:19|20)\d{2})[.\-/](?P<dm>1[0-2]|0?[1-9])[.\-/]"
    r"(?P<dd>3[01]|[12]\d|0?[1-9])(?!\d)"
)
# Searched first: most characters begin no period. A set of characters in front is found fast;
# what has to follow each is looked at behind it.
_FIRST = re.compile(
    r"[0-9一二三四五六七八九十前第上下今本当去明来年]"
    r"(?:(?<=[0-9])(?=[0-9]{0,3}\s{0,2}[年月季度上下\-~～—至到])"
    # 3、4, 27.16 and 1/3 are no years: only 2014、2015年 and 2014.6.30 are.
    r"|(?<=[12])(?=[09][0-9]{2}\s{0,2}[、和与及./])"
    rf"|(?<=[一二三四五六七八九十])(?=[{_HAN_DIGIT}十]{{0,3}}\s{{0,2}}[年月季度上下、和与及.\-/~～—至到]"
    r"|[一二三四五六七]?五)"
    r"|(?<=前)(?=年|\s?[0-9一二两三四五六七八九十])|(?<=第)(?=[一二两三四1-4])"
    r"|(?<=[上下])(?=半年|年度?|个?月)|(?<=[今去明来])(?=年)|(?<=[本当])(?=[年月])"
    r"|(?<=年)(?=[底末初]))"
)
# Each of them holds one of these; most sentences with a number none.
_NEEDED = re.compile(r"[年月季五]|(?:19|20)\d\d[.\-/]")


class PeriodMention(NamedTuple):
    """A period that `text[start:end]` names; `explicit` where the words give the year."""

    start: int
    end: int
    period: Period
    explicit: bool


def find_periods(
    text: str, anchor: date | None = None, short_years: bool = False
) -> Iterator[PeriodMention]:
    """Yield the periods that folded `text` names, in order.

    `anchor` is the day that 今年, 去年, 上半年 and 6月底 count from; without it they are
    passed over. `short_years` reads 18年 as 2018, which in a report is mostly a duration;
    18年6月 is a date in any case.
    """
    if not _NEEDED.search(text):
        return
    named: PeriodMention | None = None
    at = 0
    while first := _FIRST.search(text, at):
        match = _PERIOD.match(text, first.start())
        if match is None:
            at = first.end()
            continue
        at = match.end()
        if named is not None and "\n" in text[named.end : match.start()]:
            named = None
        year = None if named is None else named.period.start.year
        found = _read(match, text, anchor, year, short_years)
        if found is None:
            continue
        mention = PeriodMention(match.start(), match.end(), *found)
        yield mention
        if mention.explicit and _goes_on(mention.period, anchor):
            named = mention


def _goes_on(period: Period, anchor: date | None) -> bool:
    """Whether bare months go on from this: 2017年脱贫10户,6月底…, but not 2020年预计…。上半年…."""
    return period.start.year == period.end.year and (
        anchor is not None and period.start.year <= anchor.year
    )


def _read(
    match: re.Match[str], text: str, anchor: date | None, year: int | None, short_years: bool
) -> tuple[Period, bool] | None:
    groups = match.groupdict()
    try:
        if groups["school2"]:
            first, last = _number(groups["school"]), _number(groups["school2"])
            # A school year begins in September; what is longer is no school year.
            return (
                (Period(date(first, 9, 1), date(last, 8, 31)), True) if last == first + 1 else None
            )
        if groups["year2"]:
            first, last = _number(groups["year"]), _number(groups["year2"])
            # 2014-18年 leaves the century out.
            last += 0 if last > 99 else first // 100 * 100
            return Period(date(first, 1, 1), date(last, 12, 31)), True
        if groups["y"]:
            return _span(_number(groups["y"]), groups, ""), True
        if groups["short"]:
            if groups["alone"] is not None and not short_years:
                return None
            return _span(2000 + int(groups["short"]), groups, "s"), True
        if groups["dotted"]:
            day = date(int(groups["dotted"]), int(groups["dm"]), int(groups["dd"]))
            return Period.day(day), True
        if groups["plan"]:
            return _five_years(groups["plan"], groups["plan_end"] is not None), True
        if anchor is None:
            return None
        if groups["relative"]:
            return _span(anchor.year + _RELATIVE_YEARS[groups["relative"]], groups, "r"), False
        if groups["this_month"]:
            back = 0 if groups["this_month"] == "本月" else 1
            month = anchor.replace(day=1) - timedelta(days=back)
            return Period.months(month.year, month.month, month.month), False
        if _is_open(match, text):
            return None
        return _span(anchor.year if year is None else year, groups, "b"), False
    except ValueError:  # 2018年13月, 2月30日, 11-3月: not a date after all
        return None


def _span(year: int, groups: dict[str, str | None], prefix: str) -> Period:
    def number(name: str) -> int | None:
        text = groups[prefix + name]
        return None if text is None else _number(text)

    if half := groups[prefix + "half"]:
        return Period.half(year, 1 if half == "上半年" else 2)
    if quarters := number("quarters"):
        return Period.months(year, 1, 3 * quarters)
    if quarter := number("quarter"):
        return Period.months(year, 3 * (number("quarter1") or quarter) - 2, 3 * quarter)
    if months := number("months"):
        return Period.months(year, 1, months)
    if (month1 := number("month1")) and (month2 := number("month2")):
        return Period.months(year, month1, month2)
    if not (month := number("month")):
        return Period.year(year)
    if not (day := number("day")):
        return Period.months(year, month, month)
    to_month, to_day = number("to_month") or month, number("to_day") or day
    return Period(date(year, month, day), date(year, to_month, to_day))


def _number(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    return chinese_integer(text.translate(_ZEROS))


_ZEROS = str.maketrans("○0o", "零零零")


def _is_open(match: re.Match[str], text: str) -> bool:
    """Whether a bare part stands behind what leaves it open: 每年上半年, 20xx年6月, 第3季度."""
    before = text[max(0, match.start() - 2) : match.start()].rstrip()
    if before.endswith("年"):
        return before != "同年"
    return before.endswith(tuple("0123456789一二三四五六七八九十第每各.x*"))


def _five_years(name: str, only_last: bool) -> Period:
    """The span of the Nth five-year plan; from the third (1966) on they follow unbroken."""
    first = 1966 + 5 * (chinese_integer(name) - 3)
    return (
        Period.year(first + 4) if only_last else Period(date(first, 1, 1), date(first + 4, 12, 31))
    )


def as_reporting_period(period: Period) -> Period:
    """What an as-of date asks about: 2018年6月底 is the first half-year, a year's end the year.

    Only for questions: 截至2018年6月底 means the report of 2018年上半年.
    """
    year = period.end.year
    if period in (Period.months(year, 6, 6), Period.day(date(year, 6, 30))):
        return Period.half(year, 1)
    if period in (Period.months(year, 12, 12), Period.day(date(year, 12, 31))):
        return Period.year(year)
    return period
