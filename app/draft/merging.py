"""An edited file against the draft that it came from, sentence by sentence.

Sentences that stand as they were keep everything; changed ones keep their id, new ones get one,
and those that are gone are left out as a person leaves them out on the page: kept, not exported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.draft.draft import Draft, DraftSection, DraftSentence, SentenceKind, paragraphs
from app.draft.edited import Edited, Part
from app.draft.material import NUMBERING
from app.draft.pairing import Unit, paired, settle_moved
from index.chinese.sentences import sentences

_BEHIND_GAP = re.compile(r"】(?![】、。,;:!?)，；：！？）”])")
_GAP = re.compile(r"【待补充[^【】]*】")
_SPACE = re.compile(r"\s+")


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


def merged(draft: Draft, edited: Edited) -> Merged:
    """What became of each sentence and heading of the draft in the file."""
    groups, before = _before(draft)
    after = list(_after(edited.parts))
    owners, same = paired(before, after)
    moved = settle_moved(before, after, owners)
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


def _before(draft: Draft) -> tuple[list[_Group], list[Unit]]:
    groups: list[_Group] = []
    found: list[Unit] = []
    for at, section in enumerate(draft.sections):
        found.append(Unit(section.heading, at, heading=True))
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
                found.append(Unit(text[start:stop], owner))
    return groups, found


def _after(parts: Sequence[Part]) -> Iterator[Unit]:
    for at, part in enumerate(parts):
        if part.heading:
            yield Unit(part.heading, at, heading=True)
        for paragraph in part.paragraphs:
            for n, (start, end) in enumerate(_units(paragraph)):
                yield Unit(paragraph[start:end], None, begins=n == 0)


def _units(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        at = start
        for match in _BEHIND_GAP.finditer(text, start, end):
            if match.end() < end:
                yield at, match.end()
                at = match.end()
        yield at, end


def _headings(
    draft: Draft, after: Sequence[Unit], owners: Sequence[int | None]
) -> Iterator[tuple[str, str]]:
    found = [(unit, at) for unit, at in zip(after, owners, strict=True) if unit.heading]
    for unit, at in found:
        old = draft.sections[at].heading if at is not None else ""
        if _SPACE.sub("", old) != _SPACE.sub("", unit.text):
            yield old, unit.text
    kept = {at for _, at in found}
    yield from ((one.heading, "") for n, one in enumerate(draft.sections) if n not in kept)


def _section(draft: Draft, unit: Unit, parts: Sequence[Part], owner: int | None) -> DraftSection:
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
