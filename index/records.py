"""The vocabulary of the whole program: frozen values that the stages hand to each other.

English name   Chinese term   what it is
report         报告           one work report, with its scope and its stored text
place          地点           the village, township, county … a report speaks for
reporting unit 填报单位       who wrote it
period         期次           the half-year, year, quarter, month or day it covers
genre          文种           汇报, 总结, 计划, 政府工作报告 …
passage        段落           whole sentences of one section, the unit that is searched
figure         指标           a stated quantity
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from index.positions import Mark, Position, position_of

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",
    re.ASCII,
)


@dataclass(frozen=True, order=True)
class Period:
    """A calendar span written `2018`, `2018H1`, `2018Q3`, `2018-10` or `2018-10-15`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    # The same few are read and made again and again.
    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, key: str) -> Period:
        """Read a key as above; raises ValueError for anything else, impossible dates included."""
        if ".." in key:
            first_day, last_day = (cls.parse(day) for day in key.split("..", 1))
            if first_day.start != first_day.end or last_day.start != last_day.end:
                raise ValueError(f"not two days: {key!r}")
            return cls(first_day.start, last_day.end)
        match = _PERIOD.fullmatch(key)
        if match is None:
            raise ValueError(f"not a period: {key!r}")
        year = int(match["year"])
        if match["half"]:
            return cls.half(year, int(match["half"]))
        if match["quarter"]:
            first = 3 * int(match["quarter"]) - 2
            return cls.months(year, first, first + 2)
        if match["day"]:
            return cls.day(date(year, int(match["month"]), int(match["day"])))
        if match["month"]:
            return cls.months(year, int(match["month"]), int(match["month"]))
        return cls.year(year)

    @classmethod
    def year(cls, year: int) -> Period:
        return cls.months(year, 1, 12)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        return cls.months(year, 6 * half - 5, 6 * half)

    @classmethod
    @lru_cache(maxsize=4096)
    def months(cls, year: int, first: int, last: int) -> Period:
        """From the first day of month `first` to the last day of month `last`, both 1–12."""
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @classmethod
    def day(cls, day: date) -> Period:
        return cls(day, day)

    @property
    def key(self) -> str:
        """The shortest standard name; a span without one is `first..last` of its two days."""
        year = self.start.year
        for key in (
            f"{year:04d}",
            *(f"{year:04d}H{half}" for half in (1, 2)),
            *(f"{year:04d}Q{quarter}" for quarter in (1, 2, 3, 4)),
            f"{year:04d}-{self.start.month:02d}",
            self.start.isoformat(),
        ):
            if Period.parse(key) == self:
                return key
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def chinese(self) -> str:
        """The period as an official would write it, 2018年上半年."""
        first, last = self.start, self.end
        whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
        if not whole_months:
            return _span(first, last, 3)
        if first.month == 1 and last.month == 12:
            return _span(first, last, 1)
        for half, name in ((1, "上半年"), (2, "下半年")):
            if self == Period.half(first.year, half):
                return f"{first.year}年{name}"
        if first.year == last.year and first.month != last.month:
            return f"{first.year}年{first.month}-{last.month}月"
        return _span(first, last, 2)

    def within(self, other: Period) -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end


def _span(first: date, last: date, parts: int) -> str:
    """2018年7月5日至8日: of the second date only what differs, to year, month or day (1–3)."""
    names = [f"{first.year}年", f"{first.month}月", f"{first.day}日"][:parts]
    ends = [f"{last.year}年", f"{last.month}月", f"{last.day}日"][:parts]
    if names == ends:
        return "".join(names)
    same = next(at for at in range(parts) if names[at] != ends[at])
    return f"{''.join(names)}至{''.join(ends[same:])}"


class Origin(StrEnum):
    """Where a value that describes a report came from, the surest first."""

    PERSON = "person"
    TITLE = "title"
    HEAD = "head"
    SIGNATURE = "signature"
    BODY = "body"
    PATH = "path"

    @property
    def sure(self) -> float:
        """How sure a value from there is, 0–1: a rounded-down share of right values.

        Title and head were right for 337 of 338 places (`python -m eval.describe`); the others
        are estimates by hand, in the order in which they are looked at.
        """
        return _SURE[self]


_SURE = {
    Origin.PERSON: 1.0,
    Origin.TITLE: 0.99,
    Origin.HEAD: 0.98,
    Origin.SIGNATURE: 0.9,
    Origin.BODY: 0.8,
    Origin.PATH: 0.6,
}


