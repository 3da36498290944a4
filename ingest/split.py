"""A report's lines to passages: whole sentences of one section, with their heading path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import quantities
from index.chinese.sentences import clauses, sentences
from index.positions import Mark, between, merged
from index.records import Passage
from ingest.lines import Line

TARGET = 300
"""Characters after which a passage is closed; about 200 tokens of the embedding model."""
LONGEST = 480
"""Characters no passage passes: longer sentences are divided at commas."""

_HEADING_MAX = 40
_HAN = "一二三四五六七八九十"
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第[{_HAN}]{{1,3}}(?:部分|章|篇)")),
    (2, re.compile(rf"[{_HAN}]{{1,3}}\s?(?:、|[.．](?!\d))")),
    (3, re.compile(rf"[((]\s?[{_HAN}]{{1,3}}\s?[))]、?")),
    (4, re.compile(rf"[{_HAN}]{{1,2}}是|(?:首先|其次|再次|最后|第[{_HAN}])(?=[,:、])")),
    (5, re.compile(r"\d{1,2}\s?(?:、|[.．。](?!\d))")),
    # 1领导重视, but not 15户, 3月 or 2个
    (5, re.compile(
        r"\d{1,2}\s?(?![年月日号个户人名家万亿千百亩元项条次所座台套米公处天岁小分平周时届])"
        r"(?=[\u4e00-\u9fff])"
    )),
    (6, re.compile(r"[((]\s?\d{1,2}\s?[))]")),
    (7, re.compile(r"[①-⑳⑴-⒇]")),
)  # fmt: skip
"""Rank -> how a heading of that rank begins, in folded text; a lower rank contains a higher."""
_ANY_ORDER = (4, 5, 6, 7)
_UNNUMBERED = 8
# What names the section in front of its text: up to a full stop or colon, else a comma.
_LEAD = re.compile(
    r"[^。！？!?;；:：\n]{1,30}(?=[。:：])|[^，,。！？!?;；:：\n]{1,24}(?=[，,])|.{1,20}"
)


@dataclass(frozen=True)
class _Placed:
    """A line with where it stands in the report's text and the headings above it."""

    start: int
    end: int
    heading: tuple[str, ...]
    row: bool
    opens: bool
    """Whether the line is a heading and nothing more, to be kept with what follows it."""


def text_of(lines: Sequence[Line]) -> str:
    """The report's stored text: its lines joined by line breaks."""
    return "\n".join(line.text for line in lines)


def marks_of(lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Where the report's stored text stands in its file."""
    found: list[Mark] = []
    at = 0
    for line in lines:
        found += (Mark(at + mark.start, mark.position) for mark in line.marks)
        at += len(line.text) + 1
    return merged(found)


def split(report_id: str, lines: Sequence[Line]) -> Iterator[Passage]:
    """Yield the passages of the report in order; together they hold every sentence of it."""
    text = text_of(lines)
    marks = marks_of(lines)
    ordinal = 0
    group: list[tuple[int, int]] = []
    heading: tuple[str, ...] = ()
    listed = 0

    def passage(pieces: list[tuple[int, int]], path: tuple[str, ...]) -> Passage:
        start, end = pieces[0][0], pieces[-1][1]
        own = between(marks, start, end) if marks else ()
        return Passage(report_id, ordinal, path, start, end, text[start:end], own)

    only_headings = True
    for placed in _placed(lines):
        beside = placed.opens and placed.heading[:-1] == heading[:-1]
        if group and placed.heading != heading and only_headings and beside:
            listed = len(group)  # 1.…;⏎2.…;⏎3.…: short items, each of them a heading by its look
        elif group and listed:
            # The last of them has a text of its own, or another section begins.
            rest = group[listed:] if _below(placed.heading, heading) else []
            yield passage(group[: len(group) - len(rest)], heading[:-1])
            ordinal += 1
            group, listed = rest, 0
        elif (
            group
            and placed.heading != heading
            and not (only_headings and _below(placed.heading, heading))
        ):
            yield passage(group, heading)
            ordinal += 1
            group = []
        heading = placed.heading
        only_headings = placed.opens and (only_headings or not group)
        for start, end in _pieces(text, placed):
            if group and end - group[0][0] > TARGET:
                yield passage(group, heading[:-1] if listed else heading)
                ordinal += 1
                group, listed = [], 0
            group.append((start, end))
    if group:
        yield passage(group, heading[:-1] if listed else heading)


def _below(path: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    """Whether a line with this path stands below the heading, or right under it."""
    return path[: len(heading)] == heading


def _pieces(text: str, placed: _Placed) -> Iterator[tuple[int, int]]:
    """The sentences of a line; a table row stays whole, a sentence over the limit is divided."""
    line = placed.start, placed.end
    whole = placed.row and text[slice(*line)].strip()
    for start, end in [line] if whole else sentences(text, *line):
        if end - start <= LONGEST:
            yield start, end
            continue
        begin = last = start
        for _, stop in clauses(text, start, end):
            if stop - begin > LONGEST and last > begin:
                yield begin, last
                begin = last
            last = stop
        # A table row may end in white space, which no clause counts.
        yield begin, last if last > begin else end


def _placed(lines: Sequence[Line]) -> Iterator[_Placed]:
    """Follow the headings down the report."""
    stack: list[tuple[int, str]] = []
    at = 0
    numbered = any(_rank(fold(line.text))[0] in (1, 2, 3) for line in lines)
    for index, line in enumerate(lines):
        found = _heading(lines, index, numbered)
        if found is not None:
            stack = [*_above(stack, found[0]), found]
        whole = found is not None and len(found[1]) >= len(line.text.rstrip("。.:：;； "))
        opens = whole and not any(quantities(fold(line.text)))
        path = tuple(title for _, title in stack)
        yield _Placed(at, at + len(line.text), path, line.row, opens)
        at += len(line.text) + 1


def _above(stack: list[tuple[int, str]], rank: int) -> list[tuple[int, str]]:
    """The headings that a new one of this rank stands below.

    Some offices write 一是 inside 1. and others 1. inside 一是: of the low ranks the one that
    came first contains the other.
    """
    if rank in _ANY_ORDER:
        kinds = [entry[0] for entry in stack]
        if rank in kinds:
            return stack[: kinds.index(rank)]
        return [entry for entry in stack if entry[0] < rank or entry[0] in _ANY_ORDER]
    return [entry for entry in stack if entry[0] < rank]


def _heading(lines: Sequence[Line], index: int, numbered: bool) -> tuple[int, str] | None:
    """(rank, title) where this line opens a section; its title is the line or its lead."""
    line = lines[index]
    if line.row:
        return None
    folded = fold(line.text)
    rank, marker = _rank(folded)
    if rank is not None:
        if len(line.text) <= _HEADING_MAX and not re.search(r"[。,;].", folded):
            return rank, line.text.rstrip("。.:：;； ")
        lead = _LEAD.match(line.text, marker)
        return rank, line.text[: lead.end() if lead else marker]
    if line.level is not None:
        return (0 if line.level == 1 and not numbered else 1), line.text
    follows = index + 1 < len(lines) and len(lines[index + 1].text) > len(line.text)
    bare = len(line.text) <= 30 and not re.search(r"[。,;:!?、\d]$|[。;!?]|各位", folded)
    if bare and follows and index > 4:
        return (_UNNUMBERED if numbered else 2), line.text
    return None


def _rank(folded: str) -> tuple[int | None, int]:
    """(rank, length of the marker) of a line that begins like a heading, or (None, 0)."""
    for rank, pattern in _MARKERS:
        match = pattern.match(folded)
        if match is not None:
            return rank, match.end()
    return None, 0
