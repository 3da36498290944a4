"""Which place a number is about: a township's report goes through its villages by name."""

from __future__ import annotations

import re

from index.chinese.places import level, name_at
from index.records import Described

_CLAUSE = re.compile(
    r"(?:^|[,;。:、(])(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,2}[是、]|[((][^()]{1,3}[))])?"
)
_BEFORE = re.compile(r"(?:其中|同时|现该|目前|在|为|对|由|给|帮助|位于|原|如|另外|分别在|即)")
_SUFFIXED = re.compile(r"[村镇乡区县市州旗]|街道")


class Whose:
    """Follows the places that a paragraph names; they hold to its end or to the next."""

    def __init__(self, described: Described) -> None:
        self._own = described.place
        self._around = frozenset(described.within)
        self._level = level(described.place) if described.place else None
        self._now: str | None = None

    def begin(self) -> None:
        """A new paragraph speaks of the report's own place again."""
        self._now = None

    def read(self, text: str) -> None:
        """Note what a folded sentence without figures names at its beginning."""
        if named := self._named(text, len(text), only_first=True):
            self._now = named

    def at(self, text: str, offset: int) -> str | None:
        """The place of what stands at `offset` of a folded sentence."""
        return self._named(text, offset) or self._now or self._own

    def _named(self, text: str, until: int, only_first: bool = False) -> str | None:
        """The place last named before `until` at the beginning of a clause."""
        if not _SUFFIXED.search(text, 0, until):
            return None
        found: str | None = None
        for clause in _CLAUSE.finditer(text, 0, until):
            start = clause.end()
            if opening := _BEFORE.match(text, start):
                start = opening.end()
            name = name_at(text, start)
            if (name is not None and start + len(name) <= until and self._is_inside(name)) or (
                name is not None and name == self._own
            ):
                found = name
            if only_first:
                break
        return found

    def _is_inside(self, name: str) -> bool:
        """Whether a name is of a place below the report's own, or beside it."""
        rank = level(name) or 0
        if name in self._around or name == self._own:
            return False
        return rank > 3 if self._level is None else rank > self._level or rank == self._level == 5
