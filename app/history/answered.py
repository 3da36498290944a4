"""The values of an answer over time as histories, to be drawn as those of a place are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.answer.answer import Answer, Citation, Value
from app.history.comparable import Key
from app.history.rows import Cell, History, Row
from app.history.rows import Value as Drawn
from app.history.statements import Citation as Said
from index.records import Described, Figure, FigureKind, Period

LEAST = 3
"""Periods from which on a line says more than its two ends do in words."""


def trends(answer: Answer) -> list[History]:
    """The places of the answer whose values make a line; empty where none has periods enough."""
    cited = {citation.n: citation for citation in answer.citations}
    lines: dict[str, dict[tuple[str, str], list[Value]]] = {}
    for value in answer.values:
        if value.period is not None and value.citation in cited:
            line = lines.setdefault(value.place, {})
            line.setdefault((value.base_unit, value.kind), []).append(value)
    found = []
    for place, by_unit in lines.items():
        rows = [_row(values, cited) for values in by_unit.values()]
        rows = [row for row in rows if len(row.cells) >= LEAST]
        if rows:
            periods = tuple(sorted({cell.period for row in rows for cell in row.cells}))
            found.append(History(place, periods, periods, tuple(rows), ()))
    return found


def _row(values: Sequence[Value], cited: dict[int, Citation]) -> Row:
    first = values[0]
    # All in the unit that the first is written in.
    scale = first.base / first.amount if first.amount else 1.0
    by_period: dict[Period, list[Drawn]] = {}
    for value in values:
        by_period.setdefault(Period.parse(value.period or ""), []).append(
            _drawn(value, Decimal(str(value.base / scale)), cited[value.citation])
        )
    cells = tuple(Cell(period, tuple(by_period[period])) for period in sorted(by_period))
    key = Key(first.name, first.base_unit, FigureKind(first.kind), (), True)
    return Row(key, first.unit or first.base_unit, cells)


def _drawn(value: Value, amount: Decimal, citation: Citation) -> Drawn:
    report = citation.report
    figure = Figure(
        report.id,
        0,
        citation.start,
        citation.start,
        Decimal(str(value.amount)),
        None,
        value.unit,
        Decimal(str(value.base)),
        value.base_unit,
        value.name,
        kind=FigureKind(value.kind),
    )
    said = Said(
        report.id,
        Described(report.title, place=report.place),
        report.source,
        citation.start,
        citation.end,
        citation.quote,
    )
    return Drawn(figure, amount, None, said)
