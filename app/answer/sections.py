"""A section asked for as a whole: 存在什么问题, 下一步怎么打算, 有哪些做法, 分哪几个阶段.

Its main sentences are told in the report's order: what opens each of its points, or, where it has
none, its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from app.answer.extract import Extract
from app.answer.section_kinds import KINDS, Kind, is_topic
from app.answer.section_points import Point, Section, heads_of, points_of, told_points
from index.archive import Archive, ReportInfo
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.evidence.belonging import is_office, names_office
from index.evidence.coverage import weigh
from index.query import Query, Term, Wanted
from index.records import Period, StoredPassage

_COVERED = 0.6
"""Share of the words of the topic that a section and what it stands in must say."""
_IN_TEXT = 0.8
_IN_REPORT = 0.6
REPORTS = 200
"""Reports in scope beyond which a section is not looked for: the question names no topic."""


def kind_asked(query: Query) -> Kind | None:
    """The kind of section that a question asks for; None where it asks for something in it."""
    if query.wanted not in (Wanted.NARRATIVE, Wanted.LIST):
        return None
    asked = fold(query.text)
    return next((kind for kind in KINDS if kind.asked.search(asked)), None)


def told_section(
    query: Query,
    archive: Archive,
    infos: Sequence[ReportInfo],
    rarity: Callable[[str], float],
) -> Extract | None:
    """The main sentences of the section asked for; None where the archive has none such."""
    kind = kind_asked(query)
    if kind is None:
        return None
    topic = tuple(term for term in query.terms if is_topic(term, kind))
    reports = in_scope(query, kind, infos)
    if not reports or (not topic and not query.places) or len(reports) > REPORTS:
        return None
    weights = weigh(topic, rarity)
    best: tuple[float, Section] | None = None
    for info in reports:
        passages = archive.passages_of(info.id)
        for section in _sections(passages, kind.headed):
            covered = _covered(topic, weights, section, info, passages)
            if covered >= _COVERED and (best is None or covered > best[0]):
                best = covered, section
    if best is not None:
        return told_points(points_of(best[1]))
    of_office = any(is_office(term.word) for term in topic)
    for info in reports if kind.begins is not None and (query.places or of_office) else ():
        assert kind.begins is not None
        passages = archive.passages_of(info.id)
        found = list(_beginning(passages, kind.begins))
        if found and _covered(topic, weights, Section(tuple(found), 0), info, passages) > 0:
            return told_points(_sentences_beginning(found, kind.begins))
    return None


def told_items(query: Query, opening: StoredPassage, archive: Archive) -> Extract | None:
    """The points that follow a sentence which opens a list under a heading of its own."""
    heading = opening.passage.heading
    passages = archive.passages_of(opening.passage.report_id)
    below = [
        stored
        for stored in passages
        if stored.passage.heading[: len(heading)] == heading
        and stored.passage.start >= opening.passage.start
    ]
    points = heads_of(Section(tuple(below), len(heading)))
    return told_points(points) if len(points) >= 2 else None


def in_scope(query: Query, kind: Kind, infos: Iterable[ReportInfo]) -> list[ReportInfo]:
    """The reports of the places, times and offices asked about, the latest first."""
    offices = [term.word for term in query.terms if is_office(term.word)]
    found = [
        info
        for info in infos
        if not info.described.fragment
        and not (query.undated and info.described.period is not None)
        and (
            not query.places
            or any(p.covers(info.described) or info.id in p.speaking for p in query.places)
        )
        and _timely(query, kind, info.described.period)
    ]
    of_office = [
        info
        for info in found
        if any(names_office(one, fold(info.described.unit or "")) for one in offices)
    ]
    found = of_office or found
    return sorted(found, key=lambda info: _ends(info.described.period), reverse=True)


def _ends(period: Period | None) -> tuple[int, int, int]:
    return (period.end.year, period.end.month, period.end.day) if period else (0, 0, 0)


def _timely(query: Query, kind: Kind, reported: Period | None) -> bool:
    if not query.periods:
        return True
    if reported is None:
        return False
    follows = kind.ahead and not query.named_report and "下一步" not in query.text
    for asked in query.periods:
        # 2022年下半年的打算 is what the report of the first half says.
        ahead = reported.end < asked.start and (asked.start - reported.end).days <= 1
        if (follows and ahead) or reported.within(asked):
            return True
    return False


def _sections(passages: Sequence[StoredPassage], headed: re.Pattern[str]) -> Iterator[Section]:
    """The sections whose heading is of the kind, the widest that is."""

    def of(stored: StoredPassage) -> tuple[str, ...]:
        for depth, heading in enumerate(stored.passage.heading, 1):
            if len(heading) <= 40 and headed.search(fold(heading)):
                return stored.passage.heading[:depth]
        return ()

    for heading, group in groupby(passages, of):
        if heading:
            yield Section(tuple(group), len(heading))


def _covered(
    topic: Sequence[Term],
    weights: dict[str, float],
    section: Section,
    info: ReportInfo,
    passages: Sequence[StoredPassage],
) -> float:
    if not topic:
        return 1.0
    heads = section.heads + fold(f"{info.described.title} {info.described.unit or ''}")
    text = section.text
    whole = fold("\n".join(stored.passage.text for stored in passages))
    total = sum(weights.values()) or 1.0
    said = 0.0
    for term in topic:
        if any(word in heads for word in term.alike) or names_office(term.word, heads):
            share = 1.0
        elif any(word in text for word in term.alike):
            share = _IN_TEXT
        else:
            share = _IN_REPORT if any(whole.count(word) >= 3 for word in term.alike) else 0.0
        said += weights[term.word] * share
    return said / total


def _beginning(
    passages: Sequence[StoredPassage], begins: re.Pattern[str]
) -> Iterator[StoredPassage]:
    for stored in passages:
        if any(
            begins.match(fold(stored.passage.text[s:e])) for s, e in sentences(stored.passage.text)
        ):
            yield stored


def _sentences_beginning(found: Iterable[StoredPassage], begins: re.Pattern[str]) -> list[Point]:
    """Those that begin so, with the items that follow them: 存在的问题:…;…;…."""
    points: list[Point] = []
    for stored in found:
        told = False
        for start, end in sentences(stored.passage.text):
            folded = fold(stored.passage.text[start:end])
            told = told or begins.match(folded) is not None
            if told:
                points.append((stored, start, end))
            told = told and folded.endswith(";")
    return points
