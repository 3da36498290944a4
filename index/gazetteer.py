"""The places of an area as its office lists them: a village's town, and its other names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.records import Described


@dataclass(frozen=True)
class KnownPlace:
    """A place, the one around it if any, and the other ways to write it; folded."""

    name: str
    within: str | None = None
    aliases: tuple[str, ...] = ()


class Gazetteer:
    """Looks places up by any of their names; a name that several places have tells nothing."""

    def __init__(self, places: Iterable[KnownPlace]) -> None:
        self._within: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for place in places:
            if place.within:
                self._within[place.name].add(place.within)
            for alias in place.aliases:
                self._named[alias].add(place.name)

    def described(self, described: Described) -> Described:
        """The description with the place's own name and, where the text is silent, its town."""
        place = described.place
        if place is None:
            return described
        names = self._named.get(place, set())
        if len(names) == 1 and place not in self._within:
            place = next(iter(names))
        around = self._within.get(place, set())
        within = described.within or (tuple(around) if len(around) == 1 else ())
        return replace(described, place=place, within=within)

    def aliases(self) -> dict[str, set[str]]:
        """Alias -> the places that it names."""
        return dict(self._named)
