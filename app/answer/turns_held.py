"""Holds to the quotes what a sentence pairs by turn: 甲、乙分别为5户、3户 for 3户 and 5户."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.answer.evidence import Read
from app.answer.findings import Cited, Finding, Kind
from app.answer.stated import Figure, figures
from app.answer.turns import Turn, turns
from app.answer.words_said import content_words, said

_LEAST = 0.4
"""How like a source's name a name must be to be that one's."""
_CLEARLY = 0.1
"""How much more like it than like any other of the turn."""
_SCATTERED = 0.9
_WITHIN = 0.85
_BY_WORDS = 0.8
_STOP = re.compile(r"[;。!?\n]")
_CLAUSE = re.compile(r"[,;。!?\n|]")
_PART = re.compile(r"[,;。:!?\n、|()]|以及|[和与及]")
_SEPARATED = re.compile(r"(?:^|[,、;。!?\n|(]|以及|[和与及])\s*$")
_BY = " ,、:()|;。"
_FRAME = re.compile(
    r"^(?:其中|目前|现有|共有|[全本我][省市县区乡镇村]|[已有共为是])+|(?:共有|分别|[有为是共达计])+$"
)

_Entry = tuple[str, str, int]
"""(label, value, where the value starts), as far as they can be told apart."""


def turn_findings(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Yield each turn of the sentence that does not follow from the quotes, name by name."""
    sentence = cited[0].sentence
    for turn in turns(sentence.folded, sentence.figures):
        text = sentence.folded[turn.start : turn.end]
        if any(_says(one.quote, text) for one in cited):
            continue
        if not turn.names or not _derived(sentence, turn, [one.quote for one in cited]):
            yield Finding(Kind.NUMBER, text)
    yield from _singly(sentence, [one.quote for one in cited])


def _derived(sentence: Read, turn: Turn, quotes: Sequence[Read]) -> bool:
    """Whether each name is like one name of the quotes alone, and that one has its value."""
    items = [sentence.folded[slice(*span)] for span in turn.items]
    for quote in quotes:
        for other in turns(quote.folded, quote.figures):
            there = [quote.folded[slice(*span)] for span in other.items]
            if other.names and all(any(_same(item, one) for one in there) for item in items):
                at = [start for start, _ in other.items]
                return _matched(turn.names, items, list(zip(other.names, there, at, strict=True)))
    entries = [entry for quote in quotes for entry in _entries(quote, items)]
    return _matched(turn.names, items, entries)


def _matched(names: Sequence[str], items: Sequence[str], entries: Sequence[_Entry]) -> bool:
    for name, item in zip(names, items, strict=True):
        own = max(
            (_likeness(name, label) for label, one, _ in entries if _same(item, one)), default=0
        )
        rest = [_likeness(name, label) for label, one, _ in entries if not _same(item, one)]
        exact = any(label == name for label, one, _ in entries if _same(item, one))
        other = max(rest, default=0)
        if own < _LEAST or not (own >= other + _CLEARLY or (exact and own >= other)):
            return False
    return True


def _entries(quote: Read, items: Sequence[str]) -> Iterator[_Entry]:
    """Where the values stand in a quote, each with the words that it stands by."""
    spans: list[tuple[int, int, str]] = []
    for item in dict.fromkeys(items):
        spans += [(start, end, item) for start, end in _found(quote, item)]
    stated = [(one.start, one.end) for one in quote.figures]
    ends = [end for _, end in stated] + [end for _, end, _ in spans]
    starts = [start for start, _ in stated] + [start for start, _, _ in spans]
    by_turn = [turn for turn in turns(quote.folded, quote.figures) if turn.names]
    for start, end, item in sorted(spans):
        named = next((name for turn in by_turn if (name := turn.at(start))), None)
        if named is not None:
            yield named, item, start
            continue
        first = max((m.end() for m in _STOP.finditer(quote.folded, 0, start)), default=0)
        first = max([first, *(one for one in ends if one <= start)])
        before = quote.folded[first:start]
        following = min((one for one in starts if one >= end), default=len(quote.folded))
        between = quote.folded[end:following]
        value_first = _SEPARATED.search(between) and between.strip(_BY)  # 18户低保户、3户五保户
        if before.strip(_BY) and not _SEPARATED.search(before) and not value_first:
            yield before.strip(_BY), item, start
            continue
        part = _PART.search(quote.folded, end)
        last = min(part.start() if part else len(quote.folded), following)
        behind = quote.folded[end:last].strip(_BY)
        yield behind or before.strip(_BY), item, start


