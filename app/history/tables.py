"""A table whose 合计 row is not the sum of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.history.alarm import Alarm
from app.history.amounts import exact
from app.history.statements import ROW, Statement, cited
from app.history.sums import adds_up, sum_alarm
from index.records import Figure

_TOTAL_ROW = re.compile(r"^(?:合计|总计|小计|共计|全[镇乡县村市]合计|全[镇乡县村市])$")


def table_alarms(report: Sequence[Statement]) -> Iterator[Alarm]:
    """A 合计 row that is not the sum of its column."""
    rows = [one for one in report if one.is_row]
    for _, group in groupby(rows, _columns):
        yield from _table(list(group))


def _columns(row: Statement) -> tuple[str, ...]:
    return tuple(cell.partition(":")[0] for cell in row.folded.split(ROW))


def _table(rows: Sequence[Statement]) -> Iterator[Alarm]:
    totals = [at for at, row in enumerate(rows) if _is_total(row)]
    if len(totals) != 1 or totals[0] not in (0, len(rows) - 1) or len(rows) < 3:
        return
    total = rows[totals[0]]
    others = [row for row in rows if row is not total]
    for whole in total.figures:
        column = _column_of(total, whole)
        cells = [[one for one in row.figures if _column_of(row, one) == column] for row in others]
        parts = [cell[0] for cell in cells if len(cell) == 1]
        # A cell that cannot be read leaves the sum open.
        if len(parts) != len(others) or any(one.base_unit != whole.base_unit for one in parts):
            continue
        if (
            whole.base_unit in ("%", "个百分点")
            or adds_up(whole, parts)
            or not exact((whole, *parts))
        ):
            continue
        if re.search(r"均|率|比", _columns(total)[column]):
            continue
        rows_of_parts = (cited(row, (one,)) for row, one in zip(others, parts, strict=True))
        yield sum_alarm(whole, parts, (cited(total, (whole,)), *rows_of_parts))


def _is_total(row: Statement) -> bool:
    """By the row's name, which stands in its first cell or behind a number: not 受益:全村."""
    values = [cell.partition(":")[2].strip() for cell in row.folded.split(ROW)[:2]]
    if values[0].isdigit():
        values = values[1:]
    return bool(_TOTAL_ROW.match(values[0])) if values else False


def _column_of(row: Statement, figure: Figure) -> int:
    return row.folded[: row.span(figure)[0]].count(ROW)
