"""What people said about reports, put over what was read: corrections, removals, known places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.archive import Archive
from index.corrections import Correction, due
from index.fields import redescribed
from index.gazetteer import Gazetteer
from index.records import Described, measures_otherwise
from index.rows import figure_rows
from index.sketch import sketch_of
from ingest.measure import measure, rules_of
from ingest.prepare import PreparedReport


class Settler:
    """Looks the decisions up once for a run; the archive's lock must be held."""

    def __init__(self, archive: Archive, indicators: Path | None = None) -> None:
        self._archive = archive
        self._indicators = indicators
        self._corrections = archive.corrections()
        self._gazetteer = Gazetteer(archive.known_places())

    def settle(self, path: str, prepared: Sequence[PreparedReport]) -> list[PreparedReport]:
        """The reports of a file as they are to be stored, those that were removed left out."""
        # Sketching takes as long as storing, and mostly nobody has corrected anything.
        sketches = (
            {one.report.id: sketch_of(one.report.text) for one in prepared}
            if self._corrections
            else {}
        )
        given = due(self._corrections, path, list(sketches.items())) if sketches else {}
        settled: list[PreparedReport] = []
        for one in prepared:
            described = self._gazetteer.described(one.report.described)
            if found := given.get(one.report.id):
                sketch = sketches[one.report.id]
                correction, same = found
                if not same:
                    correction = correction.kept_for(described)
                moved = replace(correction, report_id=one.report.id, path=path, sketch=sketch)
                if moved.removed:
                    moved = moved.taken_out(described)
                self._keep(found[0], moved)
                if moved.removed:
                    continue
                described = moved.applied(described)
            settled.append(_described_as(one, described, self._indicators))
        return settled

    def _keep(self, before: Correction, after: Correction) -> None:
        if (before.report_id, before.path) != (after.report_id, after.path):
            self._archive.move_correction(before.report_id, after)
            self._corrections.remove(before)
            self._corrections.append(after)


def _described_as(
    one: PreparedReport, described: Described, indicators: Path | None
) -> PreparedReport:
    if described == one.report.described:
        return one
    report = replace(one.report, described=described)
    measured = one.measured
    if measures_otherwise(one.report.described, described):
        measured = figure_rows(measure(report, one.passages, indicators))
    documents = tuple(
        redescribed(fields, described, passage)
        for fields, passage in zip(one.documents, one.passages, strict=True)
    )
    return replace(one, report=report, documents=documents, measured=measured)


def measure_waiting(archive: Archive, indicators: Path | None = None) -> int:
    """Read the figures of stored reports that wait for it, or were read by other rules.

    A correction of a report's place or period, and another file of indicators, change what its
    figures are. How many reports that were.
    """
    waiting = archive.unmeasured(rules_of(indicators))
    for report_id in waiting:
        report = archive.report(report_id)
        if report is not None:
            passages = [stored.passage for stored in archive.passages_of(report_id)]
            measured = figure_rows(measure(report, passages, indicators))
            archive.put_figures({report_id: measured})
    return len(waiting)


def redescribe_known(archive: Archive) -> int:
    """Put the known places over every stored report; how many reports that changed."""
    gazetteer = Gazetteer(archive.known_places())
    corrected = {
        correction.report_id for correction in archive.corrections() if "place" in correction.fields
    }
    changed = {
        info.id: described
        for info in archive.infos()
        if info.id not in corrected
        and (described := gazetteer.described(info.described)) != info.described
    }
    archive.redescribe(changed)
    return len(changed)
