"""Between the frozen records and the rows of archive.db."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from index.context import context_line
from index.positions import packed_marks, unpacked_marks
from index.records import (
    Described,
    Figure,
    FigureKind,
    Measured,
    Origin,
    Passage,
    Period,
    StoredPassage,
)


def embedded_text(described: Described, passage: Passage) -> str:
    """What the embedder sees of a passage: the context line, then its own text."""
    return f"{context_line(described, passage.heading)}\n{passage.text}"


def vector_key(embedded: str) -> str:
    """The name of a vector: equal texts share one, an unchanged passage keeps its own."""
    return hashlib.sha256(embedded.encode()).hexdigest()[:32]


def described_columns(described: Described) -> dict[str, str | bool | int | date | None]:
    """The columns of `reports` that hold a description."""
    span = described.dated_span or (None, None)
    return {
        "title": described.title,
        "place": described.place,
        "within": json.dumps(described.within, ensure_ascii=False),
        "unit": described.unit,
        "period": described.period.key if described.period else None,
        "genre": described.genre,
        "dated": described.dated,
        "dated_start": span[0],
        "dated_end": span[1],
        "origins": json.dumps(dict(described.origins)),
        "fragment": described.fragment,
    }


def described_of(row: Mapping[str, Any]) -> Described:
    """The description that a row of `reports` holds."""
    span = (row["dated_start"], row["dated_end"]) if row["dated_start"] is not None else None
    return Described(
        title=row["title"],
        place=row["place"],
        within=tuple(json.loads(row["within"])),
        unit=row["unit"],
        period=Period.parse(row["period"]) if row["period"] else None,
        genre=row["genre"],
        dated=row["dated"],
        dated_span=span,
        origins=tuple(
            (name, Origin(origin)) for name, origin in json.loads(row["origins"]).items()
        ),
        fragment=row["fragment"],
    )


def passage_columns(described: Described, passage: Passage) -> dict[str, str | int | None]:
    """The row of `passages` that holds a passage of a report so described."""
    return {
        "report_id": passage.report_id,
        "ordinal": passage.ordinal,
        "heading": json.dumps(passage.heading, ensure_ascii=False),
        "start": passage.start,
        "end": passage.end,
        "marks": packed_marks(passage.marks),
        "vector_key": vector_key(embedded_text(described, passage)),
    }


def stored_of(row: Mapping[str, Any]) -> StoredPassage:
    """The passage that a row of `passages` holds, with its report's description and its text."""
    heading = tuple(json.loads(row["heading"]))
    passage = Passage(
        row["report_id"],
        row["ordinal"],
        heading,
        row["start"],
        row["end"],
        row["text"],
        unpacked_marks(row["marks"]),
    )
    return StoredPassage(row["id"], passage, described_of(row), row["shown"])


FigureRow = tuple[str | int | None, ...]


class FigureRows(NamedTuple):
    """The figures of a report as the table keeps them, and the rules they were read by.

    A worker sends them so: decimals and periods take three times as long to send and read.
    """

    rules: str
    rows: tuple[FigureRow, ...]


def figure_rows(measured: Measured) -> FigureRows:
    """The rows of `figures` that hold what was measured."""
    return FigureRows(measured.rules, tuple(map(figure_row, measured.figures)))


def figure_row(figure: Figure) -> FigureRow:
    """The row of `figures` that holds a figure, its values in the table's order."""
    first, last = _days(figure.as_of)
    return (
        figure.report_id,
        figure.ordinal,
        figure.start,
        figure.end,
        str(figure.value),
        None if figure.high is None else str(figure.high),
        figure.unit,
        str(figure.base),
        figure.base_unit,
        figure.indicator,
        figure.canonical,
        figure.place,
        first,
        last,
        str(figure.kind),  # faster than its value
        json.dumps(figure.qualifier, ensure_ascii=False) if figure.qualifier else "[]",
        figure.approx,
        figure.part_of,
        *figure.sentence,
    )


@lru_cache(maxsize=4096)
def _days(period: Period | None) -> tuple[str | None, str | None]:
    """Its first and last day as SQLite keeps them."""
    return (period.start.isoformat(), period.end.isoformat()) if period else (None, None)


def figure_of(row: Mapping[str, Any]) -> Figure:
    """The figure that a row of `figures` holds."""
    first, last = row["first_day"], row["last_day"]
    return Figure(
        report_id=row["report_id"],
        ordinal=row["ordinal"],
        start=row["start"],
        end=row["end"],
        value=Decimal(row["value"]),
        high=None if row["high"] is None else Decimal(row["high"]),
        unit=row["unit"],
        base=Decimal(row["base"]),
        base_unit=row["base_unit"],
        indicator=row["indicator"],
        canonical=row["canonical"],
        place=row["place"],
        as_of=_period(first, last) if first is not None else None,
        kind=FigureKind(row["kind"]),
        qualifier=() if row["qualifier"] == "[]" else tuple(json.loads(row["qualifier"])),
        approx=row["approx"],
        part_of=row["part_of"],
        sentence=(row["sentence_start"], row["sentence_end"]),
    )


@lru_cache(maxsize=4096)
def _period(first: date, last: date) -> Period:
    """Kept, as a history has thousands of figures of a few periods."""
    return Period(first, last)
