"""What a question leaves to its words: the time that it compares with, the years that it adds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.history.periods import months_of
from index.chinese.fold import fold
from index.query import Query
from index.records import Period

_THAN = re.compile(
    r"[比较](?:起|之)?(?:"
    r"(?P<before>上一?期|前一?期|上次)|"
    r"(?P<year>上年度?|去年|前一年|上一年)?(?:的|同期的?|同一?时期的?|全年的?)?"
    r"(?P<half>[上下]半年)?)(?:的|末|底|同期)*(?=[^,。;]{0,8}(?:多|少|增|减|高|低|涨|降|升))"
)
_BESIDE = re.compile(
    r"[和跟同与比](?:起)?(?P<before>上一?期|前一?期|上次)?(?P<year>上年度?|去年|前一年|上一年)?(?:的|同期)*"
    r"(?P<half>[上下]半年)?(?:的|同期)*(?:相比|比较|比起来|对比|比,)"
)


def compared(query: Query, filed: Sequence[Period]) -> Query:
    """The question with the time that it compares with: 2020年下半年……比上半年少多少.

    `filed` are the periods of the reports of the places asked about, in order.
    """
    if len(query.periods) != 1 or len(query.places) > 1:
        return query
    period = query.periods[0]
    text = fold(query.text)
    said = (*_THAN.finditer(text), *_BESIDE.finditer(text))
    match = next((one for one in said if any(one.groups())), None)
    if match is None or (other := _other(match, period, filed)) is None or other == period:
        return query
    return replace(query, periods=(period, other))


def _other(match: re.Match[str], period: Period, filed: Sequence[Period]) -> Period | None:
    months = months_of(period)
    if months not in (6, 12):
        return None
    if match["before"]:
        alike = [one for one in filed if one.end < period.start and months_of(one) == months]
        return alike[-1] if alike else None
    year = period.start.year - (1 if match["year"] else 0)
    if match["half"]:
        return Period.half(year, 1 if match["half"] == "上半年" else 2) if months == 6 else None
    return (
        Period.half(year, 1 if period.start.month == 1 else 2) if months == 6 else Period.year(year)
    )


def years_of(periods: Sequence[Period], filed: Sequence[Period]) -> list[Period]:
    """The times that a total over years is made of, no two of them sharing a day.

    The last year counts as far as it was reported: up to the end of its first half.
    """
    if len(periods) != 1 or not filed:
        return list(periods)
    last, span = filed[-1], periods[0]
    result = []
    for year in range(span.start.year, min(span.end.year, last.end.year) + 1):
        half = Period.half(year, 1)
        open_year = year == last.end.year and last.end == half.end
        result.append(half if open_year else Period.year(year))
    return result


def overlap(times: Sequence[Period]) -> bool:
    """Whether two of these times share a day."""
    ordered = sorted(times)
    return any(two.start <= one.end for one, two in pairwise(ordered))
