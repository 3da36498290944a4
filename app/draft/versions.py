"""What became of each sentence between two versions of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.draft.draft import Draft, DraftSentence


class Became(StrEnum):
    """What happened to a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Difference:
    """A sentence that is not as it was; `old` or `new` is None where it is not there."""

    sentence: str
    became: Became
    heading: str
    old: str | None
    new: str | None


def differences(old: Draft, new: Draft) -> tuple[Difference, ...]:
    """Sentence by sentence, in the order of the new version, what was taken out last."""
    before, after = _sentences(old), _sentences(new)
    found = []
    for key, (heading, sentence) in after.items():
        was = before[key][1] if key in before else None
        if (became := _became(was, sentence)) is not None:
            text = was.text if was is not None else None
            found.append(Difference(key, became, heading, text, sentence.text))
    for key, (heading, sentence) in before.items():
        if key not in after:
            found.append(Difference(key, Became.REMOVED, heading, sentence.text, None))
    return tuple(found)


def _became(old: DraftSentence | None, new: DraftSentence) -> Became | None:
    if old is None:
        return Became.ADDED
    if old.rejected != new.rejected:
        return Became.REJECTED if new.rejected else Became.TAKEN_BACK
    return Became.CHANGED if old.text != new.text else None


def _sentences(draft: Draft) -> dict[str, tuple[str, DraftSentence]]:
    return {one.id: (part.heading, one) for part in draft.sections for one in part.sentences}
