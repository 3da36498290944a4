"""One file to finished reports: read, clean, divide, describe, split; runs in any process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import HeldBack, UnreadableFile
from index.fields import document
from index.records import Passage, Report
from index.rows import FigureRows, figure_rows
from ingest.clean import clean
from ingest.describe import describe
from ingest.divide import Part, divide
from ingest.measure import measure
from ingest.readers import load, read
from ingest.secrecy import mark
from ingest.split import marks_of, split, text_of

RULES = 6
"""Raised when what is read from a file changes: files are then read again."""

CHANGING = "文件正在被修改，请在保存后再次运行"


@dataclass(frozen=True)
class PreparedReport:
    """A report with its passages, the fields that keyword search keeps of each, its figures."""

    report: Report
    passages: tuple[Passage, ...]
    documents: tuple[dict[str, object], ...]
    measured: FigureRows


def prepare(
    path: Path,
    shown: str,
    sha256: str,
    allow_secret: bool = False,
    indicators: Path | None = None,
) -> Sequence[PreparedReport]:
    """The reports of one file; raises UnreadableFile, also where it is no longer `sha256`.

    HeldBack is raised where the file carries a secrecy mark. `indicators` is an office's own
    file of canonical indicators.
    """
    data = load(path)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableFile(CHANGING)
    lines = clean(read(data, path.suffix))
    parts = divide(lines)
    marks = (mark(own) for own in (lines, *(part.lines for part in parts)))
    if not allow_secret and (secret := next(filter(None, marks), None)):
        raise HeldBack(f"带密级标志「{secret}」，按规定不入库")
    return [
        _prepared(part, shown, sha256, ordinal, indicators, alone=len(parts) == 1)
        for ordinal, part in enumerate(parts)
    ]


def _prepared(
    part: Part, shown: str, sha256: str, ordinal: int, indicators: Path | None, *, alone: bool
) -> PreparedReport:
    report_id = "r" + hashlib.sha256(f"{sha256} {ordinal}".encode()).hexdigest()[:10]
    texts = [line.text for line in part.lines]
    described = describe(texts, shown, None if alone else ordinal + 1)
    described = replace(described, fragment=part.fragment)
    marks = marks_of(part.lines)
    report = Report(report_id, shown, described, text_of(part.lines), ordinal, marks)
    passages = tuple(split(report_id, part.lines))
    documents = tuple(document(described, passage) for passage in passages)
    measured = figure_rows(measure(report, passages, indicators))
    return PreparedReport(report, passages, documents, measured)
