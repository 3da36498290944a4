"""An edited file against the draft that it came from, sentence by sentence.

Sentences that stand as they were keep everything; changed ones keep their id, new ones get one,
and those that are gone are left out as a person leaves them out on the page: kept, not exported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from app.draft.draft import Draft, DraftSection, DraftSentence, SentenceKind, paragraphs
from app.draft.edited import Edited, Part
from app.draft.material import NUMBERING
from index.chinese.sentences import sentences

_BEHIND_GAP = re.compile(r"】(?![】、。,;:!?)，；：！？）”])")
_GAP = re.compile(r"【待补充[^【】]*】")
_SPACE = re.compile(r"\s+")
_ALIKE = 0.5
"""Likeness of two sentences from which one is the other, changed."""


@dataclass(frozen=True)
class Merged:
    """The sections as the file has them, with the old texts still; what to write into them."""

    sections: tuple[DraftSection, ...]
    changed: tuple[tuple[str, str], ...]
    """(id, new text) of sentences."""
    headings: tuple[tuple[str, str], ...]
    """(old, new) of headings that differ; empty for none."""
    moved: tuple[str, ...]
    """Sentences and headings that stand elsewhere, as they were."""
    kept: int
    """Sentences and headings that the file has as they were."""


@dataclass(frozen=True)
class _Group:
    """Sentences that the file cannot tell apart, mostly one; whether they begin a paragraph."""

    sentences: tuple[DraftSentence, ...]
    begins: bool


@dataclass(frozen=True)
class _Unit:
    """A sentence of the text or (with `heading`) a heading; `owner` is a group, or a section."""

    text: str
    owner: int | None
    heading: bool = False
    begins: bool = False

    @property
    def key(self) -> str:
        return ("§" if self.heading else "") + _SPACE.sub("", self.text)

    @property
    def plain(self) -> str:
        """Without the number of a heading, which changes with its place."""
        return _SPACE.sub("", NUMBERING.sub("", self.text) if self.heading else self.text)


def merged(draft: Draft, edited: Edited) -> Merged:
    """What became of each sentence and heading of the draft in the file."""
    groups, before = _before(draft)
    after = list(_after(edited.parts))
    owners, same = _owners(before, after)
    moved = _moved(before, after, owners)
    ids = _Ids(draft)
    changed: list[tuple[str, str]] = []
    placed: set[int] = set()
    sections: list[tuple[DraftSection, list[DraftSentence]]] = []
    loose: list[DraftSentence] = []
    at = 0
    while at < len(after):
        unit, owner = after[at], owners[at]
        if unit.heading:
            sections.append((_section(draft, unit, edited.parts, owner), loose))
            loose = []
            at += 1
            continue
        end = at + 1
        while owner is not None and end < len(after) and owners[end] == owner:
            if after[end].heading or after[end].begins:
                break
            end += 1
        target = sections[-1][1] if sections else loose
        text = "".join(one.text for one in after[at:end])
        if owner is None or owner in placed:
            target.append(ids.new(text, opens=unit.begins))
        else:
            placed.add(owner)
            first, *rest = _opening(groups[owner], unit.begins)
            target.append(first)
            if _SPACE.sub("", text) == _text_of(groups[owner]):
                target += rest
            else:
                changed.append((first.id, text))
                target += [replace(one, rejected=True) for one in rest]
        at = end
    done = [replace(section, sentences=tuple(body)) for section, body in sections]
    headings = _headings(draft, after, owners)
    return Merged(_with_left_out(draft, done), tuple(changed), tuple(headings), moved, same)


def _before(draft: Draft) -> tuple[list[_Group], list[_Unit]]:
    groups: list[_Group] = []
    found: list[_Unit] = []
    for at, section in enumerate(draft.sections):
        found.append(_Unit(section.heading, at, heading=True))
        for paragraph in paragraphs(section):
            text = "".join(one.text for one in paragraph)
            units = list(_units(text))
            first = len(groups)
            starts: list[int] = []
            some: list[DraftSentence] = []
            begin = end = 0
            for one in paragraph:
                some.append(one)
                end += len(one.text)
                # Where no stop divides two sentences, the file cannot tell them apart.
                if end == len(text) or not any(start < end < stop for start, stop in units):
                    groups.append(_Group(tuple(some), begin == 0))
                    starts.append(begin)
                    some, begin = [], end
            for start, stop in units:
                owner = first + bisect_right(starts, start) - 1
                found.append(_Unit(text[start:stop], owner))
    return groups, found


def _after(parts: Sequence[Part]) -> Iterator[_Unit]:
    for at, part in enumerate(parts):
        if part.heading:
            yield _Unit(part.heading, at, heading=True)
        for paragraph in part.paragraphs:
            for n, (start, end) in enumerate(_units(paragraph)):
                yield _Unit(paragraph[start:end], None, begins=n == 0)


def _units(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        at = start
        for match in _BEHIND_GAP.finditer(text, start, end):
            if match.end() < end:
                yield at, match.end()
                at = match.end()
        yield at, end


def _owners(before: Sequence[_Unit], after: Sequence[_Unit]) -> tuple[list[int | None], int]:
    """For each unit of the file the group or section that it comes from; how many are the same."""
    found: list[int | None] = [None] * len(after)
    same = 0
    keys = [one.key for one in before], [one.key for one in after]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            same += j2 - j1
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                found[j] = before[i].owner
        elif what == "replace":
            _pair(before, after, range(i1, i2), range(j1, j2), found)
    return found, same


def _pair(
    before: Sequence[_Unit],
    after: Sequence[_Unit],
    old: range,
    new: range,
    found: list[int | None],
) -> None:
    """Of what was replaced, each new unit with the likest old one, in order; headings as well."""
    begin = old.start
    for j in new:
        best, score = None, _ALIKE
        for i in range(begin, old.stop):
            if before[i].heading != after[j].heading:
                continue
            likeness = _likeness(before[i].key, after[j].key)
            if likeness >= score and (best is None or likeness > score):
                best, score = i, likeness
        if best is not None:
            found[j] = before[best].owner
            begin = best + 1
    if len(old) == len(new):
        for i, j in zip(old, new, strict=True):
            # A sentence of nothing but gaps has no word in common with what fills them.
            free = found[j] is None and before[i].owner not in [found[k] for k in new]
            if free and _GAP.search(before[i].key) and not after[j].heading:
                found[j] = before[i].owner
    known = {found[j] for j in new if after[j].heading}
    spare = [i for i in old if before[i].heading and before[i].owner not in known]
    for j, i in zip([j for j in new if after[j].heading and found[j] is None], spare, strict=False):
        found[j] = before[i].owner


def _moved(
    before: Sequence[_Unit], after: Sequence[_Unit], owners: list[int | None]
) -> tuple[str, ...]:
    """Give what was cut out and put in elsewhere its owner; the texts of it."""
    known = {(one.heading, owner) for one, owner in zip(after, owners, strict=True)}
    gone: dict[tuple[bool, int | None], list[_Unit]] = {}
    for one in before:
        if (one.heading, one.owner) not in known:
            gone.setdefault((one.heading, one.owner), []).append(one)
    moved = []
    for (heading, owner), units in gone.items():
        for j in range(len(after) - len(units) + 1):
            here = range(j, j + len(units))
            free = all(owners[k] is None and after[k].heading is heading for k in here)
            if free and [after[k].plain for k in here] == [one.plain for one in units]:
                for k in here:
                    owners[k] = owner
                moved.append("".join(one.text for one in units))
                break
    return tuple(moved)


def _likeness(old: str, new: str) -> float:
    """0–1; a gap may have become a number."""
    pairs = [(old, new)]
    if _GAP.search(old):
        pairs.append((_GAP.sub("", old), _GAP.sub("", new)))
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)


def _headings(
    draft: Draft, after: Sequence[_Unit], owners: Sequence[int | None]
) -> Iterator[tuple[str, str]]:
    found = [(unit, at) for unit, at in zip(after, owners, strict=True) if unit.heading]
    for unit, at in found:
        old = draft.sections[at].heading if at is not None else ""
        if _SPACE.sub("", old) != _SPACE.sub("", unit.text):
            yield old, unit.text
    kept = {at for _, at in found}
    yield from ((one.heading, "") for n, one in enumerate(draft.sections) if n not in kept)


def _section(draft: Draft, unit: _Unit, parts: Sequence[Part], owner: int | None) -> DraftSection:
    assert unit.owner is not None
    part = parts[unit.owner]
    old = draft.sections[owner] if owner is not None else None
    if old is None:
        return DraftSection(part.heading, part.level)
    same = _SPACE.sub("", old.heading) == _SPACE.sub("", part.heading)
    return replace(old, heading=old.heading if same else part.heading)


def _opening(group: _Group, begins: bool) -> tuple[DraftSentence, ...]:
    first, *rest = group.sentences
    if begins != group.begins:
        first = replace(first, opens=begins)
    return (first, *rest)


def _text_of(group: _Group) -> str:
    return _SPACE.sub("", "".join(one.text for one in group.sentences))


class _Ids:
    """Gives new sentences ids that the draft does not have."""

    def __init__(self, draft: Draft) -> None:
        known = [one.id for part in draft.sections for one in (*part.sentences, *part.own)]
        numbers = [int(m[1]) for one in known if (m := re.fullmatch(r"s(\d+)", one))]
        self._next = max(numbers, default=0) + 1

    def new(self, text: str, *, opens: bool) -> DraftSentence:
        one = DraftSentence(f"s{self._next}", text, SentenceKind.NEW, opens=opens, edited=True)
        if "【待补充" in text:
            one = replace(one, kind=SentenceKind.TO_FILL)
        self._next += 1
        return one


def _with_left_out(draft: Draft, sections: list[DraftSection]) -> tuple[DraftSection, ...]:
    """The sections with the old sentences that the file has no more, left out, where they stood."""
    bodies = [list(one.sentences) for one in sections]
    places = {one.id: at for at, body in enumerate(bodies) for one in body}
    home = 0
    for section in draft.sections:
        # Where its heading is gone, its sentences are, if anywhere, below the one before.
        bare = NUMBERING.sub("", section.heading)
        named = (n for n, one in enumerate(sections) if NUMBERING.sub("", one.heading) == bare)
        home = next(named, home)
        before: str | None = None
        for one in section.sentences:
            if one.id not in places:
                at = places.get(before, home) if before else home
                ids = [other.id for other in bodies[at]]
                behind = ids.index(before) + 1 if before in ids else 0
                bodies[at].insert(behind, replace(one, rejected=True))
                places[one.id] = at
            before = one.id
    return tuple(
        replace(one, sentences=tuple(body)) for one, body in zip(sections, bodies, strict=True)
    )
