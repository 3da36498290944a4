"""A section asked for as a whole: 存在什么问题, 下一步怎么打算, 有哪些做法, 分哪几个阶段.

Its main sentences are told in the report's order: what opens each of its points, or, where it has
none, its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.answer.answer import Citation
from app.answer.answer import Sentence as AnswerSentence
from app.answer.extract import Extract, cite
from index.archive import Archive, ReportInfo
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.evidence.belonging import is_office, names_office
from index.evidence.coverage import weigh
from index.query import Query, Term, Wanted
from index.records import Hit, Period, StoredPassage

MOST = 8
"""Sentences told of a section."""
_COVERED = 0.6
"""Share of the words of the topic that a section and what it stands in must say."""
_IN_TEXT = 0.8
_IN_REPORT = 0.6
REPORTS = 200
"""Reports in scope beyond which a section is not looked for: the question names no topic."""
_SHORT = 24
"""Characters of a paragraph's first sentence that is its heading more than a statement."""


@dataclass(frozen=True)
class Kind:
    """What sections of a kind are asked for by, and how they are headed."""

    asked: re.Pattern[str]
    headed: re.Pattern[str]
    begins: re.Pattern[str] | None = None
    """How sentences begin that say it where no section does."""
    ahead: bool = False
    """Whether it tells of the time after what its report covers."""
    reasons: bool = False
    """Whether it tells why things are as they are."""


_HARD = "困难(?!群众|户|家庭|党员|学生|残疾|职工|人员|对象|儿童|老人)"
KINDS = (
    Kind(
        re.compile(rf"问题|{_HARD}|不足|短板|薄弱|难点|差距|制约"),
        re.compile(rf"(?:问题|{_HARD}|不足|短板|薄弱环节|难点|制约因素|差距)[^,。]{{0,6}}$"),
        re.compile(r"(?:目前|主要|但)?(?:还|仍)?存在"),
    ),
    Kind(
        re.compile(r"为什么|为啥|原因|怎么会|何以"),
        re.compile(r"原因|成因|缘由"),
        reasons=True,
    ),
    Kind(
        re.compile(
            r"(?:下一?步|下半年|明年|来年|今后|接下来|下阶段|后面|往后)[^,。]{0,14}?"
            r"(?:打算|计划|安排|工作|思路|怎么[干抓做办搞]|如何|抓什么|做什么|干什么|重点|措施|目标)"
            r"|有什么打算|怎么打算|打算怎么|打算抓|工作打算"
        ),
        re.compile(
            r"下一?步|打算|今后|下阶段|(?:下半年|明年|来年)(?!.*(?:总结|汇报|报告|情况|小结))|努力方向|工作思路|重点工作安排|对策|建议$"
        ),
        re.compile(r"(?:下一?步|下半年|今后|接下来|明年)"),
        ahead=True,
    ),
    Kind(
        re.compile(r"做法|措施|举措|经验|怎么[做抓搞]的|做了(?:些)?(?:什么|哪些)|采取了"),
        re.compile(r"做法|措施|举措|经验|(?:工作)?开展情况|工作情况|主要工作"),
    ),
    Kind(
        re.compile(r"成效|成绩|进展|成果|效果"),
        re.compile(r"成效|成绩|进展|成果|效果|完成情况"),
    ),
)
# What a question says about a section without saying what the section is about.
_NO_TOPIC = re.compile(
    r"(?:工作|存在|主要|方面|情况|开展|采取|进行|抓|做|干|搞|办|重点|计划|打算|安排|思路|目标|具体|突出|一步|县里|"
    r"村里|镇里|乡里|市里|里|怎么样|上|推进|落实|有|些|事|实事|活动|啥|要|将|准备|下|为啥|哪|突出|当前|来说|还|都)+"
)
_POINT = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要|、)|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}[.．、](?!\d)|[①-⑳]|首先|其次|再次|最后|第[一二三四五六七八九十][,，、是])"
)


