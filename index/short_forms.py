"""Words of a question in the shape that reports have them: 亏了 as 亏, 厕所改了 as 改厕."""

from __future__ import annotations

from collections.abc import Callable

from index.chinese.words import tag
from index.query import Term


def without_mark(word: str) -> str:
    """亏了 is 亏: the mark of what is done is no part of the word."""
    verb = len(word) == 2 and word[1] == "了" and tag(word[0]).startswith("v")
    return word[0] if verb and tag(word).startswith("v") else word


def with_short(terms: tuple[Term, ...], mentioned: Callable[[str], bool]) -> tuple[Term, ...]:
    """The terms, each thing also as reports shorten it behind a verb asked of it.

    厕所改了多少 is told by 改厕, 猪养了多少 by 养猪.
    """
    verbs = [term.word for term in terms if len(term.word) == 1 and tag(term.word)[:1] == "v"]
    found = []
    for term in terms:
        if verbs and len(term.word) == 2 and tag(term.word)[:1] == "n":
            short = [verb + char for verb in verbs for char in term.word]
            ways = [way for way in short if tag(way)[:1] == "" or tag(way)[:1] == "v"]
            ways = [way for way in ways if way not in term.alike and mentioned(way)]
            term = Term(term.word, (*term.alike, *ways), term.parts)
        found.append(term)
    return tuple(found)
