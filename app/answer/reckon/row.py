"""A row of a reckoned answer: one figure of one place, time and class of unit."""

from __future__ import annotations

from dataclasses import dataclass

from index.chinese.numbers import UNIT_CLASS
from index.ledger import Entry
from index.records import Figure, Period


@dataclass(frozen=True)
class Row:
    """What one place reports for one time in one class of unit."""

    place: str
    period: Period | None
    """The time asked about, or the figure's own."""
    kind: str
    """The class of the unit."""
    entry: Entry
    other: Entry | None = None
    """What another report says of the same, where it says otherwise."""

    @property
    def figure(self) -> Figure:
        return self.entry.figure


def unit_class(figure: Figure) -> str:
    """The class of the figure's unit, a key of numbers.UNITS; empty for none."""
    return UNIT_CLASS.get(figure.base_unit, UNIT_CLASS.get(figure.unit, ""))
