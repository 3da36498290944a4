"""Where things belong: the section for a sentence, and which figures tell the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from app.draft.material import Said
from app.draft.outline import Head
from app.draft.telling import Told, told_by, told_under
from app.history.comparable import plain_name
from index.chinese.fold import fold
from index.records import Figure, FigureKind

_FEWEST = 2
# What counts how much when a section is looked for.
_FIGURES = 4.0
_HALF = 0.4
_WORDS = 1.5
_TITLE = 1.5
_KIND = 1.5
_HABIT = 1.5
_ALIKE = 0.4
_LEAST = 0.15
_SURE = 1.0
_DOUBT = 3.0


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

    def __init__(
        self,
        heads: Sequence[Head],
        said: Sequence[Said],
        habits: Mapping[str, float] | None = None,
    ) -> None:
        self.heads = heads
        self._habits = habits or {}
        self._kinds = _kinds(heads)
        self._titles = [pairs(head.title) for head in heads]
        self._said = [(one, self.of_earlier(one), pairs(one.text)) for one in said]
        known = Counter(pair for _, _, own in self._said for pair in own)
        self._rarity = {
            pair: log((len(self._said) + 1) / (count + 0.5)) for pair, count in known.items()
        }
        self._unseen = log((len(self._said) + 1) / 0.5)
        self._weights = [sum(map(self._rare, own)) for _, _, own in self._said]

    def of_earlier(self, said: Said) -> int:
        """The section that took over the one in which an earlier sentence stood."""
        best, length = None, 0
        for at, head in enumerate(self.heads):
            if head.was and said.heading[: len(head.was)] == head.was and len(head.was) > length:
                best, length = at, len(head.was)
        if best is not None:
            return best
        if any(head.was for head in self.heads) and not said.heading:
            return 0
        kind = _told_there(said)
        for heading in reversed(said.heading):
            words = pairs(heading)
            for at, title in enumerate(self._titles):
                alike = words and len(words & title) / len(words | title) >= _ALIKE
                if alike and (self._kinds[at] is kind or kind is not Told.PLANS):
                    return at
        return self._of_kind(kind)

    @property
    def work(self) -> int:
        """The section in which work that was done is told."""
        return self._of_kind(Told.WORK)

    def _of_kind(self, kind: Told) -> int:
        """The first section of a kind, else the first of work, else the last for plans."""
        for wanted in (kind, *((Told.WORK,) if kind is not Told.PLANS else ())):
            if wanted in self._kinds:
                return self._kinds.index(wanted)
        return len(self.heads) - 1 if kind is Told.PLANS else 0

    def of_work(self, said: Said) -> int:
        """The section of work done that told of the same; else the one for work in general."""
        open_to = [at for at, one in enumerate(self._kinds) if one is Told.WORK]
        scores = self._scores(said)
        best = max(open_to, key=lambda at: (scores[at], -at), default=self.work)
        return best if scores[best] >= _SURE else self.work

    def of_new(self, said: Said) -> int:
        """The section for a sentence that was handed in: by what it tells, then by what is alike.

        Trouble and plans go to their own sections. What describes the place and what was done
        are told apart by where the last report had the same figures and words, too.
        """
        kind = told_by(said)
        if kind in (Told.PROBLEMS, Told.PLANS):
            open_to = [at for at, one in enumerate(self._kinds) if one is kind]
            if not open_to and kind is Told.PLANS:
                return self._of_kind(kind)
        else:
            open_to = []
        if not open_to:
            closed = (Told.PLANS, Told.PROBLEMS)
            open_to = [at for at, one in enumerate(self._kinds) if one not in closed]
        if not open_to:
            return self._of_kind(kind)
        scores = self._scores(said)
        for at in open_to:
            if kind in (Told.BASIC, Told.WORK) and Told.BASIC in (kind, self._kinds[at]):
                scores[at] += _KIND if self._kinds[at] is kind else -_KIND / 2
            if self._kinds[at] is Told.BASIC and said.figures:
                known = [self._habits.get(one.canonical or "", 0.0) for one in said.figures]
                scores[at] += _HABIT * sum(known) / len(known)
        best = max(open_to, key=lambda at: (scores[at], -at))
        return best if scores[best] >= _LEAST else min(open_to, key=lambda at: abs(at - self.work))

    def _scores(self, said: Said) -> list[float]:
        """For each section how much the last report told there is like this sentence."""
        own = pairs(said.text)
        heading = pairs(said.heading[-1]) if said.heading else set()
        scores = [0.0] * len(self.heads)
        for figure in said.figures:
            likeness: dict[int, float] = {}
            for one, at, _ in self._said:
                alike = max((_alike(figure, other) for other in one.figures), default=0.0)
                likeness[at] = max(likeness.get(at, 0.0), alike)
            for at, alike in likeness.items():
                scores[at] += _FIGURES * alike / len(said.figures)
        nearest: dict[int, float] = {}
        weight = sum(map(self._rare, own))
        for (_, at, words), other in zip(self._said, self._weights, strict=True):
            shared = sum(map(self._rare, own & words))
            near = shared / sqrt(weight * other) if shared else 0.0
            nearest[at] = max(nearest.get(at, 0.0), near)
        whose = self._whose(own)
        for at, title in enumerate(self._titles):
            scores[at] += _WORDS * (nearest.get(at, 0.0) + whose.get(at, 0.0))
            if title:
                rare = sum(self._rare(pair) for pair in own & title) / self._unseen
                scores[at] += _TITLE * rare / len(title)
                scores[at] += _TITLE * len(heading & title) / len(heading | title)
        return scores

    def _whose(self, own: set[str]) -> dict[int, float]:
        """The share of each section in these pairs as the last report used them, rare ones more."""
        shares: dict[int, float] = {}
        weight = 0.0
        for pair in own & self._rarity.keys():
            sections = Counter(at for _, at, words in self._said if pair in words)
            weight += self._rarity[pair]
            for at, count in sections.items():
                shares[at] = shares.get(at, 0.0) + self._rarity[pair] * count / sections.total()
        return {at: share / (weight + _DOUBT * self._unseen) for at, share in shares.items()}

    def _rare(self, pair: str) -> float:
        return self._rarity.get(pair, self._unseen)


def _kinds(heads: Sequence[Head]) -> list[Told]:
    """The kind of each heading; one below another is of its kind where its own words say none."""
    result: list[Told] = []
    above = Told.WORK
    for head in heads:
        own = Told.PLANS if head.ahead else told_under(head.title)
        if head.level == 1:
            above = own or Told.WORK
        result.append(above if above is Told.PLANS else own or above)
    return result


def _told_there(said: Said) -> Told:
    """What an earlier sentence tells, under a heading that the draft does not have."""
    if said.plans:
        return Told.PLANS
    if said.problems:
        return Told.PROBLEMS
    return Told.BASIC if said.basic else told_by(said)


def _alike(figure: Figure, other: Figure) -> float:
    """Whether two figures tell the same thing: 1 under one name, less where one holds the other."""
    if not same_thing(figure, other):
        return 0.0
    bare = figure.canonical is None and len(name_of(figure)) <= _FEWEST  # 收入, 投资: of anything
    return 1.0 if name_of(figure) == name_of(other) and not bare else _HALF


def pairs(text: str) -> set[str]:
    """The pairs of Chinese characters of a text."""
    words = re.sub(r"[^\u4e00-\u9fff]", " ", fold(text))
    return {words[at : at + 2] for at in range(len(words) - 1) if " " not in words[at : at + 2]}
