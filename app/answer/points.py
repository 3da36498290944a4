"""One point of a report asked for by what it is about: 产业发展是怎么做的, 下半年底线工作怎么抓.

Where a heading of the asked place and time says the topic, what stands below it is the answer; the
other points of the section that it belongs to are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from app.answer.extract import Extract
from app.answer.section_kinds import KINDS, Kind, is_topic
from app.answer.section_points import Section, own_points, points_of, told_points
from app.answer.sections import REPORTS, in_scope
from index.archive import Archive, ReportInfo
from index.chinese.fold import fold
from index.evidence.belonging import is_office
from index.evidence.coverage import weigh
from index.evidence.score import Scored
from index.query import Query, Term, Wanted
from index.records import StoredPassage

_DONE = re.compile(
    r"怎么|如何|怎样|咋|哪些(?:工作|事|实事|措施|做法|活动|举措|成效|进展|成绩)|(?:做|干|搞|办|抓|采取|开展)了?(?:些|哪些)?(?:什么|啥)"
    r"|情况|进展|成效|做法|措施|举措|打算|计划|安排"
)
"""How a question asks what is done in a field."""
_ELSEWHERE = 0.4
"""What a word of the topic counts that stands in a wider heading, the title or the opening."""
_ENOUGH = 0.7
_OWN = 0.5
"""Shares of the topic's words that a heading with what it stands in, and it alone, must say."""
_AS_WELL = 0.05
_FEW = 2
_OPENING = 240
_HEADING = 40
_TAIL = 4
"""Characters behind the topic in a heading that only round it off: 脱贫攻坚工作方面."""
_REST = Kind(re.compile("(?!)"), re.compile("(?!)"))
"""Of no kind: what was done, as most headings tell."""
_LATER = tuple(kind for kind in KINDS if kind.ahead or kind.begins is not None or kind.reasons)
"""Kinds of section that tell of something else than what was done."""


def told_point(
    query: Query,
    archive: Archive,
    infos: Sequence[ReportInfo],
    rarity: Callable[[str], float],
) -> Extract | None:
    """What stands below the heading that says the topic; None where no heading does."""
    asked = fold(query.text)
    if query.wanted not in (Wanted.NARRATIVE, Wanted.LIST) or not _DONE.search(asked):
        return None
    kind = next((kind for kind in KINDS if kind.asked.search(asked)), None)
    later = kind if kind in _LATER else None
    topic = tuple(term for term in query.terms if is_topic(term, kind or _REST))
    reports = in_scope(query, kind or _REST, infos)
    of_office = any(is_office(term.word) for term in topic)
    topic = tuple(term for term in topic if not is_office(term.word))
    if not topic or not reports or not (query.places or of_office) or len(reports) > REPORTS:
        return None
    weights = weigh(topic, rarity)
    found: list[tuple[float, Section]] = []
    for info in reports:
        passages = archive.passages_of(info.id)
        around = fold(info.described.title + archive.excerpt(info.id, 0, _OPENING))
        found = [
            (share, section)
            for section in _points(passages, later)
            if (share := _said(topic, weights, section, around)) >= _ENOUGH
        ]
        if found:
            break  # the latest report that has such a point
    best = max((share for share, _ in found), default=0.0)
    fitting = [section for share, section in found if share >= best - _AS_WELL]
    if not 1 <= len(fitting) <= _FEW:
        return None  # what every heading says is what the report is about
    if later is not None and _narrower(topic, fitting[0], around):
        return None  # the report is about the topic: its whole outlook is what is asked for
    points = points_of(fitting[0])
    return told_points(points if later is not None else own_points(points))


_OF_VERB = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})了?(?:些|哪些)?(?:什么|啥|哪些|哪几)")


def told_under(query: Query, found: Sequence[Scored], archive: Archive) -> Extract | None:
    """The points below a heading that ends with the verb asked of: 又商定了什么, 双方再次商定:."""
    asked = _OF_VERB.search(fold(query.text))
    best = next((one for one in found if one.answers), None)
    if asked is None or best is None or query.wanted not in (Wanted.NARRATIVE, Wanted.LIST):
        return None
    if not any(term.word == asked["verb"] for term in query.terms):
        return None
    stored = best.candidate.hit.stored
    for depth, heading in enumerate(stored.passage.heading, 1):
        if fold(heading).rstrip(":").endswith(asked["verb"]):
            below = stored.passage.heading[:depth]
            passages = archive.passages_of(stored.passage.report_id)
            fitting = tuple(one for one in passages if one.passage.heading[:depth] == below)
            return told_points(points_of(Section(fitting, depth)))
    return None


def _narrower(topic: Sequence[Term], section: Section, around: str) -> bool:
    """Whether a heading goes on to one side of what its whole report is about.

    In a report on 教育扶贫 the point 加大教育扶贫的宣传报道力度 is not its outlook.
    """
    heading = fold(section.passages[0].passage.heading[section.depth - 1])
    words = [[word for word in term.alike if word in around] for term in topic]
    last = max(heading.rfind(word) + len(word) for some in words for word in some or [""])
    return all(words) and len(heading) - last > _TAIL


def _points(passages: Sequence[StoredPassage], later: Kind | None) -> Iterator[Section]:
    """What stands below each heading: of the kind asked for, or else of none that tells later."""

    def is_of(heading: Sequence[str]) -> bool:
        folded = [fold(one) for one in heading]
        if later is not None:
            return any(later.headed.search(one) for one in folded)
        return not any(kind.headed.search(one) for kind in _LATER for one in folded)

    deepest = max((len(stored.passage.heading) for stored in passages), default=0)
    for depth in range(1, deepest + 1):
        of_depth = [(stored.passage.heading[:depth], stored) for stored in passages]
        for heading, pairs in groupby(of_depth, lambda pair: pair[0]):
            own = heading[-1] if len(heading) == depth else ""
            if own and len(own) <= _HEADING and is_of(heading):
                yield Section(tuple(stored for _, stored in pairs), depth)


def _said(topic: Sequence[Term], weights: dict[str, float], section: Section, around: str) -> float:
    """How far a point's heading says the topic, with what it stands in; 0 where it hardly does."""
    *wider, own = section.passages[0].passage.heading[: section.depth]
    heading, outside = fold(own), fold(" ".join(wider)) + around
    total = sum(weights.values()) or 1.0
    alone = whole = 0.0
    for term in topic:
        weight = weights[term.word] / total
        if any(word in heading for word in term.alike):
            share = 1.0
        else:
            share = sum(part in heading for part in term.parts) / (len(term.parts) or 1)
        alone += weight * share
        if not share and any(word in outside for word in term.alike):
            share = _ELSEWHERE
        whole += weight * share
    return whole if alone >= _OWN else 0.0
