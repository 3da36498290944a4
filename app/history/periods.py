"""Periods as columns: halves, years, quarters and months, with the gaps between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from index.records import Period

_LENGTHS = {12: "year", 6: "half", 3: "quarter", 1: "month"}
_MOST_GAPS = 40
"""Two reports half a century apart do not make a hundred empty columns."""


@lru_cache(maxsize=5_000)
def months_of(period: Period) -> int | None:
    """How many months a standard period has; None for days and odd spans."""
    first, after = period.start, period.end + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return None
    months = (after.year - first.year) * 12 + after.month - first.month
    return months if months in _LENGTHS and (first.month - 1) % months == 0 else None


def column_of(when: Period, filed: Sequence[Period]) -> Period | None:
    """The column of a day or span: itself, or the half-year or year that holds it.

    A day stands with the reports as the place files them: in its year where it files by the year.
    None for a span of several years.
    """
    if months_of(when) in (6, 12):
        return when
    if when.start.year != when.end.year:
        return None
    lengths = {months_of(one) for one in filed}
    if months_of(when) in lengths and months_of(when) is not None:
        return when
    half = Period.half(when.end.year, 1 if when.end.month <= 6 else 2)
    if when.within(half) and not (lengths and lengths <= {12, None}):
        return half
    return Period.year(when.end.year)


def short(period: Period) -> str:
    """A column's head where there is little room: 2018上, 2018下, 2018年."""
    year = period.start.year
    if period == Period.year(year):
        return f"{year}年"
    for half, name in ((1, "上"), (2, "下")):
        if period == Period.half(year, half):
            return f"{year}{name}"
    return period.chinese


def following(period: Period) -> Period:
    """The next standard period of the same length."""
    months = months_of(period)
    if months is None:
        raise ValueError(f"not a standard period: {period.key}")
    first = period.end + timedelta(days=1)
    return Period.months(first.year, first.month, first.month + months - 1)


def filled(columns: Collection[Period]) -> tuple[Period, ...]:
    """The columns in order, with those that are missing between two of their length."""
    result = set(columns)
    for months in _LENGTHS:
        own = sorted(one for one in columns if months_of(one) == months)
        result.update(_between(own))
    return tuple(sorted(result, key=lambda one: (one.end, one.start)))


def _between(own: Sequence[Period]) -> Iterable[Period]:
    for before, after in pairwise(own):
        gap: list[Period] = []
        at = following(before)
        while at < after and len(gap) <= _MOST_GAPS:
            gap.append(at)
            at = following(at)
        if len(gap) <= _MOST_GAPS:
            yield from gap
