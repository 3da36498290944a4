"""Whether sentence and quote speak of one place and one time at two offsets."""

from __future__ import annotations

import re

from app.answer.evidence import Source, dates_of, place_at, same_place, same_time, whole_at
from app.answer.findings import About, Cited
from index.chinese.fold import fold
from index.chinese.places import level

_AS_OF = re.compile(r"[底末]$")


def place_holds(one: Cited, at: int, here: int, about: About) -> bool:
    """Whether the place that governs offset `here` of the sentence is the quote's at `at`."""
    quote, sentence = one.quote, one.sentence
    place = place_at(one.source, quote, at)
    whole = whole_at(one.source, sentence, here)
    if whole is not None:
        named = any(same_place(sentence.folded[slice(*span)], whole) for span in sentence.names)
        own = fold(one.source.place) if one.source.place else place
        return (
            place is not None
            and same_place(whole, place)
            and (named or _unnamed_place_holds(one.source, own, about))
        )
    literal = here - _common(sentence.folded[:here], quote.folded[:at])
    skipped = False
    for start, end in reversed(sentence.named_before(here)):
        name = sentence.folded[start:end]
        if place is not None and same_place(name, place):
            return True
        if start >= literal:
            continue  # named in the quote itself, and there it does not govern
        wider = place is not None and (level(name) or 9) < (level(place) or 9)
        if not (wider and name in quote.folded):
            return False
        skipped = True  # 枧头村到石门镇的道路3公里: said of the village, if that is named too
    return not skipped and _unnamed_place_holds(one.source, place, about)


def _unnamed_place_holds(source: Source, place: str | None, about: About) -> bool:
    if about.name_places and place is not None:
        return False
    if about.places:
        return place is not None and any(same_place(place, fold(name)) for name in about.places)
    own = source.place
    return place is None or own is None or same_place(place, fold(own))


def period_holds(one: Cited, at: int, here: int, about: About, *, part: bool = False) -> bool:
    """Whether the date that governs offset `here` of the sentence is the quote's at `at`.

    With `part` a half-year's report may be told of its year: for doings, not for figures.
    """
    source, quote, sentence = one.source, one.quote, one.sentence
    said = sentence.dated(here)
    before = [
        mention
        for mention in dates_of(source, quote)
        if mention not in quote.dates or mention.start <= at
    ]
    stated = before[-1] if before else None
    own = source.period
    if said is not None:
        if stated is not None:
            if same_time(said.period, stated.period):
                return True
            # 今年 in a report of June is its half-year.
            if part and stated.period.within(said.period):
                return True
            relative = not stated.explicit and own is not None and own.within(stated.period)
            return relative and own is not None and same_time(said.period, own)
        if own is None:
            return False
        if part and own.within(said.period):
            return True
        as_of = _AS_OF.search(sentence.folded[said.start : said.end]) is not None
        return same_time(said.period, own) or (as_of and said.period.end == own.end)
    if stated is None:
        if about.periods:
            return own is not None and any(own.within(period) for period in about.periods)
        return True
    if about.periods:
        reported = own is not None and any(own.within(period) for period in about.periods)
        return any(
            stated.period.within(period) or (reported and stated.period.overlaps(period))
            for period in about.periods
        )
    return own is not None and stated.period.overlaps(own)


def _common(one: str, other: str) -> int:
    """How many last characters two texts share."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count
