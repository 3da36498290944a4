"""For what time each number of a sentence holds, and the sentence with its dates hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from index.chinese.periods import find_periods
from index.records import Period
from ingest.measure.numbers import Number
from ingest.measure.said import HIDDEN


class Time(NamedTuple):
    """A time that a sentence names; offsets relative, `period` None where it was destroyed."""

    start: int
    end: int
    period: Period | None
    compared: bool = False
    """Whether it only names what a value is held against: 比2002年提高."""
    until: int | None = None
    """Where its reach ends: 在上年压缩70%的基础上."""
    future: bool = False
    now: bool = False
    """目前: of the report's own time again."""
    passing: bool = False
    """5月 and 3日 without a year: of the one thing that happened then."""
    relative: bool = False
    """今年 and 上半年: of the half-year that the report covers, as far as it is over."""


_DESTROYED = re.compile(r"(?<!\d)(?:\d{0,3}[x×*_]{1,4}\d?|某)\s?年(?:度?[上下]半年|底|末|初)?")
_LOST = re.compile("[x×*_某]")
# A set of first characters in front is found fast; what each goes on with is looked at behind it.
_COUNT = "一二三四五六七八九十"
_MONTH_ENDS = "(?:份|底|末|初|[上中下]旬)?"
_YEARS = "年来?(?:间)?(?=[^制级期均])"
_WORDS = re.compile(
    rf"[截今去前明上本当同全近历每常翌下年月目现日多过的{_COUNT}\d第春秋夏冬期](?:"
    r"(?<=截)[至止](?:到)?(?:目前|现在|今)?"
    r"|(?<=[今去前明上本当同全近历每常翌])年(?:以来|度)?(?=[^均人])"
    rf"|(?<=[上下])(?<![\d{_COUNT}].)半年|(?<=年)[底末初]前?|(?<=月)底"
    r"|(?<=目)前|(?<=现)在|(?<=近)期|(?<=日)前|(?<=近)年来?|(?<=多)年来"
    rf"|(?<=过)去的?[{_COUNT}]{_YEARS}|(?<=的)[{_COUNT}]{_YEARS}|(?<=[{_COUNT}]){_YEARS}"
    rf"|(?<=\d)\d?月{_MONTH_ENDS}|(?<=[{_COUNT}])[{_COUNT}]?月{_MONTH_ENDS}|(?<=\d)\d?[日号]"
    r"|(?<=[第前])[一二三四]季度|(?<=[一二三四])季度|(?<=[春夏秋冬])季?(?=[,、])|(?<=同)期|(?<=期)内)"
)
# Each of them holds one of these.
_NEEDED = re.compile("[截年月日号季期春夏秋冬目现]")
_OF_YEAR = re.compile(r"[今去本当明来]|[上下前]年")
_BEFORE = re.compile(r"(?:截[至止]到?|到|至|自|从|由|比|较|与|同|和|继|于|在|对比|相比)\s?$")
_UNTIL = re.compile(r"(?:截[至止]到?|到|至)\s?$")
_AFTER = re.compile(r"^(?:以来|期间|以前|之前|前|时|时期|间|同期|相比|初|春节|以后|,)")
_COMPARING = re.compile(r"(?:比|较|同|与|继|对比|相比|超过|高于|低于|距)\s?$")
_FROM = re.compile(r"(?:由|从|自)\s?$")
_SINCE = re.compile(r"[\u4e00-\u9fff]{0,8}以来")
_NOW = re.compile(
    r"(?:截[至止](?:到)?)?(?:目前|现在)|(?<![\u4e00-\u9fff])现(?=[有该在辖共\u4e00-\u9fff])"
)
_COMMA = re.compile("[,;]")
_WIDE = re.compile("[年季底末]")
_BASIS = re.compile(r"的?基础上")


