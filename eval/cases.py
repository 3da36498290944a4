"""Questions with known answers: the sample archive's, or a folder of reports with gold files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import NotFound

SAMPLE = Path(__file__).parent / "archive"


@dataclass(frozen=True)
class Case:
    """One question; `must` are strings a right answer contains, empty where refusing is right."""

    id: str
    kind: str
    question: str
    must: tuple[str, ...]
    source: str | None
    """The file that holds the answer, below the archive's folder; None where none does."""
    evidence: str | None

    @property
    def answerable(self) -> bool:
        return bool(self.must)


@dataclass(frozen=True)
class CaseSet:
    """A folder of reports to ingest and the cases to ask of it."""

    reports: Path
    cases: tuple[Case, ...]


def sample() -> CaseSet:
    """The sample archive's own cases."""
    rows = _rows(SAMPLE / "cases.jsonl")
    return CaseSet(SAMPLE / "reports", tuple(_sample_case(row) for row in rows))


def gold(folder: Path) -> CaseSet:
    """A folder with docs/, answerable.jsonl, unanswerable.jsonl; else raises NotFound."""
    answerable, unanswerable = folder / "answerable.jsonl", folder / "unanswerable.jsonl"
    for path in (folder / "docs", answerable, unanswerable):
        if not path.exists():
            raise NotFound(f"报告集里缺少 {path}")
    cases = [_gold_case(row) for row in (*_rows(answerable), *_rows(unanswerable))]
    return CaseSet(folder / "docs", tuple(cases))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _sample_case(row: dict[str, Any]) -> Case:
    return Case(
        row["id"], row["kind"], row["question"], tuple(row["must"]), row["source"],
        row.get("evidence"),
    )  # fmt: skip


def _gold_case(row: dict[str, Any]) -> Case:
    found = "answer" in row
    return Case(
        row["id"],
        row["kind"] if found else "unanswerable",
        row["question"],
        (row["answer"],) if found else (),
        f"{row['gold_report']}.txt" if found else None,
        row.get("evidence"),
    )
