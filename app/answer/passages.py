"""The passages that a model is given: the best ones that fit its context, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from app.answer.answer import Answer
from app.answer.evidence import Source
from app.chat.chat import Chat, ChatFailed, Trouble
from index.chinese.fold import fold
from index.chinese.places import named_in
from index.chinese.sentences import sentences
from index.records import Hit, anchor_of
from prompts import Prompt

_MARGIN = 64
"""Tokens left for what the model's chat template adds."""
_SPOKEN_TO = re.compile(
    r"忽略(?:以上|上述|之前|前面|所有|任何)|(?:以上|上述|之前)的?(?:指令|提示|规则|要求)(?:作废|无效|不算)"
    r"|你(?:现在|从现在起)?(?:是|要|必须|应当|应该|只能|不要|不得)|(?:系统|开发者)(?:提示|指令|消息)"
    r"|(?:语言模型|人工智能|ai|助手)[,:,]?(?:请|必须|应|不要)|请(?:直接)?(?:回答|输出|回复|复述)"
    r"|ignore (?:all|any|previous|the above)|you (?:are|must)|system prompt|<\|"
)
"""What speaks to the reader's machine and not to the reader, in folded text."""


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage that may be cited; offsets count in its report's text."""

    hit: Hit
    start: int
    end: int
    source: Source


@dataclass(frozen=True)
class Given:
    """A passage as the model sees it: its number, the rendered text, what of it may be cited."""

    n: int
    hit: Hit
    text: str
    sentences: tuple[Evidence, ...]


class Rendered(Protocol):
    """What is sent to a model as one piece."""

    @property
    def text(self) -> str: ...


T = TypeVar("T", bound=Rendered)


@lru_cache(maxsize=2048)
def speaks_to_machine(text: str) -> bool:
    """Whether a sentence of a document instructs a model: it is neither sent nor cited."""
    return _SPOKEN_TO.search(fold(text)) is not None


def given(
    hits: Sequence[Hit],
    extracted: Answer,
    earlier: Callable[[Hit], str],
    prompt: Prompt,
    most: int,
) -> list[Given]:
    """The passages to send, numbered from 1: those that the extract answer cites come first."""
    cited = [(c.report.id, c.start, c.end) for c in extracted.citations]

    def order(hit: Hit) -> tuple[int, int]:
        passage = hit.stored.passage
        holds = [
            n
            for n, (report, start, end) in enumerate(cited)
            if report == passage.report_id and passage.start <= start and end <= passage.end
        ]
        return (min(holds, default=len(cited)), hit.rank)

    chosen = sorted(hits, key=order)[:most]
    return [_given(n, hit, earlier, prompt) for n, hit in enumerate(chosen, 1)]


def _given(n: int, hit: Hit, earlier: Callable[[Hit], str], prompt: Prompt) -> Given:
    described, passage = hit.stored.described, hit.stored.passage
    kept = tuple(
        one for one in _sentences(hit, earlier(hit)) if not speaks_to_machine(one.source.quote)
    )
    text = prompt.render(
        n=n,
        place=inert("".join((*reversed(described.within), described.place or "未注明"))),
        period=described.period.chinese if described.period else "未注明",
        title=inert(" > ".join((described.title, *passage.heading))),
        text=inert(_without_instructions(passage.text)),
    )
    return Given(n, hit, text, kept)


def _sentences(hit: Hit, earlier: str) -> Iterator[Evidence]:
    """Every sentence of a passage with what the words before it say of it.

    `earlier` is what stands before the passage on its first line: 今年主要目标是:…;…;… is one
    sentence, and its items stand under what opens it, also where a passage begins among them.
    """
    described, passage = hit.stored.described, hit.stored.passage
    context = " ".join((described.title, described.unit or "", *passage.heading))
    before = lead = subject = ""
    text = earlier + passage.text
    for start, end in sentences(text):
        words = text[start:end]
        folded = fold(words)
        if "\n" in text[:start][len(text[:start].rstrip()) :]:
            subject = ""  # a new paragraph speaks of something else
        if not before.endswith(";"):
            lead = ""
        inside = start >= len(earlier)
        broken = described.fragment and folded.endswith(("...", "…"))
        heads = words.rstrip("。.:：;； ") in passage.heading  # alone it says nothing
        if inside and not broken and not heads:
            at = passage.start + start - len(earlier)
            source = Source(
                words, described.place, described.period, described.within, context, subject,
                lead, anchor_of(described),
            )  # fmt: skip
            yield Evidence(hit, at, at + end - start, source)
        before = folded
        lead = lead or (folded.partition(":")[0] if ":" in folded else "")
        named = list(named_in(folded))
        subject = folded[slice(*named[-1])] if named else subject


def _without_instructions(text: str) -> str:
    for start, end in reversed(list(sentences(text))):
        if speaks_to_machine(text[start:end]):
            text = text[:start] + text[end:]
    return text


def inert(text: str) -> str:
    """A document's text that cannot close its own brackets or open others."""
    return text.translate({ord("<"): "＜", ord(">"): "＞", ord('"'): "”"})


def fitting(chat: Chat, passages: Sequence[T], around: str) -> list[T]:
    """Those that fit the model's context beside `around` and its answer, by its own count.

    Raises ChatFailed(CONTEXT) where not even the first does.
    """
    left = chat.context - chat.most - _MARGIN - chat.count(around)
    kept: list[T] = []
    for one in passages:
        size = chat.count(one.text)
        if size <= left:
            kept.append(one)
            left -= size
        elif not kept:
            break
    if not kept:
        raise ChatFailed(Trouble.CONTEXT)
    return kept
