"""A scripted model in this process: the behaviours without a server, so that none of them waits.

What passes between a server and us (HTTP errors, silence, a broken connection) becomes the
failure that the real client makes of it; tests ask the same behaviours through a real server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.chat.chat import ChatFailed, Message, Trouble
from app.chat.tokens import estimate
from eval.scripted_steps import Behaviour, Hangup, Sleep, Status, passages_in

_STATUS = {429: Trouble.BUSY, 400: Trouble.CONTEXT}


class ScriptedChat:
    """A Chat whose time is reckoned, not waited for."""

    context = 4096
    most = 800

    def __init__(self, name: str, behaviour: Behaviour) -> None:
        self._name = name
        self._behaviour = behaviour

    @property
    def name(self) -> str:
        return self._name

    def count(self, text: str) -> int:
        return estimate(text)

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        """Yield what the behaviour says; raises ChatFailed as the real client would."""
        sent = [{"content": text} for _, text in messages]
        answer = self._behaviour(passages_in(sent), messages[-1][1])
        if isinstance(answer, Status):
            raise ChatFailed(_STATUS.get(answer.code, Trouble.ERROR), answer.body)
        waited = 0.0
        for step in answer:
            if isinstance(step, Hangup):
                raise ChatFailed(Trouble.BROKEN)
            if isinstance(step, Sleep):
                waited += step.seconds
                if waited >= seconds:
                    raise ChatFailed(Trouble.SLOW)
            elif isinstance(step, str):
                yield step

    def close(self) -> None:
        """Nothing was started."""
