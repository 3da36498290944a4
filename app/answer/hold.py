"""A model's sentence to one of the answer: the quotes that carry it are found, and hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from app.answer.entailment import Entailment
from app.answer.evidence import Source, read
from app.answer.findings import About, Finding, Kind
from app.answer.passages import Evidence, Given
from app.answer.verify import check, split_citations
from app.answer.words_said import content_words, said
from index.query import Query

_ALONE = 6
"""Quotes that are tried by themselves, the likeliest first."""
_TOGETHER = 4
"""Quotes that a sentence may rest on."""
_ALIKE = 0.5
"""Share of a failed sentence's words that the archive's sentence in its place must say."""


class Citable(Protocol):
    """One sentence that may be cited."""

    @property
    def source(self) -> Source: ...


E = TypeVar("E", bound=Citable)
E_co = TypeVar("E_co", bound=Citable, covariant=True)


class Numbered(Protocol[E_co]):
    """A passage, or an item of a draft's material, by the number that the model cites it by."""

    @property
    def n(self) -> int: ...

    @property
    def sentences(self) -> Sequence[E_co]: ...


@dataclass(frozen=True)
class Held(Generic[E]):
    """A sentence that passed, without its [n], and the quotes it rests on."""

    text: str
    evidence: tuple[E, ...]


@dataclass(frozen=True)
class Failed:
    """A sentence that did not pass, as the model wrote it."""

    raw: str
    findings: tuple[Finding, ...]


def about_of(query: Query, passages: Sequence[Given]) -> About:
    """What an unqualified statement is about: the question's scope, as a closed condition."""
    places = {one.hit.stored.described.place for one in passages}
    taken_in = any(place.inside for place in query.places)
    return About(
        tuple(name for place in query.places for name in (place.name, *place.inside)),
        query.periods,
        name_places=taken_in or (not query.places and len(places) > 1),
    )


def hold(
    raw: str,
    passages: Sequence[Numbered[E]],
    about: About,
    entailment: Entailment | None = None,
) -> Held[E] | Failed:
    """The sentence with the fewest quotes of its passages that it follows from, or why not."""
    text, numbers = split_citations(raw)
    cited = [one for one in passages if one.n in numbers]
    if not numbers or len(cited) != len(numbers):
        return Failed(raw, (Finding(Kind.SOURCE, "、".join(map(str, numbers))),))
    pool = [evidence for one in cited for evidence in one.sentences]
    first: tuple[Finding, ...] = ()
    for chosen in _choices(text, pool):
        findings = check(text, [one.source for one in chosen], about)
        if findings:
            # What the likeliest quote lacks tells the model most.
            first = first or findings
            continue
        if entailment is not None:
            findings = check(text, [one.source for one in chosen], about, entailment)
            if findings:
                return Failed(raw, findings)
        return Held(text, chosen)
    return Failed(raw, first or (Finding(Kind.WORDS, text),))


def _choices(text: str, pool: Sequence[E]) -> Iterator[tuple[E, ...]]:
    """Sets of quotes to hold a sentence to: the likeliest alone, then several together."""
    wanted = _items(text, None)
    scored = sorted(((_covered(wanted, one), -n) for n, one in enumerate(pool)), reverse=True)
    ranked = [pool[-n] for _, n in scored]
    for one in ranked[:_ALONE]:
        yield (one,)
    together: list[E] = []
    missing = set(wanted)
    while missing and len(together) < _TOGETHER:
        best = max(ranked, key=lambda one: _covered(missing, one), default=None)
        if best is None or best in together or not _covered(missing, best):
            break
        together.append(best)
        missing -= {item for item in missing if _covered({item}, best)}
        if len(together) > 1:
            yield tuple(together)


def _items(text: str, anchor: date | None) -> set[str]:
    """What a quote must have for a sentence: its figures by value, dates, numbers and words."""
    stated = read(text, anchor)
    items = {f"#{one.low.normalize()}{one.unit}" for one in stated.figures}
    items |= {f"@{one.period.key}" for one in stated.dates}
    return items | set(content_words(stated.folded))


def _covered(wanted: set[str], one: Citable) -> float:
    """How much of what is wanted a quote has; a figure weighs as much as four words."""
    stated = read(one.source.quote, one.source.anchor)
    there = {f"#{figure.low.normalize()}{figure.unit}" for figure in stated.figures}
    there |= {f"@{mention.period.key}" for mention in stated.dates}
    score = 0.0
    for item in wanted:
        if item[0] in "#@":
            score += 4.0 if item in there else 0.0
        else:
            score += said(item, stated.folded)
    return score


def in_place_of(
    failed: Failed, passages: Sequence[Given], about: About, used: Sequence[Evidence]
) -> Held[Evidence] | None:
    """The archive's own sentence that says most of what a failed one spoke of, if any does."""
    text, numbers = split_citations(failed.raw)
    words = set(content_words(read(text, None).folded))
    if not words:
        return None
    best: tuple[float, Evidence] | None = None
    for one in passages:
        for evidence in one.sentences:
            if evidence in used:
                continue
            share = _covered(words, evidence) / len(words) + (0.1 if one.n in numbers else 0.0)
            if share >= _ALIKE and (best is None or share > best[0]):
                best = (share, evidence)
    if best is None or check(best[1].source.quote, [best[1].source], about):
        return None  # also the archive's sentence must be of the asked place and period
    return Held(best[1].source.quote, (best[1],))
