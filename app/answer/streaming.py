"""A model's stream to whole sentences: thoughts and markup left out, an endless one cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.chat.chat import ChatFailed, Trouble

SENTENCES = 12
"""Sentences that are read at the most; more is no answer."""
LONGEST = 400
"""Characters without an end after which a text is no sentence."""
_REPEATS = 3

_CITED = r"(?:\s*[\[［【][\d,，、\s]{1,20}[\]］】])"
_SENTENCE = re.compile(
    rf"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)\"]*|\n)(?:{_CITED}[。；;]?)*(?=[^\s\[［【。！？!?；;])",
    re.DOTALL,
)
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|$)", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(
    r"^\s*(?:[-*•·#>]+\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|答[:：]\s*)+"
)


def sentences_of(pieces: Iterable[str]) -> Iterator[str]:
    """Yield whole sentences as they are complete, each with the [n] behind it.

    Raises ChatFailed as `pieces` does: what stood unfinished then is dropped. Ends early, with
    CUT, where the model goes on and on.
    """
    buffer, seen, count, repeats = "", set[str](), 0, 0
    stream = iter(pieces)
    while True:
        piece = next(stream, None)
        if piece is not None:
            buffer += piece
        text = _THOUGHT.sub("", buffer)
        if piece is not None and (_thinking(buffer) or _opens_tag(text)):
            continue
        done, rest = _split(text, whole=piece is None)
        for sentence in done:
            if sentence in seen:
                repeats += 1
                if repeats >= _REPEATS:
                    raise ChatFailed(Trouble.CUT)
                continue
            if count >= SENTENCES:
                raise ChatFailed(Trouble.CUT)
            seen.add(sentence)
            count += 1
            yield sentence
        if piece is None:
            return
        buffer = rest
        if len(rest) > LONGEST:
            raise ChatFailed(Trouble.CUT)


def _opens_tag(text: str) -> bool:
    """Whether the text ends in what may become an opening tag."""
    tail = text[text.rfind("<") :].lower() if "<" in text else ""
    return tail != "" and any(
        tag.startswith(tail) for tag in ("<think>", "<thinking>", "<reasoning>")
    )


def _thinking(buffer: str) -> bool:
    """Whether a thought has begun that is not closed yet."""
    opened = re.search(r"<(think|thinking|reasoning)>", buffer, re.IGNORECASE)
    return opened is not None and f"</{opened[1].lower()}>" not in buffer.lower()


def _split(text: str, *, whole: bool) -> tuple[list[str], str]:
    """(complete sentences, what is left); at the end of the stream nothing is left."""
    done: list[str] = []
    at = 0
    for match in _SENTENCE.finditer(text):
        if match.start() != at:
            break
        done.append(match.group())
        at = match.end()
    rest = text[at:]
    if whole:
        done, rest = [*done, rest], ""
    plain = (re.sub(r"\*\*|__", "", _OPENING.sub("", one)).strip() for one in done)
    return [one for one in plain if one], rest
