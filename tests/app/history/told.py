"""Reports put into an archive with the figures that they state, for tests of the views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.history.alarm import Alarm
from app.history.check import check
from index.archive import Archive, Source, create_archive
from index.lock import writing
from ingest.measure import measure
from tests.index.stored import made


def tell(
    archive: Archive,
    report_id: str,
    *sentences: str,
    place: str | None = "枧头村",
    period: str | None = "2022H1",
    within: tuple[str, ...] = (),
    dated: date | None = None,
    unit: str | None = None,
) -> None:
    """Store a report of these lines, measured as ingest does it; in place of one of its name."""
    report, passages = made(report_id, *sentences, place=place, period=period)
    described = replace(report.described, within=within, dated=dated, unit=unit)
    report = replace(report, described=described)
    source = Source(f"/报告/{report_id}.txt", report.source, f"sha-{report_id}", 1)
    archive.put_source(source, [(report, passages)], {report_id: measure(report, passages)})


def alarms(folder: Path, *sentences: str, place: str | None = "枧头村") -> list[Alarm]:
    """The alarms of one report in an archive of its own."""
    with writing(folder):
        archive = create_archive(folder)
        try:
            tell(archive, "r1", *sentences, place=place)
            return check(archive)
        finally:
            archive.close()
