"""Holds the figures of a sentence to its quotes: value, place, period, plan, change, label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.answer.evidence import both_planned, dates_of, place_at, same_place, same_time
from app.answer.findings import About, Cited, Finding, Kind
from app.answer.stated import Figure, Shown, figures, shown_sums
from app.answer.wording import label_likeness
from index.chinese.fold import fold
from index.chinese.places import level
from index.chinese.sentences import clauses

_NUMERAL = r"(?:\d+(?:[.,:/]\d+)*|[零一二三四五六七八九十百千万亿两])+"
_MASK = re.compile(_NUMERAL)
_STOPS = "。,;:!?、 "
_MASKED_LEAST = 4
"""Characters beside its numbers that a clause must share with the quote to be a quotation."""
_CLAUSE_START = re.compile(r"[,;。:!?\n|]")
_CHANGE = re.compile(
    r"(?P<up>新增|净增|新识别|新纳入|增加|增长|上升|提高|上涨|提升|增多|增收|增速|增幅|涨幅)"
    r"|(?P<down>减少|下降|降低|下滑|回落|减收|降幅|缩减)"
)
_LEVEL = re.compile(r"[到至为达]")
_AS_OF = re.compile(r"[底末]$")
_LABEL_MARGIN = 0.4
"""How much better the words before a figure may fit another figure of the quotes."""


@dataclass(frozen=True)
class _Match:
    """A figure of a quote that states the same quantity."""

    cited: Cited
    figure: Figure


def number_findings(cited: Sequence[Cited], about: About) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of the sentence; `cited` is not empty."""
    sentence = cited[0].sentence
    sums = list(shown_sums(sentence.folded))
    for one in sums:
        if (found := _sum_finding(one, cited, about)) is not None:
            yield found
    inside = [(one.start, one.end) for one in sums]
    results = [one.result for one in sums if one.right]
    for figure in sentence.figures:
        if any(start <= figure.start and figure.end <= end for start, end in inside):
            continue
        if any(figure.same(result) for result in results):
            continue
        if (found := _figure_finding(figure, cited, about)) is not None:
            yield found
    yield from _misquoted(cited)


def _figure_finding(figure: Figure, cited: Sequence[Cited], about: About) -> Finding | None:
    matches = [
        _Match(one, other) for one in cited for other in one.quote.figures if figure.same(other)
    ]
    tests: tuple[tuple[Kind, Callable[[_Match], bool]], ...] = (
        (Kind.NUMBER, lambda match: True),
        (Kind.PLACE, lambda match: _place_holds(match, figure, about)),
        (Kind.PERIOD, lambda match: _period_holds(match, figure, about)),
        (Kind.PLAN, lambda match: _plan_holds(match, figure)),
        (Kind.CHANGE, lambda match: _change_holds(match, figure)),
    )
    for kind, holds in tests:
        matches = [match for match in matches if holds(match)]
        if not matches:
            return Finding(kind, figure.surface)
    return None if _labelled(figure, matches, cited) else Finding(Kind.NUMBER, figure.surface)


def _sum_finding(one: Shown, cited: Sequence[Cited], about: About) -> Finding | None:
    """A sum holds if it is right, and each term is a cited figure of a place that is named."""
    expression = cited[0].sentence.folded[one.start : one.end]
    if not one.right:
        return Finding(Kind.NUMBER, expression)
    names = [fold(place) for place in about.places]
    names += [cited[0].sentence.folded[slice(*span)] for span in cited[0].sentence.names]
    for term in one.terms:
        matches = [
            _Match(other, figure)
            for other in cited
            for figure in other.quote.figures
            if term.same(figure)
        ]
        if not matches:
            return Finding(Kind.NUMBER, expression)
        at_place = [match for match in matches if _place_among(match, names)]
        if not at_place:
            return Finding(Kind.PLACE, expression)
        at_start = Figure(one.start, one.start, "", term.low, term.high, term.unit, "")
        if not any(_plan_holds(match, at_start) for match in at_place):
            return Finding(Kind.PLAN, expression)
    return None


def _place_among(match: _Match, names: Sequence[str]) -> bool:
    place = place_at(match.cited.source, match.cited.quote, match.figure.start)
    if not names:
        own = match.cited.source.place
        return place is None or own is None or same_place(place, fold(own))
    return place is not None and any(same_place(place, name) for name in names)


