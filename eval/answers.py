"""`huibao eval`: ingest a set of reports into a fresh archive, ask its questions, count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from app.answer.answer import WORDED
from app.answer.generate import Generator
from app.desk import ArchiveDesk
from eval.answer_figures import Asked, as_json, cited_strays, kind_lines, kinds, lines
from eval.cases import CaseSet, gold, sample
from eval.faithful import faithful_numbers
from eval.folder import eval_archive
from eval.generate import generator_of
from eval.metrics import judge
from eval.ranking import LEVEL
from index.embedder import Embedder
from ingest.job import JobResult, Outcome, ingest


@dataclass(frozen=True)
class Result:
    """One run of `huibao eval` with everything that it depended on."""

    embedder: str | None
    job: JobResult
    asked: tuple[Asked, ...]
    model: str | None = None
    """The language model that the same was asked with, if any."""
    worded: tuple[Asked, ...] = ()
    """The same questions asked with it."""

    @property
    def used(self) -> int:
        """Answers in which a sentence of the model was used."""
        return sum(one.answer.mode == WORDED for one in self.worded)

    @property
    def median_ms(self) -> float:
        return round(1000 * median(one.answer.seconds for one in self.asked), 1)

    def table(self) -> str:
        failed = sum(file.outcome is Outcome.FAILED for file in self.job.files)
        shown = [
            f"files {len(self.job.files)} ({failed} failed), reports {self.job.reports}, "
            f"passages {self.job.passages}, embedder {self.embedder or 'none'}",
            f"searchable by words after {self.job.words_seconds:.1f} s, "
            f"embedded after {self.job.seconds:.1f} s",
            f"questions {len(self.asked)}, median {self.median_ms} ms; "
            f"{LEVEL:.0%} intervals over questions",
            *self._head(),
            *lines(self.asked, self.worded),
            "",
            "by kind:",
            *kind_lines(self.asked, self.worded),
        ]
        return "\n".join(shown)

    def _head(self) -> list[str]:
        if self.model is None:
            return []
        return [
            f"answers in which a sentence of {self.model} was used: {self.used}/{len(self.worded)}",
            f"  {'':28} {'extract':34} with the model",
        ]

    def as_json(self) -> dict[str, Any]:
        """Every measure; those with a language model under `model`, where one was asked."""
        return {**self._plain_json(), **({"model": self._model_json()} if self.model else {})}

    def _model_json(self) -> dict[str, Any]:
        return {
            "name": self.model,
            "used": self.used,
            "figures": as_json(self.worded),
            "by_kind": {kind: as_json(some) for kind, some in kinds(self.worded).items()},
        }

    def _plain_json(self) -> dict[str, Any]:
        return {
            "embedder": self.embedder,
            "reports": self.job.reports,
            "passages": self.job.passages,
            "words_seconds": self.job.words_seconds,
            "seconds": self.job.seconds,
            "questions": len(self.asked),
            "median_ms": self.median_ms,
            "figures": as_json(self.asked),
            "by_kind": {kind: as_json(some) for kind, some in kinds(self.asked).items()},
        }


def main(
    reports: Path | None, out: Path | None, embedder: Embedder | None, model: str | None = None
) -> Result:
    """Run the sample archive's cases, or those of the gold folder `reports`.

    With the name of a `model` as `eval.generate` knows it they are asked again with that.
    """
    cases = gold(reports) if reports is not None else sample()
    with eval_archive() as folder:
        result = run(cases, folder, embedder)
        if model is not None:
            with generator_of(model) as generator:
                worded = _asked(cases, folder, embedder, generator)
            result = replace(result, model=model, worded=worded)
    if out is not None:
        write(out, result)
    return result


def run(cases: CaseSet, folder: Path, embedder: Embedder | None) -> Result:
    """Ingest the reports into an archive at `folder` and ask every case of it."""
    job = ingest([str(cases.reports)], folder, embedder)
    name = embedder.identity.name if embedder else None
    return Result(name, job, _asked(cases, folder, embedder, None))


def _asked(
    cases: CaseSet, folder: Path, embedder: Embedder | None, generator: Generator | None
) -> tuple[Asked, ...]:
    with closing(ArchiveDesk(folder, embedder, generator=generator)) as desk:
        return tuple(_ask(desk, cases))


def _ask(desk: ArchiveDesk, cases: CaseSet) -> Iterator[Asked]:
    infos = {info.id: info for info in desk.infos()}
    desk.ask("预热")  # the model is loaded by the first question; the others are timed
    for case in cases.cases:
        answer = desk.ask(case.question)
        strays = cited_strays(case, answer, infos, cases.filed)
        yield Asked(case, answer, judge(case, answer), strays)


def write(out: Path, result: Result) -> None:
    """One JSON line a question and mode: the case, the verdict, the answer and its quotations."""
    with out.open("w", encoding="utf-8") as file:
        for one in (*result.asked, *result.worded):
            row = {
                **asdict(one.case),
                "verdict": asdict(one.verdict),
                "strays": one.strays,
                "good_citations": one.good_citations,
                "numbers": faithful_numbers(one.answer),
                "mode": one.answer.mode,
                "answer": one.answer.text,
                "direct": one.answer.direct,
                "scope": asdict(one.answer.scope),
                "cited": [[c.report.source, c.quote] for c in one.answer.citations],
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
