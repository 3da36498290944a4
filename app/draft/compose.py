"""The draft without a language model: the archive's own words, what was handed in, and gaps.

Of an earlier report only what describes the place or goes on from year to year is taken over; its
results stand in 【待补充】 as last time's values, where nobody supplied this period's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.draft import texts
from app.draft.asking import by_clause, clause_of, period_said
from app.draft.carry import (
    DESTROYED,
    measure_part,
    of_the_place,
    sentence_like,
    standing_part,
)
from app.draft.check import checked
from app.draft.compare import compared
from app.draft.comparing import comparison, reckoned
from app.draft.draft import (
    Doubt,
    Draft,
    DraftSection,
    DraftSentence,
    SentenceKind,
)
from app.draft.gaps import Gaps
from app.draft.marks import in_type
from app.draft.material import Earlier, Said, about, quoted
from app.draft.notes import note_cited
from app.draft.outline import Head, named_outline, numbered, own_outline
from app.draft.pen import Pen
from app.draft.placing import Placing
from app.draft.telling import describes
from index.chinese.fold import fold
from index.records import Figure, Period


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
    writer = _Writer(earlier, place, period, notes, placing)
    sections = writer.sections()
    draft = Draft(
        title=_title(earlier, place, period, heads[0]),
        place=place,
        period=period,
        last=last.period if last else None,
        unit=unit or (last.described.unit if last else None),
        dated=None,
        sections=sections,
        citations=tuple(writer.pen.citations),
        to_fill=tuple(writer.gaps.to_fill),
        notices=tuple(writer.notices),
    )
    draft = compared(draft, earlier, notes, writer.pen.cite_statement)
    draft = replace(draft, citations=tuple(writer.pen.citations))
    draft = checked(in_type(draft))
    # A sentence whose figures are asked for is not left out.
    asked = {item.citation for item in draft.to_fill}
    left = [one for one in writer.left_out if not asked.intersection(one.citations)]
    left = [*draft.verification.left_out, *left]
    return replace(draft, verification=replace(draft.verification, left_out=tuple(left)))


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


class _Writer:
    """Fills the sections one after another: what goes on, what is new, what is asked for."""

    def __init__(
        self,
        earlier: Earlier,
        place: str,
        period: Period,
        notes: Sequence[Said],
        placing: Placing,
    ) -> None:
        self._earlier = earlier
        self._period = period
        self._now = earlier.covered(period)
        self._notes = notes
        self._placing = placing
        supplied = [(note, f) for note in notes for f in note.figures if self._is_of_now(f)]
        self.pen = Pen(earlier, notes)
        self.gaps = Gaps(earlier, place, period, supplied, placing, self.pen)
        self.left_out: list[Doubt] = []
        self.notices: list[str] = []
        if earlier.last is None:
            self.notices.append(texts.NO_EARLIER)
        if not notes:
            self.notices.append(texts.NO_NOTES)

    def sections(self) -> tuple[DraftSection, ...]:
        """The sections under their numbered headings; only those of the first level stay empty."""
        every = self._placing.heads
        bodies: list[list[DraftSentence]] = [[] for _ in every]
        last = self._earlier.said
        for said in last:
            self._carry(said, bodies)
        for note in self._notes:
            at = self._placing.of_new(note)
            opens = not bodies[at] or note.start == 0
            number = self.pen.cite_note(note)
            text = sentence_like(note.text)
            bodies[at].append(self.pen.sentence(text, SentenceKind.NEW, (number,), opens))
            self._compare(note, number, bodies[at])
        for said in last:
            self.gaps.due(said, bodies)
        self.gaps.ask(last, bodies)
        full = [self.gaps.or_empty(at, body) for at, body in enumerate(bodies)]
        kept = [at for at, head in enumerate(every) if full[at] or head.level == 1]
        heads = [every[at] for at in kept]
        return tuple(
            DraftSection(heading, head.level, tuple(full[at]))
            for at, head, heading in zip(kept, heads, numbered(heads), strict=True)
        )

    def _carry(self, said: Said, bodies: list[list[DraftSentence]]) -> None:
        if DESTROYED.search(fold(said.text)):
            self._leave(said, texts.DESTROYED)
            return
        part = None
        if describes(said):
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
        number = self.pen.cite_said(said)
        bodies[at].append(self.pen.sentence(part, kind, (number,), not bodies[at]))

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
        cited = [self.pen.cite_said(s) for s in before]
        body.append(self.pen.sentence(text, SentenceKind.COMPARISON, (number, *cited), opens=False))

    def _is_of_now(self, figure: Figure) -> bool:
        return figure.as_of is None or figure.as_of.end >= self._now.start

    def _leave(self, said: Said, reason: str) -> None:
        number = self.pen.cite_said(said)
        self.left_out.append(Doubt(said.text, reason, (number,)))
