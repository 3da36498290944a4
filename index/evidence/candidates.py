"""The sentences of the hits that may say the answer: inside the scope, scored by coverage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.places import named_in
from index.chinese.sentences import sentences
from index.evidence.addressed import addressed, is_addressed
from index.evidence.belonging import offices
from index.evidence.candidate import Candidate
from index.evidence.coverage import Around, said
from index.evidence.reporters import OWN_WEIGHT, own_words
from index.evidence.scope import place_allows
from index.query import Query, Wanted
from index.records import Hit

_HARDLY = 0.3
"""Coverage below which a sentence is not looked at any further."""
_LABEL = 12
"""Characters of a paragraph's first sentence that is the heading of the rest: 2.1 板栗。"""
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]{1,3}:)")


def candidates(
    query: Query,
    hits: Sequence[Hit],
    weights: dict[str, float],
    earlier: Callable[[Hit], str] = lambda hit: "",
    opening: Callable[[Hit], str] = lambda hit: "",
) -> Iterator[Candidate]:
    """Yield the sentences of the hits that say some of what is asked, where the place allows.

    `earlier` gives what stands before a passage on its first line, where an enumeration may
    have been opened; `opening` how the passage's report begins, where it says what it is about.
    """
    for hit in hits:
        passage, described = hit.stored.passage, hit.stored.described
        if (query.undated and described.period is not None) or not query.of_genre(described):
            continue
        heading = fold(" ".join(passage.heading))
        title = fold(f"{described.title} {described.unit or ''}")
        about = fold(opening(hit))
        own = own_words(query, title, fold(described.place or ""))
        shares = {word: w * (OWN_WEIGHT if word in own else 1) for word, w in weights.items()}
        total = sum(shares.values()) or 1.0
        stands_before = earlier(hit)
        before, lead = _opened(stands_before)
        offices_of = ""
        line = fold(stands_before.rpartition("\n")[2])
        paragraph = tuple(line[start:end] for start, end in sentences(line))
        last_end = 0
        whole = fold(passage.text)
        orders = addressed(whole)
        for start, end in sentences(passage.text):
            text, folded = passage.text[start:end], whole[start:end]
            if "\n" in passage.text[last_end:start]:
                paragraph = ()  # a new paragraph speaks of something else
            last_end = end
            if not before.endswith(";"):
                lead = ""
            # 成立领导小组:⏎组 长:何明⏎成 员:吴芳: the lines stand under what opens them.
            holders = any(True for _ in offices(folded))
            offices_of = (before if before.endswith(":") else offices_of) if holders else ""
            spoken = _SPACED.sub("", folded) if holders else folded
            label = paragraph[0] if paragraph and len(paragraph[0]) <= _LABEL else ""
            above = _of_same_place(query, folded, (before, *paragraph))
            around = Around(
                f"{heading} {lead} {offices_of} {label}",
                above[0],
                above[1] if len(above) > 1 else "",
                " ".join(above[2:]),
                title,
                about,
            )
            told = {
                term.word: 1.0 if term.word in own else said(term, spoken, around)
                for term in query.terms
            }
            before = folded
            candidate = Candidate(
                hit,
                passage.start + start,
                passage.start + end,
                text,
                folded,
                sum(shares[word] * share for word, share in told.items()) / total,
                tuple(word for word, share in told.items() if share == 0),
                paragraph,
                lead,
            )
            lead = lead or _opening(folded)
            paragraph = (*paragraph, folded)
            if candidate.coverage < _HARDLY or is_addressed(orders, start, end):
                continue
            # A heading alone is no answer to «which» and «how», but it may state a figure.
            heads = query.wanted in (Wanted.LIST, Wanted.NARRATIVE) and (
                text.rstrip("。.:：;； ") in passage.heading
            )
            # A teaser breaks off in mid-sentence: who knows what the rest of it told.
            broken = described.fragment and folded.endswith(("...", "…"))
            if not heads and not broken and place_allows(query, candidate, None):
                yield candidate


def _of_same_place(query: Query, folded: str, above: Sequence[str]) -> Sequence[str]:
    """What stands above a sentence that names the place asked about, but for what is of others.

    甲村…光伏带动13户;乙村…带动12户: of 乙村 nothing is said of 光伏.
    """
    names = [name for place in query.places for name in place.names]
    if not any(name in folded for name in names):
        return above
    return [
        "" if next(named_in(text), None) and not any(name in text for name in names) else text
        for text in above
    ]


def _opening(folded: str) -> str:
    """今年主要预期目标是:…;…;… is one sentence: its items stand under what opens it."""
    return folded.partition(":")[0] if ":" in folded else ""


def _opened(earlier: str) -> tuple[str, str]:
    """(the last sentence, the enumeration's opening) at the end of what stands before."""
    before = lead = ""
    for start, end in sentences(earlier):
        if not before.endswith(";"):
            lead = ""
        before = fold(earlier[start:end])
        lead = lead or _opening(before)
    return before, lead
