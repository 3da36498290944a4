"""`python -m eval.figure_targets FOLDER`: the ledger's targets held against gold answers.

FOLDER holds docs/ID.txt and answerable.jsonl, whose questions ask a government work report for
its target of growth, of revenue, of consumer prices or of new jobs.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.chinese.fold import fold
from index.errors import NotFound
from index.records import Figure, FigureKind
from ingest.measure import measure
from ingest.prepare import prepare

CANONICAL = {
    "gdp_target": ("地区生产总值增速",),
    "fiscal_target": ("一般公共预算收入增速", "财政收入增速"),
    "cpi_target": ("居民消费价格涨幅",),
    "jobs_target": ("城镇新增就业",),
}
"""Kind of question -> the canonical indicators that answer it, the exact one first."""

_ABOUT = re.compile(r"约|近|左右|以上|以下|以内|之内|上下|超过|不低于|达到")


@dataclass(frozen=True)
class Target:
    """One gold answer beside the rows that the ledger has for it."""

    kind: str
    report: str
    gold: str
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the ledger's first row says the gold answer, but for words of about."""
        return bool(self.found) and plain(self.found[0]) == plain(self.gold)


def run(folder: Path) -> list[Target]:
    """Every question whose kind is a target; raises NotFound where the questions are missing."""
    questions = folder / "answerable.jsonl"
    if not questions.is_file():
        raise NotFound(f"报告集里缺少 {questions}")

    @cache
    def rows(report: str) -> tuple[tuple[Figure, str], ...]:
        return tuple(_rows(folder / "docs" / f"{report}.txt"))

    with questions.open(encoding="utf-8") as lines:
        asked = [json.loads(line) for line in lines]
    return [
        Target(one["kind"], one["gold_report"], one["answer"], found)
        for one in asked
        if one["kind"] in CANONICAL
        for found in (answers(rows(one["gold_report"]), one["kind"], int(one["year"])),)
    ]


def _rows(path: Path) -> Iterator[tuple[Figure, str]]:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    for prepared in prepare(path, path.name, sha256):
        for figure in measure(prepared.report, prepared.passages).figures:
            yield figure, prepared.report.text[figure.start : figure.end]


def answers(rows: Sequence[tuple[Figure, str]], kind: str, year: int) -> tuple[str, ...]:
    """The words of the targets of that year, of the exact indicator before the wider one."""
    return tuple(
        text
        for name in CANONICAL[kind]
        for figure, text in rows
        if figure.canonical == name
        and figure.kind is FigureKind.TARGET
        and figure.as_of is not None
        and figure.as_of.start.year == figure.as_of.end.year == year
    )


def plain(text: str) -> str:
    """A value without 左右 and 以上, its dashes alike: 7.5%—8% is 7.5%-8%."""
    value = re.sub(r"[~～—－至到]", "-", "".join(fold(text).split()))
    return _ABOUT.sub("", value)


def table(targets: Sequence[Target]) -> str:
    """Right answers by kind, then those that are not."""
    lines = []
    for kind in (*CANONICAL, "all"):
        own = [one for one in targets if kind in (one.kind, "all")]
        counts = Counter("right" if one.right else "wrong" if one.found else "none" for one in own)
        share = counts["right"] / len(own) if own else 0.0
        lines.append(
            f"{kind:14} {counts['right']}/{len(own)} {share:.3f}"
            f"  wrong {counts['wrong']}  none {counts['none']}"
        )
    lines += [
        f"{one.report} {one.kind}: gold {one.gold}, ledger {'、'.join(one.found) or '-'}"
        for one in targets
        if not one.right
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run(Path(sys.argv[1]))))
