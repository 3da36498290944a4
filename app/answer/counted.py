"""A list asked for by its number: 哪五项制度, 四个好是什么.

Its items follow the sentence that counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.answer.extract import Extract
from app.answer.section_points import Point, told_points
from index.archive import Archive
from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer, in_chinese
from index.chinese.sentences import sentences
from index.evidence.score import Scored
from index.query import Query, Wanted
from index.records import StoredPassage

_COUNTED = re.compile(
    r"(?P<n>[两三四五六七八九十]|\d{1,2})(?P<unit>[个项大类种条步件化批点])(?P<noun>[\u4e00-\u9fff]{1,6})?"
)
_LOOKED_AT = 40
"""Sentences among which the one that counts the items is looked for."""
_STYLES = (
    re.compile(r"(?P<n>[一二三四五六七八九十])是"),
    re.compile(r"[(](?P<n>[一二三四五六七八九十])[)]"),
    re.compile(r"(?P<n>[一二三四五六七八九十])、"),
    re.compile(r"(?P<n>\d{1,2})[.、](?!\d)"),
    re.compile(r"[(](?P<n>\d{1,2})[)]"),
    re.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩])"),
    re.compile(r"[“\"](?P<quoted>[^”\"]{2,8})[”\"]"),
)
"""How the items of a list begin; those of one list all in one way."""
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


def told_counted(query: Query, found: Sequence[Scored], archive: Archive) -> Extract | None:
    """The items of the list whose number the question says; None where no sentence counts them."""
    asked = _COUNTED.search(fold(query.text)) if query.wanted is Wanted.LIST else None
    if asked is None:
        return None
    number = int(asked["n"]) if asked["n"].isdigit() else chinese_integer(asked["n"])
    counted = _counted(number, asked["unit"], asked["noun"] or "")
    for one in found[:_LOOKED_AT]:
        if not counted.search(one.candidate.folded) or number < 2:
            continue
        passages = archive.passages_of(one.candidate.hit.stored.passage.report_id)
        after = list(_after(passages, one.candidate.end))
        lists = [items for style in _STYLES if (items := _items(after, style, number))]
        if lists:
            # 以下五个方面:1、…。一是…: the list that begins first is the one that is counted.
            return told_points(min(lists, key=lambda items: _at(items[0])))
    return None


_FIRST_ITEM = re.compile(r":[^:;。]{0,4}?(?:一[个件种项条]?是|第一[个件是,])")
_NEXT_ITEM = re.compile(
    r"(?:另|还有)?(?:[一二三四五六七八九]|另外?一?)[个件种项条]?是|第[二三四五六七八九][个件是,]"
)


def told_onward(query: Query, found: Sequence[Scored], archive: Archive) -> Extract | None:
    """The items behind the best sentence, where it opens them and tells only the first of them.

    有两件事没办成:一个是3组的路;一个是焚烧炉。
    """
    best = next((one for one in found if one.answers), None)
    if best is None or query.wanted is not Wanted.LIST:
        return None
    opened = best.candidate
    if not opened.folded.endswith(";") or not _FIRST_ITEM.search(opened.folded):
        return None
    points: list[Point] = []
    for stored in archive.passages_of(opened.hit.stored.passage.report_id):
        for start, end in sentences(stored.passage.text):
            at = stored.passage.start + start
            if at == opened.start:
                points = [(stored, start, end)]
            elif points and at > opened.start:
                if not _NEXT_ITEM.match(fold(stored.passage.text[start:end])):
                    return told_points(points) if len(points) > 1 else None
                points.append((stored, start, end))
    return told_points(points) if len(points) > 1 else None


def _counted(number: int, unit: str, noun: str) -> re.Pattern[str]:
    """How a text counts them: 五项制度, 5项制度, 五个方面, “四个好”."""
    ways = f"(?:{number}|{in_chinese(number)}{'|两' if number == 2 else ''})"
    noun = re.split(r"是|有|指|分别|都|具体|包括|叫", noun)[0]
    return re.compile(f'{ways}{unit}[“"]?{re.escape(noun[:2])}')


def _after(passages: Iterable[StoredPassage], end: int) -> Iterator[Point]:
    """The sentences of a report behind offset `end`, in order."""
    for stored in passages:
        for start, stop in sentences(stored.passage.text):
            if stored.passage.start + start >= end:
                yield stored, start, stop


def _items(after: Sequence[Point], style: re.Pattern[str], number: int) -> list[Point] | None:
    """As many items as are asked for, each numbered after the one before; None for fewer."""
    found: list[Point] = []
    for at, (stored, start, end) in enumerate(after):
        match = style.match(fold(stored.passage.text[start:end]))
        if match is None:
            if not found and at > 1:
                return None  # the list does not follow at once
            continue
        value = match.groupdict().get("n")
        if value is not None and _number(value) != len(found) + 1:
            if not found:
                return None
            continue
        found.append((stored, start, end))
        if len(found) == number:
            return found
    return None


def _at(point: Point) -> int:
    stored, start, _ = point
    return stored.passage.start + start


def _number(written: str) -> int:
    if written in _CIRCLES:
        return _CIRCLES.index(written) + 1
    return int(written) if written.isdigit() else chinese_integer(written)
