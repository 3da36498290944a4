"""Which unit of an edited file comes from which of the draft: as it was, changed, or moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.draft.material import NUMBERING

_GAP = re.compile(r"【待补充[^【】]*】")
_SPACE = re.compile(r"\s+")
_ALIKE = 0.5
"""Likeness of two sentences from which one is the other, changed."""


@dataclass(frozen=True)
class Unit:
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


def paired(before: Sequence[Unit], after: Sequence[Unit]) -> tuple[list[int | None], int]:
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
    before: Sequence[Unit],
    after: Sequence[Unit],
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


def settle_moved(
    before: Sequence[Unit], after: Sequence[Unit], owners: list[int | None]
) -> tuple[str, ...]:
    """Give what was cut out and put in elsewhere its owner; the texts of it."""
    known = {(one.heading, owner) for one, owner in zip(after, owners, strict=True)}
    gone: dict[tuple[bool, int | None], list[Unit]] = {}
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
