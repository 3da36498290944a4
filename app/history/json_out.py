"""The JSON documents of history, check and coverage."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.history.alarm import Alarm
from app.history.amounts import plain, rounded, shown
from app.history.coverage import Coverage, Filing, PlaceCoverage
from app.history.rows import Cell, Change, History, Row, Value
from app.history.statements import Citation
from index.archive_reader import ReportInfo
from index.records import Described, Period


def history_json(found: History) -> dict[str, Any]:
    """`huibao history --json`; each `value` is a decimal in the row's `unit`."""
    return {
        "place": found.place,
        "periods": [period.key for period in found.periods],
        "filed": [period.key for period in found.filed],
        "rows": [_row(row) for row in found.rows],
        "alarms": [alarm_json(alarm) for alarm in found.alarms],
    }


def alarms_json(alarms: list[Alarm]) -> dict[str, Any]:
    """`huibao check --json`."""
    return {"alarms": [alarm_json(alarm) for alarm in alarms]}


def alarm_json(alarm: Alarm) -> dict[str, Any]:
    """One alarm; `settled` is null or who said what of it, and when."""
    settled = alarm.settled
    return {
        "id": alarm.id,
        "kind": alarm.kind.value,
        "place": alarm.place,
        "period": _key(alarm.period),
        "message": alarm.message,
        "arithmetic": alarm.arithmetic,
        "citations": [_citation(one) for one in alarm.citations],
        "settled": None
        if settled is None
        else {"remark": settled.remark, "who": settled.who, "at": settled.at},
    }


def coverage_json(found: Coverage) -> dict[str, Any]:
    """`huibao coverage --json`: a row a place; states filed, late, missing, not_due."""
    return {
        "periods": [period.key for period in found.periods],
        "late_days": found.late_days,
        "places": [_place(row) for row in found.places],
        "unplaced": [_report(info) for info in found.unplaced],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "indicator": row.name,
        "canonical": row.key.name if row.key.known else None,
        "qualifier": list(row.key.qualifier),
        "unit": row.unit,
        "kind": row.key.kind.value,
        "values": [
            _value(row, cell, value, at == len(cell.values) - 1)
            for cell in row.cells
            for at, value in enumerate(cell.values)
        ],
    }


def _value(row: Row, cell: Cell, value: Value, last: bool) -> dict[str, Any]:
    figure = value.figure
    return {
        "period": cell.period.key,
        "value": plain(value.amount),
        "high": _decimal(value.high),
        "written": shown(figure),
        "as_of": _key(figure.as_of),
        "kind": row.key.kind.value,
        "approx": figure.approx,
        "change": _change(cell.change) if last and cell.change else None,
        "disagrees": len(cell.values) > 1,
        "citation": _citation(value.citation),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "since": change.since.key,
        "difference": plain(change.difference),
        "percent": None if change.percent is None else rounded(change.percent),
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "report": _described(one.report_id, one.described, one.source),
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
    }


def _place(row: PlaceCoverage) -> dict[str, Any]:
    return {
        "place": row.place,
        "within": row.within,
        "filings": [_filing(one) for one in row.filings],
        "stopped": [
            {
                "indicator": one.indicator,
                "last": one.last.key,
                "missing": [period.key for period in one.missing],
            }
            for one in row.stopped
        ],
    }


def _filing(one: Filing) -> dict[str, Any]:
    return {
        "period": one.period.key,
        "state": one.state.value,
        "reports": [_report(info) for info in one.reports],
    }


def _report(info: ReportInfo) -> dict[str, Any]:
    dated = info.described.dated
    return {
        **_described(info.id, info.described, info.source),
        "dated": dated.isoformat() if dated else None,
    }


def _described(report_id: str, described: Described, source: str) -> dict[str, Any]:
    return {
        "id": report_id,
        "title": described.title,
        "place": described.place,
        "period": _key(described.period),
        "source": source,
    }


def _key(period: Period | None) -> str | None:
    return period.key if period else None


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