def _place_holds(match: _Match, figure: Figure, about: About) -> bool:
    """Whether the place that governs the figure in the sentence is the quote's at the match."""
    quote, sentence = match.cited.quote, match.cited.sentence
    place = place_at(match.cited.source, quote, match.figure.start)
    literal = figure.start - _common(
        sentence.folded[: figure.start], quote.folded[: match.figure.start]
    )
    skipped = False
    for start, end in reversed(sentence.named_before(figure.start)):
        name = sentence.folded[start:end]
        if place is not None and same_place(name, place):
            return True
        if start >= literal:
            continue  # named in the quote itself, and there it does not govern
        wider = place is not None and (level(name) or 9) < (level(place) or 9)
        if not (wider and name in quote.folded):
            return False
        skipped = True  # 枧头村到石门镇的道路3公里: said of the village, if that is named too
    return not skipped and _unnamed_place_holds(match, place, about)


def _unnamed_place_holds(match: _Match, place: str | None, about: About) -> bool:
    if about.name_places and place is not None:
        return False
    if about.places:
        return place is not None and any(same_place(place, fold(one)) for one in about.places)
    own = match.cited.source.place
    return place is None or own is None or same_place(place, fold(own))


def _period_holds(match: _Match, figure: Figure, about: About) -> bool:
    """Whether the date that governs the figure in the sentence is the quote's at the match."""
    source, quote, sentence = match.cited.source, match.cited.quote, match.cited.sentence
    said = sentence.dated(figure.start)
    before = [
        mention
        for mention in dates_of(source, quote)
        if mention not in quote.dates or mention.start <= match.figure.start
    ]
    stated = before[-1] if before else None
    own = source.period
    if said is not None:
        if stated is not None:
            if same_time(said.period, stated.period):
                return True
            # 今年 in a report of June is its half-year.
            relative = not stated.explicit and own is not None and own.within(stated.period)
            return relative and own is not None and same_time(said.period, own)
        if own is None:
            return False
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


def _plan_holds(match: _Match, figure: Figure) -> bool:
    one = match.cited
    return both_planned(one.source, one.quote, match.figure.start, one.sentence, figure.start)


def _change_holds(match: _Match, figure: Figure) -> bool:
    return _change(match.cited.quote.folded, match.figure.start) == _change(
        match.cited.sentence.folded, figure.start
    )


def _change(folded: str, at: int) -> int:
    """1 for an increase by the figure at `at`, -1 for a decrease, 0 for a level or 增加到."""
    first = max((m.end() for m in _CLAUSE_START.finditer(folded, 0, at)), default=0)
    changes = list(_CHANGE.finditer(folded, first, at))
    if not changes or _LEVEL.search(folded, changes[-1].end(), at):
        return 0
    return 1 if changes[-1]["up"] else -1


def _labelled(figure: Figure, matches: Sequence[_Match], cited: Sequence[Cited]) -> bool:
    """Whether the words at the figure do not clearly belong to another figure of the quotes."""
    sentence = cited[0].sentence
    scores = [label_likeness(sentence, figure, one.cited.quote, one.figure) for one in matches]
    others = [
        label_likeness(sentence, figure, one.quote, other)
        for one in cited
        for other in one.quote.figures
        if other.unit == figure.unit
    ]
    best = max(scores)
    return best > 0 and best >= max(others) - _LABEL_MARGIN


def _common(one: str, other: str) -> int:
    """How many last characters two texts share."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


def _misquoted(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Where a quote says the same but for its numbers, these must be the quote's."""
    folded = cited[0].sentence.folded
    parts = list(clauses(folded, 0, len(folded)))
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            text = folded[parts[first][0] : parts[last][1]].strip(_STOPS)
            beside = _MASK.sub("", text)
            whole = first == 0 and last == len(parts) - 1
            if beside == text or not (whole or len(beside) >= _MASKED_LEAST):
                continue
            said = rf"(?<![\d.]){_NUMERAL}(?![\d.])".join(map(re.escape, _MASK.split(text)))
            # Looked ahead for, as one place that reads so may overlap the next.
            pattern = re.compile(f"(?=({said}))")
            found = {m[1] for one in cited for m in pattern.finditer(one.quote.folded)}
            if found and not any(_says_the_same(text, other) for other in found):
                yield Finding(Kind.NUMBER, text)
                return


def _says_the_same(text: str, other: str) -> bool:
    """Whether two texts differ in nothing but how they write their quantities."""
    if text == other:
        return True
    ours, theirs = figures(text), figures(other)
    if len(ours) != len(theirs) or not all(map(Figure.same, ours, theirs)):
        return False
    return _without(text, ours) == _without(other, theirs)


def _without(text: str, stated: Sequence[Figure]) -> str:
    for one in reversed(stated):
        text = text[: one.start] + "#" + text[one.end :]
    return text
