"""`huibao eval retrieval`: does the passage that answers come first, and none of elsewhere?"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from eval.cases import Case, CaseSet, gold, sample
from eval.folder import eval_archive
from eval.machine import setting
from eval.metrics import plain
from eval.ranking import LEVEL, RESAMPLES, SEED, Mean, complete_at, mean, reciprocal, within
from eval.themes import ThemeResult
from eval.themes import run as run_themes
from index.archive import open_archive
from index.chinese.fold import fold
from index.chinese.periods import find_periods
from index.embedder import Embedder
from index.ranking import Parts
from index.records import Hit, Period, StoredPassage, anchor_of
from index.search import Searcher
from ingest.job import LEXICAL_FOLDER, ingest

LIMIT = 10
_AROUND = 6
"""Characters of the evidence beside an answer by which its place is told from another 5%."""
_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d)(?=年|上半年|下半年|全年|年底)")
_SUFFIX = re.compile(r"(?:社区|街道|自治州|自治区|[村镇乡县市省区])$")
_NAMES_REPORT = re.compile(r"工作报告")

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
class Retrieved:
    """One question's hits, judged; None where a judgement does not apply."""

    case: Case
    hits: int
    rank: int | None
    """The rank by which the gold report's hits hold the whole answer."""
    placed: int | None
    """The same, where the evidence has it: with the characters beside it."""
    strays: int | None
    """Hits from a wrong place or year; None where the question names neither."""
    others: int | None
    """Hits from reports of another place or year, whatever they name; needs a gold index."""
    seconds: float


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


def judged(
    case: Case,
    hits: Sequence[Hit],
    filed: Mapping[str, tuple[str, int]],
    places: set[str],
    seconds: float = 0.0,
) -> Retrieved:
    """Hold a question's hits to its case; `places` are those that the archive's reports are of."""
    place = case.place or max((p for p in places if p in case.question), key=len, default=None)
    years = {case.year} if case.year else {2000 + int(y) for y in _YEAR.findall(case.question)}
    named = bool(_NAMES_REPORT.search(case.question))
    texts = [hit.stored.passage.text if _of_file(hit.stored, case.source) else "" for hit in hits]
    strays = others = None
    if place or years:
        strays = sum(_stray(hit.stored, place, years, named, filed) for hit in hits)
    if filed and case.place and case.year:
        own = (case.place, case.year)
        others = sum(filed.get(Path(hit.stored.source).name) != own for hit in hits)
    return Retrieved(
        case,
        len(hits),
        complete_at(texts, case.must, plain) if case.answerable else None,
        complete_at(texts, surroundings(case), plain) if case.answerable else None,
        strays,
        others,
        round(seconds, 4),
    )


def surroundings(case: Case) -> list[str]:
    """Each part of the answer with what stands beside it in the evidence, as `plain` gives it."""
    evidence = plain(case.evidence or "")
    found: list[str] = []
    for part in map(plain, case.must):
        at = evidence.find(part)
        found.append(evidence[max(0, at - _AROUND) : at + len(part) + _AROUND] if at >= 0 else part)
    return found


def _of_file(stored: StoredPassage, source: str | None) -> bool:
    return source is not None and stored.source.endswith(source)


def _short(place: str) -> str:
    """A place as its neighbours say it, without 村 or 镇, where two characters are left."""
    short = _SUFFIX.sub("", place)
    return short if len(short) >= 2 else place


def _stray(
    stored: StoredPassage,
    place: str | None,
    years: set[int],
    named: bool,
    filed: Mapping[str, tuple[str, int]],
) -> bool:
    """Whether a hit has no right to stand under the question's place and year.

    The report's place or one that the passage names; the report's year or one that the passage
    states, unless the question names the report itself.
    """
    described, text = stored.described, stored.passage.text
    gold_place, gold_year = filed.get(Path(stored.source).name, (None, None))
    if place is not None:
        of = {gold_place} if gold_place else {described.place, *described.within}
        if place not in of and _short(fold(place)) not in fold(text):
            return True
    if not years:
        return False
    spans = [Period.year(year) for year in years]
    own = Period.year(gold_year) if gold_year else described.period
    if own is not None and any(own.overlaps(span) for span in spans):
        return False
    stated = find_periods(fold(text), anchor_of(described))
    return named or not any(one.period.overlaps(span) for one in stated for span in spans)
