"""What is told of a place as a whole, with its time: figures that can be held to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.history.alarm import Alarm, AlarmKind
from app.history.comparable import Key, key_of, speaks_for_all
from app.history.namesakes import called
from app.history.statements import Statement, cited
from app.history.when import when_of
from index.records import Figure, Period

LAND = frozenset(("亩", "公顷", "平方公里"))


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


def _when(statement: Statement, figure: Figure) -> Period | None:
    start, end = statement.span(figure)
    return when_of(figure, statement.folded[:start], statement.folded[end:])


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
    """Without a canonical name the phrases must be long enough to mean one thing.

    An area says of itself that it is one: 茶园640亩.
    """
    told = len(one.key.name) + (2 if one.key.unit in LAND else 0)
    return one.key.known or told >= 4
