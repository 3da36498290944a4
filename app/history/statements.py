"""The ledger as sentences: figures that are said together, with the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.archive_reader import ArchiveReader
from index.chinese.fold import fold
from index.ledger_place import Telling, all_tellings, tellings
from index.records import Described, Figure

ROW = " | "
"""Between the cells of a table's row."""
_ENDS = ",:、。;!?\n|"


@dataclass(frozen=True)
class Statement:
    """A sentence with its figures; `text` is what the report says, `folded` is for matching."""

    report_id: str
    described: Described
    source: str
    start: int
    text: str
    folded: str
    figures: tuple[Figure, ...]

    @property
    def is_row(self) -> bool:
        return ROW in self.folded

    def span(self, figure: Figure) -> tuple[int, int]:
        """Where the figure stands in the sentence."""
        return figure.start - self.start, figure.end - self.start

    def between(self, one: Figure, other: Figure) -> str:
        """The folded words from the end of one figure to the beginning of a later one."""
        return self.folded[one.end - self.start : other.start - self.start]

    def before(self, figure: Figure) -> str:
        """The folded words in front of a figure, back to the figure before it."""
        ends = (one.end - self.start for one in self.figures if one.end <= figure.start)
        return self.folded[max(ends, default=0) : figure.start - self.start]

    def after(self, figure: Figure) -> str:
        """The folded words behind a figure, up to the next one."""
        starts = (one.start - self.start for one in self.figures if one.start >= figure.end)
        return self.folded[figure.end - self.start : min(starts, default=len(self.folded))]

    def bracket(self, figure: Figure) -> int:
        """Where the innermost bracket around a figure opens; -1 for none."""
        opened: list[int] = []
        for at, character in enumerate(self.folded[: figure.start - self.start]):
            if character in "([":
                opened.append(at)
            elif character in ")]" and opened:
                opened.pop()
        return opened[-1] if opened else -1


@dataclass(frozen=True)
class Citation:
    """Words of a report: `report.text[start:end] == quote`."""

    report_id: str
    described: Described
    source: str
    start: int
    end: int
    quote: str


def cited(statement: Statement, figures: Sequence[Figure]) -> Citation:
    """The words of a sentence that state these figures: whole clauses; of a table, the row."""
    first, last = 0, len(statement.text)
    if not statement.is_row:
        first = min(one.start for one in figures) - statement.start
        last = max(one.end for one in figures) - statement.start
        while first > 0 and statement.folded[first - 1] not in _ENDS:
            first -= 1
        while last < len(statement.folded) and statement.folded[last] not in f"({_ENDS}":
            last += 1
    while first < last and statement.text[first].isspace():
        first += 1
    return Citation(
        statement.report_id,
        statement.described,
        statement.source,
        statement.start + first,
        statement.start + last,
        statement.text[first:last],
    )


def statements(archive: ArchiveReader, place: str | None = None) -> list[Statement]:
    """Every sentence with figures, by report and order; of a place, also all of its reports."""
    return [one for telling in tellings(archive, place) for one in _sentences(telling)]


def statements_by_report(archive: ArchiveReader) -> Iterator[list[Statement]]:
    """The same of the whole archive, a report after the other: none is kept."""
    for telling in all_tellings(archive):
        yield list(_sentences(telling))


def _sentences(telling: Telling) -> Iterator[Statement]:
    for (start, end), figures in groupby(telling.figures, lambda figure: figure.sentence):
        text = telling.text[start:end]
        yield Statement(
            telling.report_id,
            telling.described,
            telling.source,
            start,
            text,
            fold(text),
            tuple(figures),
        )
