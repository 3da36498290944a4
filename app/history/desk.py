"""The ledger as one official sees it: histories, alarms, coverage, of the reports open to them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.history import settling
from app.history.alarm import Alarm
from app.history.check import check, known
from app.history.coverage import Coverage, PlaceCoverage, State, coverage
from app.history.namesakes import called, several, shown
from app.history.places import place_meant
from app.history.rows import Cell, History, Row, history
from app.steps import Step, unwatched
from index.archive import Archive, ReportInfo, open_archive
from index.lock import writing

_PATIENCE = 5.0
"""Seconds that a remark waits for an ingest that is just writing."""


class LedgerDesk:
    """A HistoryDesk over an archive; of reports that are not among `infos` nothing is told."""

    def __init__(self, archive: Archive, folder: Path, infos: Sequence[ReportInfo]) -> None:
        self._archive = archive
        self._folder = folder
        self._seen = {info.id for info in infos}
        self._infos = infos
        self._all: list[Alarm] | None = None
        """The alarms of the whole archive, once this desk, which is of one event, has them."""
        self._same = several(info.described for info in archive.infos())

    def places(self) -> tuple[str, ...]:
        """Those that filed; with their town (石门镇青杠村) where several bear the name."""
        return tuple(sorted({self._name(i) for i in self._infos if i.described.place}))

    def _name(self, info: ReportInfo) -> str:
        return shown(called(info.described, info.described.place or "", self._same))

    def within(self, town: str) -> tuple[str, ...]:
        """The places of a township that filed, itself first."""
        below = {self._name(i) for i in self._infos if town in i.described.within}
        return (town, *sorted(place for place in below if place and place != town))

    def history(self, place: str) -> History:
        """What the place reported; raises NotFound for one that nothing is told of."""
        found = history(self._archive, place_meant(self._archive, place))
        rows = tuple(row for one in found.rows if (row := self._open(one)).cells)
        return replace(found, rows=rows, alarms=tuple(filter(self._may_see, found.alarms)))

    def _open(self, row: Row) -> Row:
        """The row without values of reports that are not open, nor changes that would tell them."""
        said = [value for cell in row.cells for value in cell.values]
        if all(value.citation.report_id in self._seen for value in said):
            return row
        cells = [
            Cell(cell.period, tuple(v for v in cell.values if v.citation.report_id in self._seen))
            for cell in row.cells
        ]
        return replace(row, cells=tuple(cell for cell in cells if cell.values))

    def alarms(self, place: str | None = None, step: Step = unwatched) -> tuple[Alarm, ...]:
        """The alarms of a place or of all, settled ones too; `step` learns how far it is."""
        if place:
            name = place_meant(self._archive, place)
            return tuple(filter(self._may_see, check(self._archive, name, step)))
        # Who settles one looks for it in all of them, and sees all of them again.
        self._all = (
            known(self._archive, self._all)
            if self._all is not None
            else check(self._archive, step=step)
        )
        return tuple(filter(self._may_see, self._all))

    def _may_see(self, alarm: Alarm) -> bool:
        return all(one.report_id in self._seen for one in alarm.citations)

    def coverage(self) -> Coverage:
        found = coverage(self._archive)
        if len(self._seen) >= len(self._archive.infos()):
            return found
        own = set(self.places())
        rows = tuple(
            self._own(row)
            for row in found.places
            if row.place in own
            or any(info.id in self._seen for one in row.filings for info in one.reports)
        )
        unplaced = tuple(info for info in found.unplaced if info.id in self._seen)
        return replace(found, places=rows, unplaced=unplaced)

    def _own(self, row: PlaceCoverage) -> PlaceCoverage:
        """The row of the open reports; what stopped is told only where all of them are."""
        filings = []
        for one in row.filings:
            reports = tuple(info for info in one.reports if info.id in self._seen)
            state = one.state if reports or not one.reports else State.MISSING
            filings.append(replace(one, state=state, reports=reports))
        whole = all(info.id in self._seen for one in row.filings for info in one.reports)
        return replace(row, filings=tuple(filings), stopped=row.stopped if whole else ())

    def settle(self, alarm_id: str, remark: str, who: str | None, step: Step = unwatched) -> None:
        """Keep a remark; raises NotFound for an alarm that is not open, UsageError, ArchiveBusy."""
        # As this desk finds it: between other reports the whole archive may have another.
        alarm = self._known(alarm_id, step)
        with (
            writing(self._folder, _PATIENCE),
            closing(open_archive(self._folder, write=True)) as opened,
        ):
            settling.keep(opened, alarm, remark, who)

    def reopen(self, alarm_id: str, step: Step = unwatched) -> None:
        """Forget what was said of an alarm; raises NotFound, ArchiveBusy."""
        self._known(alarm_id, step)
        with (
            writing(self._folder, _PATIENCE),
            closing(open_archive(self._folder, write=True)) as opened,
        ):
            settling.reopen(opened, alarm_id)

    def _known(self, alarm_id: str, step: Step) -> Alarm:
        found = next((alarm for alarm in self.alarms(step=step) if alarm.id == alarm_id), None)
        if found is None:
            raise settling.unknown(alarm_id)
        return found
