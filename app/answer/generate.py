"""Answers worded by a language model, every sentence held to the archive before it is shown.

Streaming and verification are reconciled by the sentence: the stream is cut into sentences, and
a sentence is yielded once it has passed; what has not passed is never part of any Answer. A
sentence that fails is asked for once more when the stream is over, then replaced by the
archive's own sentence or dropped, and `notices` says so. Where the model gives nothing that can
be used, the extract answer stays, with a notice of why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from app.answer import notices
from app.answer.answer import REFUSAL, WORDED, Answer, Sentence
from app.answer.calls import Calls, Exchange, is_refusal, once_more
from app.answer.citing import CitationBook, says
from app.answer.entailment import Entailment
from app.answer.findings import About
from app.answer.hold import Failed, Held, about_of, hold, in_place_of
from app.answer.passages import Evidence, Given, fitting, given
from app.answer.verify import split_citations
from app.answer.words_said import said
from app.chat.chat import Chat, ChatFailed, Trouble
from index.chinese.fold import fold
from index.errors import ModelUnavailable
from index.query import Query, Wanted
from index.records import Hit
from prompts import load

_MOST = 6
"""Sentences that the model is asked for at the most."""
_AGAIN = 4
"""Sentences that are asked for once more at the most; each costs a call."""
_ON_TOPIC = 0.5
"""Share of the asked words that the sentences with their quotes must say together."""
_BY_VALUE = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})


class Generator:
    """Words extract answers anew; holds no state between questions and may serve threads."""

    def __init__(
        self,
        chat: Chat,
        seconds: float = 60.0,
        passages: int = 8,
        entailment: Entailment | None = None,
    ) -> None:
        self._chat = chat
        self._seconds = seconds
        self._passages = passages
        self._entailment = entailment

    @property
    def name(self) -> str:
        return self._chat.name

    def close(self) -> None:
        self._chat.close()

    def answers(
        self,
        query: Query,
        hits: Sequence[Hit],
        extracted: Answer,
        earlier: Callable[[Hit], str] = lambda hit: "",
        trail: list[Exchange] | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer as it grows; the last is the whole one. Raises no failure of the model.

        A refusal stays one, as do a table by places and what was reckoned: nothing is to be
        worded. `earlier` gives what stands before a passage on its first line; `trail` takes
        each exchange.
        """
        by_place = extracted.direct is None and query.wanted in _BY_VALUE
        reckoned = extracted.mode != "extract"  # sums of the ledger are not for rewording
        if extracted.refused or by_place or reckoned:
            yield extracted
            return
        run = _Run(self, query, extracted, trail if trail is not None else [])
        try:
            yield from run.answers(hits, earlier)
        except ChatFailed as error:
            yield _kept(extracted, notices.failed(error))
        except ModelUnavailable as error:  # the judge of meaning: without it nothing is held
            yield _kept(extracted, notices.unjudged(error))

    @property
    def means(self) -> tuple[Chat, float, Entailment | None]:
        """The model, its seconds and its judge, for what else is worded by them."""
        return self._chat, self._seconds, self._entailment


