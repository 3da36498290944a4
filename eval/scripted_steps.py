"""What a scripted model reads and what it may send: a prompt's passages, words, errors, silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from index.chinese.sentences import sentences

_PASSAGE = re.compile(r'<资料 编号="(\d+)" 地点="(.*?)" 期次=.*?>\n(.*?)\n</资料>', re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """A passage as it stood in the prompt."""

    n: int
    place: str
    text: str

    @property
    def sentences(self) -> list[str]:
        return [self.text[start:end].strip("。;；") for start, end in sentences(self.text)]


@dataclass(frozen=True)
class Status:
    """An HTTP error in place of a stream."""

    code: int
    body: str = '{"error": {"message": "scripted", "type": "scripted", "code": null}}'


@dataclass(frozen=True)
class Sleep:
    """Silence in the stream, in seconds; a server that is stopped wakes up."""

    seconds: float


@dataclass(frozen=True)
class Aside:
    """A piece of a thought in a field of its own, as servers send it that part the two."""

    text: str


class Hangup:
    """The connection is closed in the middle, without the end of the stream."""


Step = str | Sleep | Aside | Hangup
Behaviour = Callable[[list[Passage], str], Iterator[Step] | Status]


def told(passages: list[Passage]) -> tuple[Passage, str]:
    """The sentence that an honest model would give: the first one that states a number."""
    for passage in passages:
        for sentence in passage.sentences:
            if re.search(r"\d", sentence) and len(sentence) > 6:
                return passage, sentence
    return passages[0], passages[0].sentences[0]


def passages_in(messages: list[dict[str, Any]]) -> list[Passage]:
    """The passages of a prompt, in its order."""
    text = "\n".join(str(message["content"]) for message in messages)
    return [Passage(int(n), place, body) for n, place, body in _PASSAGE.findall(text)]
