"""`huibao eval figures`: figures as ingest measures them, held against labels and gold answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import figures_gold
from eval.figures import Folders, Outcome, Stated, run
from ingest.measure import measure
from ingest.prepare import prepare
from ingest.scan import sha256_of


@dataclass(frozen=True)
class Result:
    """One run: the labels, and the targets where a folder of reports with gold was given."""

    outcome: Outcome
    targets: tuple[figures_gold.Verdict, ...]

    def table(self, show_errors: bool = False) -> str:
        parts = [self.outcome.table(show_errors)]
        if self.targets:
            parts.append(figures_gold.table(self.targets))
        return "\n".join(parts)

    def as_json(self) -> dict[str, object]:
        right = sum(one.year for one in self.targets)
        return {**self.outcome.as_json(), "targets": {"right": right, "of": len(self.targets)}}


def measured(path: Path) -> list[tuple[str, Sequence[Stated]]]:
    """The reports of a file as they are stored, with their figures."""
    reports = prepare(path, path.name, sha256_of(path))
    return [(one.report.text, measure(one.report, one.passages).figures) for one in reports]


def main(reports: Path | None) -> Result:
    """Score; `reports` is a folder with docs/ and answerable.jsonl beside a folder seeds/."""
    shared = reports.resolve().parent if reports else Path("/nonexistent")
    targets = figures_gold.run(measured, reports) if reports else []
    return Result(run(measured, Folders(shared)), tuple(targets))
