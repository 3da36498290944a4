"""Holds a sentence to the quotes it cites: nothing that fails here is shown as an answer.

Pure functions over (sentence, quotes with their report's place and period), for answers and
drafts alike. A sentence passes when every number, place, period, name and negation of it is
the quotes' own, said of the same thing, and its other words are found there too. The checks
err towards failing: a sentence that fails is replaced by the archive's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.answer.clauses_held import clause_findings
from app.answer.entailment import Entailment
from app.answer.evidence import WHOLE, Source, dates_of, read, same_place, same_time
from app.answer.findings import About, Cited, Finding, Kind
from app.answer.numbers_held import change_at, number_findings
from app.answer.people_held import people_findings
from app.answer.stated import shown_sums
from app.answer.turns_held import turn_findings
from app.answer.wording import wording_findings
from index.chinese.fold import fold
from index.chinese.places import LEVELS, level

_CITATION = re.compile(r"\s*[\[［【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]")
_DIGITS = re.compile(r"\d+")
_FOREIGN = re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff]{2,}")
"""Words in other letters than Chinese ones, which only a quote may say."""


def split_citations(text: str) -> tuple[str, tuple[int, ...]]:
    """The sentence without its [n] marks, and the numbers in them, each once, in order."""
    numbers = [int(n) for mark in _CITATION.findall(text) for n in _DIGITS.findall(mark)]
    return _CITATION.sub("", text).strip(), tuple(dict.fromkeys(numbers))


def check(
    sentence: str,
    sources: Sequence[Source],
    about: About | None = None,
    entailment: Entailment | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with a sentence (without its [n]) that cites `sources`; empty if nothing."""
    if not sources:
        return (Finding(Kind.SOURCE, sentence),)
    found = _found(sentence, tuple(sources), about or About())
    if not found and entailment is not None:
        premise = "\n".join(f"{source.lead}{source.quote}" for source in sources)
        if not entailment.holds(premise, sentence):
            return (Finding(Kind.ENTAILMENT, sentence),)
    return found


@lru_cache(maxsize=1024)  # one sentence comes again: asked for once more, or in place of several
def _found(sentence: str, sources: tuple[Source, ...], about: About) -> tuple[Finding, ...]:
    known = tuple(
        dict.fromkeys(
            name
            for source in sources
            for name in (source.place, source.subject, *source.within)
            if name
        )
    )
    known = tuple(dict.fromkeys((*known, *about.places)))
    cited = [
        Cited(
            source,
            read(source.quote, source.anchor, known),
            read(sentence, source.anchor, known),
        )
        for source in sources
    ]
    found = [
        *_marks(sentence, sources),
        *number_findings(cited, about),
        *_dates_and_tokens(cited),
        *_places(cited),
        *_beside(cited, about),
        *clause_findings(cited, about),
        *wording_findings(cited),
        *people_findings(cited),
        *turn_findings(cited),
    ]
    return tuple(dict.fromkeys(found))


def _marks(sentence: str, sources: Sequence[Source]) -> Iterator[Finding]:
    """A sentence is plain words: no link, no markup, no table, no mark that the page acts on."""
    quoted = fold("\n".join(f"{one.quote} {one.context} {one.place}" for one in sources))
    for word in _FOREIGN.findall(fold(sentence)):
        if word not in quoted:
            yield Finding(Kind.WORDS, word)
    rows = any("|" in source.quote for source in sources)
    if "|" in sentence and (not rows or sentence.lstrip().startswith("|")):
        yield Finding(Kind.WORDS, "|")
    if found := re.search(
        r"https?://|www\.|[<>`|]{1}[a-z/!]|!\[|\]\(|<\|", sentence, re.IGNORECASE
    ):
        yield Finding(Kind.WORDS, found.group())


def _beside(cited: Sequence[Cited], about: About) -> Iterator[Finding]:
    """What speaks of another village or year than the one asked about is no answer, true as it is.

    A report of the asked place or time may look further: 比去年, 到青杠村的路.
    """
    sentence = cited[0].sentence
    if about.periods and not any(
        time.overlaps(asked)
        for one in cited
        for time in (one.source.period, *(date.period for date in one.sentence.dates))
        for asked in about.periods
        if time is not None
    ):
        yield from (Finding(Kind.PERIOD, mention.period.key) for mention in sentence.dates)
    asked_places = [fold(name) for name in about.places]
    own = [fold(one.source.place) for one in cited if one.source.place]
    named = [sentence.folded[slice(*span)] for span in sentence.names]
    if any(same_place(one, other) for one in (*own, *named) for other in asked_places):
        return
    ranks = {level(name) for name in asked_places}
    yield from (Finding(Kind.PLACE, name) for name in named if level(name) in ranks)


def _dates_and_tokens(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Every date, and every digit that is no quantity, must be some quote's or its report's."""
    wrong: dict[int, Finding] = {}
    right: set[int] = set()
    sums = list(shown_sums(cited[0].sentence.folded))
    for one in cited:
        own = one.source.period
        stated = [mention.period for mention in dates_of(one.source, one.quote)]
        for mention in one.sentence.dates:
            if any(same_time(mention.period, period) for period in stated) or (
                own is not None and (own.within(mention.period) or same_time(mention.period, own))
            ):
                right.add(mention.start)
            surface = one.sentence.folded[mention.start : mention.end]
            wrong.setdefault(mention.start, Finding(Kind.PERIOD, surface))
        for token in one.sentence.tokens:
            summed = any(whole.start <= token.start < whole.end for whole in sums)
            change = change_at(one.sentence.folded, token.start)
            if summed or any(
                token.same(other) and change_at(one.quote.folded, other.start) == change
                for other in one.quote.tokens
            ):
                right.add(token.start)
            wrong.setdefault(token.start, Finding(Kind.NUMBER, token.digits))
    yield from (finding for start, finding in sorted(wrong.items()) if start not in right)


def _places(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Every place named must be named by a quote, or be the report's or contain it."""
    sentence = cited[0].sentence
    allowed = {one.quote.folded[slice(*span)] for one in cited for span in one.quote.names}
    allowed |= {
        fold(name)
        for one in cited
        for name in (one.source.place, one.source.subject, *one.source.within)
        if name
    }
    for span in sentence.names:
        name = sentence.folded[slice(*span)]
        quoted = any(name in one.quote.folded for one in cited)
        if not quoted and not any(same_place(name, other) for other in allowed):
            yield Finding(Kind.PLACE, name)
    levels = {
        level(name) for name in (fold(one.source.place) for one in cited if one.source.place)
    } | {level(sentence.folded[slice(*span)]) for span in sentence.names}
    for match in WHOLE.finditer(sentence.folded):
        quoted = any(match.group() in one.quote.folded for one in cited)
        if not quoted and LEVELS[match["kind"]] not in levels:
            yield Finding(Kind.PLACE, match.group())
