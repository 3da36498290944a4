"""Writes a draft down: numbers its sentences, and each quotation once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.draft.draft import DraftCitation, DraftSentence, SentenceKind
from app.draft.material import Earlier, Said, quoted
from app.draft.notes import note_cited
from app.history.statements import Statement


class Pen:
    """Gives out the numbers of the sentences and citations of one draft."""

    def __init__(self, earlier: Earlier, notes: Sequence[Said]) -> None:
        self._earlier = earlier
        self._notes = notes
        self._next = 1
        self.citations: list[DraftCitation] = []
        self._cited: dict[tuple[str, int, int], int] = {}

    def sentence(
        self, text: str, kind: SentenceKind, cited: tuple[int, ...], opens: bool
    ) -> DraftSentence:
        """A sentence with the next number."""
        sentence = DraftSentence(f"s{self._next}", text, kind, cited, opens)
        self._next += 1
        return sentence

    def cite(self, citation: DraftCitation) -> int:
        """The number of a quotation, the same for the same characters."""
        key = (citation.report.id or citation.report.source, citation.start, citation.end)
        if key not in self._cited:
            self._cited[key] = len(self.citations) + 1
            self.citations.append(replace(citation, n=self._cited[key]))
        return self._cited[key]

    def cite_said(self, said: Said) -> int:
        """The number of a sentence of an earlier report."""
        return self.cite(quoted(said.report, said.heading, said.start, said.end, 0))

    def cite_note(self, note: Said) -> int:
        """The number of a sentence that was handed in."""
        return self.cite(note_cited(note, 0))

    def cite_statement(self, statement: Statement) -> int | None:
        """The number of the citation of a sentence of an earlier report or of a note."""
        for note in self._notes:
            if note.report.id == statement.report_id and note.start == statement.start:
                return self.cite_note(note)
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
                return self.cite(quoted(report, heading, statement.start, end, 0))
        return None
