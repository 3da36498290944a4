"""A sentence that may say the answer, what it says of time and place, and whether it plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.chinese.fold import fold
from index.chinese.periods import PeriodMention, find_periods
from index.chinese.places import named_in
from index.records import Hit, anchor_of

_NO_PLAN = r"(?<!项目)(?<!发展)(?<!帮扶)(?<!制定)(?<!编制)"
"""通过项目规划发放26万元 was handed out: a document of that name is no plan."""
_STRIVE = "争取(?![^,。;]{0,12}(?:资金|经费|款|补助|项目))"
"""争取资金3万元 was got."""
_PLANNED = re.compile(
    rf"{_NO_PLAN}(?:计划(?!生育|[,。、;:》”\"])|规划)|预计|预期|拟(?!定)|目标|力争|{_STRIVE}|打算|下一步|下步|"
    r"准备|预脱|预出|确保|应(?=[参缴享])|将(?=[于在要完建修新投实达])"
)
_AIM = re.compile(
    rf"计划|规划|预期|拟(?!定)|目标|力争|{_STRIVE}|打算|任务|下一步|下步|准备|预脱|预出|安排|预算(?=投资|总投资|资金)|概算|"
    r"控制在|确保|后续(?=\d|还|将|再)"
)
_OUTLOOK = re.compile(
    r"下一?步|打算|今后|下阶段|(?:下半年|明年|来年)(?:的?(?:工作)?(?:打算|计划|安排|思路|重点|目标|任务|措施|设想|要点)|$)"
    r"|(?:下学[年期]|下年度?|下一年度?)的?(?:主要|重点)?(?:工作|任务)?(?:打算|计划|安排|思路|重点|目标|任务|措施|设想|要点)$"
)
_OF_YEAR = re.compile(
    r"(?P<year>\d{4})年度?的?(?:主要|重点)?(?:工作|任务)?(?:打算|计划|安排|思路|重点|目标|任务|措施|设想|要点)$"
)
_DONE = re.compile(r"已|实际|目前|截[至止]")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer; offsets count in its report's text."""

    hit: Hit
    start: int
    end: int
    text: str
    folded: str
    coverage: float
    """Share of the asked words, weighted by rarity, that the sentence and its heading say; 0–1."""
    missing: tuple[str, ...]
    paragraph: tuple[str, ...] = ()
    """The sentences before it in its paragraph, folded."""
    lead: str = ""
    """What opens the enumeration that it is an item of, folded: 今年主要预期目标是."""

    # Reading names and dates takes most of the time, and few sentences come so far.
    @cached_property
    def dates(self) -> tuple[PeriodMention, ...]:
        """What it says of time; offsets count in the sentence, those of its lead are -1."""
        anchor = anchor_of(self.hit.stored.described)
        # 六、2022年安排: what stands below is of the time that the heading says.
        headed = find_periods(fold("".join(self.hit.stored.passage.heading[-1:])), anchor)
        return (
            *_ahead(headed),
            *_ahead(find_periods(self.lead, anchor)),
            *find_periods(self.folded, anchor),
        )

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where it names a place."""
        return tuple(named_in(self.folded))

    @cached_property
    def subject(self) -> str:
        """The place last named before it in its paragraph, folded: 二是水磨湾村的茭白。…"""
        for sentence in reversed(self.paragraph):
            if named := list(named_in(sentence)):
                return sentence[slice(*named[-1])]
        return ""

    def planned(self, at: int | None) -> bool:
        """Whether what stands at offset `at` (None: the end) is said of the future.

        The last word on it counts: 计划投资45万元,已完成30万元.
        """
        before = self.folded[:at]
        if _PLANNED.search(self.lead) or self._in_outlook:
            return True
        plans = [match.start() for match in _PLANNED.finditer(before)]
        plans += [
            date.start for date in self.dates if self._future(date) and date.end <= len(before)
        ]
        done = [match.start() for match in _DONE.finditer(before)]
        return bool(plans) and max(plans) > max(done, default=-2)  # a heading's date is at -1

    def aimed(self, at: int | None) -> bool:
        """Whether what stands at offset `at` is a target: 预计 alone tells what came out."""
        return self._in_outlook or bool(_AIM.search(self.lead + self.folded[:at]))

    @cached_property
    def _in_outlook(self) -> bool:
        """Whether it stands in the section on what is to come: 三、下一步工作打算."""
        headings = [fold(one) for one in self.hit.stored.passage.heading]
        return any(_OUTLOOK.search(one) or self._of_later_year(one) for one in headings)

    def _of_later_year(self, heading: str) -> bool:
        """Whether a heading is of the plans of a year after what the report covers."""
        covered, named = self.hit.stored.described.period, _OF_YEAR.search(heading)
        return named is not None and covered is not None and int(named["year"]) > covered.end.year

    def _future(self, mention: PeriodMention) -> bool:
        """Whether a date lies behind what the report covers: 下半年 in a report of June."""
        covered = self.hit.stored.described.period
        return covered is not None and mention.period.start > covered.end


def _ahead(mentions: Iterable[PeriodMention]) -> Iterator[PeriodMention]:
    """Mentions of a lead, as standing before the sentence."""
    for mention in mentions:
        yield mention._replace(start=-1, end=-1)
