"""What can be wrong with a sentence, and what a sentence without a name or date is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.answer.evidence import Read, Source
from index.records import Period


class Kind(StrEnum):
    """Why a sentence does not follow from what it cites."""

    SOURCE = "source"
    """It cites nothing, or a number that no passage has."""
    NUMBER = "number"
    """A number, with its unit, that the quotes do not state of this; or a sum that is wrong."""
    PLACE = "place"
    PERIOD = "period"
    PLAN = "plan"
    """A plan told as a result, or a result as a plan."""
    CHANGE = "change"
    """An increase told as a level, a decrease as an increase."""
    NAME = "name"
    NEGATION = "negation"
    WORDS = "words"
    """It speaks of things that the quotes do not mention."""
    ENTAILMENT = "entailment"


@dataclass(frozen=True)
class Finding:
    """One reason against a sentence, with the words of the sentence that it is about."""

    kind: Kind
    what: str


@dataclass(frozen=True)
class About:
    """What a statement without a place or a date is understood to be about: what was asked."""

    places: tuple[str, ...] = ()
    """Empty: the cited report's own place."""
    periods: tuple[Period, ...] = ()
    """Empty: the cited report's own period."""
    name_places: bool = False
    """Whether a figure must say its place, as several places are in question."""


@dataclass(frozen=True)
class Cited:
    """A source beside the sentence, both read with the source's own anchor for 今年."""

    source: Source
    quote: Read
    sentence: Read
