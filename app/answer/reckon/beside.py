"""What a sentence says of the same thing in another unit: 小额信贷22户,贷款余额104万元."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer.reckon.row import Row, unit_class
from app.answer.reckon.topic import Topic
from index.archive_reader import ArchiveReader
from index.chinese.indicators import Indicators
from index.ledger import Asked, Entry, figures
from index.records import Figure, FigureKind

_NEAR = 2
"""Figures of a sentence between a row's own and what belongs to it."""


def told_beside(
    rows: Sequence[Row], topic: Topic, archive: ArchiveReader, indicators: Indicators
) -> list[Row]:
    """The rows, and of each time a row in every unit asked for that stands beside one of them."""
    result: list[Row] = []
    for time in dict.fromkeys(row.period for row in rows):
        own = [row for row in rows if row.period == time]
        lacking = [kind for kind in topic.classes if all(row.kind != kind for row in own)]
        more = [found for kind in lacking if (found := _beside(own, kind, archive, indicators))]
        result += [*own, *more]
    return result


def _beside(
    rows: Sequence[Row], kind: str, archive: ArchiveReader, indicators: Indicators
) -> Row | None:
    for row in rows:
        stated = row.figure
        ends = indicators.endings(stated.canonical) if stated.canonical else frozenset()
        for one in figures(archive, Asked(report_id=stated.report_id)):
            near = 0 < abs(one.ordinal - stated.ordinal) <= _NEAR
            same = one.sentence == stated.sentence and _at_once(one, stated)
            if near and same and unit_class(one) == kind and _akin(one, ends):
                entry = Entry(one, row.entry.described, row.entry.source)
                return Row(row.place, row.period, kind, entry)
    return None


def _at_once(one: Figure, stated: Figure) -> bool:
    """Whether both are of one time; 全年 in front of the row's own may have widened its time."""
    time, row = one.as_of, stated.as_of
    return time == row or (
        time is not None and row is not None and time.within(row) and time.end == row.end
    )


def _akin(figure: Figure, ends: frozenset[str]) -> bool:
    """Whether a phrase speaks of the thing by one of its last words: 贷款余额 of 小额贷款."""
    told = figure.kind not in (FigureKind.TARGET, FigureKind.PRICE, FigureKind.RATE)
    return told and any(end in figure.indicator for end in ends)
