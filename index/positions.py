"""Where a text stands in its file: page, worksheet, row, and how sure its recognition is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace


@dataclass(frozen=True)
class Position:
    """A place in a file; None where the format has no such thing, or nothing was recognised."""

    page: int | None = None
    """From 1; a slide in presentations."""
    sure: float | None = None
    """How sure optical character recognition is, 0–1 in hundredths, rounded down."""
    row: int | None = None
    """From 1, as the program that made the worksheet counts."""
    sheet: str | None = None


NOWHERE = Position()


@dataclass(frozen=True)
class Mark:
    """From offset `start` on, up to the next mark, the text stands here."""

    start: int
    position: Position


def position_of(marks: Sequence[Mark], start: int, end: int) -> Position:
    """Where the characters from `start` to `end` begin; as sure as the least sure of them."""
    here = NOWHERE
    sure: list[float] = []
    for mark, stop in _with_ends(marks):
        if mark.start >= end or stop <= start:
            continue
        if mark.start <= start:
            here = mark.position
        if mark.position.sure is not None:
            sure.append(mark.position.sure)
    return replace(here, sure=min(sure, default=None))


def between(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of the characters from `start` to `end`; none where nothing is known of them."""
    own = [
        Mark(max(mark.start, start), mark.position)
        for mark, stop in _with_ends(marks)
        if mark.start < end and stop > start
    ]
    return merged(own)


def merged(marks: Iterable[Mark], before: Position = NOWHERE) -> tuple[Mark, ...]:
    """The marks in order without those that only repeat the one in front, `before` the first."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.position != before:
            kept.append(mark)
            before = mark.position
    return tuple(kept)


def _with_ends(marks: Sequence[Mark]) -> Iterator[tuple[Mark, float]]:
    ends = [*(mark.start for mark in marks[1:]), float("inf")]
    return zip(marks, ends, strict=False)


def packed_marks(marks: Sequence[Mark]) -> str | None:
    """A JSON list of [start, page, sure, row, sheet], nulls at the end left out; None for none."""
    if not marks:
        return None
    rows = []
    for mark in marks:
        row = [mark.start, *astuple(mark.position)]
        while row[-1] is None:
            row.pop()
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked_marks(packed: str | None) -> tuple[Mark, ...]:
    rows = json.loads(packed) if packed else []
    return tuple(Mark(start, Position(*position)) for start, *position in rows)
