"""Of what time a part of a report speaks, and whether of plans: by its headings and openings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer
from index.chinese.periods import find_periods
from index.records import Described, Passage, Period, anchor_of

_GOVERNMENT = "政府工作报告"
# 目标任务完成情况 tells of results; so the words of the past are looked for first.
_PAST = re.compile(
    r"目标(?:任务)?(?:全面|全部|超额|圆满|顺利|如期|提前|基本|胜利)*(?:实现|完成|达成)|回顾|完成情况|落实情况|执行情况|进展情况|开展情况|成绩|成效|进展|过去|以来|回望|问题|困难|不足|基本情况|概况|做法|"
    r"(?<!下步)(?<!下阶段)工作情况|总结(?!.{0,4}(?:和|与|及))|经验"
)
_PLANS = re.compile(
    r"目标|打算|安排|计划|下一?步|下一?阶段|下半年|明年|来年|部署|思路|建议|展望|今后|未来|规划|努力方向|奋斗|"
    r"工作重点|重点工作|工作要点|主要任务|重点任务|总体要求|工作任务|今年.{0,4}工作"
)
# Below the widest heading 抓谋划, 加强规划建设 are work that was done.
_SURELY_PLANS = re.compile(
    r"打算|下一?步|下一?阶段|下半年(?:工作|计划|安排|重点)|明年|来年|工作安排|工作计划|今后|努力方向"
)
# 二、重点工作 plans in a report that has told of its work already; else it is what was done.
_EITHER = re.compile(r"^[^年]*(?:工作重点|重点工作|工作要点|主要任务|重点任务|工作任务)[^年]*$")
_TOLD = re.compile(r"回顾|完成情况|落实情况|执行情况|开展情况|成绩|成效|进展|总结|工作情况")
_BEGUN = re.compile(r"开局|开篇|起步|第一年|首年")
_SPAN = re.compile(
    r"(?:过去|近|这|最近|刚刚过去)(?:的)?([一二三四五六七八九十]|\d{1,2})年|"
    r"(?<![第十百每])([一二三四五六七八九十])年(?:来|间|以来|中|多来|实现|累计)|(本届政府)|(一年来)"
)
_AHEAD = re.compile(r"(?:今后|未来|后)([一二三四五六七八九十]|\d{1,2})年")
# 今年经济社会发展的主要预期目标是… opens the plan in a report without headings.
_AIMS = re.compile(
    r"(?:发展|工作|预期|奋斗|总体|主要|全年|今年)(?:的)?(?:主要)?(?:预期)?(?:奋斗)?目标(?:任务)?"
    r"(?:[和及].{2,8})?(?:是|为|:|建议)"
)
_WILL = re.compile(
    r"(?:今年|\d{4}年|下半年|新的一年)[^。;]{0,16}?(?:要|将)(?:重点|着力|着重|突出|切实|认真)?"
    r"(?:做好|抓好|抓紧|实施|推进)|"
    r"(?:重点|着重|着力|突出)(?:做好|抓好|推进)(?:以下|如下|.{1,3}(?:个|方面|项))|"
    r"(?:^|,)我们(?:要|将)(?:坚持|重点|着力|全面)|(?:要|将)(?:重点|着力)(?:做好|抓好)"
)
# Looked for first: found fast, as it begins with a character and looks at nothing around it.
_MAY_WILL = re.compile("[要将]|做好|抓好|推进")


@dataclass(frozen=True)
class Context:
    """What a sentence without a date of its own holds for, and whether it plans."""

    period: Period | None
    planned: bool = False
    said: bool = False
    """Whether a heading or an opening says so, not only the report as a whole."""


@dataclass(frozen=True)
class Frame:
    """The time of a whole report."""

    anchor: date | None
    """The day that 今年 and 6月底 count from."""
    covered: Period | None
    past: Context
    """Where nothing is said: what the report reports on."""
    ahead: Context
    """Where it plans and says no date."""

    @property
    def reviews(self) -> bool:
        """Whether it looks back on a time before the one that it is called after."""
        return self.past.period != self.covered


def frame_of(described: Described) -> Frame:
    """A government work report of 2014 tells of 2013 in its review and of 2014 in its plan."""
    anchor, covered = anchor_of(described), described.period
    if covered is None:
        return Frame(anchor, None, Context(None), Context(None, planned=True))
    past = ahead = covered
    whole_year = covered == Period.year(covered.start.year)
    if _is_government(described) and whole_year:
        past = Period.year(covered.start.year - 1)
    elif covered == Period.half(covered.start.year, 1):
        ahead = Period.half(covered.start.year, 2)
    elif whole_year or covered == Period.half(covered.start.year, 2):
        closed = described.dated is None or described.dated >= covered.end.replace(day=1)
        ahead = Period.year(covered.start.year + 1) if closed else covered
    return Frame(anchor, covered, Context(past), Context(ahead, planned=True))


def _is_government(described: Described) -> bool:
    return described.genre == _GOVERNMENT or _GOVERNMENT in fold(described.title)


class Sections:
    """Follows the headings and openings of a report from sentence to sentence."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._heading: tuple[str, ...] = ()
        self._now = frame.past
        self._told = frame.reviews
        """Whether a heading has told of work that was done, or the report is known to plan."""
        self._reviewed = False
        """Whether the widest heading is said to look back."""

    @property
    def now(self) -> Context:
        return self._now

    @property
    def spoken_of(self) -> date | None:
        """The end of the time that the section speaks of, where it is not the report's own year."""
        period, anchor = self._now.period, self._frame.anchor
        if period is None or anchor is None or self._now.planned:
            return None
        return period.end if period.end.year != anchor.year else None

    def enter(self, heading: Sequence[str]) -> None:
        """Go on to a passage under these headings, the widest first."""
        heading = tuple(heading)
        if heading == self._heading:
            return
        same = 0
        while same < min(len(heading), len(self._heading)) and (
            heading[same] == self._heading[same]
        ):
            same += 1
        for depth, title in enumerate(heading[same:], same):
            found = self._of_heading(fold(title), _PLANS if depth == 0 else _SURELY_PLANS)
            if depth == 0:
                self._reviewed = found is not None and not found.planned
                self._told |= bool(_TOLD.search(title))
            if found is not None:
                self._now = found
            elif depth == 0 and not self._now.planned:
                # 三、存在问题 after a section of its own date is of the report's time again.
                self._now = self._frame.past
        self._heading = heading

    def open(self, sentence: str) -> None:
        """Note a sentence that begins a paragraph, folded."""
        head = sentence[:60]
        # Under 一、去年工作回顾 only the aims themselves open the plan: 我们要 is said there too.
        aims = "目标" in head and _AIMS.search(head)
        if aims or (not self._reviewed and _MAY_WILL.search(head) and _WILL.search(head)):
            years = _AHEAD.search(head)
            named = self._years(0, _count(years[1])) if years else self._named(head)
            if not (named and self._frame.covered and named.end < self._frame.covered.start):
                self._now = Context(named or self._frame.ahead.period, planned=True, said=True)
            return
        if self._now.planned:
            return
        if (span := self._span(head[:24])) is not None:
            self._now = Context(span, said=True)

    def _of_heading(self, title: str, planning: re.Pattern[str]) -> Context | None:
        named = self._named(title)
        span = self._span(title)
        past = bool(_PAST.search(title)) or span is not None
        plans = bool(planning.search(title)) and not past
        if plans and not self._told and _EITHER.match(title) and not _SURELY_PLANS.search(title):
            plans = False
        covered = self._frame.covered
        if named is not None and covered is not None and not past:
            # 二、2023年工作 in the report of 2023 that reviews 2022.
            ahead = self._frame.ahead.period
            told = self._frame.past.period
            plans = plans or (named == ahead and named != told)
            plans = plans or (told is not None and self._frame.reviews and named.start > told.end)
            if plans and named != ahead and _BEGUN.search(title):
                named = ahead  # 做好“十五五”开局工作 is of its first year
        if plans:
            if years := _AHEAD.search(title):
                return Context(self._years(0, _count(years[1])), planned=True, said=True)
            return Context(named or self._frame.ahead.period, planned=True, said=True)
        if named is not None or past:
            period = span or named or self._frame.past.period
            return Context(period, said=span is not None or named is not None)
        return None

    def _named(self, text: str) -> Period | None:
        mention = next(find_periods(text, self._frame.anchor), None)
        return mention.period if mention else None

    def _span(self, text: str) -> Period | None:
        """过去五年: the years before the one that is planned."""
        match = _SPAN.search(text) if "年" in text or "届" in text else None
        if match is None or self._frame.past.period is None:
            return None
        if match[4]:
            return self._frame.past.period
        count = _count(match[1] or match[2] or "五")
        return self._years(1 - count, 0, self._frame.past.period.end.year)

    def _years(self, first: int, last: int, year: int | None = None) -> Period | None:
        if year is None:
            ahead = self._frame.ahead.period
            if ahead is None:
                return None
            year, last = ahead.start.year, last - 1
        start, end = Period.year(year + first), Period.year(year + last)
        return replace(start, end=end.end)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else chinese_integer(text)


def passages_by_start(passages: Sequence[Passage]) -> list[tuple[int, tuple[str, ...]]]:
    """(where it begins, its headings) of each passage, in order."""
    return sorted((passage.start, passage.heading) for passage in passages)
