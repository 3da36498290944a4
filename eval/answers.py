"""`huibao eval`: ingest a set of reports into a fresh archive, ask its questions, count."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from eval.cases import Case, CaseSet, gold, sample
from eval.folder import eval_archive
from eval.metrics import Share, Verdict, judge, share
from index.embedder import Embedder
from ingest.job import JobResult, Outcome, ingest


@dataclass(frozen=True)
class Asked:
    """A case with its answer and verdict."""

    case: Case
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True)
class Result:
    """One run of `huibao eval` with everything that it depended on."""

    embedder: str | None
    job: JobResult
    asked: tuple[Asked, ...]

    def figures(self) -> dict[str, Share]:
        """The shares that are reported, each with its denominator."""
        answerable = [one for one in self.asked if one.case.answerable]
        others = [one for one in self.asked if not one.case.answerable]
        return {
            "right answers": share(one.verdict.right for one in answerable),
            "right direct answers": share(one.verdict.direct for one in answerable),
            "right citations": share(one.verdict.cited for one in answerable),
            "refused though answerable": share(one.verdict.refused for one in answerable),
            "answered wrongly": share(
                not one.verdict.refused and not one.verdict.right for one in answerable
            ),
            "right refusals": share(one.verdict.right for one in others),
        }

    def by_kind(self) -> dict[str, Share]:
        kinds: dict[str, list[bool]] = defaultdict(list)
        for one in self.asked:
            kinds[one.case.kind].append(one.verdict.right)
        return {kind: share(values) for kind, values in sorted(kinds.items())}

    @property
    def median_ms(self) -> float:
        return round(1000 * median(one.answer.seconds for one in self.asked), 1)

    def table(self) -> str:
        failed = sum(file.outcome is Outcome.FAILED for file in self.job.files)
        lines = [
            f"files {len(self.job.files)} ({failed} failed), reports {self.job.reports}, "
            f"passages {self.job.passages}, embedder {self.embedder or 'none'}",
            f"searchable by words after {self.job.words_seconds:.1f} s, "
            f"embedded after {self.job.seconds:.1f} s",
            f"questions {len(self.asked)}, median {self.median_ms} ms",
            *(f"  {name:26} {value}" for name, value in self.figures().items()),
            "right by kind:",
            *(f"  {name:26} {value}" for name, value in self.by_kind().items()),
        ]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        return {
            "embedder": self.embedder,
            "reports": self.job.reports,
            "passages": self.job.passages,
            "words_seconds": self.job.words_seconds,
            "seconds": self.job.seconds,
            "questions": len(self.asked),
            "median_ms": self.median_ms,
            "figures": {name: asdict(value) for name, value in self.figures().items()},
            "by_kind": {name: asdict(value) for name, value in self.by_kind().items()},
        }


def main(reports: Path | None, out: Path | None, embedder: Embedder | None) -> Result:
    """Run the sample archive's cases, or those of the gold folder `reports`."""
    cases = gold(reports) if reports is not None else sample()
    with eval_archive() as folder:
        result = run(cases, folder, embedder)
    if out is not None:
        write(out, result)
    return result


def run(cases: CaseSet, folder: Path, embedder: Embedder | None) -> Result:
    """Ingest the reports into an archive at `folder` and ask every case of it."""
    job = ingest([str(cases.reports)], folder, embedder)
    with closing(ArchiveDesk(folder, embedder)) as desk:
        asked = tuple(_ask(desk, cases))
    return Result(embedder.identity.name if embedder else None, job, asked)


def _ask(desk: ArchiveDesk, cases: CaseSet) -> Iterator[Asked]:
    desk.ask("预热")  # the model is loaded by the first question; the others are timed
    for case in cases.cases:
        answer = desk.ask(case.question)
        yield Asked(case, answer, judge(case, answer))


def write(out: Path, result: Result) -> None:
    """One JSON line a question: the case, the verdict, the answer and its quotations."""
    with out.open("w", encoding="utf-8") as file:
        for one in result.asked:
            row = {
                **asdict(one.case),
                "verdict": asdict(one.verdict),
                "answer": one.answer.text,
                "direct": one.answer.direct,
                "scope": asdict(one.answer.scope),
                "cited": [[c.report.source, c.quote] for c in one.answer.citations],
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
