"""A question as it was understood: the values that the steps of understanding make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.genres import covers
from index.records import Described, Period


class Wanted(StrEnum):
    """The kind of answer that a question asks for."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    YES_NO = "yes_no"
    NARRATIVE = "narrative"


class Intent(StrEnum):
    """What is to be done with what is found."""

    LOOKUP = "lookup"
    LIST = "list"
    COUNT = "count"
    COMPARE = "compare"
    TREND = "trend"
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
    around: str | None = None
    """The place around it, where that must tell it from another of its name, or it is unknown."""
    inside: tuple[str, ...] = ()
    """The places in it, where the question takes them in: 全镇, 各村."""
    choices: tuple[str, ...] = ()
    """The places of this name, where the question does not tell which is meant."""
    speaking: frozenset[str] = frozenset()
    """Ids of reports that say of no place that it is theirs, and speak of this one throughout."""

    def covers(self, described: Described) -> bool:
        """Whether a report so described speaks for this place, or for one taken in with it."""
        if not self.reported or described.place is None:
            return False
        own = described.place == self.name and (
            self.around is None or self.around in described.within
        )
        return own or (described.place in self.inside and self.name in described.within)


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
    intent: Intent = Intent.LOOKUP
    own_report: bool = False
    """Whether place and period together name a report: what others say of the place is out."""
    each: int | None = None
    """The level of the places that are asked for one by one: 5 in 各村有多少户."""
    every: bool = False
    """Whether several times are asked for, one after the other: 历年, 近三年."""
    latest: bool = False
    """Whether the last report is meant, whenever it was: 上次."""
    bare: tuple[str, ...] = ()
    """The times as written, where the question does not say of which year they are."""
    moved: bool = False
    """Whether such a time was found in an earlier year than this one, the archive's last."""
    undated: bool = False
    """Whether only reports without a period are meant."""
    half: int | None = None
    """The half-year asked about, 1 or 2, where the question does not say of which year."""
    either: bool = False
    """Whether what is planned answers as well as what is done: 什么时候能建成."""
    head: str | None = None
    """The term whose number is asked for: 贫困户 in 低保户里贫困户有几户."""
    counted: str | None = None
    """The persons whose number is asked for by 几名 or 多少: 教师 in 有几名教师."""
    reporter: str | None = None
    """The office whose report is named."""
    genre: str | None = None
    """The kind of document that the answer must stand in: 述职报告. Folded."""
    elsewhere: bool = False
    """Whether it speaks of somewhere that the archive never names, though not as a place."""
    part: str = ""
    """For one of several values asked for at once: the words that ask for this one."""

    @property
    def unclear(self) -> tuple[str, ...]:
        """The places among which the question does not tell."""
        return tuple(choice for place in self.places for choice in place.choices)

    def of_genre(self, described: Described) -> bool:
        """Whether a report is of the kind that is asked about."""
        return self.genre is None or covers(self.genre, fold(described.genre or ""))

    def of_no_date(self) -> Query:
        """This query asked of the reports that say of no time what they cover.

        What the question says of time they must say in so many words: 截至5月底.
        """
        times = tuple(Term(word, (word,)) for word in self.bare if word[0] not in "今本当")
        return replace(self, periods=(), half=None, undated=True, terms=(*self.terms, *times))

    def restated(self, text: str, period: Period | None) -> Query:
        """This query under its own words, with a period that was chosen beside them."""
        periods = (period,) if period is not None else self.periods
        return replace(self, text=text.strip(), periods=periods)