def _found(quote: Read, item: str) -> Iterator[tuple[int, int]]:
    """Where a quote says a value or word."""
    wanted = figures(item)
    if not wanted:
        yield from (match.span() for match in re.finditer(re.escape(item), quote.folded))
        return
    for at, one in enumerate(quote.figures):
        some = quote.figures[at : at + len(wanted)]
        if len(some) == len(wanted) and all(map(Figure.same, wanted, some)):
            yield one.start, some[-1].end


def _same(one: str, other: str) -> bool:
    """Whether two values say the same: as figures, else in their words."""
    ours, theirs = figures(one), figures(other)
    if not ours or not theirs:
        return one in other or other in one
    return len(ours) <= len(theirs) and all(map(Figure.same, ours, theirs))


def _singly(sentence: Read, quotes: Sequence[Read]) -> Iterator[Finding]:
    """甲:5户 by itself, where the quotes give 5户 to 乙村 and something else to 甲村."""
    own_turns = turns(sentence.folded, sentence.figures)
    entries: list[_Entry] | None = None
    places = [quote.folded[slice(*span)] for quote in quotes for span in quote.names]
    for name, surface, at in _entries(sentence, [one.surface for one in sentence.figures]):
        if any(turn.start <= at < turn.end for turn in own_turns):
            continue
        if any(_says(quote, _clause(sentence.folded, at)) for quote in quotes):
            continue
        if entries is None:
            entries = [
                entry
                for quote in quotes
                for entry in _entries(quote, [one.surface for one in quote.figures])
            ]
        unit = {one.unit for one in figures(surface)}
        alike = [entry for entry in entries if {one.unit for one in figures(entry[1])} == unit]
        own = [_likeness(name, label) for label, one, _ in alike if _has(surface, one)]
        rest = [_likeness(name, label) for label, one, _ in alike if not _has(surface, one)]
        mine = {_bare(label, places) for label, one, _ in alike if _has(surface, one)}
        theirs = {_bare(label, places) for label, one, _ in alike if not _has(surface, one)}
        if own and (
            max(rest, default=0) >= max(*own, _LEAST) + _CLEARLY
            or _of_either(_bare(name, places), mine, theirs)
        ):
            yield Finding(Kind.NUMBER, f"{name}{surface}")


def _of_either(name: str, mine: set[str], theirs: set[str]) -> bool:
    """Whether a name is a part of one label as of another: 面积 of 耕地面积 and 灌溉面积."""
    if not name or name in mine or not any(name in label for label in mine):
        return False
    return any(name in label for label in theirs)


def _bare(label: str, places: Sequence[str]) -> str:
    """A label without frame and places: which place a figure is of is held by itself."""
    for place in places:
        label = label.replace(place, "")
    return _FRAME.sub("", label)


def _says(quote: Read, text: str) -> bool:
    """Whether a quote says a text and its first name whole."""
    return re.search(rf"(?<!\w){re.escape(text)}", quote.folded) is not None


def _clause(folded: str, at: int) -> str:
    """The clause at an offset, the name before a colon with it."""
    first = max((m.end() for m in _CLAUSE.finditer(folded, 0, at)), default=0)
    last = _CLAUSE.search(folded, at)
    return folded[first : last.start() if last else len(folded)].strip(_BY)


def _has(surface: str, item: str) -> bool:
    return any(one.same(other) for one in figures(surface) for other in figures(item))


def _likeness(name: str, label: str) -> float:
    """How like a name a source's words are, 0–1: a shortened name is still all of it in order."""
    if not name or not label:
        return 0.0
    if name in label:
        return 1.0
    common = _in_order(name, label)
    alike = _SCATTERED * common / len(name)
    if len(label) > 1:
        alike = max(alike, _WITHIN * common / len(label) if label in name else 0.0)
        alike = max(alike, _BY_WORDS * common / len(label))
    words = content_words(name)
    if words:
        alike = max(alike, _BY_WORDS * sum(said(word, label) for word in words) / len(words))
    return alike


def _in_order(one: str, other: str) -> int:
    """How many characters two texts share in one order."""
    row = [0] * (len(other) + 1)
    for char in one:
        before = 0
        for at, there in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if char == there else max(row[at], row[at - 1])
    return row[-1]
