"""Which indicators each report tells of."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import select

from index import schema
from index.archive_reader import ArchiveReader
from index.records import FigureKind


def towns_of(archive: ArchiveReader, name: str) -> tuple[str, ...]:
    """The places around those of a name, by their own reports: several where it is borne twice."""
    reports = schema.reports.c
    query = select(reports.within).where(reports.place == name).distinct()
    with archive.reading() as db:
        around = [json.loads(within) for within in db.scalars(query)]
    return tuple(sorted({within[0] for within in around if within}))


def reported(archive: ArchiveReader) -> dict[str, set[str]]:
    """Report id -> canonical indicators that it tells of its own place, plans apart."""
    figures, reports = schema.figures.c, schema.reports
    query = (
        select(figures.report_id, figures.canonical)
        .join(reports, reports.c.id == figures.report_id)
        .where(
            figures.canonical.is_not(None),
            figures.place == reports.c.place,
            figures.kind != FigureKind.TARGET.value,
        )
        .distinct()
    )
    result: dict[str, set[str]] = defaultdict(set)
    with archive.reading() as db:
        for report_id, canonical in db.execute(query):
            result[report_id].add(canonical)
    return dict(result)