class _Run:
    """One question's way through the model."""

    def __init__(
        self, generator: Generator, query: Query, extracted: Answer, trail: list[Exchange]
    ) -> None:
        self._of = generator
        self._query = query
        self._extracted = extracted
        self._calls = Calls(generator._chat, generator._seconds, trail)
        self._passages: list[Given] = []
        self._about = About()
        self._slots: list[Held[Evidence] | Failed] = []
        self._again = 0
        self._refused = False

    def answers(self, hits: Sequence[Hit], earlier: Callable[[Hit], str]) -> Iterator[Answer]:
        rules = load("answer_rules").render(most=_MOST, refusal=REFUSAL)
        asked = load("answer_question")
        around = rules + asked.render(passages="", question=self._query.text)
        every = given(hits, self._extracted, earlier, load("answer_passage"), self._of._passages)
        self._passages = fitting(self._of._chat, every, around)
        self._about = about_of(self._query, self._passages)
        shown = "\n".join(one.text for one in self._passages)
        messages = (
            ("system", rules),
            ("user", asked.render(passages=shown, question=self._query.text)),
        )
        if self._extracted.direct is not None:
            yield self._answer(())  # the archive's own value need not wait for the model
        names = ("answer_rules", "answer_question")
        cut = False
        try:
            for raw in self._calls.sentences(names, messages, self._slots, self._withdraw):
                if is_refusal(raw):
                    self._refused = True
                    continue
                if self._is_said(raw):
                    continue
                slot = self._hold(raw)
                self._slots.append(slot)
                if isinstance(slot, Held):
                    yield self._answer(())
        except ChatFailed as error:
            if error.trouble is not Trouble.CUT:
                raise
            cut = True
        if not self._slots:
            if cut:
                raise ChatFailed(Trouble.CUT)
            yield _kept(self._extracted, notices.REFUSED if self._refused else notices.EMPTY)
            return
        yield from self._mended(rules)
        yield self._finished(cut)

    def _hold(self, raw: str) -> Held[Evidence] | Failed:
        return hold(raw, self._passages, self._about, self._of._entailment)

    def _withdraw(self) -> None:
        """Forget what was written so far: it was a thought that only its end made known."""
        self._slots.clear()
        self._refused = False

    def _is_said(self, raw: str) -> bool:
        """Whether the answer says the sentence already, whatever it cites this time."""
        text = _bare(split_citations(raw)[0])
        return any(isinstance(one, Held) and _bare(one.text) == text for one in self._slots)

    def _mended(self, rules: str) -> Iterator[Answer]:
        """Ask once more for each sentence that failed; where that fails, the archive's own."""
        self._rewritten = self._replaced = self._dropped = 0
        for at, slot in enumerate(self._slots):
            if not isinstance(slot, Failed):
                continue
            better = self._asked_again(rules, slot)
            if better is not None:
                self._rewritten += 1
            else:
                better = in_place_of(slot, self._passages, self._about, self._used())
                self._replaced += better is not None
                self._dropped += better is None
            if better is not None:
                self._slots[at] = better
                yield self._answer(())

    def _asked_again(self, rules: str, failed: Failed) -> Held[Evidence] | None:
        if self._again >= _AGAIN or self._calls.over:
            return None
        self._again += 1
        _, numbers = split_citations(failed.raw)
        cited = [one for one in self._passages if one.n in numbers] or self._passages
        asked = load("answer_question").render(
            passages="\n".join(one.text for one in cited), question=self._query.text
        )
        messages = once_more(rules, asked, failed)
        names = ("answer_rules", "answer_question", "answer_again")
        try:
            for raw in self._calls.sentences(names, messages, self._slots):
                if is_refusal(raw) or raw == failed.raw or self._is_said(raw):
                    return None
                again = self._hold(raw)
                return again if isinstance(again, Held) else None
        except ChatFailed:
            self._again = _AGAIN  # what it wrote before is held already; more is not asked
        return None

    def _used(self) -> list[Evidence]:
        return [one for slot in self._slots if isinstance(slot, Held) for one in slot.evidence]

    def _finished(self, cut: bool) -> Answer:
        held = [slot for slot in self._slots if isinstance(slot, Held)]
        said_by_model = len(held) - self._replaced
        if said_by_model <= 0:
            return _kept(self._extracted, notices.UNUSABLE)
        if self._extracted.direct is None and not self._on_topic(held):
            return _kept(self._extracted, notices.OFF_TOPIC)
        told = [notices.not_held(self._rewritten, self._replaced, self._dropped)]
        told.append(notices.CUT if cut else None)
        add_own = self._extracted.direct is not None and not any(
            says(one.text, self._extracted.direct) for one in held
        )
        told.append(notices.VALUE_ADDED if add_own else None)
        return self._answer(tuple(one for one in told if one), add_own=add_own)

    def _on_topic(self, held: Sequence[Held[Evidence]]) -> bool:
        terms = self._query.terms
        if not terms:
            return True
        quotes = (one.source for slot in held for one in slot.evidence)
        ground = fold(
            "\n".join(
                [slot.text for slot in held]
                + [f"{one.quote}\n{one.context}\n{one.lead}" for one in quotes]
            )
        )
        shares = [max(said(word, ground) for word in (*term.alike, term.word)) for term in terms]
        return sum(shares) / len(shares) >= _ON_TOPIC

    def _answer(self, told: tuple[str, ...], add_own: bool = False) -> Answer:
        """What has passed so far, the archive's own value in front where one is asked for."""
        book = CitationBook()
        sentences: list[Sentence] = []
        own = self._extracted
        if own.direct is not None:
            known = {citation.n: citation for citation in own.citations}
            shown = own.sentences[: 2 if add_own else 1]
            sentences = [
                Sentence(one.text, tuple(book.own(known[n]) for n in one.citations))
                for one in shown
            ]
        for slot in self._slots:
            if isinstance(slot, Held):
                numbers = tuple(dict.fromkeys(book.of(one) for one in slot.evidence))
                sentences.append(Sentence(slot.text, numbers))
        return replace(
            own,
            sentences=tuple(sentences),
            citations=book.all(),
            mode=WORDED,
            notices=told,
        )


def _kept(extracted: Answer, notice: str) -> Answer:
    return replace(extracted, notices=(*extracted.notices, notice))


def _bare(text: str) -> str:
    return "".join(fold(text).split()).rstrip("。;,")
