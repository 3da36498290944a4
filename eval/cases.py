"""Questions with known answers: the sample archive's, the seeds', or a folder with gold files."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import NotFound

SAMPLE = Path(__file__).parent / "archive"
SEEDS = Path(__file__).parent / "cases" / "seeds.jsonl"


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
    place: str | None = None
    """The place that the question names, where the gold file states it."""
    year: int | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.must)


@dataclass(frozen=True)
class CaseSet:
    """A folder of reports to ingest and the cases to ask of it."""

    reports: Path
    cases: tuple[Case, ...]
    filed: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """File -> the place and year that it is a report of, where a gold file states them."""


def sample() -> CaseSet:
    """The sample archive's own cases."""
    rows = _rows(SAMPLE / "cases.jsonl")
    return CaseSet(SAMPLE / "reports", tuple(_sample_case(row) for row in rows))


def gold(folder: Path) -> CaseSet:
    """A folder with docs/, answerable.jsonl, unanswerable.jsonl; else raises NotFound.

    Its index.csv (id, place, year), where there is one, states what each report is of.
    """
    answerable, unanswerable = folder / "answerable.jsonl", folder / "unanswerable.jsonl"
    for path in (folder / "docs", answerable, unanswerable):
        if not path.exists():
            raise NotFound(f"报告集里缺少 {path}")
    cases = [_gold_case(row) for row in (*_rows(answerable), *_rows(unanswerable))]
    return CaseSet(folder / "docs", tuple(cases), _filed(folder / "index.csv"))


def _filed(index: Path) -> dict[str, tuple[str, int]]:
    if not index.is_file():
        return {}
    with index.open(encoding="utf-8-sig", newline="") as file:
        return {
            f"{row['id']}.txt": (row["place"], int(row["year"])) for row in csv.DictReader(file)
        }


def seeds(folder: Path, held: bool | None = None) -> CaseSet:
    """The questions over the five real reports in `folder`; raises NotFound where one is absent.

    `held` takes the part held back (True) or the part for developing (False) alone.
    """
    rows = [row for row in _rows(SEEDS) if held is None or is_held(row["id"]) == held]
    texts: dict[str, str] = {}
    for name in {row["source"] for row in rows if row["source"]}:
        path = folder / name
        if not path.is_file():
            raise NotFound(f"没有 {path}，这些题目问的就是这份文件")
        # Offsets count in the file as it is, line ends and all.
        texts[name] = path.read_bytes().decode("utf-8")
    return CaseSet(folder, tuple(_seeds_case(row, texts) for row in rows))


def is_held(case_id: str) -> bool:
    """Whether a question is of the part written last, counted apart. Ids that start with `m`."""
    return case_id.startswith("m")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _sample_case(row: dict[str, Any]) -> Case:
    return Case(
        row["id"], row["kind"], row["question"], tuple(row["must"]), row["source"],
        row.get("evidence"),
    )  # fmt: skip


def _seeds_case(row: dict[str, Any], texts: dict[str, str]) -> Case:
    # No sentence of the real reports is kept here: the evidence is cut out of the file itself.
    source, span = row["source"], row.get("evidence_span")
    evidence = texts[source][slice(*span)] if source and span else None
    return Case(
        row["id"], row["kind"], row["question"], tuple(row["must"]), source, evidence
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
        row.get("place"),
        row.get("year"),
    )
