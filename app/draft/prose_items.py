"""What a model is given for a section: the composer's own sentences, numbered, as material.

What may be cited of an item is the sentence as the composer wrote it, not the whole quotation
behind it: the last period's results stand in the quotations, and must not be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer.evidence import Source
from app.answer.passages import fitting, inert, speaks_to_machine
from app.chat.chat import Chat, ChatFailed
from app.draft import texts
from app.draft.check import GAP
from app.draft.draft import Draft, DraftCitation, DraftSection, DraftSentence, Origin, SentenceKind
from index.chinese.fold import fold
from index.records import Period
from prompts import load

AT_ONCE = 8
"""Items of a call: a stream is read for twelve sentences at the most."""
_ANSWER_SHARE = 0.7
"""Of the tokens that a model may write, how many its material may be: it writes [n] beside."""
_STOPS = ",。;:!?、 "


@dataclass(frozen=True)
class Item:
    """One of the composer's own sentences as it is sent (`text`) and as it may be cited."""

    n: int
    own: DraftSentence
    source: Source
    text: str

    @property
    def sentences(self) -> Sequence[Item]:
        return (self,)

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(GAP.findall(self.own.text))


def wordable(one: DraftSentence) -> bool:
    """Whether a model is to word it: a person's own sentence and a bare gap stay as they are.

    So does a comparison, whose difference no source states.
    """
    if one.kind is SentenceKind.COMPARISON:
        return False
    says = fold(GAP.sub("", one.text)).strip(_STOPS)
    return not (one.edited or one.rejected) and bool(says) and not speaks_to_machine(one.text)


def batches(
    chat: Chat, draft: Draft, section: DraftSection, around: str
) -> Iterator[tuple[Item, ...]]:
    """The wordable sentences of a section in order, as many at once as the model can take.

    `around` is everything else that is sent. What is too long by itself is passed over.
    """
    left = [one for one in section.sentences if wordable(one)]
    while left:
        items = [_item(n, one, draft, section) for n, one in enumerate(left[:AT_ONCE], 1)]
        try:
            fit = fitting(chat, _answerable(chat, items), around)
        except ChatFailed:
            left = left[1:]
            continue
        yield tuple(fit)
        gone = [one.own for one in fit]
        left = [one for one in left if one not in gone]


def _answerable(chat: Chat, items: Sequence[Item]) -> list[Item]:
    """The first items that the model can write down again; always one."""
    room = chat.most * _ANSWER_SHARE
    kept: list[Item] = []
    for one in items:
        room -= chat.count(one.own.text)
        if room < 0 and kept:
            break
        kept.append(one)
    return kept


def _item(n: int, own: DraftSentence, draft: Draft, section: DraftSection) -> Item:
    cited = [one for one in draft.citations if one.n in own.citations]
    first = cited[0] if cited else None
    quote = fold(own.text) if own.kind is not SentenceKind.TO_FILL else GAP.sub("", own.text)
    context = " ".join((section.heading, *(f"{one.report.title} {one.heading}" for one in cited)))
    place = first.report.place if first is not None else None
    source = Source(
        quote,
        place=place or draft.place,
        # The composer has judged that it may be told of this period.
        period=draft.period,
        context=context,
        anchor=draft.period.end,
    )
    text = load("draft_item").render(
        n=n,
        place=inert(place or draft.place),
        period=_period(first, draft),
        kind=_kind(own, first),
        title=inert(first.report.title or first.report.source) if first is not None else "",
        text=inert("\n".join((own.text, *_last_words(own, cited)))),
    )
    return Item(n, own, source, text)


def _period(citation: DraftCitation | None, draft: Draft) -> str:
    if citation is None or citation.origin is Origin.NOTES or citation.report.period is None:
        return draft.period.chinese
    return Period.parse(citation.report.period).chinese


def _kind(own: DraftSentence, citation: DraftCitation | None) -> str:
    if own.kind is SentenceKind.TO_FILL:
        return texts.KIND_GAP
    notes = citation is None or citation.origin is Origin.NOTES
    return texts.KIND_NOTES if notes else texts.KIND_STANDING


def _last_words(own: DraftSentence, cited: Sequence[DraftCitation]) -> Iterator[str]:
    """The last report's sentence about what is asked for, to be read and not to be cited."""
    for one in cited if own.kind is SentenceKind.TO_FILL else ():
        if one.origin is Origin.ARCHIVE and not speaks_to_machine(one.quote):
            yield f"{texts.LAST_WORDS}:{' '.join(one.quote.split())}"
            return
