"""The places that a question names, held against those that the archive knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from index.chinese.fold import fold
from index.chinese.places import aliases, chain_at, level, named_in, stem
from index.chinese.words import tag
from index.query import PlaceScope

_PART_OF_NAME = frozenset("上下大小新老东西南北前后中外内")


class PlaceBook:
    """The archive's own places with every way to write them; `others`: alias -> places."""

    def __init__(
        self, places: Iterable[str], others: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._full: dict[str, set[str]] = {}
        self._others: dict[str, list[str]] = {}
        for place in places:
            for alias in aliases(fold(place)):
                self._full.setdefault(alias, set()).add(place)
        for alias, named in (others or {}).items():
            self._full.setdefault(alias, set()).update(named)
            for place in named:
                self._others.setdefault(place, []).append(alias)
        self._longest = max(map(len, self._full), default=0)

    def names_of(self, place: str) -> tuple[str, ...]:
        """Every way a text may write this place."""
        return (*aliases(fold(place)), *self._others.get(place, ()))

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


def places_named(
    folded: str, book: PlaceBook, mentioned: Callable[[str], bool]
) -> tuple[tuple[PlaceScope, ...], str]:
    """The places named, and the text with them blanked; of 双枧镇枧头村 the smaller counts."""
    spans = {(start, end): name for start, end, name in book.find(folded)}
    first = len(folded) - len(folded.lstrip())
    opening = sum(map(len, chain_at(folded, first)))
    # 团结村 reads as a name only where the question begins with it.
    named = {*named_in(folded), *([(first, first + opening)] if opening else [])}
    for start, end in sorted(named):
        inner = [span for span in spans if span[0] < end and start < span[1]]
        written = folded[start:end]
        if not inner:
            # Beside a known place 通村 and 扩建村 are words of the question, not more places.
            if not (spans and _common(stem(written))):
                spans[start, end] = ""
        elif len(inner) == 1 and inner[0][1] == end and start < inner[0][0]:
            before = folded[start : inner[0][0]]
            # 上枧头村 is another village than 枧头村; 请问枧头村 and 接任枧头村 are not.
            if before in _PART_OF_NAME or mentioned(written):
                del spans[inner[0]]
                spans[start, end] = ""
    scopes: list[tuple[int, int, PlaceScope]] = []
    for (start, end), name in sorted(spans.items()):
        written = folded[start:end]
        names = book.names_of(name) if name else (written,)
        known = bool(name) or mentioned(written)
        scope = PlaceScope(name or written, names, known, bool(name))
        if scopes and scopes[-1][1] == start and _wider(scopes[-1][2], scope):
            scopes.pop()
        scopes.append((start, end, scope))
        folded = blank(folded, start, end)
    return tuple(dict.fromkeys(scope for _, _, scope in scopes)), folded


def _common(word: str) -> bool:
    return len(word) == 1 or (tag(word) != "" and not tag(word).startswith("n"))


def _wider(one: PlaceScope, other: PlaceScope) -> bool:
    return (level(fold(one.name)) or 9) < (level(fold(other.name)) or 0)


def blank(text: str, start: int, end: int) -> str:
    """The text with a span made space, so that offsets stay valid."""
    return text[:start] + " " * (end - start) + text[end:]
