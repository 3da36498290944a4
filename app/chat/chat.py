"""What answering needs of a language model, and the ways in which one fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from index.errors import HuibaoError

Message = tuple[str, str]
"""(role, text): the role is system, user or assistant."""


class Trouble(StrEnum):
    """Why a model gave no whole answer."""

    MISSING = "missing"
    """It cannot be had here: no such file, package or key."""
    DOWN = "down"
    SLOW = "slow"
    BUSY = "busy"
    DENIED = "denied"
    CONTEXT = "context"
    """The question with its passages is longer than the model takes."""
    BROKEN = "broken"
    """The stream ended in the middle."""
    CUT = "cut"
    """It reached the most tokens it may write; what it wrote so far is whole."""
    ERROR = "error"


class ChatFailed(HuibaoError):
    """A model did not answer; the caller goes on without it and says so."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail or trouble.value)
        self.trouble = trouble


class Chat(Protocol):
    """A chat model; several threads may use it at once."""

    @property
    def name(self) -> str: ...

    @property
    def context(self) -> int:
        """Tokens that a question with its answer may take; may raise ChatFailed."""
        ...

    @property
    def most(self) -> int:
        """Tokens that it writes at the most."""
        ...

    def count(self, text: str) -> int:
        """How many tokens a text is, at least as many as the model will count."""
        ...

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        """Yield the answer in pieces for at most `seconds`; raises ChatFailed."""
        ...

    def close(self) -> None: ...