def times_in(
    sentence: str,
    anchor: date | None,
    past_end: date | None,
    numbers: Sequence[Number],
    spoken_of: date | None = None,
) -> list[Time]:
    """The times that a folded sentence names, in order.

    今年 and 去年 count from `anchor`, 上半年 and 6月 without a year from `spoken_of` where a
    section speaks of another year.
    """
    found: list[Time] = []
    mentions = list(find_periods(sentence, anchor))
    if spoken_of is not None and any(not one.explicit for one in mentions):
        others = {one.start: one for one in find_periods(sentence, spoken_of)}
        mentions = [
            others.get(one.start, one)
            if not one.explicit and not _OF_YEAR.match(sentence, one.start)
            else one
            for one in mentions
        ]
    for mention in mentions:
        if any(one.start < mention.end and mention.start < one.end for one in numbers):
            continue
        before = sentence[max(0, mention.start - 4) : mention.start]
        period = mention.period
        name = sentence[mention.start : mention.end]
        until = bool(_UNTIL.search(before))
        if name[-1] in "底末" or (until and before.strip()[-2:] in ("截至", "截止")):
            period = Period.day(period.end)
        compared = bool(_COMPARING.search(before)) or sentence.startswith("同期", mention.end)
        reach = None
        if _FROM.search(before):
            # 由2015年的零公里增加到今年的86公里
            nearest = next((one for one in numbers if one.start >= mention.end), None)
            reach = nearest.end if nearest and nearest.start - mention.end <= 6 else mention.end
        basis = _BASIS.search(sentence, mention.end)
        if basis and before.rstrip().endswith("在") and basis.start() - mention.end < 40:
            reach = basis.end()
        # 2月14日开张,日均就餐90人; 去年3月开业以来,每月: neither reaches further.
        single = period.start == period.end and not until and name[-1] not in "底末"
        if single and reach is None and (comma := _COMMA.search(sentence, mention.end)):
            reach = comma.start()
        if _SINCE.match(sentence[mention.end : mention.end + 10]):
            reach = mention.end
        future = past_end is not None and period.start > past_end
        found.append(
            Time(
                mention.start,
                mention.end,
                period,
                compared,
                reach,
                future,
                relative=not mention.explicit,
                passing=not until and not _WIDE.search(name),
            )
        )
    if found:
        found += [Time(*match.span(), None, now=True) for match in _NOW.finditer(sentence)]
    for match in re.finditer("全年", sentence) if found and "全年" in sentence else ():
        earlier = [one.period for one in found if one.start < match.start() and one.period]
        part = earlier[-1] if earlier else None
        if part is not None and part.start.year == part.end.year:
            found.append(Time(match.start(), match.end(), Period.year(part.start.year)))
    lost = "年" in sentence and _LOST.search(sentence)
    for match in _DESTROYED.finditer(sentence) if lost else ():
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Time(match.start(), match.end(), None))
    return sorted(found, key=lambda one: one.start)


def time_at(times: Sequence[Time], at: int) -> Time | None:
    """The time that governs offset `at`: the last one named before it."""
    for one in reversed(times):
        if one.start <= at and not one.compared and (one.until is None or at < one.until):
            return one
    return None


def hidden(sentence: str, times: Sequence[Time], numbers: Sequence[Number]) -> str:
    """The sentence with what says when taken out, lengths kept."""
    spans: list[tuple[int, int]] = []
    for one in times:
        before = _BEFORE.search(sentence[max(0, one.start - 4) : one.start])
        start = one.start - (len(before[0]) if before and not one.compared else 0)
        after = _AFTER.match(sentence[one.end : one.end + 4])
        spans.append((start, one.end + (len(after[0]) if after and after[0] != "," else 0)))
    for match in _WORDS.finditer(sentence) if _NEEDED.search(sentence) else ():
        first, last = match.span()
        if not any(first < one.core[1] and one.core[0] < last for one in numbers):
            spans.append((first, last))
    for start, end in (*spans, *_remarks(sentence, numbers)):
        sentence = sentence[:start] + HIDDEN * (end - start) + sentence[end:]
    return sentence


_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]")


def _remarks(sentence: str, numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """Brackets without a figure: 涉农镇(街道)进场交易, 三供一业(15), 千万工程[30]."""
    if "(" not in sentence and "[" not in sentence:
        return []
    return [
        match.span()
        for match in _REMARK.finditer(sentence)
        if not any(match.start() < one.start < match.end() for one in numbers)
    ]
