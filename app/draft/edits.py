"""The edits of the page as values: each makes the next draft of one, and tells the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.draft import edit, everywhere
from app.draft.dating import day_of
from app.draft.draft import Draft
from app.draft.figures import Pair
from app.rights.personal import restored


class Edit(Protocol):
    """Makes the next draft of one; may raise HuibaoError."""

    def __call__(self, draft: Draft, /) -> Draft: ...


@dataclass(frozen=True)
class Reword:
    """Another wording of a sentence; `seen` is what the page showed, with numbers masked or not."""

    sentence: str
    text: str
    seen: str = field(repr=False)

    def __call__(self, draft: Draft, /) -> Draft:
        stored = edit.sentence_of(draft, self.sentence).text
        return edit.change_text(draft, self.sentence, restored(self.text, self.seen, stored))


@dataclass(frozen=True)
class Reject:
    """A sentence left out, or taken back in."""

    sentence: str
    out: bool

    def __call__(self, draft: Draft, /) -> Draft:
        return edit.reject(draft, self.sentence, rejected=self.out)


@dataclass(frozen=True)
class Fill:
    """Values by their position in `Draft.to_fill`."""

    values: Mapping[int, str]
    day: str = ""
    """The day at its end, as typed; empty to leave it as it is."""

    def __call__(self, draft: Draft, /) -> Draft:
        dated = day_of(self.day) or draft.dated
        return replace(edit.fill(draft, self.values), dated=dated)


@dataclass(frozen=True)
class LeaveSeldom:
    """Without the gaps that may not come up; each of their sentences can be taken back in."""

    def __call__(self, draft: Draft, /) -> Draft:
        return edit.leave_seldom(draft)


@dataclass(frozen=True)
class Everywhere:
    """Figures that a sentence says anew, changed in other places, too."""

    sentence: str
    changed: tuple[Pair, ...]
    chosen: frozenset[str]
    """Keys of `everywhere.Place`; those that are none of this draft are passed over."""

    def __call__(self, draft: Draft, /) -> Draft:
        return everywhere.change(draft, self.sentence, self.changed, self.chosen)
