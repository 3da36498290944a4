"""What history, check and coverage print for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from app.history import texts
from app.history.alarm import Alarm
from app.history.amounts import rounded
from app.history.columns import BETWEEN, aligned, screen, width
from app.history.coverage import Coverage, State
from app.history.periods import short
from app.history.rows import Cell, Change, History, Row, told_amount
from app.history.statements import Citation
from index.records import Period

_NARROWEST = 3
"""Periods that are shown even where they do not fit."""


def show_history(found: History, quotes: bool = False) -> None:
    """The newest periods that fit; with `quotes` the words of every value."""
    if not found.rows:
        click.echo(texts.no_history(found.place))
        return
    numbers = _numbered(found.rows)
    heads = [texts.INDICATOR, texts.KIND]
    names = [[_name(row), texts.KINDS[row.key.kind]] for row in found.rows]
    periods, unfiled = list(found.periods), found.unfiled
    while True:
        table = [
            [*heads, *(period.chinese for period in periods)],
            *(
                [*name, *(_cell(_at(row, p), numbers, p in unfiled) for p in periods)]
                for name, row in zip(names, found.rows, strict=True)
            ),
        ]
        lines = aligned(table)
        if len(periods) <= _NARROWEST or max(map(width, lines)) <= screen():
            break
        periods.pop(0)
    click.echo(texts.history_title(found.place))
    shown = [any(_at(row, period) for period in periods) for row in found.rows]
    for line, has in zip(lines, [True, *shown], strict=True):
        if has:
            click.echo(line)
    click.echo(texts.history_key(any(period in unfiled for period in periods)))
    if len(periods) < len(found.periods):
        click.echo(texts.narrowed(len(periods), len(found.periods), shown.count(False)))
    in_view = _numbered(
        [
            replace(row, cells=tuple(c for c in row.cells if c.period in periods))
            for row in found.rows
        ]
    )
    for source, number in numbers.items():
        if quotes or source in in_view:
            click.echo(f"[{number}] {source}")
    if quotes:
        _show_quotes(found.rows, numbers)
    if found.alarms:
        click.echo(texts.has_alarms(len(found.alarms), found.place))


def _show_quotes(rows: Sequence[Row], numbers: dict[str, int]) -> None:
    click.echo()
    for row in rows:
        for cell in row.cells:
            for value in cell.values:
                quote = " ".join(value.citation.quote.split())
                number = numbers[_source(value.citation)]
                click.echo(f"{row.name}{BETWEEN}{cell.period.chinese}{BETWEEN}[{number}] {quote}")


def _name(row: Row) -> str:
    return f"{row.name}（{row.unit}）" if row.unit else row.name


def _at(row: Row, period: Period) -> Cell | None:
    return next((cell for cell in row.cells if cell.period == period), None)


def _cell(cell: Cell | None, numbers: dict[str, int], unfiled: bool) -> str:
    if cell is None:
        return texts.NOT_FILED if unfiled else texts.GAP
    values = texts.OR.join(
        f"{told_amount(value)}[{numbers[_source(value.citation)]}]" for value in cell.values
    )
    return values + (f" {_changed(cell.change)}" if cell.change else "")


def _changed(change: Change) -> str:
    if not change.difference:
        return texts.UNCHANGED
    sign = "+" if change.difference > 0 else "-"
    return f"{sign}{rounded(abs(change.difference), 4)}"


def _numbered(rows: Sequence[Row]) -> dict[str, int]:
    """Source -> its number, in the order in which the table names them."""
    numbers: dict[str, int] = {}
    for row in rows:
        for cell in row.cells:
            for value in cell.values:
                numbers.setdefault(_source(value.citation), len(numbers) + 1)
    return numbers


def _source(citation: Citation) -> str:
    period = citation.described.period
    parts = (citation.described.title, period.chinese if period else "", citation.source)
    return " · ".join(part for part in parts if part)


# ---- alarms


def show_alarms(alarms: Sequence[Alarm], settled: bool) -> None:
    """The open alarms; with `settled` also those that a person has settled."""
    shown = [alarm for alarm in alarms if settled or alarm.settled is None]
    for alarm in shown:
        where = " · ".join(
            part
            for part in (alarm.place or "", alarm.period.chinese if alarm.period else "")
            if part
        )
        click.echo(f"{alarm.id}{BETWEEN}{texts.ALARMS[alarm.kind]}{BETWEEN}{where}")
        click.echo(f"    {alarm.message}")
        click.echo(f"    {texts.ARITHMETIC}{alarm.arithmetic}")
        for citation in alarm.citations:
            quote = " ".join(citation.quote.split())
            click.echo(f"    「{quote}」")
            click.echo(f"        {_source(citation)}")
        if alarm.settled is not None:
            said = alarm.settled
            click.echo(f"    {texts.settled(said.who, said.at, said.remark)}")
    done = sum(alarm.settled is not None for alarm in alarms)
    click.echo(texts.alarm_count(len(alarms) - done, done, settled))


# ---- coverage

_MARKS = {
    State.FILED: "有",
    State.LATE: "迟",
    State.MISSING: "缺",
    State.NOT_DUE: "",
}


def mark(state: State, reports: int) -> str:
    """有, 迟, 缺; with the number of reports where there are several."""
    return _MARKS[state] + (str(reports) if reports > 1 else "")


def _matrix(found: Coverage, last: int) -> tuple[list[str], int]:
    """The lines of the last so many periods; the heads are short, so that many find room."""
    table = [[texts.WITHIN, texts.PLACE, *map(short, found.periods[-last:])]]
    for row in found.places:
        marks = [mark(one.state, len(one.reports)) for one in row.filings[-last:]]
        table.append([row.within or "", row.place, *marks])
    return aligned(table), last


def show_coverage(found: Coverage) -> None:
    if not found.places:
        click.echo(texts.NO_REPORTS)
        return
    lines, periods = _matrix(found, len(found.periods))
    while periods > _NARROWEST and max(map(width, lines)) > screen():
        lines, periods = _matrix(found, periods - 1)
    for line in lines:
        click.echo(line)
    if periods < len(found.periods):
        click.echo(texts.narrowed(periods, len(found.periods), 0))
    click.echo(
        texts.coverage_count(
            found.count(State.FILED),
            found.count(State.LATE),
            found.count(State.MISSING),
            found.late_days,
        )
    )
    if found.unplaced:
        click.echo(texts.unplaced(len(found.unplaced)))
    for row in found.places:
        for one in row.stopped:
            since = "、".join(period.chinese for period in one.missing)
            click.echo(texts.stopped(row.place, one.indicator, one.last.chinese, since))
