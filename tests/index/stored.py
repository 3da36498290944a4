"""Small reports put straight into an archive, for tests of what is built on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.archive import Archive, Source
from index.records import Described, Passage, Period, Report
from tests.fakes import HashingEmbedder


def made(
    report_id: str,
    *texts: str,
    place: str | None = None,
    period: str | None = None,
    heading: Sequence[str] = (),
) -> tuple[Report, list[Passage]]:
    """A report whose passages are `texts`, a line each."""
    described = Described(
        title=f"{place or ''}工作总结", place=place, period=Period.parse(period) if period else None
    )
    passages: list[Passage] = []
    at = 0
    for ordinal, text in enumerate(texts):
        passages.append(Passage(report_id, ordinal, tuple(heading), at, at + len(text), text))
        at += len(text) + 1
    return Report(report_id, f"{report_id}.txt", described, "\n".join(texts)), passages


def put(archive: Archive, *reports: tuple[Report, list[Passage]]) -> None:
    """Store each report as a file of its own."""
    for report, passages in reports:
        source = Source(f"/报告/{report.id}.txt", report.source, f"sha-{report.id}", 1)
        archive.put_source(source, [(report, passages)])


def embed(archive: Archive, embedder: HashingEmbedder) -> None:
    """Give every waiting passage its vector."""
    if archive.embedder() is None:
        archive.begin_vectors(embedder.identity.name)
    waiting = archive.pending()
    vectors = embedder.embed_passages(list(waiting.values()))
    archive.put_vectors(dict(zip(waiting, np.asarray(vectors), strict=True)))
