"""Where things belong: the section for a sentence, and which figures tell the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.material import BASIC, PLANS, PROBLEMS, Said
from app.draft.outline import Head
from app.history.comparable import plain_name
from index.chinese.fold import fold
from index.records import Figure, FigureKind

_FIGURE_WEIGHT = 3.0
_HEADING_WEIGHT = 2.0
_FEWEST = 2
_TROUBLE = re.compile(
    r"不稳|短缺|紧缺|不足|困难|滞后|薄弱|下跌|跌到|跌至|观望|收不回|不平衡|不高|不强|不够|缺[乏少]|"
    r"隐患|只有|仅有|难以|偏低|老化|年久失修"
)
_DESCRIBES = re.compile(
    r"村?民?小组|总人口|全[村镇乡]共?有?\d+户|\d+户\d+人|党员\d+|低保|特困|五保|耕地"
)


def name_of(figure: Figure) -> str:
    """What a figure counts, without what varies from report to report; empty where unsaid."""
    name = figure.canonical or plain_name(figure.indicator)
    return name if len(name) >= _FEWEST else ""


def same_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures of one place tell the same thing, whatever the time."""
    plans = {one.kind is FigureKind.TARGET, other.kind is FigureKind.TARGET}
    if len(plans) > 1 or _unit(one) != _unit(other):
        return False
    first, second = name_of(one), name_of(other)
    if not first or not second:
        return False
    if first == second:
        return ("新增" in one.qualifier) == ("新增" in other.qualifier)
    if one.canonical and other.canonical:
        return False
    short, long = sorted((first, second), key=len)
    return len(short) > _FEWEST and short in long


def _unit(figure: Figure) -> str:
    return figure.base_unit or figure.unit


class Placing:
    """Finds the section of a draft for each earlier sentence and for each new one."""

    def __init__(self, heads: Sequence[Head], said: Sequence[Said]) -> None:
        self._heads = heads
        self._said = [(one, self.of_earlier(one)) for one in said]
        self._words: list[set[str]] = [
            pairs(head.title)
            | {pair for one, at in self._said if at == n for pair in pairs(one.text)}
            for n, head in enumerate(heads)
        ]

    def of_earlier(self, said: Said) -> int:
        """The section that took over the one in which an earlier sentence stood."""
        best, length = None, 0
        for at, head in enumerate(self._heads):
            if head.was and said.heading[: len(head.was)] == head.was and len(head.was) > length:
                best, length = at, len(head.was)
        if best is not None:
            return best
        if any(head.was for head in self._heads) and not said.heading:
            return 0
        return self.of_kind(said)

    def of_kind(self, said: Said) -> int:
        """The section for what a sentence is: the place, plans, problems, or work done."""
        if said.plans:
            return self._first(PLANS.search, len(self._heads) - 1)
        if said.problems:
            return self._first(PROBLEMS.search, self.work)
        # Under the built-in headings a report with odd ones is sorted by what it says.
        basic = said.basic or bool(_DESCRIBES.search(fold(said.text)))
        return self._first(BASIC.search, self.work) if basic else self.work

    @property
    def work(self) -> int:
        """The section in which work that was done is told."""
        return next(
            (
                at
                for at, head in enumerate(self._heads)
                if not any(one.search(fold(head.title)) for one in (BASIC, PLANS, PROBLEMS))
            ),
            0,
        )

    def _first(self, test: object, otherwise: int) -> int:
        assert callable(test)
        found = (at for at, head in enumerate(self._heads) if test(fold(head.title)))
        return next(found, otherwise)

    def of_new(self, said: Said) -> int:
        """The section for a sentence that was handed in: by its figures, its words, its heading."""
        scores = [0.0] * len(self._heads)
        for figure in said.figures:
            for one, at in self._said:
                if any(same_thing(figure, other) for other in one.figures):
                    scores[at] += _FIGURE_WEIGHT
                    break
        own = pairs(said.text)
        words = fold(said.text)
        trouble = bool(_TROUBLE.search(words)) or said.problems
        describes = bool(_DESCRIBES.search(words)) or said.basic
        planned = bool(
            re.match(r"(?:下一?步|明年|来年|计划|打算|20\d\d年上半年将)", fold(said.text))
        )
        for at, head in enumerate(self._heads):
            shared = len(own & self._words[at])
            scores[at] += shared / (len(own) + 1) + 0.2 * len(own & pairs(head.title))
            if said.heading and pairs(said.heading[-1]) & pairs(head.title):
                scores[at] += _HEADING_WEIGHT
            if bool(PLANS.search(fold(head.title))) and not (planned or said.plans):
                scores[at] -= _FIGURE_WEIGHT
            if bool(PLANS.search(fold(head.title))) and planned:
                scores[at] += _FIGURE_WEIGHT
        for at, head in enumerate(self._heads):
            title = fold(head.title)
            if PROBLEMS.search(title):
                scores[at] += _HEADING_WEIGHT if trouble else -_FIGURE_WEIGHT
            if BASIC.search(title):
                scores[at] += _HEADING_WEIGHT / 2 if describes else -_HEADING_WEIGHT / 4
        best = max(range(len(scores)), key=lambda at: (scores[at], -at))
        return best if scores[best] >= 0.15 else self.work


def pairs(text: str) -> set[str]:
    """The pairs of Chinese characters of a text."""
    words = re.sub(r"[^\u4e00-\u9fff]", " ", fold(text))
    return {words[at : at + 2] for at in range(len(words) - 1) if " " not in words[at : at + 2]}
