"""Every alarm of an archive or of a place, and what people said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from app.history.across import across_alarms
from app.history.against import against_alarms
from app.history.alarm import Alarm, merged
from app.history.attained import attained_alarms
from app.history.namesakes import called, home_of, several, shown, split
from app.history.products import product_alarms
from app.history.ratios import average_alarms, growth_alarms, increase_alarms, share_alarms
from app.history.statements import Statement, statements, statements_by_report
from app.history.sums import among_alarms, sum_alarms
from app.history.tables import table_alarms
from app.history.told import Told, told
from app.steps import Step, unwatched
from index.archive_reader import ArchiveReader
from index.ledger import places_of
from index.settled import settlements


def check(archive: ArchiveReader, place: str | None = None, step: Step = unwatched) -> list[Alarm]:
    """The alarms of a place, or of all; settled ones with what was said.

    `place` is a folded name, with its town (石门镇/青杠村) where there are several of it. `step`
    learns after each report and place how far the whole archive is.
    """
    if place is None:
        return known(archive, merged(list(_everywhere(archive, step))))
    said = [one for one in statements(archive, split(place)[0]) if not one.described.fragment]
    same = several(one.described for one in said)
    return alarms_of(archive, said, told(said, same), place, same)


def alarms_of(
    archive: ArchiveReader,
    said: Sequence[Statement],
    by_place: Mapping[str, Sequence[Told]],
    place: str,
    same: Mapping[str, Sequence[str]],
) -> list[Alarm]:
    """The alarms of a place from sentences that are at hand already, and what they tell by place.

    `same` are the names that several places bear.
    """
    across = across_alarms(by_place.get(place, ()))
    found = merged([_placed(one, same) for one in (*_within(said), *across)])
    return known(archive, [alarm for alarm in found if _concerns(alarm, place)])


def _everywhere(archive: ArchiveReader, step: Step) -> Iterator[Alarm]:
    """The alarms of all: report by report, then place by place, so that memory stays flat."""
    infos, places = archive.infos(), sorted(places_of(archive))
    same = several(info.described for info in infos if not info.described.fragment)
    # A report without figures is not among them: the places go on from all reports.
    total = len(infos) + len(places)
    for at, report in enumerate(statements_by_report(archive)):
        step(at, total)
        if not report[0].described.fragment:
            yield from (_placed(one, same) for one in _within(report))
    for at, name in enumerate(places, len(infos)):
        step(at, total)
        said = [one for one in statements(archive, name) if not one.described.fragment]
        for place, rows in told(said, same).items():
            if split(place)[0] == name:
                yield from (_placed(one, same) for one in across_alarms(rows))


def known(archive: ArchiveReader, found: Sequence[Alarm]) -> list[Alarm]:
    """The alarms with what has been said of them by now."""
    said = settlements(archive) if found else {}
    return [replace(alarm, settled=said.get(alarm.id)) for alarm in found]


def _within(said: Iterable[Statement]) -> Iterator[Alarm]:
    for _, group in groupby(said, lambda statement: statement.report_id):
        report = list(group)
        for statement in report:
            if len(statement.figures) > 1:
                yield from sum_alarms(statement)
                yield from growth_alarms(statement)
                yield from increase_alarms(statement)
                yield from against_alarms(statement)
                yield from attained_alarms(statement)
                yield from product_alarms(statement)
        yield from table_alarms(report)
        yield from among_alarms(report)
        yield from share_alarms(report)
        yield from average_alarms(report)


def _placed(alarm: Alarm, same: Mapping[str, Sequence[str]]) -> Alarm:
    """The alarm under the name of its place, with the town where several bear it."""
    if alarm.place is None or alarm.place not in same:
        return alarm
    return replace(alarm, place=shown(called(alarm.citations[0].described, alarm.place, same)))


def _concerns(alarm: Alarm, place: str) -> bool:
    name, around = split(place)
    return alarm.place == shown(place) or any(
        one.described.place == name and around in (None, home_of(one.described, name))
        for one in alarm.citations
    )
