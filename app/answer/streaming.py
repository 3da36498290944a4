"""A model's stream to whole sentences: thoughts and markup left out, an endless one cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.chat.chat import ChatFailed, Trouble

SENTENCES = 12
"""Sentences that are read at the most; more is no answer."""
LONGEST = 400
"""Characters without an end after which a text is no sentence."""
_REPEATS = 3

_CITED = r"(?:\s*[\[［【][\d,，、\s]{1,20}[\]］】])"
_SENTENCE = re.compile(
    rf"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)\"]*|\n)(?:{_CITED}[。；;]?)*\s*(?=[^\s\[［【。！？!?；;])",
    re.DOTALL,
)
_THINK = r"(?:seed:)?(?:think|thinking|thoughts?|reasoning|reflection)"
_BEGIN = re.compile(
    rf"<{_THINK}>|\[{_THINK}\]|◁{_THINK}▷|<\|channel\|>\s*analysis\s*<\|message\|>", re.IGNORECASE
)
_END = re.compile(
    rf"</{_THINK}>|\[/{_THINK}\]|◁/{_THINK}▷|<\|channel\|>\s*final\s*<\|message\|>", re.IGNORECASE
)
_THOUGHT = re.compile(f"(?:{_BEGIN.pattern}).*?(?:{_END.pattern})", re.DOTALL | re.IGNORECASE)
_MARKS = (
    *(
        f"{left}{slash}{word}{right}"
        for word in ("think", "thinking", "thoughts", "reasoning", "reflection", "seed:think")
        for left, right in (("<", ">"), ("[", "]"), ("◁", "▷"))
        for slash in ("", "/")
    ),
    "<|channel|>analysis<|message|>",
    "<|channel|>final<|message|>",
)
_OPENING = re.compile(
    r"^\s*(?:[-*•·#>]+\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|答[:：]\s*)+"
)


def sentences_of(
    pieces: Iterable[str], withdrawn: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """Yield whole sentences as they are complete, each with the [n] behind it.

    `withdrawn` is called where all that was yielded turns out to be a thought: some models write
    its end only. Raises ChatFailed as `pieces` does: what stood unfinished then is dropped. Ends
    early, with CUT, where the model goes on and on.
    """
    buffer, seen, count, repeats = "", set[str](), 0, 0
    stream = iter(pieces)
    while True:
        piece = next(stream, None)
        if piece is not None:
            buffer += piece
        text = _THOUGHT.sub("", buffer)
        if ends := list(_END.finditer(text)):
            buffer = text = text[ends[-1].end() :]
            seen, count, repeats = set(), 0, 0
            withdrawn()
        thinking = _BEGIN.search(text)
        if thinking is not None:
            text = text[: thinking.start()]
        if piece is not None and (thinking is not None or _opens_mark(text)):
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


def _opens_mark(text: str) -> bool:
    """Whether the text ends in what may become the mark of a thought."""
    at = max(text.rfind(one) for one in "<[◁")
    if text.endswith("<|message|>") or at < 0:
        return False
    # <|channel|>final<|message|> holds several marks: looked for from its first one.
    channel = text.rfind("<|channel|>")
    tails = {text[at:].lower(), text[channel:].lower()} if channel >= 0 else {text[at:].lower()}
    return any(mark.startswith(tail) for mark in _MARKS for tail in tails)


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
