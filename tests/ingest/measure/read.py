"""Reading one text as a report, for the tests of figures."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Described, Figure, Passage, Period, Report
from ingest.measure import measure


@dataclass(frozen=True)
class Read:
    """A text with its figures."""

    text: str
    figures: tuple[Figure, ...]

    def words(self, figure: Figure) -> str:
        return self.text[figure.start : figure.end]

    def one(self, words: str) -> Figure:
        """The only figure written so."""
        (figure,) = [figure for figure in self.figures if self.words(figure) == words]
        return figure

    @property
    def said(self) -> list[tuple[str, str]]:
        """(indicator, number) of each figure."""
        return [(figure.indicator, self.words(figure)) for figure in self.figures]


def read(
    text: str,
    *headings: str,
    place: str | None = "枧头村",
    period: str | None = "2018",
    genre: str = "工作总结",
) -> Read:
    """The figures of a text under these headings, in a report of this place and period."""
    covered = Period.parse(period) if period else None
    described = Described(genre, place=place, period=covered, genre=genre)
    report = Report("r1", "a.txt", described, text)
    measured = measure(report, [Passage("r1", 0, headings, 0, len(text), text)])
    return Read(text, measured.figures)
