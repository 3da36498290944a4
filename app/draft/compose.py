"""The draft without a language model: the archive's own words, what was handed in, and gaps.

Of an earlier report only what describes the place or goes on from year to year is taken over; its
results stand in 【待补充】 as last time's values, where nobody supplied this period's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.draft import texts
from app.draft.asking import bound, by_clause, called, clause_of, long_ago, period_said, when_of
from app.draft.carry import (
    DESTROYED,
    done_once,
    measure_part,
    of_the_place,
    sentence_like,
    standing_part,
    unchanging,
)
from app.draft.check import checked
from app.draft.compare import compared
from app.draft.comparing import comparison, reckoned
from app.draft.draft import (
    Doubt,
    Draft,
    DraftCitation,
    DraftSection,
    DraftSentence,
    SentenceKind,
    ToFill,
)
from app.draft.marks import in_type
from app.draft.material import BASIC, PLANS, PROBLEMS, Earlier, Said, about, due, quoted, written
from app.draft.naming import Names
from app.draft.notes import note_cited
from app.draft.outline import Head, named_outline, numbered, own_outline
from app.draft.placing import Placing, name_of, same_thing
from app.draft.telling import Told, told_by
from app.history.statements import Statement
from index.chinese.fold import fold
from index.chinese.places import level
from index.records import Figure, FigureKind, Period


def compose(
    earlier: Earlier,
    place: str,
    period: Period,
    notes: Sequence[Said] = (),
    *,
    unit: str | None = None,
    outline: Sequence[Head] | None = None,
    habits: Mapping[str, float] | None = None,
) -> Draft:
    """The draft of a place for a period, compared with its last report and verified.

    `habits` tells where the archive's reports have an indicator (`app/draft/elsewhere.py`).
    """
    heads = tuple(outline or own_outline(earlier.said, period) or _standard(period))
    earlier = about(earlier, heads[0].only)
    last = earlier.last
    placing = Placing(heads, earlier.said, habits)
    writer = _Writer(earlier, place, period, notes, heads, placing)
    sections = writer.sections()
    draft = Draft(
        title=_title(earlier, place, period, heads[0]),
        place=place,
        period=period,
        last=last.period if last else None,
        unit=unit or (last.described.unit if last else None),
        dated=None,
        sections=sections,
        citations=tuple(writer.citations),
        to_fill=tuple(writer.to_fill),
        notices=tuple(writer.notices),
    )
    draft = compared(draft, earlier, notes, writer.cite_statement)
    draft = replace(draft, citations=tuple(writer.citations))
    draft = checked(in_type(draft))
    left = (*draft.verification.left_out, *writer.left_out)
    return replace(draft, verification=replace(draft.verification, left_out=left))


def _standard(period: Period) -> tuple[Head, ...]:
    return named_outline("year-end" if period == Period.year(period.start.year) else "half-year")


def _title(earlier: Earlier, place: str, period: Period, first: Head) -> str:
    """The last report's title with this period; a made-up one where it names none.

    An outline of one subject has it in its first heading: 产业基本情况.
    """
    if first.only:
        subject = first.title.removesuffix("基本情况")
        return f"{place}{period_said(period)}{subject}{texts.TITLE}"
    for report in earlier.reports:
        own, new = report.period, period_said(period)
        for old in (own.chinese, period_said(own)) if own is not None else ():
            if old in report.title and old[-1] == new[-1]:
                return report.title.replace(old, new)
    return f"{place}{period_said(period)}{texts.TITLE}"


_COUNTY = 3
"""The level of a county; what a city or a province reports is wider still."""
_UNSAID = re.compile(
    r"^(?:\d\.\d{1,2}\s+|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[一二三四五六七八九十]是)?(?:计划|拟|预计)?"
)
"""What the words 报告计划 say already, and numbers of lists."""


def _met(plan: Figure, figure: Figure) -> bool:
    """Whether a figure of this period tells what became of a plan."""
    return same_thing(replace(plan, kind=figure.kind), figure)


class _Writer:
    """Fills the sections one after another and numbers citations and sentences on the way."""

    def __init__(
        self,
        earlier: Earlier,
        place: str,
        period: Period,
        notes: Sequence[Said],
        heads: Sequence[Head],
        placing: Placing,
    ) -> None:
        self._earlier = earlier
        self._place = place
        self._period = period
        self._told_of = (
            earlier.covered(last.period) if (last := earlier.last) and last.period else None
        )
        self._now = earlier.covered(period)
        self._notes = notes
        self._heads = heads
        self._placing = placing
        self._names = Names(earlier.said, place)
        self._wide = (level(place) or _COUNTY + 1) <= _COUNTY
        self._asked: set[tuple[str, str, str]] = set()
        self._next = 1
        self.citations: list[DraftCitation] = []
        self._cited: dict[tuple[str, int, int], int] = {}
        self.to_fill: list[ToFill] = []
        self.left_out: list[Doubt] = []
        self.notices: list[str] = []
        if earlier.last is None:
            self.notices.append(texts.NO_EARLIER)
        if not notes:
            self.notices.append(texts.NO_NOTES)

    def sections(self) -> tuple[DraftSection, ...]:
        bodies: list[list[DraftSentence]] = [[] for _ in self._heads]
        supplied = [(note, f) for note in self._notes for f in note.figures if self._is_of_now(f)]
        last = self._earlier.said
        for said in last:
            self._carry(said, bodies)
        for note in self._notes:
            at = self._placing.of_new(note)
            opens = not bodies[at] or note.start == 0
            number = self._cite(note_cited(note, 0))
            text = sentence_like(note.text)
            bodies[at].append(self._sentence(text, SentenceKind.NEW, (number,), opens))
            self._compare(note, number, bodies[at])
        for said in last:
            self._due(said, supplied, bodies)
        for said in last:
            self._ask(said, supplied, bodies)
        full = [self._or_empty(at, body) for at, body in enumerate(bodies)]
        kept = [at for at, head in enumerate(self._heads) if full[at] or head.level == 1]
        heads = [self._heads[at] for at in kept]
        return tuple(
            DraftSection(heading, head.level, tuple(full[at]))
            for at, head, heading in zip(kept, heads, numbered(heads), strict=True)
        )

    # ---- what goes on

    def _carry(self, said: Said, bodies: list[list[DraftSentence]]) -> None:
        if DESTROYED.search(fold(said.text)):
            self._leave(said, texts.DESTROYED)
            return
        part = None
        if self._describes(said):
            part = standing_part(said.text, said.start, said.figures, basic=True)
        elif extent := self._extent(said):
            part = extent
        elif said.heading and not said.problems:
            part = measure_part(said.text)
        if part is None:
            self._leave(said, texts.PAST_DOING)
            return
        kind = SentenceKind.PLAN if said.plans else SentenceKind.STANDING
        if not said.basic and texts.KEPT not in self.notices:
            self.notices.append(texts.KEPT)
        at = self._placing.of_earlier(said)
        number = self._cite(quoted(said.report, said.heading, said.start, said.end, 0))
        bodies[at].append(self._sentence(part, kind, (number,), not bodies[at]))

    def _extent(self, said: Said) -> str | None:
        """The clauses with the place's own extent, which is told below other headings, too."""
        own = [one for one in said.figures if of_the_place(one, clause_of(said, one))]
        parts = [
            standing_part(clause, start, said.figures, basic=True)
            for _, clause, start in by_clause(said, own)
        ]
        return ",".join(one.rstrip("。") for one in parts if one) + "。" if any(parts) else None

    def _compare(self, note: Said, number: int, body: list[DraftSentence]) -> None:
        now = [one for one in note.figures if self._is_of_now(one)]
        found = comparison(note, now, self._earlier, self._period)
        if found is None:
            return
        text, before = found
        quotes = [note_cited(note, 0)]
        quotes += [quoted(s.report, s.heading, s.start, s.end, 0) for s in before]
        if not reckoned(text, quotes):
            return  # its own rules cannot find the difference again: better not said
        cited = [self._cite(quoted(s.report, s.heading, s.start, s.end, 0)) for s in before]
        body.append(self._sentence(text, SentenceKind.COMPARISON, (number, *cited), opens=False))

    # ---- what was planned for this period

    def _due(
        self, said: Said, supplied: Sequence[tuple[Said, Figure]], bodies: list[list[DraftSentence]]
    ) -> None:
        planned = due(said, self._now)
        if not planned or DESTROYED.search(fold(said.text)):
            return
        for some, plan, start in by_clause(said, planned):
            start += len(plan) - len(plan := _UNSAID.sub("", plan))
            figures = [
                one
                for one in some
                if re.search(r"\d", written(said, one))  # 推进三个试点: no aim that is counted
                and not any(_met(one, other) for _, other in supplied)
                and self._first(f"计划{name_of(one)}", one)
            ]
            if not figures or "每" in plan:
                continue
            end = start + len(plan)
            number = self._cite(quoted(said.report, said.heading, start, end, 0))
            when = period_said(said.report.period) if said.report.period else ""
            asked = [
                (
                    texts.completion(
                        called(one, plan, written(said, one)), written(said, one) + bound(one)
                    ),
                    one,
                )
                for one in figures
            ]
            text = texts.plan_due(when, plan, [what for what, _ in asked])
            # Its own clause: the rest of the sentence plans something else.
            alone = replace(said, start=start, end=end, figures=tuple(figures))
            at = self._placing.of_work(alone)
            sentence = self._sentence(text, SentenceKind.TO_FILL, (number,), opens=True)
            bodies[at].append(sentence)
            for what, one in asked:
                self.to_fill.append(ToFill(what, one.unit, written(said, one), number, sentence.id))

    # ---- what nobody supplied

    def _ask(
        self, said: Said, supplied: Sequence[tuple[Said, Figure]], bodies: list[list[DraftSentence]]
    ) -> None:
        if DESTROYED.search(fold(said.text)):
            return
        asked: list[tuple[str, Figure]] = []
        at = self._placing.of_earlier(said)
        for one in said.figures:
            clause = clause_of(said, one)
            lasts = of_the_place(one, clause) or (self._describes(said) and unchanging(one, clause))
            if one.kind is FigureKind.TARGET or lasts:
                continue
            if "人均" in one.qualifier and said.basic and unchanging(one, "面积"):
                continue
            if (
                long_ago(one, self._told_of)
                or done_once(one, clause, wide=self._wide)
                or any(self._names.supplies(other, note, one, said) for note, other in supplied)
            ):
                continue
            label = self._names.of(one, said)
            if label and self._first(f"{at}{label}", one, value=False):
                asked.append((label, one))
        if not asked:
            return
        number = self._cite(quoted(said.report, said.heading, said.start, said.end, 0))
        when = period_said(said.report.period) if said.report.period else ""
        text, before = "", ""
        for label, one in asked:
            lead = "" if label == before else f"、{label}" if before else label
            text += f"{lead}{texts.to_fill(label, written(said, one), when_of(one, when))}"
            before = label
        sentence = self._sentence(f"{text}。", SentenceKind.TO_FILL, (number,), opens=True)
        bodies[at].append(sentence)
        for label, one in asked:
            self.to_fill.append(ToFill(label, one.unit, written(said, one), number, sentence.id))

    def _or_empty(self, at: int, body: list[DraftSentence]) -> list[DraftSentence]:
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
            cited = (self._cite(quoted(said.report, said.heading, said.start, said.end, 0)),)
        title = head.title
        text = texts.section_to_fill(title, plans)
        sentence = self._sentence(text, SentenceKind.TO_FILL, cited, opens=True)
        self.to_fill.append(ToFill(title, "", "", cited[0] if cited else None, sentence.id))
        return [*body, sentence]

    # ---- shared

    def _describes(self, said: Said) -> bool:
        """Whether a sentence stands where the place is described, or says so itself."""
        return said.basic or (not said.heading and told_by(said) is Told.BASIC)

    def _first(self, label: str, figure: Figure, *, value: bool = True) -> bool:
        """Whether this is asked for the first time, of plans with this value."""
        key = (label, figure.base_unit or figure.unit, str(figure.base) if value else "")
        known = key in self._asked
        self._asked.add(key)
        return not known

    def _is_of_now(self, figure: Figure) -> bool:
        return figure.as_of is None or figure.as_of.end >= self._now.start

    def _leave(self, said: Said, reason: str) -> None:
        number = self._cite(quoted(said.report, said.heading, said.start, said.end, 0))
        self.left_out.append(Doubt(said.text, reason, (number,)))

    def _sentence(
        self, text: str, kind: SentenceKind, cited: tuple[int, ...], opens: bool
    ) -> DraftSentence:
        sentence = DraftSentence(f"s{self._next}", text, kind, cited, opens)
        self._next += 1
        return sentence

    def _cite(self, citation: DraftCitation) -> int:
        key = (citation.report.id or citation.report.source, citation.start, citation.end)
        if key not in self._cited:
            self._cited[key] = len(self.citations) + 1
            self.citations.append(replace(citation, n=self._cited[key]))
        return self._cited[key]

    def cite_statement(self, statement: Statement) -> int | None:
        """The number of the citation of a sentence of an earlier report or of a note."""
        for note in self._notes:
            if note.report.id == statement.report_id and note.start == statement.start:
                return self._cite(note_cited(note, 0))
        for report in self._earlier.reports:
            if report.id == statement.report_id:
                end = statement.start + len(statement.text)
                heading = next(
                    (
                        one.heading
                        for one in self._earlier.said
                        if one.report.id == report.id and one.start <= statement.start < one.end
                    ),
                    (),
                )
                return self._cite(quoted(report, heading, statement.start, end, 0))
        return None
