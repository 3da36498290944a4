"""A total that the wider place's own report states: 8个村集体经济收入合计58.4万元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.answer.reckon.row import Row, unit_class
from app.answer.reckon.topic import Topic
from index.archive_reader import ArchiveReader
from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer
from index.ledger import Asked, Entry, entries, quotes
from index.query import Query
from index.records import FigureKind, Period

_COUNT = r"[\d一二两三四五六七八九十]{1,3}"
_OVER_ALL = re.compile(
    rf"(?:各|全部|所有|(?P<count>{_COUNT})个?)(?:行政)?(?:村|镇|乡|社区)[^,。;]{{0,16}}(?:合计|共计|总计|总共|共)"
)
_ASKED = re.compile(rf"(?P<count>{_COUNT})个?(?:行政)?(?:村|镇|乡|社区)")


def stated_total(
    query: Query, topic: Topic, archive: ArchiveReader, slots: Sequence[Period]
) -> list[Row]:
    """The rows of a wider place's own total over the places in it, which is told before any sum.

    Empty where it states none for one of the times, or one over another number of places.
    """
    whole = [place for place in query.places if place.inside]
    if len(query.places) != 1 or not whole or not topic.names:
        return []
    named = entries(archive, Asked(place=whole[0].name, canonical=topic.names[-1]))
    own = [one for one in named if whole[0].covers(one.described)]
    own = [
        one for one in own if one.described.place == whole[0].name and query.of_genre(one.described)
    ]
    asked = _count(_ASKED.search(fold(query.text)))
    over = [one for one in own if _is_over(one, asked, archive)]
    rows: list[Row] = []
    for slot in slots:
        there = [one for one in over if one.figure.as_of == slot and _fits(one, topic)]
        kinds = {unit_class(one.figure): one for one in reversed(there)}
        if not set(topic.classes) <= kinds.keys() or not kinds:
            return []
        rows += [Row(whole[0].name, slot, kind, one) for kind, one in kinds.items()]
    return rows


def _fits(one: Entry, topic: Topic) -> bool:
    told = one.figure.kind not in (FigureKind.TARGET, FigureKind.PRICE, FigureKind.RATE)
    return told and (not topic.classes or unit_class(one.figure) in topic.classes)


def _is_over(one: Entry, asked: int | None, archive: ArchiveReader) -> bool:
    """Whether the figure is told as the total of places, as many as are asked about."""
    sentence = fold(quotes(archive, [one.figure])[0].sentence)
    front = sentence[: one.figure.start - one.figure.sentence[0]]
    for said in _clauses(front):
        count = _count(said)
        return asked is None or count is None or asked == count
    return False


def _clauses(front: str) -> Iterable[re.Match[str]]:
    cut = max(front.rfind(mark) for mark in ",;。") + 1
    return _OVER_ALL.finditer(front, cut)


def _count(said: re.Match[str] | None) -> int | None:
    number = said["count"] if said is not None else None
    if not number:
        return None
    return int(number) if number.isdigit() else chinese_integer(number)
