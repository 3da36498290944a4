"""Calls of a language model for one answer or one section: within a time, cut into sentences.

What was sent and what came back is kept in a trail, however a call ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.answer import notices
from app.answer.answer import REFUSAL
from app.answer.findings import Finding
from app.answer.hold import Failed
from app.answer.streaming import sentences_of
from app.chat.chat import Chat, ChatFailed, Message
from index.chinese.fold import fold
from prompts import load


@dataclass(frozen=True)
class Exchange:
    """One call of the model: what was sent, what came back as it came, and what failed of it."""

    prompts: tuple[str, ...]
    """Name and version of each prompt, `answer_rules@1`."""
    messages: tuple[Message, ...]
    output: str
    trouble: str | None
    failed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(sentence, kinds of what is wrong with it)."""


class Calls:
    """All calls for one answer; they share `seconds`."""

    def __init__(self, chat: Chat, seconds: float, trail: list[Exchange]) -> None:
        self._chat = chat
        self._deadline = time.monotonic() + seconds
        self._trail = trail

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._deadline

    def sentences(
        self,
        names: Sequence[str],
        messages: tuple[Message, ...],
        slots: Sequence[object] = (),
        withdrawn: Callable[[], None] = lambda: None,
    ) -> Iterator[str]:
        """The sentences of one call by prompts of these names; raises ChatFailed.

        What the caller adds to `slots` meanwhile tells the trail what failed; `withdrawn` is
        called where what came so far turns out to be a thought.
        """
        output: list[str] = []
        trouble: str | None = None
        before = len(slots)

        def kept() -> Iterator[str]:
            left = self._deadline - time.monotonic()
            for piece in self._chat.stream(messages, max(0.0, left)):
                output.append(piece)
                yield piece

        try:
            yield from sentences_of(kept(), withdrawn)
        except ChatFailed as error:
            trouble = f"{error.trouble.value}: {error}"
            raise
        finally:
            failed = [slot for slot in slots[before:] if isinstance(slot, Failed)]
            self._trail.append(
                Exchange(
                    tuple(f"{name}@{load(name).version}" for name in names),
                    messages,
                    "".join(output),
                    trouble,
                    tuple((one.raw, tuple(f.kind.value for f in one.findings)) for one in failed),
                )
            )


def once_more(rules: str, asked: str, failed: Failed) -> tuple[Message, ...]:
    """What is sent to have a sentence that failed written once more, with the reasons."""
    again = load("answer_again").render(
        sentence=failed.raw, reasons=";".join(reasons(failed.findings)), refusal=REFUSAL
    )
    return (("system", rules), ("user", asked), ("assistant", failed.raw), ("user", again))


def reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Findings in the words that a model is told them in."""
    return tuple(
        dict.fromkeys(f"{notices.REASONS[one.kind.value]}（{one.what}）" for one in findings)
    )


def is_refusal(raw: str) -> bool:
    """Whether a sentence only says that there is no answer."""
    return fold(REFUSAL).rstrip("。") in fold(raw)
