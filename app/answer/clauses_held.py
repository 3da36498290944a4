"""Holds the clauses without figures: said of the same place and time, as plan or as done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from app.answer.evidence import Read, both_planned
from app.answer.findings import About, Cited, Finding, Kind
from app.answer.scope_held import period_holds, place_holds
from app.answer.words_said import content_words, said
from index.chinese.sentences import clauses

_LEAST = 0.5
"""Share of a clause's words that a quote's clause must say to be the one it comes from."""

_At = tuple[Cited, int, int]
"""(source, offset in its quote, offset in the sentence) of the same words."""


def clause_findings(cited: Sequence[Cited], about: About) -> Iterator[Finding]:
    """Yield a finding for each clause whose place, time or plan is not that of its quote."""
    sentence = cited[0].sentence
    about = replace(about, name_places=False)
    for start, end in clauses(sentence.folded, 0, len(sentence.folded)):
        text = sentence.folded[start:end]
        words = content_words(_unnamed(sentence, start, end))
        if any(start <= one.start < end for one in sentence.figures):
            continue
        places = _same_words(cited, words, start, text) if words else _same_text(cited, start, text)
        if not places:
            continue
        tests: tuple[tuple[Kind, Callable[[_At], bool]], ...] = (
            (Kind.PLACE, lambda at: place_holds(*at, about)),
            (Kind.PERIOD, lambda at: period_holds(*at, about, part=True)),
            (Kind.PLAN, lambda at: _plan_holds(*at)),
        )
        for kind, holds in tests:
            places = [at for at in places if holds(at)]
            if not places:
                yield Finding(kind, text)
                break


def _same_words(cited: Sequence[Cited], words: Sequence[str], start: int, text: str) -> list[_At]:
    """Where the quotes' clauses stand that say most of the words, all that say as much."""
    best, found = _LEAST, list[_At]()
    for one in cited:
        for first, last in clauses(one.quote.folded, 0, len(one.quote.folded)):
            clause = one.quote.folded[first:last]
            share = sum(said(word, clause) for word in words) / len(words)
            if share < best:
                continue
            if share > best:
                best, found = share, []
            found.append((one, first + _where(clause, words), start + _where(text, words)))
    return found


def _same_text(cited: Sequence[Cited], start: int, text: str) -> list[_At]:
    """Where the quotes say the begin or the end of a clause of no words that count: 雨季已至."""
    text = text.strip(",;。!? ")
    for size in range(len(text), 1, -1):
        found = [
            (one, at, start + offset)
            for one in cited
            for part, offset in ((text[:size], 0), (text[-size:], len(text) - size))
            if (at := one.quote.folded.find(part)) >= 0
        ]
        if found:
            return found
    return []


def _where(clause: str, words: Sequence[str]) -> int:
    """The offset of the first of the words that stands in a clause; its last one without any."""
    return min((at for word in words if (at := clause.find(word)) >= 0), default=len(clause) - 1)


def _plan_holds(one: Cited, at: int, here: int) -> bool:
    """As both_planned, up to the ends of the two clauses: 修路计划 is a plan as well."""
    return both_planned(
        one.source, one.quote, _end(one.quote, at), one.sentence, _end(one.sentence, here)
    )


def _end(read: Read, at: int) -> int:
    return next(end for _, end in clauses(read.folded, 0, len(read.folded)) if end > at) - 1


def _unnamed(sentence: Read, start: int, end: int) -> str:
    """A clause without its places and dates, which are held for themselves."""
    text = sentence.folded
    spans = [*sentence.names, *((date.start, date.end) for date in sentence.dates)]
    for first, last in spans:
        text = text[:first] + " " * (last - first) + text[last:]
    return text[start:end]
