"""Which place a number is about: a township's report goes through its villages by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.chinese.places import LEVELS, NAMES_MOST, level, name_at
from index.records import Described

_MARK = re.compile(r"[,;。:、(]")
_ITEM = re.compile(r"(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,2}[是、]|[((][^()]{1,3}[))])")
_BEFORE = re.compile(
    r"(?:其中|[上下]半年|[今本去上]年|全年|年内|年初|年末|截至目前|同时|现该|目前|在|为|对|由|给|帮助|位于|原|如|另外|分别在|即"
    r"|(?:最[高低多少大小快慢好]|其次|再次|第[一二三])的?(?:[是为]|要数))"
)
_SELF = re.compile(r"[全我本该各每][村镇乡县市]")
_NEAR = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:[村镇乡区县市州旗]|街道)")


class Whose:
    """Follows the places that a paragraph names; they hold to its end or to the next."""

    def __init__(self, described: Described) -> None:
        self._own = described.place
        self._around = frozenset(described.within)
        self._level = level(described.place) if described.place else None
        self._may_name = _may_name(self._own, self._level)
        self._now: str | None = None
        self._names: tuple[str, list[tuple[int, str]]] = ("", [])
        """The last sentence that was looked through, and where which place is named in it."""

    def begin(self) -> None:
        """A new paragraph speaks of the report's own place again."""
        self._now = None

    def read(self, text: str) -> None:
        """Note what a folded sentence names at its beginning; a wide report goes too far about."""
        if self._level is None or self._level > 3:
            first = self._first(text, 0)
            self._now = first[1] if first is not None else self._now

    def at(self, text: str, offset: int) -> str | None:
        """The place of what stands at `offset` of a folded sentence."""
        return self._named(text, offset) or self._now or self._own

    def _named(self, text: str, until: int) -> str | None:
        """The place named last before `until` at the beginning of a clause."""
        if not self._may_name.search(text):
            return None
        if self._names[0] != text:
            named = (self._first(text, start) for start in _clauses(text))
            self._names = text, [one for one in named if one is not None]
        return next((name for end, name in reversed(self._names[1]) if end <= until), None)

    def _first(self, text: str, start: int) -> tuple[int, str] | None:
        """(where it ends, the place) of what a clause begins with."""
        if opening := _BEFORE.match(text, start):
            start = opening.end()
        if not _NEAR.match(text, start):
            return None
        if not self._may_name.search(text, start, start + NAMES_MOST):
            return None
        name = name_at(text, start)
        if name is None or _SELF.search(name):
            return None
        known = name == self._own or self._is_inside(name)
        return (start + len(name), name) if known else None

    def _is_inside(self, name: str) -> bool:
        """Whether a name is of a place below the report's own, or beside it."""
        if name in self._around:
            return False
        rank = level(name) or 0
        return rank > 3 if self._level is None else rank > self._level or rank == self._level == 5


def _may_name(own: str | None, rank: int | None) -> re.Pattern[str]:
    """What a text must have that names the report's own place or one inside it, found fast."""
    least = 4 if rank is None else min(rank + 1, 5)
    ends = "".join({suffix[-1] for suffix, level in LEVELS.items() if level >= least})
    return re.compile(f"[{ends}]" + (f"|{re.escape(own)}" if own else ""))


def _clauses(text: str) -> Iterator[int]:
    """Where the clauses of a sentence begin, behind the number of an item."""
    item = _ITEM.match(text)
    at = item.end() if item else 0
    yield at
    for mark in _MARK.finditer(text):
        if mark.start() >= at:
            item = _ITEM.match(text, mark.end())
            at = item.end() if item else mark.end()
            yield at
