"""One section of a draft written anew from the same material; the others stay as they are."""

from __future__ import annotations

from dataclasses import replace

from app.draft.check import checked
from app.draft.draft import Draft, DraftCitation, DraftSection, Origin, ToFill
from app.draft.material import NUMBERING
from index.errors import NotFound

GONE = "这一部分在新写出的稿子里没有了，没有改动"


def material_of(draft: Draft) -> tuple[str, ...]:
    """What was handed in for a draft, as its citations tell: the sentences, each once."""
    quotes = (one.quote for one in draft.citations if one.origin is Origin.NOTES)
    return tuple(dict.fromkeys(" ".join(quote.split()) for quote in quotes))


def recomposed(draft: Draft, fresh: Draft, at: int, mark: str) -> Draft:
    """The draft with its section number `at` (from 0) as `fresh` has it, verified.

    `mark` tells the ids of the new sentences from all earlier ones. Raises NotFound where the
    other draft has no such section.
    """
    old = draft.sections[at] if 0 <= at < len(draft.sections) else None
    new = next((s for s in fresh.sections if old is not None and _same(s, old)), None)
    if old is None or new is None:
        raise NotFound(GONE)
    merged = _Merged(draft, fresh)
    ids = {one.id: f"{mark}{one.id}" for one in new.sentences}
    sentences = tuple(
        replace(one, id=ids[one.id], citations=merged.numbers(one.citations))
        for one in new.sentences
    )
    asked = [merged.asked(item, ids) for item in fresh.to_fill if item.sentence in ids]
    before = {one.id for one in old.sentences}
    kept = [item for item in draft.to_fill if item.sentence not in before]
    sections = list(draft.sections)
    sections[at] = replace(old, sentences=sentences)
    order = {one.id: n for n, one in enumerate(s for part in sections for s in part.sentences)}
    to_fill = sorted((*kept, *asked), key=lambda item: order.get(item.sentence, len(order)))
    return checked(
        replace(
            draft,
            sections=tuple(sections),
            citations=tuple(merged.citations),
            to_fill=tuple(to_fill),
        )
    )


def _same(one: DraftSection, other: DraftSection) -> bool:
    return (one.level, _title(one)) == (other.level, _title(other))


def _title(section: DraftSection) -> str:
    """The heading without its number, which changes where a section comes or goes."""
    return NUMBERING.sub("", section.heading).strip()


class _Merged:
    """The citations of a draft, and those of another one under numbers of it."""

    def __init__(self, draft: Draft, fresh: Draft) -> None:
        self.citations = list(draft.citations)
        self._fresh = {one.n: one for one in fresh.citations}
        self._known: dict[int, int] = {}

    def numbers(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self._number(n) for n in numbers if n in self._fresh)

    def asked(self, item: ToFill, ids: dict[str, str]) -> ToFill:
        cited = item.citation
        number = self._number(cited) if cited is not None and cited in self._fresh else None
        return replace(item, sentence=ids[item.sentence], citation=number)

    def _number(self, n: int) -> int:
        if n not in self._known:
            self._known[n] = self._found(self._fresh[n])
        return self._known[n]

    def _found(self, cited: DraftCitation) -> int:
        for one in self.citations:
            # What was handed in is cited from where it stood then: its file, its page.
            note = cited.origin is Origin.NOTES is one.origin and one.quote == cited.quote
            if note or replace(one, n=0) == replace(cited, n=0):
                return one.n
        n = max((one.n for one in self.citations), default=0) + 1
        self.citations.append(replace(cited, n=n))
        return n
