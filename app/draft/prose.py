"""Sections of a draft worded by a language model, every sentence held before it stands there.

The model is given the composer's own sentences as numbered material. What it writes is held as an
answer's sentence is (`app/answer/hold.py`), and to the draft's own rules: no figure of an earlier
period as this one's, every 【待补充】 as it was. What fails is asked for once more, then the
composer's own sentence stands; so it does for everything that the model did not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from app.answer import notices
from app.answer.answer import WORDED
from app.answer.calls import Calls, Exchange, is_refusal, once_more, reasons
from app.answer.entailment import Entailment
from app.answer.findings import About
from app.answer.hold import Failed
from app.answer.verify import split_citations
from app.chat.chat import Chat, ChatFailed, Trouble
from app.draft import texts
from app.draft.again import plain, with_section
from app.draft.check import checked
from app.draft.draft import Doubt, Draft, DraftSection
from app.draft.prose_held import Told, assembled, held_item
from app.draft.prose_items import Item, batches
from index.errors import ModelUnavailable
from prompts import load

EXTRACTED = "extract"
_AGAIN = 3
"""Sentences of a call that are asked for once more at the most; each costs a call."""
_VAIN = 3
"""Sections in a row without a usable sentence after which the model is not asked any more."""


class Prose:
    """Words drafts by a chat model; holds no state between drafts and may serve threads."""

    def __init__(
        self,
        chat: Chat,
        seconds: float = 60.0,
        entailment: Entailment | None = None,
        say: Callable[[str], None] = lambda line: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """`seconds` is the time for a whole section; `say` is told which one is being written.

        `stopped` is asked before each: then the rest stays as it is.
        """
        self._say = say
        self._stopped = stopped
        self._chat = chat
        self._seconds = seconds
        self._entailment = entailment

    def worded(
        self,
        draft: Draft,
        sections: Collection[int] | None = None,
        trail: list[Exchange] | None = None,
    ) -> Draft:
        """The draft with these sections (by position; None: all) worded; raises no failure of
        the model: the composer's own sentences stay, and the notices say why."""
        run = _Run(self._chat, self._seconds, self._entailment, trail if trail is not None else [])
        wanted = range(len(draft.sections)) if sections is None else sorted(sections)
        for at in wanted:
            if self._stopped():
                break
            heading = draft.sections[at].heading
            self._say(texts.wording(heading))
            try:
                draft = run.section(draft, at)
            except ChatFailed as error:
                return _told(draft, run, texts.no_model_from(notices.trouble(error), heading))
            except ModelUnavailable as error:  # the judge of meaning: without it nothing is held
                return _told(draft, run, texts.no_model_from(str(error).rstrip("。"), heading))
            if run.vain >= _VAIN:
                return _told(draft, run, texts.no_model_from(texts.BABBLES, heading))
        return _told(draft, run, None)


def _told(draft: Draft, run: _Run, trouble: str | None) -> Draft:
    said = [one for one in (run.counted(), trouble) if one]
    if run.asked and not run.used and trouble is None:
        said.append(texts.NOT_USED)
    worded = any(part.own for part in draft.sections)
    draft = checked(
        replace(
            draft,
            mode=WORDED if worded else EXTRACTED,
            # Of an earlier time, what was said of the model is over.
            notices=(*(one for one in draft.notices if texts.MODEL not in one), *said),
        )
    )
    stand = {one.text for part in draft.sections for one in part.sentences if not one.tells}
    left = [
        one
        for one in (*draft.verification.left_out, *run.doubts)
        if texts.MODEL not in one.reason or one.text in stand
    ]
    verification = replace(draft.verification, left_out=tuple(dict.fromkeys(left)))
    return replace(draft, verification=verification)


