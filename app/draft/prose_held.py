"""Holds a model's sentence of a draft to its material, and puts the section together.

Beside what holds for answers: a 【待补充】 is copied as it is, once; and what of the material no
sentence tells whole stands in the composer's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer.entailment import Entailment
from app.answer.evidence import read
from app.answer.findings import About, Finding, Kind
from app.answer.hold import Failed, hold
from app.answer.verify import split_citations
from app.answer.words_said import content_words, said
from app.draft.check import GAP, doubt_of
from app.draft.draft import Draft, DraftSection, DraftSentence, SentenceKind
from app.draft.figures import held_figures
from app.draft.marks import full_width
from app.draft.prose_items import Item
from index.chinese.fold import fold

_STOPS = ",。;:!?、 "
_TOLD = 0.6
"""Share of the words of what was handed in that the sentences resting on it must say."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Told:
    """A sentence that passed, without its [n], and the items that it rests on."""

    text: str
    items: tuple[Item, ...]
    gaps: tuple[str, ...] = ()


def held_item(
    raw: str,
    items: Sequence[Item],
    draft: Draft,
    about: About,
    entailment: Entailment | None = None,
) -> Told | Failed:
    """The sentence with the fewest items that carry it, or why none do."""
    raw = _with_own_gaps(raw, items)
    gaps = tuple(GAP.findall(raw))
    owners = [next((one for one in items if gap in one.gaps), None) for gap in gaps]
    rest = GAP.sub("", raw)
    if None in owners or len(set(gaps)) < len(gaps) or "【" in rest or "】" in rest:
        wrong = next((g for g, one in zip(gaps, owners, strict=True) if one is None), "【】")
        return Failed(raw, (Finding(Kind.WORDS, wrong),))
    asking = [one for one in owners if one is not None]
    text, numbers = split_citations(raw)
    if asking:
        # A gap names its own source; forgetting its number is no fault.
        known = dict.fromkeys((*numbers, *(one.n for one in asking)))
        rest = f"{split_citations(rest)[0]}[{'、'.join(map(str, known))}]"
    told: tuple[Item, ...] = ()
    if not asking or fold(split_citations(rest)[0]).strip(_STOPS):
        held = hold(rest, items, about, entailment)
        if isinstance(held, Failed):
            return Failed(raw, held.findings)
        told = held.evidence
    carried = tuple(dict.fromkeys((*told, *asking)))
    # The fewest items that carry it may be fewer than it tells: those are not told again.
    also = (one for one in items if one.n in numbers and one not in carried)
    whole = tuple(one for one in also if not one.gaps and _untold(one, [text]) is None)
    found = Told(text, (*carried, *whole), gaps)
    why = doubt_of(_sentence(found, "s0"), draft)
    if why is not None and whole:
        found = Told(text, carried, gaps)
        why = doubt_of(_sentence(found, "s0"), draft)
    return found if why is None else Failed(raw, (Finding(Kind.NUMBER, why),))


def _with_own_gaps(raw: str, items: Sequence[Item]) -> str:
    """The sentence with each gap as the composer wrote it: full width or half is no difference."""
    own = {_SPACE.sub("", fold(gap)): gap for one in items for gap in one.gaps}
    return GAP.sub(lambda m: own.get(_SPACE.sub("", fold(m[0])), m[0]), raw)


def _in_type(text: str) -> str:
    """The text with the marks of a document; its gaps stay as the composer wrote them."""
    gaps = iter(GAP.findall(text))
    return re.sub(GAP, lambda _: next(gaps), full_width(text))


def _sentence(told: Told, sentence_id: str) -> DraftSentence:
    owns = [one.own for one in told.items]
    text = _in_type(told.text)
    kinds = [one.kind for one in owns]
    kind = next(
        (one for one in (SentenceKind.NEW, SentenceKind.STANDING) if one in kinds), kinds[0]
    )
    return DraftSentence(
        sentence_id,
        text if fold(text[-1]) in "。!?;" else f"{text}。",
        SentenceKind.TO_FILL if told.gaps else kind,
        tuple(dict.fromkeys(n for one in owns for n in one.citations)),
        opens=any(one.opens for one in owns),
        tells=tuple(one.id for one in owns),
    )


def assembled(draft: Draft, part: DraftSection, told: Sequence[Told]) -> list[DraftSentence]:
    """The section's sentences: what the model told, and the composer's own for all the rest."""
    kept = _once(told)
    while wrong := _half_told(kept):
        kept = [one for one in kept if not any(item.own.id in wrong for item in one.items)]
    order = {one.id: at for at, one in enumerate(part.sentences)}
    covered = {item.own.id for one in kept for item in one.items}
    entries: list[tuple[int, DraftSentence]] = []
    at = 0
    ids: set[str] = set()
    for one in kept:
        own = [order[item.own.id] for item in one.items]
        at = max(at, min(own))
        name = next((item.own.id for item in one.items if item.own.id not in ids), None)
        sentence_id = name or f"{one.items[0].own.id}-{len(ids)}"
        ids.add(sentence_id)
        entries.append((at, _sentence(one, sentence_id)))
    entries += [(order[one.id], one) for one in part.sentences if one.id not in covered]
    entries.sort(key=lambda entry: entry[0])
    return [one for _, one in entries]


def _once(told: Sequence[Told]) -> list[Told]:
    """Without what says again what was said, and no gap twice."""
    kept: list[Told] = []
    gaps: set[str] = set()
    for one in told:
        if any(gap in gaps for gap in one.gaps):
            continue
        figures = held_figures(one.text)
        before = [f for other in kept if set(one.items) <= set(other.items)
                  for f in held_figures(other.text)]  # fmt: skip
        again = figures and all(any(f.same(other) for other in before) for f in figures)
        if not one.gaps and (again or any(one.text == other.text for other in kept)):
            continue
        gaps.update(one.gaps)
        kept.append(one)
    return kept


def _half_told(told: Sequence[Told]) -> set[str]:
    """The ids of own sentences that the model began to tell and did not tell whole."""
    wrong: set[str] = set()
    for item in {item.own.id: item for one in told for item in one.items}.values():
        if item.own.kind is SentenceKind.STANDING and not held_figures(item.own.text):
            continue  # a measure that goes on may be told more shortly
        if _untold(item, [one.text for one in told if item in one.items]) is not None:
            wrong.add(item.own.id)
    return wrong


def _untold(item: Item, said_of: Sequence[str]) -> str | None:
    """What of an item these sentences do not tell: a figure, a gap, its words; None for nothing."""
    there = [f for text in said_of for f in held_figures(text)]
    for figure in held_figures(item.own.text):
        if not any(figure.same(one) for one in there):
            return figure.surface
    for gap in item.gaps:
        if not any(gap in text for text in said_of):
            return gap
    words = content_words(read(GAP.sub("", item.own.text), None).folded)
    ground = fold("\n".join(said_of))
    told = sum(said(word, ground) for word in words) / len(words) if words else 1.0
    return None if told >= _TOLD else item.own.text
