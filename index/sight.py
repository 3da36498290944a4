"""Which reports somebody sees who is limited to some places.

A place takes in what lies in it, as far as the reports (or the imported list of places) say so. A
report whose place nobody knows is outside, and so is a village's whose township it does not say,
though another report of that name does: there may be two of them. A township's county may be said
by any report. A name that several places have lets nothing through, until the place around it is
written in front of it: 石门镇/龙泉村.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.archive_reader import ReportInfo
from index.chinese.fold import fold
from index.chinese.places import chain_at, level
from index.gazetteer import KnownPlace
from index.records import Described

_VILLAGE = 5
_DEEPEST = 9

Chain = tuple[str, ...]
"""A place and those around it, folded, the nearest first."""


@dataclass(frozen=True)
class Sight:
    """The places of one limit; `of` reads them as a person writes them."""

    places: tuple[Chain, ...]

    @classmethod
    def of(cls, written: Iterable[str]) -> Sight:
        """石门镇, 石门镇/龙泉村 or 石门镇龙泉村; the order and repetitions do not matter."""
        return cls(tuple(sorted({chain for one in written if (chain := _written(one))})))

    @property
    def names(self) -> tuple[str, ...]:
        """The places as they are kept and shown: 石门镇/龙泉村."""
        return tuple("/".join(reversed(chain)) for chain in self.places)

    def seen(self, infos: Iterable[ReportInfo], known: Iterable[KnownPlace] = ()) -> Seen:
        """What there is inside; `known` is the imported list of places."""
        infos, known = list(infos), list(known)
        wider = _Wider(infos, known)
        chains = {i.id: wider.chain(i.described) for i in infos if i.described.place}
        clear = tuple(p for p in self.places if not _namesakes(p, chains.values()))
        inside = {one: chain for one, chain in chains.items() if covers(clear, chain)}
        names, around = {place[0] for place in clear}, set[str]()
        for chain in inside.values():
            at = max(chain.index(place[0]) for place in clear if _in(place, chain))
            names.update(chain[: at + 1])
            around.update(chain[at + 1 :])
        rows = [(fold(one.name), fold(one.within or "")) for one in known]
        while more := {name for name, within in rows if within in names} - names:
            names |= more
        outside = {chain[0] for one, chain in chains.items() if one not in inside}
        return Seen(
            clear,
            frozenset(inside),
            frozenset(info.id for info in infos if info.id not in inside),
            frozenset(names),
            frozenset(around),
            frozenset(outside),
            wider,
        )

    def unclear(
        self, infos: Iterable[ReportInfo], known: Iterable[KnownPlace] = ()
    ) -> dict[str, tuple[str, ...]]:
        """Place of the limit -> the places around, of which one must be written in front of it."""
        infos = list(infos)
        wider = _Wider(infos, known)
        chains = [wider.chain(info.described) for info in infos if info.described.place]
        pairs = zip(self.names, self.places, strict=True)
        found = {name: _namesakes(place, chains) for name, place in pairs}
        return {name: around for name, around in found.items() if around}


@dataclass(frozen=True)
class Seen:
    """What a limit comes to in an archive as it is now."""

    places: tuple[Chain, ...] = ()
    """Those of the limit that can be told from others of their name."""
    reports: frozenset[str] = frozenset()
    """Ids of the reports inside."""
    hidden: frozenset[str] = frozenset()
    """Ids of all the others."""
    names: frozenset[str] = frozenset()
    """The places of the limit and those inside them."""
    around: frozenset[str] = frozenset()
    """The places around those of the limit, which the reports inside name."""
    outside: frozenset[str] = frozenset()
    """Places of reports that are not seen: a name may be here and in `names`."""
    wider: _Wider | None = None

    def covers(self, described: Described) -> bool:
        """Whether a report so described is inside."""
        if described.place is None or self.wider is None:
            return False
        return covers(self.places, self.wider.chain(described))


class _Wider:
    """What lies around the townships and counties of an archive, as any of its reports say."""

    def __init__(self, infos: Iterable[ReportInfo], known: Iterable[KnownPlace]) -> None:
        self._around: dict[str, set[str]] = defaultdict(set)
        for chain in (*(_chain(i.described) for i in infos), *map(_known, known)):
            for name, around in pairwise(chain):
                self._around[name].add(around)

    def chain(self, described: Described) -> Chain:
        """The place with all around it; one that may be two places is gone no further from."""
        chain = _chain(described)
        while (level(chain[-1]) or _VILLAGE) < _VILLAGE and len(chain) < _DEEPEST:
            around = self._around.get(chain[-1], set()) - {*chain}
            if len(around) != 1:
                break
            chain = (*chain, *around)
        return chain


def covers(places: Sequence[Chain], chain: Chain) -> bool:
    """Whether a report with this chain is inside one of the places."""
    return any(_in(place, chain) for place in places)


def _chain(described: Described) -> Chain:
    return tuple(fold(name) for name in (described.place or "", *described.within))


def _known(place: KnownPlace) -> Chain:
    return tuple(fold(name) for name in (place.name, place.within) if name)


def _written(text: str) -> Chain:
    """The chain of what a person wrote; empty for nothing."""
    folded = fold(text.strip())
    parts = tuple(part.strip() for part in folded.split("/") if part.strip())
    if len(parts) == 1:
        chain = chain_at(folded)
        if chain and "".join(chain) == folded:
            parts = chain
    return tuple(reversed(parts))


def _in(place: Chain, chain: Chain) -> bool:
    """Whether each name of the place stands in the chain, in its order."""
    rest = iter(chain)
    return all(name in rest for name in place)


def _namesakes(place: Chain, chains: Iterable[Chain]) -> tuple[str, ...]:
    """The places around the several places of that name; empty where it is one.

    Two names around it are two places of its name where they are of one level and no report has
    one of them inside the other.
    """
    around: dict[int, set[str]] = defaultdict(set)
    together: set[tuple[str, str]] = set()
    for chain in chains:
        together |= {(one, other) for one in chain for other in chain}
        if _in(place, chain) and (wider := chain[chain.index(place[-1]) + 1 :]):
            around[level(wider[0]) or 0].add(wider[0])
    for names in around.values():
        for one in names:
            if any((one, other) not in together for other in names):
                return tuple(sorted(names))
    return ()
