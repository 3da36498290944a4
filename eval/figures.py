"""The ledger's figures held against hand labels: precision and recall with 95 % intervals.

The open labels and the held ones apart; of the held ones only counts are ever shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Protocol

from eval.figures_match import (
    MEASURES,
    Found,
    Label,
    Score,
    judge,
    pair,
    read_labels,
    score,
)
from eval.figures_text import Alignment, is_held, raw_text, sentence_at
from index.records import Period

LABELS = Path(__file__).parent / "figures_labels"
SAMPLE = Path(__file__).parent / "archive" / "reports"

Pair = tuple[Label | None, Found | None]


class Stated(Protocol):
    """What is asked of a figure here; `index.records.Figure` has it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def as_of(self) -> Period | None: ...


Measure = Callable[[Path], Sequence[tuple[str, Sequence[Stated]]]]
"""A file's reports in their order: the stored text of each and its figures."""


@dataclass(frozen=True)
class Scope:
    """The stretches of a file in which every quantity is labelled."""

    file: str
    spans: tuple[tuple[int, int], ...]
    chars: int
    """The length of its raw text, to notice another version of the file."""

    @property
    def drawn(self) -> bool:
        """Whether the stretches are sentences drawn at random, each held or open as a whole."""
        return self.file.startswith("reports/")


class Folders:
    """Where the labelled files lie; `shared` may be missing."""

    def __init__(self, shared: Path, sample: Path = SAMPLE) -> None:
        self._roots = {
            "seeds": shared / "seeds",
            "reports": shared / "reports" / "docs",
            "archive": sample,
        }
        self.text = cache(self._text)

    def path(self, file: str) -> Path:
        kind, name = file.split("/", 1)
        return self._roots[kind] / name

    def _text(self, file: str) -> str:
        return raw_text(self.path(file))


def scopes(folders: Folders, path: Path = LABELS / "scope.jsonl") -> list[Scope]:
    """The labelled files that are there; raises ValueError where one has changed."""
    result = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        scope = Scope(row["file"], tuple((a, b) for a, b in row["spans"]), row["chars"])
        if not folders.path(scope.file).is_file():
            continue
        if len(folders.text(scope.file)) != scope.chars:
            raise ValueError(f"{scope.file} is not the version that was labelled")
        result.append(scope)
    return result


def pairs_by_half(
    folders: Folders, within: Sequence[Scope], labels: Sequence[Label], measure: Measure
) -> dict[bool, list[Pair]]:
    """Labels and figures side by side, of the open sentences (False) and the held ones (True)."""
    result: dict[bool, list[Pair]] = {False: [], True: []}
    for scope in within:
        text = folders.text(scope.file)
        own = [label for label in labels if label.file == scope.file]
        found = list(carried(scope.file, text, measure(folders.path(scope.file))))
        found = [one for one in found if _inside(scope, one.start) is not None]
        for label, one in pair(own, found):
            # A label's sentence decides: a figure may begin where a broken line ended.
            at = label.start if label else one.start if one else 0
            result[_held(scope, text, at)].append((label, one))
    return result


def _inside(scope: Scope, at: int) -> tuple[int, int] | None:
    return next(((a, b) for a, b in scope.spans if a <= at < b), None)


def _held(scope: Scope, text: str, at: int) -> bool:
    span = _inside(scope, at) if scope.drawn else None
    start, end = span or sentence_at(text, at)
    return is_held(text[start:end])


def carried(
    file: str, raw: str, reports: Sequence[tuple[str, Sequence[Stated]]]
) -> Iterator[Found]:
    """The figures of a file's reports with their spans in the raw text."""
    begin = 0
    for stored, figures in reports:
        alignment = Alignment(raw, stored, begin)
        begin = alignment.end
        for one in figures:
            span = alignment.span(one.start, one.end)
            if span is not None:
                yield Found(
                    file,
                    *span,
                    one.value,
                    one.high,
                    one.unit,
                    one.indicator,
                    str(one.kind),
                    one.as_of.key if one.as_of else None,
                )


@dataclass(frozen=True)
class Outcome:
    """Both halves scored, and of the open one what is wrong."""

    open: Score
    held: Score
    errors: tuple[str, ...]
    missing: int
    """Labelled files that are not there and were left out."""

    def table(self, show_errors: bool = False) -> str:
        parts = [table("open", self.open), table("held", self.held)]
        if self.missing:
            parts.append(f"{self.missing} labelled files are not there: they were left out")
        return "\n".join([*parts, *(self.errors if show_errors else ())])

    def as_json(self) -> dict[str, object]:
        return {"open": self.open.as_json(), "held": self.held.as_json(), "missing": self.missing}


def run(measure: Measure, folders: Folders) -> Outcome:
    """Score the figures that `measure` finds in every labelled file that is there."""
    within = scopes(folders)
    files = {one.file for one in within}
    labels = [
        label
        for name in ("open", "held")
        for label in read_labels(LABELS / f"{name}.jsonl", folders.text, files)
    ]
    both = pairs_by_half(folders, within, labels, measure)
    labelled = (LABELS / "scope.jsonl").read_text("utf-8").splitlines()
    return Outcome(
        score(both[False]),
        score(both[True]),
        tuple(errors(folders, both[False])),
        len(labelled) - len(within),
    )


def table(name: str, result: Score) -> str:
    """One line a measure: precision and recall, each with its interval."""
    lines = [f"{name}: {result.labels} labels, {result.found} figures"]
    width = max(len(measure) for measure, _ in MEASURES)
    for measure, _ in MEASURES:
        lines.append(
            f"  {measure:<{width}}  precision {result.precision(measure)}"
            f"  recall {result.recall(measure)}"
        )
    return "\n".join(lines)


def errors(folders: Folders, pairs: Sequence[Pair]) -> Iterator[str]:
    """What is wrong with each pair that is not wholly right, with the text around it."""
    for label, one in pairs:
        if label and label.optional:
            continue
        place = label or one
        if place is None:
            continue
        text = folders.text(place.file)
        around = text[max(0, place.start - 30) : place.end + 12].replace("\n", "⏎")
        if label is None:
            if one:
                yield f"NOT A QUANTITY  {one.file} «{around}»  {_said(one)}"
            continue
        if one is None:
            yield f"MISSED  {label.file} «{around}»  {_told(label)}"
            continue
        right = judge(label, one)
        wrong = [
            name
            for name, fine in (
                ("number", right.number),
                ("indicator", right.indicator),
                ("kind", right.kind),
                ("as_of", right.as_of),
            )
            if not fine
        ]
        if wrong:
            yield f"WRONG {','.join(wrong)}  {label.file} «{around}»"
            yield f"    label {_told(label)}\n    found {_said(one)}"


def _told(label: Label) -> str:
    return f"{label.value}{label.unit} [{label.indicator}] {label.kind} {label.as_of}"


def _said(one: Found) -> str:
    return f"{one.value}{one.unit} [{one.indicator}] {one.kind} {one.as_of}"
