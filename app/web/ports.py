"""What the web page needs from the rest of the program: one protocol, one value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.answer.answer import Answer
from index.records import Report


@dataclass(frozen=True)
class Overview:
    """The size of the archive and what a question can be limited to."""

    reports: int
    passages: int
    pending: int
    """Passages that are still without vectors: found by their words only."""
    places: tuple[str, ...]
    periods: tuple[str, ...]
    """Period keys, `2018H1`."""


class Desk(Protocol):
    """The archive as one official sees it; methods may raise HuibaoError, from any thread."""

    def ask(self, question: str, place: str | None = None, period: str | None = None) -> Answer: ...

    def answers(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        before: Sequence[str] = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, at least once; the last is the whole one.

        `before` are the questions of this conversation so far.
        """
        ...

    def report(self, report_id: str) -> Report | None: ...

    def overview(self) -> Overview: ...

    def examples(self) -> tuple[str, ...]:
        """Up to three questions that this archive can answer."""
        ...
