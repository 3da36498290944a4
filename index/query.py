"""A question as it was understood: the values that the steps of understanding make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from index.records import Period


class Wanted(StrEnum):
    """The kind of answer that a question asks for."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    YES_NO = "yes_no"
    NARRATIVE = "narrative"


@dataclass(frozen=True)
class PlaceScope:
    """A place that the question names; `known` is False where the archive never does."""

    name: str
    names: tuple[str, ...]
    """Folded ways to write it."""
    known: bool
    reported: bool
    """Whether some report speaks for it, not only mentions it."""


@dataclass(frozen=True)
class Term:
    """An expression asked about, with those that mean the same; folded."""

    word: str
    alike: tuple[str, ...]
    parts: tuple[str, ...] = ()
    """The smaller words in it, which count for something where the whole is not said."""


@dataclass(frozen=True)
class Query:
    """A question as it was understood."""

    text: str
    places: tuple[PlaceScope, ...]
    periods: tuple[Period, ...]
    named_report: bool
    """Whether the period names a report («2018年上半年的报告») and not a time."""
    own_period: bool
    """Whether the value asked for is of the report's own period (当年, 今年)."""
    plan: bool
    """Whether a plan or target is asked for, not what happened."""
    wanted: Wanted
    units: tuple[str, ...]
    """Units that answer, the exact one first; empty for any."""
    terms: tuple[Term, ...]

    def restated(self, text: str, period: Period | None) -> Query:
        """This query under its own words, with a period that was chosen beside them."""
        periods = (period,) if period is not None else self.periods
        return replace(self, text=text.strip(), periods=periods)
