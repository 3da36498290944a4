"""Targets of government work reports in the ledger, held against the gold answers.

For each question on a target of growth, revenue, prices or jobs: whether the gold report has a
figure where the gold sentence stands, about that indicator, planned, for that year and with
the answer's value.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eval.figures import Measure, Stated
from eval.figures_match import Rate
from index.chinese.fold import fold

_ABOUT = {
    "gdp_target": re.compile(
        r"(?<!万元)(?<!单位)(?<!单位地区)(?:生产总值|gdp)(?!.*(?:能耗|能源|排放|比重|占))"
    ),
    "fiscal_target": re.compile(r"预算(?:总)?收入"),
    "cpi_target": re.compile(r"消费价格|消费物价"),
    "jobs_target": re.compile(r"新增.*就业|就业.*新增"),
}
_ANSWER = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)%?(?:[-~]+(?P<high>\d+(?:\.\d+)?))?(?P<unit>%|万人|人)"
)


@dataclass(frozen=True)
class Target:
    """A question of answerable.jsonl whose answer is a figure."""

    id: str
    kind: str
    report: str
    year: int
    low: Decimal
    high: Decimal | None
    unit: str
    evidence: str


@dataclass(frozen=True)
class Verdict:
    """What the ledger has for one target, each condition with those before it."""

    target: Target
    place: bool
    """Whether the gold sentence was found in the stored text."""
    value: bool
    about: bool
    planned: bool
    year: bool
    rival: bool
    """Whether another value stands there with the same indicator, kind and year."""


def read_targets(path: Path) -> list[Target]:
    """The questions on targets; raises ValueError for an answer that is no number."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [_target(row) for row in rows if row["kind"] in _ABOUT]


def _target(row: dict[str, str]) -> Target:
    match = _ANSWER.match(_plain(row["answer"]))
    if match is None:
        raise ValueError(f"{row['id']}: no number in {row['answer']!r}")
    return Target(
        row["id"],
        row["kind"],
        row["gold_report"],
        int(row["year"]),
        Decimal(match["low"]),
        Decimal(match["high"]) if match["high"] else None,
        match["unit"],
        row["evidence"],
    )


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def verdict(target: Target, stored: str, figures: Sequence[Stated]) -> Verdict:
    """Hold the figures of the gold sentence to the answer."""
    letters = [at for at, character in enumerate(stored) if not character.isspace()]
    sought = _plain(target.evidence)
    first = _plain(stored).find(sought)
    if first < 0:
        return Verdict(target, False, False, False, False, False, False)
    start, end = letters[first], letters[first + len(sought) - 1] + 1
    own = [one for one in figures if start <= one.start < end]
    right = [one for one in own if _says(target, one)]
    about = [one for one in right if _ABOUT[target.kind].search(_plain(one.indicator))]
    planned = [one for one in about if str(one.kind) == "target"]
    of_year = [one for one in planned if _of(target, one)]
    rivals = [
        one
        for one in own
        if _unit(one) == target.unit
        and not _says(target, one)
        and _ABOUT[target.kind].search(_plain(one.indicator))
        and str(one.kind) == "target"
        and _of(target, one)
    ]
    return Verdict(
        target, True, bool(right), bool(about), bool(planned), bool(of_year), bool(rivals)
    )


def _says(target: Target, one: Stated) -> bool:
    return (one.value, one.high, _unit(one)) == (target.low, target.high, target.unit)


def _unit(one: Stated) -> str:
    return _plain(one.unit)


def _of(target: Target, one: Stated) -> bool:
    return one.as_of is not None and one.as_of.end.year == target.year


def run(measure: Measure, folder: Path) -> list[Verdict]:
    """All targets of a folder with answerable.jsonl and docs/ID.txt."""
    targets = read_targets(folder / "answerable.jsonl")
    verdicts = []
    for report in sorted({target.report for target in targets}):
        parts = measure(folder / "docs" / f"{report}.txt")
        for target in (target for target in targets if target.report == report):
            found = [verdict(target, stored, figures) for stored, figures in parts]
            verdicts.append(max(found, key=lambda one: (one.place, one.year)))
    return verdicts


def table(verdicts: Sequence[Verdict]) -> str:
    """Shares by kind of target; in brackets the ids of what is not wholly right."""
    lines = []
    for kind, of in Counter(one.target.kind for one in verdicts).items():
        own = [one for one in verdicts if one.target.kind == kind]
        shares = "  ".join(
            f"{name} {Rate(sum(getattr(one, name) for one in own), of)}"
            for name in ("value", "about", "planned", "year")
        )
        wrong = " ".join(one.target.id for one in own if not one.year)
        rivals = sum(one.rival for one in own)
        lines.append(f"{kind}: {shares}  rivals {rivals}  [{wrong}]")
    right = sum(one.year for one in verdicts)
    lines.append(f"all: {Rate(right, len(verdicts))}")
    return "\n".join(lines)