@dataclass
class _Run:
    """One draft's way through the model, and what was counted on it."""

    chat: Chat
    seconds: float
    entailment: Entailment | None
    trail: list[Exchange]
    asked: int = 0
    used: int = 0
    rewritten: int = 0
    replaced: int = 0
    dropped: int = 0
    vain: int = 0
    """Sections in a row that gave nothing."""
    doubts: list[Doubt] = field(default_factory=list)

    def counted(self) -> str | None:
        return texts.not_held(self.rewritten, self.replaced, self.dropped)

    def section(self, draft: Draft, at: int) -> Draft:
        """The draft with this section worded; raises ChatFailed, ModelUnavailable."""
        before = draft
        draft = plain(draft, at)
        part = draft.sections[at]
        rules = load("draft_rules").render()
        calls = Calls(self.chat, self.seconds, self.trail)
        told: list[Told] = []
        failed: list[tuple[Failed, Sequence[Item]]] = []
        asked = False
        for items in batches(self.chat, draft, part, rules + _asked(draft, part, ())):
            asked = True
            self.asked += 1
            held, wrong = self._call(calls, rules, draft, part, items)
            told += held
            failed += [(one, items) for one in wrong]
        if not asked:
            return before
        sentences = assembled(draft, part, told)
        used = sum(bool(one.tells) for one in sentences)
        self._report(failed, [one.id for one in sentences if not one.tells])
        self.used += used
        self.vain = 0 if used else self.vain + 1
        if not used:
            return draft
        return with_section(
            draft, at, replace(part, sentences=tuple(sentences), own=part.sentences)
        )

    def _call(
        self,
        calls: Calls,
        rules: str,
        draft: Draft,
        part: DraftSection,
        items: Sequence[Item],
    ) -> tuple[list[Told], list[Failed]]:
        """What passed and what did not, of one batch and of what was asked for once more."""
        names = ("draft_rules", "draft_section")
        asked = _asked(draft, part, items)
        slots: list[Told | Failed] = []
        about = About(periods=(draft.period,))
        try:
            for raw in calls.sentences(names, (("system", rules), ("user", asked)), slots):
                if not is_refusal(raw):
                    slots.append(held_item(raw, items, draft, about, self.entailment))
        except ChatFailed as error:
            if error.trouble is not Trouble.CUT:
                raise
        told = [one for one in slots if isinstance(one, Told)]
        wrong: list[Failed] = []
        again = 0
        for slot in slots:
            if not isinstance(slot, Failed):
                continue
            better = None
            # Of what is cut off for ever going on, nothing more is asked for.
            if again < _AGAIN and not calls.over:
                again += 1
                better = self._once_more(calls, rules, draft, part, slot, items)
            if better is None:
                wrong.append(slot)
            else:
                self.rewritten += 1
                told.append(better)
        return told, wrong

    def _once_more(
        self,
        calls: Calls,
        rules: str,
        draft: Draft,
        part: DraftSection,
        failed: Failed,
        items: Sequence[Item],
    ) -> Told | None:
        """What the model writes instead, of the same material; None where that fails, too."""
        _, numbers = split_citations(failed.raw)
        cited = [one for one in items if one.n in numbers] or items
        names = ("draft_rules", "draft_section", "answer_again")
        messages = once_more(rules, _asked(draft, part, cited), failed)
        about = About(periods=(draft.period,))
        try:
            for raw in calls.sentences(names, messages):
                slot = held_item(raw, cited, draft, about, self.entailment)
                return slot if isinstance(slot, Told) else None
        except ChatFailed as error:
            if error.trouble is not Trouble.CUT:
                raise
        return None

    def _report(self, failed: Sequence[tuple[Failed, Sequence[Item]]], stand: list[str]) -> None:
        """Which of the composer's own sentences stand in the place of what failed, and why."""
        for one, items in failed:
            _, numbers = split_citations(one.raw)
            cited = [item for item in items if item.n in numbers and item.own.id in stand]
            self.replaced += bool(cited)
            self.dropped += not cited
            why = texts.not_worded(reasons(one.findings))
            self.doubts += [Doubt(item.own.text, why, item.own.citations) for item in cited]


def _asked(draft: Draft, part: DraftSection, items: Sequence[Item]) -> str:
    return load("draft_section").render(
        material="\n".join(one.text for one in items),
        place=draft.place,
        period=draft.period.chinese,
        heading=part.heading,
    )
