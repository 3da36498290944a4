"""The archive's own places: every way to write them, what lies around and inside each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from index.chinese.fold import fold
from index.chinese.places import aliases, level


class PlaceBook:
    """Looks places up by any of their names.

    `chains` are places with those around them as reports name them, the nearest first;
    `others`: alias -> places.
    """

    def __init__(
        self,
        places: Iterable[str],
        others: Mapping[str, Iterable[str]] | None = None,
        chains: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:
        self._full: dict[str, set[str]] = {}
        self._others: dict[str, list[str]] = {}
        self._around: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._inside: dict[str, set[str]] = defaultdict(set)
        for place in places:
            for alias in _called(fold(place)):
                self._full.setdefault(alias, set()).add(place)
        for alias, named in (others or {}).items():
            self._full.setdefault(alias, set()).update(named)
            for place in named:
                self._others.setdefault(place, []).append(alias)
        for place, within in chains:
            for wider in within:
                self._around[place][level(fold(wider)) or 0].add(wider)
                self._inside[wider].add(place)
        self._longest = max(map(len, self._full), default=0)

    def names_of(self, place: str) -> tuple[str, ...]:
        """Every way a text may write this place."""
        return (*_called(fold(place)), *self._others.get(place, ()))

    def inside(self, place: str) -> tuple[str, ...]:
        """The reporting places that lie in this one."""
        return tuple(sorted(self._inside.get(place, ())))

    def around(self, place: str, rank: int) -> frozenset[str]:
        """The places of that level of administration that this one lies in; of namesakes all."""
        return frozenset(self._around[place][rank]) if place in self._around else frozenset()

    def homes(self, place: str) -> frozenset[str]:
        """The places just around: more than one means as many places of that name."""
        ranks = self._around.get(place, {})
        # A report that names only its county does not tell another village from this one.
        return frozenset(ranks[max(ranks)]) if ranks else frozenset()

    def known_as(self, name: str) -> frozenset[str]:
        """The places that a folded name means."""
        return frozenset(self._full.get(name, ()))

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """(start, end, full name) of known places in the text, the longest at each spot."""
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(folded):
            for length in range(min(self._longest, len(folded) - at), 1, -1):
                names = self._full.get(folded[at : at + length])
                if names:
                    found.append((at, at + length, min(names, key=len)))
                    at += length - 1
                    break
            at += 1
        return found


_ONLY_ONE = re.compile(r"(?P<whose>[\u4e00-\u9fff]{2,8})中心(?P<kind>卫生院|敬老院)")


_STATE_OWNED = re.compile(
    r"^(?:国有|国营|市属|县属|省属)(?=[\u4e00-\u9fff]{2,}(?:林场|农场|牧场|茶场)$)"
)


def _called(name: str) -> tuple[str, ...]:
    """Every way to write folded `name`; a town has one 卫生院, which people call by its name."""
    known = aliases(name)
    short = [m["whose"] + m["kind"] for one in known if (m := _ONLY_ONE.fullmatch(one))]
    short += [_STATE_OWNED.sub("", one) for one in known]
    return tuple(dict.fromkeys((*known, *short)))
