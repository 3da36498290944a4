"""The questions of the sample archive that reckon, and when an answer to one is right."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.metrics import plain

CASES = Path(__file__).parent / "archive" / "ledger_cases.jsonl"

_REPORTS = re.compile(r"(\d+)(?:份|篇|个|期)?(?:工作)?(?:报告|材料|总结|汇报)")


@dataclass(frozen=True)
class Gap:
    """A place of the scope without a figure, of one period or of all (None)."""

    place: str
    period: str | None
    filed: bool
    """Whether there is a report, which does not say it."""


@dataclass(frozen=True)
class LedgerCase:
    """One question; each of `must` is the ways in which one thing may be written."""

    id: str
    kind: str
    question: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    order: tuple[str, ...]
    sources: frozenset[str]
    """The reports that the gold rows are from."""
    also: frozenset[str]
    """Other reports that state some of the same figures."""
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Verdict:
    """How one answer did; None where the case or the answer has nothing to judge by."""

    right: bool
    """It holds all values and places, in their order where that is asked, and no wrong total."""
    denominator: bool | None
    """The number of reports that it says it rests on is right; None where it says none."""
    gaps: bool | None
    """It names every place without a figure; None where there is none."""
    missing: tuple[str, ...]
    """What a right answer holds and this one does not."""


def read_cases(path: Path = CASES) -> list[LedgerCase]:
    """The cases in the order of the file."""
    return [_case(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _case(row: dict[str, object]) -> LedgerCase:
    def listed(name: str) -> list[object]:
        value = row.get(name, [])
        assert isinstance(value, list)
        return value

    return LedgerCase(
        str(row["id"]),
        str(row["kind"]),
        str(row["question"]),
        tuple((one,) if isinstance(one, str) else tuple(_strings(one)) for one in listed("must")),
        tuple(_strings(listed("must_not"))),
        tuple(_strings(listed("order"))),
        frozenset(str(one["source"]) for one in listed("rows") if isinstance(one, dict)),
        frozenset(_strings(listed("also"))),
        tuple(
            Gap(one["place"], one.get("period"), one["why"] == "未提及")
            for one in listed("without")
            if isinstance(one, dict)
        ),
    )


def _strings(values: object) -> list[str]:
    assert isinstance(values, list)
    return [str(value) for value in values]


def judge(case: LedgerCase, answer: str) -> Verdict:
    """Hold the words of an answer to its case; spaces, width and commas in numbers do not count."""
    text = plain(answer)
    missing = tuple(ways[0] for ways in case.must if not any(holds(text, way) for way in ways))
    places = [text.find(place) for place in case.order]
    in_order = -1 not in places and places == sorted(places)
    wrong = any(holds(text, total) for total in case.must_not)
    return Verdict(
        not missing and in_order and not wrong,
        _denominator(case, text),
        all(gap.place in text for gap in case.gaps) if case.gaps else None,
        missing,
    )


def holds(text: str, part: str) -> bool:
    """Whether the part stands there by itself: 8人 is not in 18人."""
    before = r"(?<![\d.])" if part[:1].isdigit() else ""
    return re.search(before + re.escape(plain(part)), text) is not None


def _denominator(case: LedgerCase, text: str) -> bool | None:
    said = [int(number) for number in _REPORTS.findall(text)]
    if not said:
        return None
    least = len(case.sources)
    return all(least <= number <= least + len(case.also) for number in said)


def table(cases: Sequence[LedgerCase], verdicts: Sequence[Verdict]) -> str:
    """Shares by kind, then what is not right."""
    lines = []
    for kind in dict.fromkeys(case.kind for case in cases):
        own = [one for case, one in zip(cases, verdicts, strict=True) if case.kind == kind]
        lines.append(f"{kind:<8} right {sum(one.right for one in own)}/{len(own)}")
    for name in ("right", "denominator", "gaps"):
        applying = [value for one in verdicts if (value := getattr(one, name)) is not None]
        lines.append(f"all {name:<12} {sum(applying)}/{len(applying)}")
    for case, one in zip(cases, verdicts, strict=True):
        if not one.right or one.denominator is False or one.gaps is False:
            told = "、".join(one.missing)
            lines.append(
                f"{case.id} {case.question} right={one.right} denominator={one.denominator} "
                f"gaps={one.gaps} missing: {told}"
            )
    return "\n".join(lines)
