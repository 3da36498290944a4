"""One section of a draft made anew: the composer's own sentences, or a model's wording of them.

Pure functions. What a person wrote, filled in or left out is theirs and stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from app.draft import texts
from app.draft.check import GAP, checked
from app.draft.draft import Draft, DraftSection, DraftSentence, ToFill
from index.errors import NotFound


class Wording(Protocol):
    """Words sections of a draft; what it cannot word stays the composer's own."""

    def worded(self, draft: Draft, sections: Collection[int] | None = None) -> Draft:
        """The draft with these sections (by position; None: all) worded and verified."""
        ...


def reworded(draft: Draft, section: int, wording: Wording | None = None) -> Draft:
    """The draft with this section (by position, from 0) anew; raises NotFound for no such one."""
    if not 0 <= section < len(draft.sections):
        raise NotFound(texts.NO_SECTION)
    return checked(plain(draft, section)) if wording is None else wording.worded(draft, (section,))


def plain(draft: Draft, section: int) -> Draft:
    """The draft with the composer's own sentences in this section, beside a person's."""
    part = draft.sections[section]
    return with_section(draft, section, replace(part, sentences=tuple(_own(part)), own=()))


def _own(part: DraftSection) -> list[DraftSentence]:
    """The composer's sentences, and a person's in place of those that they changed."""
    if not part.own:
        return list(part.sentences)
    theirs = [one for one in part.sentences if one.edited]
    out = {one.id for one in part.sentences if one.rejected}
    found: list[DraftSentence] = []
    for own in part.own:
        changed = next((one for one in theirs if own.id in (one.id, *one.tells)), None)
        one = changed or replace(own, rejected=own.id in out)
        if one not in found:
            found.append(one)
    for one in theirs:
        if one not in found:
            found.insert(_behind(one, part.sentences, found), one)
    return found


def _behind(
    one: DraftSentence, before: Sequence[DraftSentence], found: Sequence[DraftSentence]
) -> int:
    """Where a sentence that a person added belongs: behind the one that it stood behind."""
    at = before.index(one)
    if not at:
        return 0
    last = (before[at - 1].id, *before[at - 1].tells)[-1]
    return next((n + 1 for n, other in enumerate(found) if other.id == last), len(found))


def with_section(draft: Draft, at: int, new: DraftSection) -> Draft:
    """The draft with another section at this position; what is to be filled in follows its gaps."""
    sections = tuple(new if n == at else one for n, one in enumerate(draft.sections))
    ids = {one.id for one in draft.sections[at].sentences}
    gaps = [(one.id, gap) for one in new.sentences for gap in GAP.findall(one.text)]
    items: list[ToFill] = []
    for item in draft.to_fill:
        if item.sentence in ids:
            found = next((gap for gap in gaps if asks(gap[1], item)), None)
            if found is None:
                continue
            gaps.remove(found)
            item = replace(item, sentence=found[0])
        items.append(item)
    return replace(draft, sections=sections, to_fill=tuple(items))


def asks(gap: str, item: ToFill) -> bool:
    """Whether a 【待补充:…】 asks for this item."""
    inner = re.sub(r"^【待补充[:：]|】$", "", gap)
    if not item.last:
        return inner in (item.indicator, *(f"本期{item.indicator}{end}" for end in ("", "情况")))
    return inner.startswith(item.indicator) and item.last in inner
