"""Holds the figures of a sentence to its quotes: value, place, period, plan, change, label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.answer.evidence import Read, both_planned, place_at, same_place
from app.answer.findings import About, Cited, Finding, Kind
from app.answer.scope_held import period_holds, place_holds
from app.answer.stated import Figure, Shown, figures, shown_sums
from app.answer.turns import named_by_turn
from app.answer.wording import label_likeness, negated
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.records import Period

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
_LINK = re.compile(r"(?:分别|各?为|是|有|共有?|达到?|约|:| )+$")
_NAME_MOST = 12
_NO_NAMES = frozenset(
    "其中 全村 全镇 全县 全市 目前 共计 累计 合计 另有 还有 现有 以及 总共".split()
)
_LEVEL = re.compile(r"[到至为达]")
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
        found = _figure_finding(figure, cited, about) or _mislabelled(figure, cited)
        if found is not None:
            yield found
    yield from _misquoted(cited)


def _figure_finding(figure: Figure, cited: Sequence[Cited], about: About) -> Finding | None:
    matches = [
        _Match(one, other) for one in cited for other in one.quote.figures if figure.same(other)
    ]
    tests: tuple[tuple[Kind, Callable[[_Match], bool]], ...] = (
        (Kind.NUMBER, lambda match: True),
        (Kind.PLACE, lambda one: place_holds(one.cited, one.figure.start, figure.start, about)),
        (Kind.PERIOD, lambda one: period_holds(one.cited, one.figure.start, figure.start, about)),
        (Kind.PLAN, lambda match: _plan_holds(match, figure)),
        (Kind.CHANGE, lambda match: _change_holds(match, figure)),
        (Kind.NEGATION, lambda match: _negation_holds(match, figure)),
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
    terms: list[list[_Match]] = []
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
        terms.append(at_place)
    if "-" in expression and not _compared_rightly(cited[0].sentence, one, terms):
        return Finding(Kind.NUMBER, expression)
    return None


def _compared_rightly(sentence: Read, one: Shown, terms: Sequence[Sequence[_Match]]) -> bool:
    """Whether 甲比乙多 and 减少 go the way of the difference, whose first term is the larger."""
    text = sentence.folded[: one.start]
    first, second = (
        {place_at(match.cited.source, match.cited.quote, match.figure.start) for match in matches}
        for matches in (terms[0], terms[1])
    )
    if first != second and "比" in text:
        named = [sentence.folded[start:end] for start, end in sentence.names if end <= one.start]
        less = re.search(r"少|低|短|不足|落后", text[text.index("比") :]) is not None
        larger = named[-1 if less else 0] if len(named) > 1 else None
        return larger is not None and any(place and same_place(place, larger) for place in first)
    ends = [{period.end for m in some if (period := _period(m))} for some in terms[:2]]
    change = change_at(sentence.folded, one.start)
    if change and all(ends) and ends[0] != ends[1]:
        return (max(ends[0]) > max(ends[1])) == (change > 0)
    return True


def _period(match: _Match) -> Period | None:
    """The period that a quote's figure is of: the date before it, else its report's."""
    stated = match.cited.quote.dated(match.figure.start)
    return stated.period if stated else match.cited.source.period


def _place_among(match: _Match, names: Sequence[str]) -> bool:
    place = place_at(match.cited.source, match.cited.quote, match.figure.start)
    if not names:
        own = match.cited.source.place
        return place is None or own is None or same_place(place, fold(own))
    return place is not None and any(same_place(place, name) for name in names)


def _plan_holds(match: _Match, figure: Figure) -> bool:
    one = match.cited
    return both_planned(one.source, one.quote, match.figure.start, one.sentence, figure.start)


def _change_holds(match: _Match, figure: Figure) -> bool:
    return change_at(match.cited.quote.folded, match.figure.start) == change_at(
        match.cited.sentence.folded, figure.start
    )


def _negation_holds(match: _Match, figure: Figure) -> bool:
    quote, sentence = match.cited.quote, match.cited.sentence
    return negated(quote.clause(match.figure.start)) == negated(sentence.clause(figure.start))


def change_at(folded: str, at: int) -> int:
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
    ]
    best = max(scores)
    return best > 0 and best >= max(others) - _LABEL_MARGIN


def _mislabelled(figure: Figure, cited: Sequence[Cited]) -> Finding | None:
    """Where a quote gives the name before a figure another number: 教师2人 is not 教师:11人."""
    sentence = cited[0].sentence
    if named_by_turn(sentence.folded, sentence.figures, figure):
        return None  # held with the others of its turn
    before = sentence.folded[: figure.start]
    before = before[max(before.rfind(stop) for stop in ",;。!?|\n、()") + 1 :]
    before = before[max((m.end() for m in _MASK.finditer(before)), default=0) :].strip(": ")
    surface = sentence.folded[figure.start : figure.end]
    for name in dict.fromkeys((before, _LINK.sub("", before))):
        for at in range(max(0, len(name) - _NAME_MOST), len(name) - 1):
            text = f"{name[at:]}{surface}"
            found = {other for one in cited for other in _alike(text, one.quote.folded)}
            if not found:
                continue
            if any(_says_the_same(text, other) for other in found):
                return None
            if name[at:] not in _NO_NAMES:
                return Finding(Kind.NUMBER, text)
            break
    return None


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
            found = {other for one in cited for other in _alike(text, one.quote.folded)}
            if found and not any(_says_the_same(text, other) for other in found):
                yield Finding(Kind.NUMBER, text)
                return


def _alike(text: str, quote: str) -> Iterator[str]:
    """The parts of a quote that read as a text does, whatever their numbers."""
    masked, _ = _masked(text)
    there, offsets = _masked(quote)
    at = there.find(masked)
    while at >= 0:
        yield quote[offsets[at] : offsets[at + len(masked)]]
        at = there.find(masked, at + 1)


@lru_cache(maxsize=512)
def _masked(folded: str) -> tuple[str, tuple[int, ...]]:
    """(the text with one mark for each number, where each of its characters stood)."""
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _MASK.finditer(folded):
        kept += [*folded[at : match.start()], "\0"]
        offsets += range(at, match.start() + 1)
        at = match.end()
    kept += folded[at:]
    offsets += range(at, len(folded) + 1)
    return "".join(kept), tuple(offsets)


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
