"""What is told of a section: what opens each of its points, else its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer.answer import Citation
from app.answer.answer import Sentence as AnswerSentence
from app.answer.extract import Extract, cite
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.evidence.addressed import addressed, is_addressed
from index.records import Hit, StoredPassage

MOST = 8
"""Sentences told of a section."""
_SHORT = 24
"""Characters of a paragraph's first sentence that is its heading more than a statement."""
_POINT = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要|、)|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}[.．、](?!\d)|[①-⑳]|首先|其次|再次|最后|第[一二三四五六七八九十][,，、是])"
)

_NUMERAL = r"[\d〇○零一二三四五六七八九十]"
_DAY = re.compile(rf"{_NUMERAL}{{4}}年{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}日")


_ANNOUNCES = re.compile(r"如下[:：。.]?$")
_NO_SENTENCE = 5
"""Characters up to which what a broken line left over says nothing: 拟再建。"""
_NUMBERED = re.compile(r"[(（]?(?P<number>\d{1,2})[)）.．、](?!\d)")
_LATER = re.compile(r"(?:下一?步|今后|接下来|下一?阶段|下半年)[,，]?(?:我|将|要|全|继续)")


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


Point = tuple[StoredPassage, int, int]
"""A sentence: the passage, and offsets in the passage's text."""


def points_of(section: Section) -> list[Point]:
    heads = heads_of(section)
    found = [
        (stored, start, end)
        for stored in section.passages
        for start, end in sentences(stored.passage.text)
        if not _is_heading(stored, start, end)
        or (len(heads) == 1 and _is_first_item(section, stored, start, end))
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


def own_points(points: Sequence[Point]) -> list[Point]:
    """Those of a point's sentences that are its own, where what was done is asked for.

    A next number behind it in the same paragraph (7、…) begins another, and 下一步我们将 tells
    what is to be done.
    """
    own: list[Point] = []
    first = next((m for one in points if (m := _NUMBERED.match(_text(one).strip()))), None)
    for one in points:
        number = _NUMBERED.match(_text(one).strip())
        if own and first and number and int(number["number"]) == int(first["number"]) + 1:
            same = one[0] is own[-1][0] and "\n" not in one[0].passage.text[own[-1][2] : one[1]]
            if same and len([1 for other in points if _NUMBERED.match(_text(other).strip())]) == 2:
                break
        if own and _LATER.match(fold(_text(one)).strip()):
            continue
        own.append(one)
    return own


def heads_of(section: Section) -> list[Point]:
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
        beside = short and "\n" in stored.passage.text[end : found[1][0]]
        if beside and not _signs(stored, *found[1]):
            end = found[1][1]
        points.append((stored, start, end))
    return points


def _is_heading(stored: StoredPassage, start: int, end: int) -> bool:
    text = stored.passage.text[start:end].rstrip("。.:：;； ")
    return any(text == heading.rstrip("。.:：;； ") for heading in stored.passage.heading)


def _is_first_item(section: Section, stored: StoredPassage, start: int, end: int) -> bool:
    """Whether what was taken for the only heading is the first of several points on its line."""
    text = stored.passage.text
    own = stored.passage.heading[section.depth :]
    line = text[end:].partition("\n")[0]
    return (
        any(text[start:end].rstrip("。.:：;； ") == one.rstrip("。.:：;； ") for one in own)
        and _POINT.match(text[start:end]) is not None
        and any(_POINT.match(line[a:b]) for a, b in sentences(line))
    )


def _begins_with_heading(point: Point) -> bool:
    """Whether a point opens with a heading of its own: 一是宣传不够。"""
    text = fold(_text(point)).strip()
    return any(text.startswith(fold(h).strip()) for h in point[0].passage.heading[-1:])


def _opens_paragraph(point: Point) -> bool:
    stored, start, _ = point
    before = stored.passage.text[:start]
    return not before.strip() or before.rstrip(" \t\u3000").endswith("\n")


def _text(point: Point) -> str:
    stored, start, end = point
    return stored.passage.text[start:end]


def _states(text: str) -> bool:
    """Whether a sentence says something: 现总结如下 and what a broken line left over do not."""
    bare = text.strip()
    return bool(_POINT.match(bare)) or not (
        _ANNOUNCES.search(bare) or len(bare.rstrip("。;；")) < _NO_SENTENCE
    )


def _signs(stored: StoredPassage, start: int, end: int) -> bool:
    """Whether this is the end of a report: the unit, or the day, and nothing else."""
    said = fold(stored.passage.text[start:end]).strip()
    unit = stored.described.unit
    return bool(_DAY.fullmatch(said)) or (unit is not None and said == fold(unit))


def told_points(points: Sequence[Point]) -> Extract | None:
    """These sentences as they stand, each cited.

    What speaks to a machine is left out, and who signed the report when.
    """
    citations: list[Citation] = []
    points = [
        (stored, start, end)
        for stored, start, end in points
        if not is_addressed(addressed(fold(stored.passage.text)), start, end)
        and not _signs(stored, start, end)
    ]
    points = [one for one in points if _states(_text(one))] or points
    for n, (stored, start, end) in enumerate(points[:MOST], 1):
        hit = Hit(n, 0.0, stored)
        citations.append(cite(n, hit, stored.passage.text[start:end], stored.passage.start + start))
    told = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
    return Extract(None, told, tuple(citations)) if told else None
