"""What a draft asks for: plans that fall due, figures that nobody supplied, empty sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.draft import texts
from app.draft.asking import bound, by_clause, clause_of, long_ago, period_said, when_of
from app.draft.calling import called, planned_as
from app.draft.carry import DESTROYED, done_once, of_the_place, unchanging
from app.draft.draft import DraftSentence, SentenceKind, ToFill
from app.draft.material import BASIC, PLANS, PROBLEMS, Earlier, Said, due, quoted, written
from app.draft.naming import Names
from app.draft.pen import Pen
from app.draft.placing import Placing, name_of, same_thing
from app.draft.telling import describes
from index.chinese.fold import fold
from index.chinese.places import level
from index.records import Figure, FigureKind, Period

_COUNTY = 3
"""The level of a county; what a city or a province reports is wider still."""
_UNSAID = re.compile(
    r"^(?:\d\.\d{1,2}\s+|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[一二三四五六七八九十]是)?(?:计划|拟|预计)?"
)
"""What the words 报告计划 say already, and numbers of lists."""


def _met(plan: Figure, figure: Figure) -> bool:
    """Whether a figure of this period tells what became of a plan."""
    return same_thing(plan._replace(kind=figure.kind), figure)


class Gaps:
    """Writes 【待补充】 into the sections of a draft, each thing once."""

    def __init__(
        self,
        earlier: Earlier,
        place: str,
        period: Period,
        supplied: Sequence[tuple[Said, Figure]],
        placing: Placing,
        pen: Pen,
    ) -> None:
        """`supplied` are the figures of this period, each with the sentence that has it."""
        self._earlier = earlier
        last = earlier.last
        self._told_of = earlier.covered(last.period) if last and last.period else None
        self._now = earlier.covered(period)
        self._supplied = supplied
        self._heads = placing.heads
        self._placing = placing
        self._pen = pen
        self._names = Names(earlier.said, place)
        self._wide = (level(place) or _COUNTY + 1) <= _COUNTY
        self._asked: set[tuple[str, str, str]] = set()
        self.to_fill: list[ToFill] = []
        self._older: dict[str, list[Figure]] = {}
        for statement in earlier.told:
            for figure in statement.figures if last and statement.report_id != last.id else ():
                if figure.kind is not FigureKind.TARGET:
                    self._older.setdefault(figure.base_unit, []).append(figure)

    def due(self, said: Said, bodies: list[list[DraftSentence]]) -> None:
        """Ask what became of what a sentence planned for this period."""
        planned = due(said, self._now)
        if not planned or DESTROYED.search(fold(said.text)):
            return
        for some, plan, start in by_clause(said, planned):
            start += len(plan) - len(plan := _UNSAID.sub("", plan))
            figures = [
                one
                for one in some
                if re.search(r"\d", written(said, one))  # 推进三个试点: no aim that is counted
                and not any(_met(one, other) for _, other in self._supplied)
                and self._first(f"计划{name_of(one)}", one)
            ]
            if not figures or "每" in plan:
                continue
            end = start + len(plan)
            number = self._pen.cite(quoted(said.report, said.heading, start, end, 0))
            when = period_said(said.report.period) if said.report.period else ""
            asked = [
                (
                    texts.completion(
                        called(one, plan, value := written(said, one)) or planned_as(plan, value),
                        value + bound(one),
                    ),
                    one,
                )
                for one in figures
            ]
            text = texts.plan_due(when, plan, [what for what, _ in asked])
            # Its own clause: the rest of the sentence plans something else.
            alone = replace(said, start=start, end=end, figures=tuple(figures))
            at = self._placing.of_work(alone)
            sentence = self._pen.sentence(text, SentenceKind.TO_FILL, (number,), opens=True)
            bodies[at].append(sentence)
            for what, one in asked:
                self.to_fill.append(ToFill(what, one.unit, written(said, one), number, sentence.id))

    def ask(self, every: Sequence[Said], bodies: list[list[DraftSentence]]) -> None:
        """Ask for this period's values of what sentences tell that nobody supplied.

        Of several values under one name in a section the last period's own is the one to beat.
        """
        wanted: list[tuple[Said, list[tuple[str, Figure]]]] = []
        best: dict[tuple[int, str, str], Figure] = {}
        for said in every:
            at = self._placing.of_earlier(said)
            labelled = self._labelled(said)
            wanted.append((said, labelled))
            for label, one in labelled:
                key = (at, label, one.base_unit or one.unit)
                if key not in best or self._nearness(one) > self._nearness(best[key]):
                    best[key] = one
        chosen = {id(one) for one in best.values()}
        for said, labelled in wanted:
            asked = [(label, one) for label, one in labelled if id(one) in chosen]
            usual = [(label, one) for label, one in asked if self._usual(one)]
            seldom = [pair for pair in asked if pair not in usual]
            # Apart, so that what does not come up can be left out as a whole.
            for some in filter(None, (usual, seldom)):
                body = bodies[self._placing.of_earlier(said)]
                self._write(said, some, body, usual=some is usual)

    def _labelled(self, said: Said) -> list[tuple[str, Figure]]:
        if DESTROYED.search(fold(said.text)):
            return []
        named = [
            (self._names.of(one, said), one)
            for one in said.figures
            if not self._needless(one, said)
        ]
        return [(label, one) for label, one in named if label]

    def _nearness(self, one: Figure) -> int:
        """How surely a figure is of the time that the last report is on."""
        if one.as_of is None or self._told_of is None:
            return 1
        return 2 if one.as_of == self._told_of else int(one.as_of.end == self._told_of.end)

    def _write(
        self,
        said: Said,
        asked: Sequence[tuple[str, Figure]],
        body: list[DraftSentence],
        *,
        usual: bool,
    ) -> None:
        number = self._pen.cite_said(said)
        text, before = "", ""
        for label, one in asked:
            lead = "" if label == before else f"、{label}" if before else label
            text += f"{lead}{texts.to_fill(label, written(said, one), self._when(one))}"
            before = label
        sentence = self._pen.sentence(f"{text}。", SentenceKind.TO_FILL, (number,), opens=True)
        body.append(sentence)
        for label, one in asked:
            value = written(said, one)
            self.to_fill.append(ToFill(label, one.unit, value, number, sentence.id, usual))

    def _usual(self, one: Figure) -> bool:
        """Whether it is a known indicator, or an older report of the place tells it, too.

        The next real report tells about 40 % of these, and 8 % of the others (docs/benchmarks.md).
        """
        if one.canonical is not None or not self._older:
            return True
        return any(same_thing(one, other) for other in self._older.get(one.base_unit, ()))

    def _when(self, one: Figure) -> str:
        """The time of a last value where it is not the last period's own, which 上期 says."""
        period = self._told_of
        of_last = one.as_of is None or period is None or one.as_of.end == period.end
        return "" if of_last else when_of(one, "")

    def _needless(self, one: Figure, said: Said) -> bool:
        """Whether nobody need be asked: planned, lasting, done once, or supplied already."""
        clause = clause_of(said, one)
        lasts = of_the_place(one, clause) or (describes(said) and unchanging(one, clause))
        if one.kind is FigureKind.TARGET or lasts:
            return True
        if "人均" in one.qualifier and said.basic and unchanging(one, "面积"):
            return True
        return (
            (long_ago(one, self._told_of) and self._told_later(one))
            or done_once(one, clause, wide=self._wide)
            or any(self._names.supplies(f, note, one, said) for note, f in self._supplied)
        )

    def _told_later(self, one: Figure) -> bool:
        """Whether the last report has a later value of the same, too: that is the one to ask by."""
        return any(
            same_thing(one, other) and not long_ago(other, self._told_of)
            for said in self._earlier.said
            for other in said.figures
        )

    def or_empty(self, at: int, body: list[DraftSentence]) -> list[DraftSentence]:
        """A section is never silently empty: what it should say is asked for.

        Of the plans it is asked once, below the widest heading.
        """
        head = self._heads[at]
        top = max(n for n in range(at + 1) if self._heads[n].level == 1 or n == 0)
        plans = bool(PLANS.search(fold(self._heads[top].title)))
        below = at + 1 < len(self._heads) and self._heads[at + 1].level > head.level
        telling = {SentenceKind.NEW, SentenceKind.TO_FILL}
        if PROBLEMS.search(fold(head.title)):
            telling = {SentenceKind.NEW}  # last time's figures are not this time's trouble
        told = any(one.kind in telling for one in body)
        if told or (plans and head.level > 1) or (below and not plans):
            return body
        if BASIC.search(fold(head.title)) and body:
            return body
        said = next((o for o in self._earlier.said if self._placing.of_earlier(o) == at), None)
        cited: tuple[int, ...] = ()
        if said is not None:
            cited = (self._pen.cite_said(said),)
        title = head.title
        text = texts.section_to_fill(title, plans)
        sentence = self._pen.sentence(text, SentenceKind.TO_FILL, cited, opens=True)
        self.to_fill.append(ToFill(title, "", "", cited[0] if cited else None, sentence.id))
        return [*body, sentence]

    def _first(self, label: str, figure: Figure, *, value: bool = True) -> bool:
        """Whether this is asked for the first time, of plans with this value."""
        key = (label, figure.base_unit or figure.unit, str(figure.base) if value else "")
        known = key in self._asked
        self._asked.add(key)
        return not known
