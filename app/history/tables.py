"""A table whose 合计 row is not the sum of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, in_unit, shown
from app.history.statements import ROW, Statement, cited
from app.history.sums import adds_up, term
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
        added = sum((one.base for one in parts), Decimal(0))
        yield Alarm(
            AlarmKind.SUM,
            whole.place,
            whole.as_of,
            texts.sum_message(whole.indicator, shown(whole), in_unit(added, whole), len(parts)),
            texts.sum_arithmetic(
                [term(one, whole) for one in parts],
                in_unit(added, whole),
                shown(whole),
                in_unit(abs(added - whole.base), whole),
            ),
            (
                cited(total, (whole,)),
                *(cited(row, (one,)) for row, one in zip(others, parts, strict=True)),
            ),
        )


def _is_total(row: Statement) -> bool:
    """By the row's name, which stands in its first cell or behind a number: not 受益:全村."""
    values = [cell.partition(":")[2].strip() for cell in row.folded.split(ROW)[:2]]
    if values[0].isdigit():
        values = values[1:]
    return bool(_TOTAL_ROW.match(values[0])) if values else False


def _column_of(row: Statement, figure: Figure) -> int:
    return row.folded[: row.span(figure)[0]].count(ROW)
