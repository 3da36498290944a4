"""Every alarm of an archive or of a place, and what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from app.history.across import Told, across_alarms, told
from app.history.alarm import Alarm, merged
from app.history.ratios import average_alarms, growth_alarms, increase_alarms, share_alarms
from app.history.statements import Statement, statements
from app.history.sums import among_alarms, sum_alarms, table_alarms
from index.archive_reader import ArchiveReader
from index.settled import settlements


def check(archive: ArchiveReader, place: str | None = None) -> list[Alarm]:
    """The alarms of a place (folded name), or of all; settled ones with what was said."""
    said = [one for one in statements(archive, place) if not one.described.fragment]
    return alarms_of(archive, said, told(said), place)


def alarms_of(
    archive: ArchiveReader,
    said: Sequence[Statement],
    by_place: Mapping[str, Sequence[Told]],
    place: str | None,
) -> list[Alarm]:
    """The alarms of sentences that are at hand already, and of what they tell by place."""
    found = merged([*_within(said), *_across(by_place, place)])
    if not found:
        return []
    known = settlements(archive)
    found = [replace(alarm, settled=known.get(alarm.id)) for alarm in found]
    return [alarm for alarm in found if place is None or _concerns(alarm, place)]


def _within(said: Sequence[Statement]) -> Iterator[Alarm]:
    for _, group in groupby(said, lambda statement: statement.report_id):
        report = list(group)
        for statement in report:
            if len(statement.figures) > 1:
                yield from sum_alarms(statement)
                yield from growth_alarms(statement)
                yield from increase_alarms(statement)
        yield from table_alarms(report)
        yield from among_alarms(report)
        yield from share_alarms(report)
        yield from average_alarms(report)


def _across(by_place: Mapping[str, Sequence[Told]], place: str | None) -> Iterator[Alarm]:
    for name, rows in by_place.items():
        if place in (None, name):
            yield from across_alarms(rows)


def _concerns(alarm: Alarm, place: str) -> bool:
    return alarm.place == place or any(one.described.place == place for one in alarm.citations)
