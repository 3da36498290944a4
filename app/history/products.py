"""A number of things, what each comes to, and their total: 320袋,每袋50公斤,共计1.6万公斤."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, rounded, shown, slack
from app.history.statements import Statement, cited
from index.records import Figure

_TOTAL = re.compile(r"^[,、(]?(?:共|合|总)[^,。;:()\d]{0,8}$")
_AVERAGE_ROOM = Decimal("0.15")
"""How far an average may be off: it is often of a number counted at another time."""
_EXACT_ROOM = Decimal("0.02")


def product_alarms(statement: Statement) -> Iterator[Alarm]:
    """Three figures in a row that a multiplication holds together."""
    for count, each, total in zip(
        statement.figures, statement.figures[1:], statement.figures[2:], strict=False
    ):
        if count.base <= 0 or each.base <= 0 or each.base_unit != total.base_unit:
            continue
        if count.base_unit == each.base_unit or not exact((count, each, total)):
            continue
        said = _each(statement, count, each)
        if said is None or not _TOTAL.match(statement.between(each, total)):
            continue
        computed = count.base * each.base
        room = said * max(computed, total.base) + slack(total) + count.base * slack(each)
        if abs(computed - total.base) <= room:
            continue
        result = f"{rounded(total.base / count.base)}{each.base_unit}"
        yield Alarm(
            AlarmKind.RATIO,
            total.place,
            total.as_of,
            texts.each_message(shown(total), shown(count), shown(each), result),
            texts.divided(shown(total), shown(count), result, shown(each)),
            (cited(statement, (count, each, total)),),
        )


def _each(statement: Statement, count: Figure, each: Figure) -> Decimal | None:
    """How far off it may be where a value is told of each of the things counted, else None."""
    unit = re.escape(count.unit[-1:])
    between = statement.between(count, each)
    if re.match(rf"^[,、(][^,。;:()\d]{{0,6}}每{unit}[^,。;:()\d]{{0,6}}$", between):
        return _EXACT_ROOM
    if re.match(rf"^[,、(][^,。;:()\d]{{0,4}}(?:{unit}均|{unit}产)[^,。;:()\d]{{0,6}}$", between):
        return _AVERAGE_ROOM
    return None
