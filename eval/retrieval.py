"""`huibao eval retrieval`: does the passage that answers come first, and none of elsewhere?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from eval.cases import CaseSet, gold, sample
from eval.folder import eval_archive
from eval.judged import Retrieved, judged
from eval.machine import setting
from eval.ranking import LEVEL, RESAMPLES, SEED, Mean, mean, reciprocal, within
from eval.themes import ThemeResult
from eval.themes import run as run_themes
from index.archive import open_archive
from index.embedder import Embedder
from index.ranking import Parts
from index.search import Searcher
from ingest.job import LEXICAL_FOLDER, ingest

LIMIT = 10

ABLATIONS: Mapping[str, Parts] = {
    "all parts": Parts(),
    "without words": Parts(words=False),
    "without meaning": Parts(meaning=False),
    "without context line": Parts(context=False),
    "without scope": Parts(scope=False),
    "without scorer": Parts(scorer=False),
}
"""The context line is left out of the words' side alone: the vectors were made with it."""


@dataclass(frozen=True)
class Row:
    """All questions under one choice of parts."""

    name: str
    parts: Parts
    asked: tuple[Retrieved, ...]

    def figures(self, kind: str | None = None) -> dict[str, Mean]:
        """The reported means, over all questions or those of one kind."""
        asked = [one for one in self.asked if kind is None or one.case.kind == kind]
        answerable = [one for one in asked if one.case.answerable]
        placed = [one for one in answerable if one.case.evidence]
        return {
            **{
                f"evidence@{k}": mean(within(one.rank, k) for one in answerable)
                for k in (1, 5, LIMIT)
            },
            "MRR": mean(reciprocal(one.rank) for one in answerable),
            "in its place@5": mean(within(one.placed, 5) for one in placed),
            "hits of a wrong place or year": _of_hits(asked, [one.strays for one in asked]),
            "hits of another report": _of_hits(asked, [one.others for one in asked]),
            "wrongly empty": mean(not one.hits for one in answerable),
            "rightly empty": mean(not one.hits for one in asked if not one.case.answerable),
        }

    @property
    def kinds(self) -> list[str]:
        return sorted({one.case.kind for one in self.asked if one.case.answerable})

    @property
    def median_ms(self) -> float:
        return round(1000 * median(one.seconds for one in self.asked), 1)


def _of_hits(asked: Sequence[Retrieved], counts: Sequence[int | None]) -> Mean:
    """The share of all hits that are counted, each hit a case."""
    return mean(
        place < count
        for one, count in zip(asked, counts, strict=True)
        if count is not None
        for place in range(one.hits)
    )


@dataclass(frozen=True)
class Result:
    """One run of `huibao eval retrieval` with everything that it depended on."""

    reports: int
    passages: int
    embedder: str | None
    rows: tuple[Row, ...]
    themes: tuple[ThemeResult, ...]

    def table(self) -> str:
        first = self.rows[0]
        n = sum(one.case.answerable for one in first.asked)
        lines = [
            f"reports {self.reports}, passages {self.passages}, embedder {self.embedder or 'none'}",
            f"questions {len(first.asked)}: {n} answerable, {len(first.asked) - n} not; "
            f"hits of the first {LIMIT}; {LEVEL:.0%} bootstrap intervals over questions",
            "",
        ]
        for row in self.rows:
            lines.append(f"{row.name} (median {row.median_ms} ms)")
            lines += _lines(row.figures())
        lines.append("")
        lines.append("by kind, all parts:")
        for kind in first.kinds:
            found = first.figures(kind)
            lines.append(
                f"  {kind:16} n={found['MRR'].n:4}  @1 {found['evidence@1']}  "
                f"@5 {found['evidence@5']}  MRR {found['MRR']}"
            )
        for result in self.themes:
            lines += ["", result.table()]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        return {
            "setting": {
                **setting(),
                "reports": self.reports,
                "passages": self.passages,
                "embedder": self.embedder,
                "limit": LIMIT,
                "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "level": LEVEL},
            },
            "rows": [
                {
                    "name": row.name,
                    "parts": asdict(row.parts),
                    "median_ms": row.median_ms,
                    "figures": _as_json(row.figures()),
                    "by_kind": {kind: _as_json(row.figures(kind)) for kind in row.kinds},
                }
                for row in self.rows
            ],
            "themes": [
                {
                    "name": result.name,
                    "ndcg@10": _as_json(result.means()),
                    "better_half": result.better_half,
                    "gains": _as_json(result.gains()),
                }
                for result in self.themes
            ],
        }


def _lines(figures: Mapping[str, Mean]) -> Iterator[str]:
    for name, value in figures.items():
        if value.n:
            yield f"  {name:30} {value}  n={value.n}"


def _as_json(figures: Mapping[str, Mean]) -> dict[str, Any]:
    return {name: asdict(value) for name, value in figures.items()}


def main(
    reports: Path | None,
    out: Path | None,
    embedder: Embedder | None,
    *,
    ablation: bool = True,
    themes: bool = False,
) -> Result:
    """Measure the sample archive's cases, or those of the gold folder `reports`."""
    cases = gold(reports) if reports is not None else sample()
    with eval_archive() as folder:
        result = run(cases, folder, embedder, ablation=ablation, themes=themes)
    if out is not None:
        cases_json = [asdict(one) for one in result.rows[0].asked]
        document = {**result.as_json(), "cases": cases_json}
        out.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    return result


def run(
    cases: CaseSet,
    folder: Path,
    embedder: Embedder | None,
    *,
    ablation: bool = True,
    themes: bool = False,
) -> Result:
    """Ingest the reports into an archive at `folder` and search it for every case."""
    job = ingest([str(cases.reports)], folder, embedder)
    chosen = {name: parts for name, parts in ABLATIONS.items() if ablation or parts == Parts()}
    if embedder is None:  # then one half of the search is all there is
        chosen = {name: one for name, one in chosen.items() if one.words and one.meaning}
    with closing(open_archive(folder)) as archive:
        searcher = Searcher(archive, folder / LEXICAL_FOLDER, embedder)
        places = {place for info in searcher.infos() if (place := info.described.place)}
        rows = tuple(
            Row(name, parts, tuple(_asked(searcher, cases, parts, places)))
            for name, parts in chosen.items()
        )
        measured = tuple(run_themes(folder, archive, embedder)) if themes and embedder else ()
    name = embedder.identity.name if embedder else None
    return Result(job.reports, job.passages, name, rows, measured)


def _asked(
    searcher: Searcher, cases: CaseSet, parts: Parts, places: set[str]
) -> Iterator[Retrieved]:
    searcher.search(searcher.understand("预热"), LIMIT, parts, join=False)
    for case in cases.cases:
        begun = time.perf_counter()
        query = searcher.understand(case.question, date.today())
        # Passages as they are indexed: joined to their neighbours they would hold more answers.
        found = searcher.search(query, LIMIT, parts, join=False)
        seconds = time.perf_counter() - begun
        yield judged(case, found.hits, cases.filed, places, seconds)