@dataclass(frozen=True)
class Section:
    """The passages below one heading, in order; `depth` headings stand above their points."""

    passages: tuple[StoredPassage, ...]
    depth: int

    @property
    def heads(self) -> str:
        return fold(" ".join(self.passages[0].passage.heading[: self.depth]))

    @property
    def text(self) -> str:
        return fold("\n".join(stored.passage.text for stored in self.passages))


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
    points = _heads(Section(tuple(below), len(heading)))
    return told_points(points) if len(points) >= 2 else None


def is_topic(term: Term, kind: Kind) -> bool:
    rest = kind.asked.sub("", kind.headed.sub("", term.word))
    return not (rest == "" or _NO_TOPIC.fullmatch(rest))


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


Point = tuple[StoredPassage, int, int]
"""A sentence: the passage, and offsets in the passage's text."""


def points_of(section: Section) -> list[Point]:
    heads = _heads(section)
    found = [
        (stored, start, end)
        for stored in section.passages
        for start, end in sentences(stored.passage.text)
        if not _is_heading(stored, start, end)
    ]
    items = [one for one in found if _POINT.match(_text(one))]
    if 2 <= len(heads) < len(items) <= len(heads) + 1:
        return items  # the first point stands with what opens the section
    if len(heads) > 2:
        return heads
    if len(heads) == 2:
        # Two points alone are told at some length: 1、人手不够。去年走了三个人,…
        return (
            heads if len(found) > MOST or any(_begins_with_heading(one) for one in heads) else found
        )
    if len(items) >= 2 and len(found) > MOST:
        return items
    if len(found) > MOST:
        # A long section without points: what opens each of its paragraphs.
        opening = [one for one in found if _opens_paragraph(one)]
        return opening if len(opening) >= 2 else found
    return found


def _heads(section: Section) -> list[Point]:
    """The sentence that opens each point with a heading of its own."""
    points: list[Point] = []
    seen: set[str] = set()
    for stored in section.passages:
        heading = stored.passage.heading
        if len(heading) <= section.depth or heading[section.depth] in seen:
            continue
        seen.add(heading[section.depth])
        wider = {heading.strip() for heading in heading[: section.depth]}
        found = [
            (start, end)
            for start, end in sentences(stored.passage.text)
            if stored.passage.text[start:end].strip() not in wider
        ]
        if not found:
            continue
        start, end = found[0]
        short = end - start <= _SHORT and _is_heading(stored, start, end) and len(found) > 1
        # A bare heading (三是宣传不够) says it; a bare label (调查摸底阶段) is told with the rest.
        if short and "\n" in stored.passage.text[end : found[1][0]]:
            end = found[1][1]
        points.append((stored, start, end))
    return points


def _is_heading(stored: StoredPassage, start: int, end: int) -> bool:
    text = stored.passage.text[start:end].rstrip("。.:：;； ")
    return any(text == heading.rstrip("。.:：;； ") for heading in stored.passage.heading)


def _begins_with_heading(point: Point) -> bool:
    """Whether a point opens with a heading of its own: 一是宣传不够。"""
    text = fold(_text(point)).strip()
    return any(text.startswith(fold(h).strip()) for h in point[0].passage.heading[-1:])


def _opens_paragraph(point: Point) -> bool:
    stored, start, _ = point
    before = stored.passage.text[:start]
    return not before.strip() or before.rstrip(" \t\u3000").endswith("\n")


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


def _text(point: Point) -> str:
    stored, start, end = point
    return stored.passage.text[start:end]


def told_points(points: Sequence[Point]) -> Extract | None:
    citations: list[Citation] = []
    for n, (stored, start, end) in enumerate(points[:MOST], 1):
        hit = Hit(n, 0.0, stored)
        citations.append(cite(n, hit, stored.passage.text[start:end], stored.passage.start + start))
    told = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
    return Extract(None, told, tuple(citations)) if told else None
