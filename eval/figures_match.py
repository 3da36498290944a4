"""Figures held against hand labels: what matches, and what of a match is right."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from pathlib import Path

from index.chinese.fold import fold
from index.records import Period

OVERLAP = 0.5
"""An indicator phrase is right from this character F1 with the labelled phrase on."""

_SCALE = {"万": 4, "亿": 8, "千": 3, "百": 2}
_OF_A_WORD = re.compile("千(?:米|瓦|克|伏|卡)|百分")


@dataclass(frozen=True)
class Label:
    """A quantity labelled by hand; offsets count in `figures_text.raw_text` of its file."""

    file: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    indicator: str
    kind: str
    as_of: str | None
    sentence: tuple[int, int]
    optional: bool = False


@dataclass(frozen=True)
class Found:
    """A figure of the ledger, its span carried over to the raw text of its file."""

    file: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    indicator: str
    kind: str
    as_of: str | None


def read_labels(path: Path, text_of: Callable[[str], str], files: Collection[str]) -> list[Label]:
    """The labels of a .jsonl file for `files`; `text_of` gives the raw text of one by its name."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_label(row, text_of) for row in rows if row["file"] in files]


def _label(row: dict[str, object], text_of: Callable[[str], str]) -> Label:
    text = text_of(str(row["file"]))
    spans = row["indicator"]
    assert isinstance(spans, list)
    start, end = row["sentence"] if isinstance(row["sentence"], list) else (0, 0)
    return Label(
        str(row["file"]),
        int(str(row["start"])),
        int(str(row["end"])),
        Decimal(str(row["value"])),
        Decimal(str(row["high"])) if row.get("high") else None,
        str(row["unit"]),
        "".join(text[first:last] for first, last in spans),
        str(row["kind"]),
        None if row["as_of"] is None else str(row["as_of"]),
        (start, end),
        bool(row.get("optional", False)),
    )


def pair(
    labels: Sequence[Label], found: Sequence[Found]
) -> list[tuple[Label | None, Found | None]]:
    """Each label with the figure whose number overlaps its own, each used once.

    The longest overlaps first; what is left over on either side comes with None.
    """
    overlaps = sorted(
        (
            (min(label.end, one.end) - max(label.start, one.start), -at, -to)
            for at, label in enumerate(labels)
            for to, one in enumerate(found)
            if label.start < one.end and one.start < label.end
        ),
        reverse=True,
    )
    of_label: dict[int, int] = {}
    used: set[int] = set()
    for _, at, to in overlaps:
        if -at not in of_label and -to not in used:
            of_label[-at] = -to
            used.add(-to)
    pairs: list[tuple[Label | None, Found | None]] = [
        (label, found[of_label[at]] if at in of_label else None) for at, label in enumerate(labels)
    ]
    return pairs + [(None, one) for to, one in enumerate(found) if to not in used]


@dataclass(frozen=True)
class Right:
    """What of a figure is right, each by itself."""

    number: bool
    """Value, range and unit."""
    indicator: bool
    kind: bool
    as_of: bool


def judge(label: Label, one: Found) -> Right:
    """Hold a figure to the label whose number it overlaps."""
    return Right(
        same_number(label, one),
        overlap(label.indicator, one.indicator) >= OVERLAP,
        label.kind == one.kind,
        same_time(label, one.as_of),
    )


def same_number(label: Label, one: Found) -> bool:
    """Equal in the base unit: 27.16万元 and 271600元 are one; 15万 of no unit takes any."""
    power, base = _scaled(label.unit)
    own_power, own_base = _scaled(one.unit)
    if base and base != own_base:
        return False
    ours = (label.value.scaleb(power), label.high and label.high.scaleb(power))
    return ours == (one.value.scaleb(own_power), one.high and one.high.scaleb(own_power))


def _scaled(unit: str) -> tuple[int, str]:
    """The power of ten that a unit begins with, and the rest: 万亩 is (4, 亩)."""
    rest = "".join(fold(unit).split())
    power = 0
    while rest and rest[0] in _SCALE and not _OF_A_WORD.match(rest):
        power += _SCALE[rest[0]]
        rest = rest[1:]
    return power, rest


def overlap(labelled: str, phrase: str) -> float:
    """F1 of the characters that two phrases share, marks and spaces apart; 0–1."""
    ours, theirs = (
        Counter(letter for letter in fold(text) if letter.isalnum()) for text in (labelled, phrase)
    )
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def same_time(label: Label, as_of: str | None) -> bool:
    """The same period; of what holds at a date, the same last day is enough.

    A stock of 2018H1 and one of 2018-06-30 are one; what happened in June is not what
    happened in the half-year.
    """
    if label.as_of is None or as_of is None:
        return label.as_of == as_of
    ours, theirs = Period.parse(label.as_of), Period.parse(as_of)
    at_a_date = label.kind in ("stock", "rate", "price") or ours.start == ours.end
    return ours.end == theirs.end if at_a_date else ours == theirs


@dataclass(frozen=True)
class Rate:
    """A share of a count, with its 95 % interval after Wilson (1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """(low, high), 0–1; the whole of it where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        z = 1.959964
        share, of = self.value, self.of
        middle = (share + z * z / (2 * of)) / (1 + z * z / of)
        half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.hits}/{self.of} {self.value:.3f} ({low:.3f}–{high:.3f})"


@dataclass(frozen=True)
class Score:
    """How many labels were found and how many figures are right, measure by measure."""

    labels: int
    found: int
    right: tuple[tuple[str, int], ...]

    def precision(self, measure: str) -> Rate:
        return Rate(dict(self.right)[measure], self.found)

    def recall(self, measure: str) -> Rate:
        return Rate(dict(self.right)[measure], self.labels)

    def as_json(self) -> dict[str, object]:
        return {"labels": self.labels, "figures": self.found, "right": dict(self.right)}


MEASURES: tuple[tuple[str, Callable[[Right], bool]], ...] = (
    ("number seen", lambda right: True),
    ("value+unit", lambda right: right.number),
    ("… +indicator", lambda right: right.number and right.indicator),
    ("… +kind", lambda right: right.number and right.kind),
    ("… +as-of", lambda right: right.number and right.as_of),
    ("… +kind+as-of", lambda right: right.number and right.kind and right.as_of),
    (
        "all",
        lambda right: right.number and right.indicator and right.kind and right.as_of,
    ),
)


def score(pairs: Iterable[tuple[Label | None, Found | None]]) -> Score:
    """Count; borderline labels count on neither side."""
    counted = [(label, one) for label, one in pairs if label is None or not label.optional]
    rights = [judge(label, one) for label, one in counted if label and one]
    return Score(
        sum(label is not None for label, _ in counted),
        sum(one is not None for _, one in counted),
        tuple((name, sum(map(test, rights))) for name, test in MEASURES),
    )
