"""Places of one name in different townships: whose a figure is, told by the place around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.history.statements import Statement
from index.chinese.places import level
from index.records import Described

BETWEEN = "/"
"""Between the place around it and the name: 石门镇/青杠村, only where there is another 青杠村."""


def split(place: str) -> tuple[str, str | None]:
    """The name of a place, and the place around it where that tells it from another."""
    around, between, name = place.rpartition(BETWEEN)
    return name, around if between else None


def shown(place: str) -> str:
    """石门镇青杠村 for a person."""
    return place.replace(BETWEEN, "")


def home_of(described: Described, place: str) -> str | None:
    """The place around `place` by a report that tells of it; None where nobody says."""
    own = described.place
    if own is None:
        return None
    if own == place or level(own) == level(place):
        return described.within[0] if described.within else None
    # A town speaks of its own villages; of which village a county speaks nobody knows.
    return own if (level(own) or 0) + 1 == level(place) else None


def several(described: Iterable[Described]) -> dict[str, tuple[str, ...]]:
    """Name -> the places around those that bear it, where their own reports name several."""
    return grouped((one.place, one.within[0]) for one in described if one.place and one.within)


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The same from pairs of a name and the place around it."""
    homes: dict[str, set[str]] = {}
    for name, around in pairs:
        homes.setdefault(name, set()).add(around)
    return {name: tuple(sorted(towns)) for name, towns in homes.items() if len(towns) > 1}


def called(described: Described, place: str, same: Mapping[str, Sequence[str]]) -> str:
    """What a place goes by: its name, or with the place around it where there are several."""
    if place not in same:
        return place
    home = home_of(described, place)
    return f"{home}{BETWEEN}{place}" if home else place


def told_of(said: Sequence[Statement], place: str) -> list[Statement]:
    """Of sentences about a name those about the place meant: of others' only the town's own."""
    name, around = split(place)
    if around is None:
        return list(said)
    return [one for one in said if home_of(one.described, name) == around]
