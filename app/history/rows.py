"""What a place reported, period by period: one row for each thing that can be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.history.alarm import Alarm
from app.history.amounts import exact, plain, rounded, softened
from app.history.check import alarms_of
from app.history.comparable import Key
from app.history.namesakes import several, shown, split, told_of
from app.history.periods import column_of, filled, months_of
from app.history.statements import Citation, cited, statements
from app.history.told import Told, told
from index.archive_reader import ArchiveReader
from index.chinese.fold import fold
from index.records import Figure, FigureKind, Period

_ORDER = (
    FigureKind.STOCK,
    FigureKind.FLOW,
    FigureKind.RATE,
    FigureKind.PRICE,
    FigureKind.TARGET,
)


@dataclass(frozen=True)
class Value:
    """One value as a report states it; `amount` is in the row's unit."""

    figure: Figure
    amount: Decimal
    high: Decimal | None
    citation: Citation


def told_amount(value: Value) -> str:
    """The value in the row's unit as people read it: 约460, 3-5."""
    high = f"-{rounded(value.high, 4)}" if value.high is not None else ""
    return softened(value.figure, rounded(value.amount, 4) + high)


@dataclass(frozen=True)
class Change:
    """What became of the value of an earlier period; in the row's unit."""

    since: Period
    difference: Decimal
    percent: Decimal | None
    """None where it was nothing, or the row is of rates."""


@dataclass(frozen=True)
class Cell:
    """A period of a row: every value that was told of it; several only where they disagree."""

    period: Period
    values: tuple[Value, ...]
    change: Change | None = None


@dataclass(frozen=True)
class Row:
    """One thing over time."""

    key: Key
    unit: str
    cells: tuple[Cell, ...]
    """Only of periods with a value, the oldest first."""

    @property
    def name(self) -> str:
        return "".join(word for word in self.key.qualifier) + self.key.name


@dataclass(frozen=True)
class History:
    """What a place reported; `filed` are the periods of its own reports."""

    place: str
    periods: tuple[Period, ...]
    filed: tuple[Period, ...]
    rows: tuple[Row, ...]
    alarms: tuple[Alarm, ...]

    @property
    def unfiled(self) -> frozenset[Period]:
        """The columns for which the place owes a report of its own and filed none."""
        lengths = Counter(months_of(period) for period in self.filed)
        usual = {months for months, count in lengths.items() if count == max(lengths.values())}
        own = set(self.filed)
        return frozenset(p for p in self.periods if months_of(p) in usual and p not in own)


def history(archive: ArchiveReader, place: str, indicator: str | None = None) -> History:
    """The history of a place, of one indicator or of all.

    `place` is a folded name, with its town (石门镇/青杠村) where there are several of it.

    A phrase without a canonical name makes a row where two periods have it, or where it was asked
    for. Values of a span of several years stand in no period and are left out.
    """
    name = split(place)[0]
    found = [one for one in statements(archive, name) if not one.described.fragment]
    same = several(one.described for one in found)
    said = told_of(found, place)
    by_place = told(said, same)
    filed = sorted(
        {period for one in said if one.described.place == name and (period := one.described.period)}
    )
    wanted = fold(indicator) if indicator else None
    rows = [
        row
        for key, same in _by_key(by_place.get(place, ())).items()
        if wanted is None or _is_asked(key, same, wanted)
        if (row := _row(key, same, filed)).cells
        if wanted is not None or key.known or len(row.cells) > 1
    ]
    rows.sort(
        key=lambda row: (not row.key.known, row.key.name, _ORDER.index(row.key.kind), row.key)
    )
    columns = {cell.period for row in rows for cell in row.cells}
    return History(
        shown(place),
        filled(columns | {column for one in filed if (column := column_of(one, filed))}),
        tuple(filed),
        tuple(rows),
        tuple(alarms_of(archive, said, by_place, place, same)),
    )


def _by_key(rows: Iterable[Told]) -> dict[Key, list[Told]]:
    result: dict[Key, list[Told]] = defaultdict(list)
    for one in rows:
        result[one.key].append(one)
    return result


def _is_asked(key: Key, same: Sequence[Told], wanted: str) -> bool:
    return key.name == wanted or any(wanted in one.figure.indicator for one in same)


def _row(key: Key, same: Sequence[Told], filed: Sequence[Period]) -> Row:
    by_period: dict[Period, list[Told]] = defaultdict(list)
    for one in same if key.known else _single(same):
        # What there is in a year, there is at its end: beside the halves in the second one.
        when = Period.day(one.when.end) if key.kind is FigureKind.STOCK else one.when
        if (column := column_of(when, filed)) is not None:
            by_period[column].append(one)
    if not by_period:
        return Row(key, "", ())
    newest = by_period[max(by_period)][-1].figure
    scale = newest.base / newest.value if newest.value else Decimal(1)
    unit = newest.unit if newest.value else newest.base_unit
    cells: list[Cell] = []
    for period in sorted(by_period, key=lambda one: (one.end, one.start)):
        values = _values(by_period[period], scale)
        cells.append(Cell(period, values, _change(cells, period, values, key)))
    return Row(key, unit, tuple(cells))


def _single(same: Sequence[Told]) -> list[Told]:
    """Without sentences that tell several: 第一党小组26名,第二党小组23名 is a list, no history."""
    counts = Counter((*one.figure.sentence, one.report) for one in same)
    return [one for one in same if counts[(*one.figure.sentence, one.report)] == 1]


def _values(same: Sequence[Told], scale: Decimal) -> tuple[Value, ...]:
    """Each value once, with the first report that states it, its own place's before others'."""
    seen: dict[tuple[Decimal, Decimal | None], Value] = {}
    for one in sorted(same, key=lambda one: one.statement.described.place != one.figure.place):
        figure = one.figure
        if (figure.base, figure.high) in seen:
            continue
        factor = figure.base / figure.value / scale if figure.value else Decimal(1)
        high = None if figure.high is None else _simple(figure.high * factor)
        quote = cited(one.statement, (figure,))
        seen[figure.base, figure.high] = Value(figure, _simple(figure.value * factor), high, quote)
    return tuple(seen.values())


def _simple(value: Decimal) -> Decimal:
    """Without the zeros that a conversion leaves behind: 8.5 of 8.5000."""
    return Decimal(plain(value))


def _change(
    cells: Sequence[Cell], period: Period, values: Sequence[Value], key: Key
) -> Change | None:
    """Against the last period before; only from one value to one value.

    What happens in a half-year is held against the same half of an earlier year: many a second
    half tells the whole year's sum, and sowing is not harvest.
    """
    goes_on = key.kind is FigureKind.STOCK or "累计" in key.qualifier
    flows = key.kind is FigureKind.FLOW
    before = next(
        (
            cell
            for cell in reversed(cells)
            if goes_on
            or (
                _as_long(cell.period, period)
                and (not flows or cell.period.start.month == period.start.month)
            )
        ),
        None,
    )
    if before is None or len(before.values) != 1 or len(values) != 1:
        return None
    old, new = before.values[0], values[0]
    if old.high is not None or new.high is not None:
        return None
    difference = new.amount - old.amount
    percent = None
    if old.amount and key.kind is not FigureKind.RATE and exact((old.figure, new.figure)):
        percent = 100 * difference / abs(old.amount)
    return Change(before.period, difference, percent)


def _as_long(one: Period, other: Period) -> bool:
    """Whether two periods are of one kind: halves, years …"""
    return abs((one.end - one.start).days - (other.end - other.start).days) <= 4
