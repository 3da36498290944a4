"""One file to finished reports: read, clean, describe, split; pure, so that it can run anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableFile
from index.fields import document
from index.records import Passage, Report
from ingest.clean import clean
from ingest.describe import describe
from ingest.readers import load, read
from ingest.split import split, text_of

RULES = 1
"""Raised when reading, cleaning, describing or splitting change: files are then read again."""

CHANGING = "文件正在被修改,请在保存后再次运行"


@dataclass(frozen=True)
class PreparedReport:
    """A report with its passages and the fields that keyword search keeps of each."""

    report: Report
    passages: tuple[Passage, ...]
    documents: tuple[dict[str, object], ...]


def prepare(path: Path, shown: str, sha256: str) -> Sequence[PreparedReport]:
    """The reports of one file; raises UnreadableFile, also where it is no longer `sha256`."""
    data = load(path)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableFile(CHANGING)
    lines = clean(read(data, path.suffix))
    report_id = "r" + hashlib.sha256(f"{sha256} 0".encode()).hexdigest()[:10]
    described = describe([line.text for line in lines], shown)
    report = Report(report_id, shown, described, text_of(lines))
    passages = tuple(split(report_id, lines))
    documents = tuple(document(described, passage) for passage in passages)
    return [PreparedReport(report, passages, documents)]
