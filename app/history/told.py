"""What is told of a place as a whole, with its time: figures that can be held to each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.history.alarm import Alarm, AlarmKind
from app.history.comparable import Key, key_of, speaks_for_all
from app.history.namesakes import called
from app.history.statements import Statement, cited
from index.records import Figure, FigureKind, Period


@dataclass(frozen=True)
class Told:
    """A figure with its sentence, its place, and the time that it holds for."""

    figure: Figure
    statement: Statement
    key: Key
    when: Period

    @property
    def report(self) -> str:
        return self.statement.report_id


def told(
    statements: Sequence[Statement], same: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, list[Told]]:
    """Place -> what is told of it as a whole and can be compared, the oldest first.

    `same` are the names that several places bear: these go by name and town (`namesakes`).
    """
    result: dict[str, list[Told]] = defaultdict(list)
    for statement in statements:
        by_ordinal = {one.ordinal: one for one in statement.figures}
        for one in statement.figures:
            key = key_of(one)
            when = _when(statement, one)
            if key is None or when is None or one.place is None:
                continue
            whole = by_ordinal.get(one.part_of) if one.part_of is not None else None
            if speaks_for_all(one, whole):
                place = called(statement.described, one.place, same)
                result[place].append(Told(one, statement, key, when))
    for rows in result.values():
        rows.sort(key=lambda one: (one.when.end, one.when.start, one.report, one.figure.ordinal))
    return result


_YEAR_SAID = re.compile(
    r"全年|(?<!\d)20\d\d年(?![上下]半|[底末初前]|\d|[一二三四]季|[^,。;]{0,2}月)"
)


def _when(statement: Statement, figure: Figure) -> Period | None:
    """The time of a figure; 全年 and 2022年 in the report of a second half are of the year."""
    when = figure.as_of  # of 由120元 none: an earlier time that nobody says
    if when is None or figure.kind is FigureKind.STOCK or when.end.month != 12:
        return when
    front = statement.folded[: figure.start - statement.start]
    if when == Period.half(when.end.year, 2) and _YEAR_SAID.search(front):
        return Period.year(when.end.year)
    return when


def pair(kind: AlarmKind, one: Told, other: Told, message: str, arithmetic: str) -> Alarm:
    return Alarm(
        kind,
        other.figure.place,
        other.when,
        message,
        arithmetic,
        (cited(one.statement, (one.figure,)), cited(other.statement, (other.figure,))),
    )


def same_words(one: Told, other: Told) -> bool:
    """Without a canonical name the phrases must be long enough to mean one thing."""
    return one.key.known or len(one.key.name) >= 4
