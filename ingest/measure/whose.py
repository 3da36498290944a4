"""Which place a number is about: a township's report goes through its villages by name."""

from __future__ import annotations

import re
from functools import lru_cache

from index.chinese.places import LEVELS, NAMES_MOST, level, name_at
from index.records import Described

_ITEM = r"(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,2}[是、]|[((][^()]{1,3}[))])"
_BEFORE = (
    r"(?:其中|[上下]半年|[今本去上]年|全年|年内|年初|年末|截至目前|同时|现该|目前|在|为|对|由|给|帮助|位于|原|如|另外|分别在|即"
    r"|(?:最[高低多少大小快慢好]|其次|再次|第[一二三])的?(?:[是为]|要数))"
)
_SELF = re.compile(r"[全我本该各每][村镇乡县市]")
_NEAR = r"[\u4e00-\u9fff]{1,9}?(?:[村镇乡区县市州旗]|街道)"
_OPENING = re.compile(rf"{_BEFORE}?+(?={_NEAR})")
# Where a clause begins, behind the number of an item, with what may be a name.
_BEHIND_ITEM = re.compile(rf"{_ITEM}?+{_BEFORE}?+(?={_NEAR})")
_CLAUSE = re.compile(rf"[,;。:、(]{_ITEM}?+{_BEFORE}?+(?={_NEAR})")


class Whose:
    """Follows the places that a paragraph names; they hold to its end or to the next."""

    def __init__(self, described: Described) -> None:
        self._own = described.place
        self._around = frozenset(described.within)
        self._level = level(described.place) if described.place else None
        self._may_name = _may_name((self._own or "")[-1:], self._level)
        self._now: str | None = None
        self._looked_through = ""
        """The last sentence that was looked through for names, as its figures ask one by one."""
        self._names: list[tuple[int, str]] = []

    def begin(self) -> None:
        """A new paragraph speaks of the report's own place again."""
        self._now = None

    def read(self, text: str) -> None:
        """Note what a folded sentence names at its beginning; a wide report goes too far about."""
        if self._level is None or self._level > 3:
            opening = _OPENING.match(text)
            first = self._first(text, opening.end()) if opening else None
            self._now = first[1] if first is not None else self._now

    def at(self, text: str, offset: int) -> str | None:
        """The place of what stands at `offset` of a folded sentence."""
        if self._looked_through != text:
            self._looked_through, self._names = text, self._named(text)
        if self._names:
            for end, name in reversed(self._names):
                if end <= offset:
                    return name
        return self._now or self._own

    def _named(self, text: str) -> list[tuple[int, str]]:
        """(where it ends, the place) of each place that a clause begins with."""
        if not self._may_name.search(text):
            return []
        begins = [match.end() for match in _CLAUSE.finditer(text, 1)]
        if opening := _BEHIND_ITEM.match(text):
            begins.insert(0, opening.end())
        found = [self._first(text, start) for start in begins]
        return [one for one in found if one is not None]

    def _first(self, text: str, start: int) -> tuple[int, str] | None:
        """(where it ends, the place) of the name that begins at `start`."""
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


@lru_cache(maxsize=256)
def _may_name(last: str, rank: int | None) -> re.Pattern[str]:
    """What a text must have that names a place ending in `last` or one inside it, found fast."""
    least = 4 if rank is None else min(rank + 1, 5)
    ends = {suffix[-1] for suffix, level in LEVELS.items() if level >= least}
    return re.compile(f"[{re.escape(''.join(sorted(ends | set(last))))}]")
