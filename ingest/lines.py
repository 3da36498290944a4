"""What every reader returns: the lines of a document, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.positions import Mark, Position, merged


@dataclass(frozen=True)
class Line:
    """One paragraph, heading or table row, without line breaks inside."""

    text: str
    level: int | None = None
    """1 for a top heading, 2 … below, where the file format itself says so; else None."""
    row: bool = False
    """Whether this is a table row, which is never joined to its neighbours."""
    page: int | None = None
    """The page or slide it begins on, from 1, in formats that have pages."""
    sheet: str | None = None
    """The worksheet it stands on, in workbooks."""
    number: int | None = None
    """Which row of its worksheet this is, from 1, as the program that made it counts."""
    sure: float | None = None
    """How sure optical character recognition is of where it begins, 0–1; None for text that
    was text."""
    later: tuple[Mark, ...] = ()
    """Where it goes on elsewhere, on the next page say; offsets count in `text`."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Where it stands in the file, from its first character on."""
        # A hair more, or 0.29 * 100 would be rounded down to 28.
        sure = None if self.sure is None else int(self.sure * 100 + 1e-6) / 100
        return (Mark(0, Position(self.page, sure, self.number, self.sheet)), *self.later)

    def followed_by(self, other: Line) -> Line:
        """The two as one line, which remembers where the second part stands."""
        at = len(self.text)
        later = [*self.marks, *(Mark(at + mark.start, mark.position) for mark in other.marks)]
        return replace(
            self, text=self.text + other.text, later=merged(later[1:], later[0].position)
        )