@dataclass(frozen=True)
class Described:
    """What is known of a report from its own text; None where the text does not say."""

    title: str
    place: str | None = None
    within: tuple[str, ...] = ()
    """Places that contain `place`, as far as the text names them, the nearest first."""
    unit: str | None = None
    period: Period | None = None
    genre: str | None = None
    dated: date | None = None
    """The day it was signed or delivered."""
    dated_span: tuple[int, int] | None = None
    """Where the text says so: character offsets."""
    origins: tuple[tuple[str, Origin], ...] = ()
    """(field name, where its value came from) for each field that has a value."""
    fragment: bool = False
    """Whether it is only a teaser that breaks off; found, but nothing to answer from."""


def anchor_of(described: Described) -> date | None:
    """The day that 今年 and 上半年 in a report count from.

    The end of what it covers rather than its date: signed in January, 今年 is still last year.
    """
    return described.period.end if described.period is not None else described.dated


def measures_otherwise(before: Described, after: Described) -> bool:
    """Whether its figures are to be read again: whose they are, or what 今年 means, changed."""
    return (before.place, before.period, anchor_of(before)) != (
        after.place,
        after.period,
        anchor_of(after),
    )


@dataclass(frozen=True)
class Report:
    """One work report as it is stored; `text` is what every offset counts in."""

    id: str
    source: str
    described: Described
    text: str
    ordinal: int = 0
    """Its place among the reports of its file, from 0."""
    marks: tuple[Mark, ...] = ()
    """Where its text stands in the file; empty where the format does not tell."""

    def position(self, start: int, end: int) -> Position:
        """Where these characters stand in the file."""
        return position_of(self.marks, start, end)

    @property
    def title(self) -> str:
        return self.described.title

    @property
    def place(self) -> str | None:
        return self.described.place

    @property
    def period(self) -> Period | None:
        return self.described.period


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one section: `report.text[start:end] == text`."""

    report_id: str
    ordinal: int
    heading: tuple[str, ...]
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    """Where it stands in the file; offsets count in the report's text, as `start` does."""

    def position(self, start: int, end: int) -> Position:
        """Where these characters of it stand in the file; offsets count as `start` does."""
        return position_of(self.marks, start, end)


class FigureKind(StrEnum):
    """What a figure is over time: only figures of one kind can be compared or added."""

    STOCK = "stock"
    """存量: what there is at a date."""
    FLOW = "flow"
    """流量: what happened, was built, spent or earned in a period."""
    TARGET = "target"
    """计划: what is planned, expected or set as a task."""
    RATE = "rate"
    """比率: a share or a growth, in %, ‰, 个百分点 …"""
    PRICE = "price"
    """单价: money for one unit of goods, land or work."""


class Figure(NamedTuple):
    """A stated quantity; `report.text[start:end]` is its number with its unit as written.

    A table cell whose unit stands in the column's head has only the number in its span.
    A tuple, as reports state tens of thousands: a frozen dataclass takes three times as long.
    """

    report_id: str
    ordinal: int
    """Its place among the figures of its report, from 0, in the order of the text."""
    start: int
    end: int
    value: Decimal
    """In `unit`: 27.16 of 27.16万元. Of a range the lower end."""
    high: Decimal | None
    """The upper end of a range, in `unit`."""
    unit: str
    """Folded, with its 万 or 亿: 万元; empty where none is written (of a table cell)."""
    base: Decimal
    """The value for comparison, in `base_unit`: 271600 of 27.16万元."""
    base_unit: str
    indicator: str
    """The phrase of the text that says what is counted, folded; empty where none does."""
    canonical: str | None = None
    """The canonical indicator that the phrase is known to mean."""
    place: str | None = None
    """What place it is about: the report's own, or one that the sentence names."""
    as_of: Period | None = None
    """The day or period it holds for; of a target the time by which it is to be reached."""
    kind: FigureKind = FigureKind.STOCK
    qualifier: tuple[str, ...] = ()
    """Words that narrow it, folded: 其中, 累计, 新增, 人均, 截止 …"""
    approx: str = ""
    """How it was softened or bounded, folded: 约, 近, 余, 以上, 不低于 …"""
    part_of: int | None = None
    """Ordinal of the figure of the same report that it is a part of."""
    sentence: tuple[int, int] = (0, 0)
    """The sentence it stands in: offsets into the report's text."""


@dataclass(frozen=True)
class Measured:
    """The figures of a report, and by which rules and indicators they were read."""

    rules: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its number in the archive and the report's description beside it."""

    id: int
    passage: Passage
    described: Described
    source: str


@dataclass(frozen=True)
class Hit:
    """A passage that search found; the score belongs to this hit, not to the passage."""

    rank: int
    score: float
    stored: StoredPassage
    why: tuple[tuple[str, float], ...] = field(default=())
    """(which list found it, its part of the score)."""
