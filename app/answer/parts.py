"""Answers to the parts of a question, put together as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.answer.answer import Citation
from app.answer.answer import Sentence as AnswerSentence
from app.answer.extract import Extract


def joined(names: Sequence[str], parts: Sequence[Extract | None]) -> Extract | None:
    """One answer with every value in front, each with its source; None where none is known.

    Half an answer reads as if it were whole: what is missing is named.
    """
    told = [part for part in parts if part is not None]
    if not any(part.direct is not None for part in told):
        return None
    citations: list[Citation] = []
    values: list[tuple[str, int]] = []
    sentences: list[AnswerSentence] = []
    for part in told:
        numbers = {c.n: _number(citations, c) for c in part.citations}
        direct = part.direct or ""
        if part.direct is None:
            direct = ""
        elif not any(direct in value for value, _ in values):
            values = [(v, n) for v, n in values if v not in direct]
            values.append((direct, numbers[part.sentences[0].citations[0]]))
        for sentence in _needed(part, told):
            moved = AnswerSentence(sentence.text, tuple(numbers[n] for n in sentence.citations))
            if moved not in sentences:
                sentences.append(moved)
    sources = tuple(dict.fromkeys(n for _, n in values))
    front = "、".join(value for value, _ in values)
    missing = tuple(n for n, part in zip(names, parts, strict=True) if part is None)
    # Numbers of citations that no sentence uses any more are not left behind.
    return Extract(front, (AnswerSentence(front, sources), *sentences), tuple(citations), missing)


def _needed(part: Extract, told: Sequence[Extract]) -> Sequence[AnswerSentence]:
    """The sentences to tell of a part: where one tells another's value as well, that one alone.

    哪座桥修好了,花了多少: the sentence with the sum says which.
    """
    if part.direct is not None:
        return part.sentences[1:]
    values = {one.sentences[1].text for one in told if one.direct and len(one.sentences) > 1}
    both = [sentence for sentence in part.sentences if sentence.text in values]
    return both or part.sentences


def by_place(names: Sequence[str], parts: Sequence[Extract | None]) -> Extract | None:
    """A line for each place or thing by its name; None where none has its value."""
    citations: list[Citation] = []
    lines: list[AnswerSentence] = []
    for name, part in zip(names, parts, strict=True):
        if part is None or part.direct is None:
            continue
        first = part.sentences[0].citations[0]
        source = next(citation for citation in part.citations if citation.n == first)
        lines.append(AnswerSentence(f"{name}：{part.direct}", (_number(citations, source),)))
    shared = len({(_value(line), line.citations) for line in lines}) < len(lines)
    if shared and not all(_EACH.search(citation.quote) for citation in citations):
        return None  # one number of one sentence is not told of two, unless it says 分别
    missing = _missing(names, parts)
    return Extract(None, tuple(lines), tuple(citations), missing) if lines else None


_EACH = re.compile(r"分别|各(?!级|项|类|种|界|位|方)|均(?!收|可)|每[个村户家]")


def _value(line: AnswerSentence) -> str:
    return line.text.partition("：")[2]


def _missing(names: Sequence[str], parts: Sequence[Extract | None]) -> tuple[str, ...]:
    """The names of what is not told."""
    return tuple(
        name for name, part in zip(names, parts, strict=True) if part is None or part.direct is None
    )


def _number(citations: list[Citation], citation: Citation) -> int:
    for known in citations:
        if (known.report.id, known.start, known.end) == (
            citation.report.id,
            citation.start,
            citation.end,
        ):
            return known.n
    citations.append(replace(citation, n=len(citations) + 1))
    return len(citations)


def not_said(missing: Sequence[str]) -> str:
    """Which of several things asked for at once the archive does not say."""
    return f"档案中没有找到的部分：{'、'.join(missing)}。"
