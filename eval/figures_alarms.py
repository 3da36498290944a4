"""Alarms held against the contradictions that a person found in the same reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.figures_match import Rate
from eval.figures_text import Alignment


@dataclass(frozen=True)
class Place:
    """A stretch of a file's raw text."""

    file: str
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.file == other.file and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Alarm:
    """An alarm of the program, its quotes carried over to the raw texts."""

    kind: str
    quotes: tuple[Place, ...]


@dataclass(frozen=True)
class Contradiction:
    """One that is there; each quote may be met at any of its places."""

    id: str
    kind: str
    arithmetic: str
    quotes: tuple[tuple[Place, ...], ...]
    planted: bool
    optional: bool
    """True, but hardly worth a person's minute: finding it or not counts on neither side."""

    def is_told_by(self, alarm: Alarm) -> bool:
        """Whether the alarm quotes all of it."""
        return all(
            any(own.overlaps(place) for own in alarm.quotes for place in places)
            for places in self.quotes
        )


def read_contradictions(path: Path) -> list[Contradiction]:
    """The lines of alarms.jsonl; `or` of a quote names other places that say the same."""
    result = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        quotes = tuple(
            tuple(
                Place(quote["file"], start, end)
                for start, end in [[quote["start"], quote["end"]], *quote.get("or", [])]
            )
            for quote in row["quotes"]
        )
        result.append(
            Contradiction(
                row["id"],
                row["kind"],
                row["arithmetic"],
                quotes,
                row["planted"],
                row.get("optional", False),
            )
        )
    return result


def carry(
    kind: str,
    quotes: Sequence[tuple[str, int, int]],
    reports: Mapping[str, tuple[str, Alignment]],
) -> Alarm:
    """An alarm with its quotes (report id, start, end in the stored text) in the raw texts.

    `reports` has of each report id its file and alignment; a quote without a place is left out.
    """
    places = []
    for report_id, start, end in quotes:
        file, alignment = reports[report_id]
        if (span := alignment.span(start, end)) is not None:
            places.append(Place(file, *span))
    return Alarm(kind, tuple(places))


@dataclass(frozen=True)
class AlarmScore:
    """What was found of what is there, and what was raised for nothing."""

    planted: Rate
    read: Rate
    """Those that a reading found."""
    missed: tuple[Contradiction, ...]
    raised: Rate
    """Alarms that tell a contradiction, of all that count."""
    false: tuple[Alarm, ...]


def score_alarms(gold: Sequence[Contradiction], alarms: Sequence[Alarm]) -> AlarmScore:
    """Alarms in files that were read as a whole; others have to be judged by a person."""
    told = {one.id for one in gold if any(one.is_told_by(alarm) for alarm in alarms)}
    counted = [one for one in gold if not one.optional]
    right = [alarm for alarm in alarms if any(one.is_told_by(alarm) for one in counted)]
    borderline = [one for one in gold if one.optional]
    false = [
        alarm
        for alarm in alarms
        if alarm not in right and not any(one.is_told_by(alarm) for one in borderline)
    ]

    def found(planted: bool) -> Rate:
        own = [one for one in counted if one.planted is planted]
        return Rate(sum(one.id in told for one in own), len(own))

    return AlarmScore(
        found(True),
        found(False),
        tuple(one for one in counted if one.id not in told),
        Rate(len(right), len(right) + len(false)),
        tuple(false),
    )


def alarm_table(result: AlarmScore) -> str:
    """Counts, then what was missed and what was raised for nothing."""
    lines = [
        f"planted {result.planted}",
        f"read    {result.read}",
        f"right   {result.raised}",
    ]
    lines += (f"MISSED  {one.id} {one.kind}: {one.arithmetic}" for one in result.missed)
    for alarm in result.false:
        places = "; ".join(f"{place.file} {place.start}–{place.end}" for place in alarm.quotes)
        lines.append(f"FALSE   {alarm.kind}: {places}")
    return "\n".join(lines)
