"""What a sentence may answer by its place and time: whose and of when its values are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.chinese.fold import fold
from index.chinese.periods import PeriodMention
from index.chinese.places import is_known, level
from index.chinese.words import tag
from index.evidence.candidate import Candidate
from index.query import PlaceScope, Query
from index.records import Period


def place_allows(query: Query, candidate: Candidate, at: int | None) -> bool:
    """Whether what stands at offset `at` of the sentence (None: all of it) is about a named place.

    In a report for the place everything is, but for what a clause says of another place; in
    another report only what follows the place's own name, up to the next one.
    """
    if not query.places:
        return True
    described = candidate.hit.stored.described
    names = [name for place in query.places for name in place.names]
    if query.each is not None:
        # 各村有多少户: what a township's report says of its villages is what is asked for.
        names += [fold(inner) for place in query.places for inner in place.inside]
    elif described.place and any(described.place in place.inside for place in query.places):
        names.append(fold(described.place))
    aside = [match.span() for match in _ASIDE.finditer(candidate.folded)]
    own = [
        (match.start(), match.end())
        for name in names
        for match in re.finditer(re.escape(name), candidate.folded)
        if not _within(match.span(), aside) and not _names_another(candidate, *match.span())
    ]
    others = [
        span
        for span in candidate.places
        if not any(span[0] < end and start < span[1] for start, end in own)
        and not _within(span, aside)
        and _is_surely_named(candidate.folded[slice(*span)])
    ]
    others = [span for span in others if not _on_one_way(candidate.folded, own, span)]
    if any(_is_about(place, candidate) for place in query.places):
        if at is None or not others:
            return True
        if _summed(candidate, others, at):
            return True
        wide = level(fold(described.place or "")) or 9
        last = max((span for span in [*own, *others] if span[0] <= at), default=None)
        # A township's report that goes on to a village by name no longer speaks of the township.
        return last not in others or (level(candidate.folded[slice(*last)]) or 0) < wide
    if not own:
        wide = level(fold(described.place or "")) or 0
        if _WIDER.search(candidate.folded[:at]):
            return False  # 全镇未脱贫767户 is no longer said of the village named before
        return not others and candidate.subject in names and wide < (level(candidate.subject) or 0)
    if at is None:
        return True
    if others and _summed(candidate, [*own, *others], at):
        return False  # what several places have together is no one's
    before = [span for span in [*own, *others] if span[0] <= at]
    return not others or (bool(before) and max(before) in own)


def _on_one_way(folded: str, own: Iterable[tuple[int, int]], other: tuple[int, int]) -> bool:
    """Whether a place is the other end of a way from the asked one: 甲村至乙村的公路."""
    ends = [(min(one, other), max(one, other)) for one in own]
    return any(folded[first[1] : last[0]] in ("至", "到", "通往") for first, last in ends)


_BESIDE_IT = frozenset("上下东西南北前后新老大小")


def _names_another(candidate: Candidate, start: int, end: int) -> bool:
    """Whether a name is the end of a longer one: 上枧头村 is another village than 枧头村."""
    return any(
        first == start - 1 and last >= end and candidate.folded[first] in _BESIDE_IT
        for first, last in candidate.places
    )


_WIDER = re.compile(r"全[镇乡县市区州]|[我本][镇乡县市区州]")

# What a place is made up of and what it borders on is not what goes on being spoken of.
_ASIDE = re.compile(
    r"由[^,。;]{3,80}?(?:组成|构成|合并而成)|"
    r"[东西南北](?:面|边|部)?[与和同][^,。;]{2,12}(?:接壤|紧接|相邻|相接|相连|毗邻|交界|隔界|为界)"
)


def _within(span: tuple[int, int], ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)


# 分别为甲村安置点、乙村安置点,共安置318户: the sum is the whole's, not the last one's.
_SUM_OF_ALL = re.compile(r"[,;][^,;。]{0,3}?(?:一共|总共|共计|共|合计|总计|累计)")


def _summed(candidate: Candidate, named: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether the value at `at` is told as the sum over the places named before it."""
    ends = [end for _, end in named if end <= at]
    return len(ends) > 1 and _SUM_OF_ALL.search(candidate.folded, max(ends), at) is not None


def _is_about(place: PlaceScope, candidate: Candidate) -> bool:
    stored = candidate.hit.stored
    return place.covers(stored.described) or stored.passage.report_id in place.speaking


def _is_surely_named(name: str) -> bool:
    """Whether a name in running text is no chance: the wide places are all in the dictionary."""
    return ((level(name) or 0) > 3 and tag(name) != "n") or is_known(name)  # 集镇 is no name


def place_of(query: Query, candidate: Candidate, at: int) -> str | None:
    """The place that the value at offset `at` is told of: the report's, or the village it names."""
    described = candidate.hit.stored.described
    if query.each is None:
        return described.place
    wide = level(fold(described.place or "")) or 0
    named = [
        candidate.text[start:end]
        for start, end in candidate.places
        if end <= at and (level(candidate.folded[start:end]) or 0) > wide
    ]
    return named[-1] if named else described.place


def period_allows(query: Query, candidate: Candidate, at: int | None) -> bool:
    """Whether what stands at offset `at` of the sentence (None: all of it) is of an asked period.

    The date last named before it counts; where there is none, the report's own period.
    """
    wanted = query.periods
    described = candidate.hit.stored.described
    if not wanted:
        return True
    reported = described.period is not None and any(
        described.period.within(period) for period in wanted
    )
    stated = governing(candidate, at)
    if "全年" in fold(query.text) and not _WHOLE_YEAR.search(candidate.folded[:at]):
        told = stated or described.period
        if told is not None and _is_part_of_year(told):
            return False  # what came in by June is not what the year brought
    if query.named_report:
        return reported and not (
            query.own_period
            and stated is not None
            and not stated.overlaps(described.period or stated)
        )
    if stated is None:
        return reported
    if any(stated.within(period) for period in wanted):
        return True
    return reported and any(stated.overlaps(period) for period in wanted)


_WHOLE_YEAR = re.compile(r"全年(?!任务|目标|计划)")


def _is_part_of_year(period: Period) -> bool:
    """Whether a period is a half-year, a quarter or some months, and no single day."""
    return period.start.year == period.end.year and 25 < (period.end - period.start).days < 360


def governing(candidate: Candidate, at: int | None) -> Period | None:
    """The period that the sentence states for offset `at`, or for all of it where `at` is None."""
    dates = [one for one in candidate.dates if not _compares(candidate.folded, one)]
    if not dates:
        return None
    if at is None:
        return dates[0].period
    before = [mention for mention in dates if mention.start <= at]
    return before[-1].period if before else None


_GREW = re.compile(r"[^,;。]{0,16}?(?:增|升|提高|扩|发展|减|降|缩|变)[^,;。\d]{0,3}[到至为]")


def _compares(folded: str, mention: PeriodMention) -> bool:
    """Whether a time is what is compared with: 比去年同期增加43人 is of this year.

    So is what 由去年的11.5万元增加到23.8万元 came to.
    """
    before = folded[max(0, mention.start - 1) : max(0, mention.start)]
    if before in ("由", "从"):
        return _GREW.match(folded, mention.end) is not None
    return before in ("比", "较")
