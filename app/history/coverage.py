"""Who filed for which period, who was late, who is missing, and what stopped being reported."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.history.namesakes import BETWEEN, called, grouped, shown, split
from app.history.periods import column_of, filled, months_of
from index.archive import Archive
from index.archive_reader import ReportInfo
from index.chinese.fold import fold
from index.chinese.indicators import load_indicators
from index.chinese.places import level, stem
from index.gazetteer import KnownPlace
from index.ledger_names import reported
from index.records import Described, FigureKind, Period

LATE_DAYS = 31
"""A report that is signed so many days after its period's end is not yet late."""


class State(StrEnum):
    """What became of the report that a place owed for a period."""

    FILED = "filed"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"
    """Nothing of this length was ever filed by the place: a yearly report where it files halves."""


@dataclass(frozen=True)
class Filing:
    """A place and a period: the reports that are there, the earliest signed first."""

    period: Period
    state: State
    reports: tuple[ReportInfo, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """An indicator that a place told in two reports running, and in none since."""

    indicator: str
    last: Period
    """The last period whose report has it."""
    missing: tuple[Period, ...]
    """The periods since then that have a report, without it."""


@dataclass(frozen=True)
class PlaceCoverage:
    """A row of the matrix."""

    place: str
    within: str | None
    filings: tuple[Filing, ...]
    stopped: tuple[Stopped, ...]


@dataclass(frozen=True)
class Coverage:
    """The matrix, by township; `unplaced` are reports without a place or a period."""

    periods: tuple[Period, ...]
    places: tuple[PlaceCoverage, ...]
    unplaced: tuple[ReportInfo, ...]
    late_days: int

    def count(self, state: State) -> int:
        return sum(filing.state is state for row in self.places for filing in row.filings)


def coverage(archive: Archive, late_days: int = LATE_DAYS) -> Coverage:
    """The coverage of an archive; the places are those that filed, and those imported."""
    infos = [info for info in archive.infos() if not info.described.fragment]
    known = archive.known_places()
    same = _same(infos, known)
    placed: dict[str, list[ReportInfo]] = defaultdict(list)
    for info in infos:
        if info.described.place and info.described.period:
            placed[filer(info.described, same)].append(info)
    around = _around(infos, known)
    periods = filled(
        {
            column
            for reports in placed.values()
            for info in reports
            if (column := _column(info)) is not None and months_of(column) is not None
        }
    )
    usual = _usual(info for reports in placed.values() for info in reports)
    told = reported(archive)
    rows = []
    listed = {f"{k.within}{BETWEEN}{k.name}" if k.name in same else k.name for k in known}
    for place in sorted({*placed, *listed}):
        own = placed.get(place, [])
        if len(own) == 1 and _OFFICE.search(fold(place)):
            # An office that told once of a village it helps owes nobody a report each half-year.
            filings = _once(own[0], periods, late_days)
        else:
            filings = _filings(own, periods, usual, late_days)
        town = split(place)[1] or around.get(place) or _county_of(place)
        rows.append(PlaceCoverage(shown(place), town, filings, _stopped(filings, told)))
    towns = {row.within for row in rows}
    rows.sort(key=lambda row: _order(row, towns))
    unplaced = tuple(i for i in infos if not i.described.place or not i.described.period)
    return Coverage(periods, tuple(rows), unplaced, late_days)


def _order(row: PlaceCoverage, towns: set[str | None]) -> tuple[str, bool, str]:
    """A township in front of its villages."""
    town = row.place if row.place in towns else row.within or ""
    return town, row.place != town, row.place


_OFFICE = re.compile(
    r"(?:局|医院|卫生院|学校|[小中大]学|学院|公司|银行|中心|办公室|(?<![村居]民)(?<!村)(?<!居)委员会)$"
)
_COUNTY = 3
_ITS_COUNTY = re.compile(r"^[^县市区旗]{1,7}[县市区旗](?=.{2})")


def filer(described: Described, same: Mapping[str, Sequence[str]]) -> str:
    """What a report counts for: its place, or the office that wrote it about another's place.

    A bureau that tells of the village it helps does not file for the village.
    """
    place, unit = described.place or "", described.unit
    if unit is not None and _OFFICE.search(fold(unit)) and not described.fragment:
        wide = (level(fold(place)) or 0) <= _COUNTY
        outside = stem(fold(place)) not in fold(unit)
        if outside or (wide and fold(unit).endswith(("局", "医院", "公司", "银行"))):
            return unit
    return called(described, place, same)


def _county_of(place: str) -> str | None:
    """The county that an office's name begins with."""
    match = _ITS_COUNTY.match(place) if _OFFICE.search(fold(place)) else None
    return match[0] if match else None


def _column(info: ReportInfo) -> Period | None:
    period = info.described.period
    return None if period is None else column_of(period, [period])


def _same(infos: Iterable[ReportInfo], known: Iterable[KnownPlace]) -> dict[str, tuple[str, ...]]:
    """The names that several places bear, by the reports and by an imported list."""
    told = [
        (one.place, one.within[0]) for info in infos if (one := info.described).place and one.within
    ]
    return grouped([*told, *((one.name, one.within) for one in known if one.within)])


def _around(infos: Sequence[ReportInfo], known: Sequence[KnownPlace]) -> dict[str, str]:
    """Place -> what contains it; a list that was imported goes before what texts say."""
    result = {
        info.described.place: info.described.within[0]
        for info in infos
        if info.described.place and info.described.within
    }
    return result | {one.name: one.within for one in known if one.within}


def _usual(infos: Iterable[ReportInfo]) -> set[int | None]:
    """The length of period that most reports have: what a place owes that never filed."""
    lengths = Counter(
        months for info in infos if (c := _column(info)) and (months := months_of(c)) is not None
    )
    return {lengths.most_common(1)[0][0]} if lengths else set()


def _filings(
    infos: Sequence[ReportInfo], periods: Sequence[Period], usual: set[int | None], late_days: int
) -> tuple[Filing, ...]:
    by_period: dict[Period, list[ReportInfo]] = defaultdict(list)
    for info in infos:
        if (column := _column(info)) is not None:
            by_period[column].append(info)
    counts = Counter(months_of(period) for period in by_period)
    most = max(counts.values(), default=0)
    # One yearly report beside the half-yearly ones makes no place owe one every year.
    lengths = {months for months, count in counts.items() if count in (most, *range(2, most))}
    lengths = lengths or usual
    result = []
    for period in periods:
        reports = sorted(
            by_period.get(period, []), key=lambda one: (str(one.described.dated or "9"), one.id)
        )
        if reports:
            state = State.LATE if _is_late(reports, period, late_days) else State.FILED
        else:
            state = State.MISSING if months_of(period) in lengths else State.NOT_DUE
        result.append(Filing(period, state, tuple(reports)))
    return tuple(result)


def _once(info: ReportInfo, periods: Sequence[Period], late_days: int) -> tuple[Filing, ...]:
    own = _column(info)
    late = own is not None and _is_late([info], own, late_days)
    there = State.LATE if late else State.FILED
    return tuple(
        Filing(one, there, (info,)) if one == own else Filing(one, State.NOT_DUE) for one in periods
    )


def _is_late(reports: Sequence[ReportInfo], period: Period, late_days: int) -> bool:
    """Whether every report of the period is known to be signed after the term."""
    term = period.end + timedelta(days=late_days)
    return all(one.described.dated is not None and one.described.dated > term for one in reports)


def _goes_on(indicator: str) -> bool:
    """Whether it is there in every period: not what was done once, a bridge or a fund."""
    known = load_indicators().by_name.get(indicator)
    done = known is not None and known.kind is FigureKind.FLOW
    return not done or indicator.endswith("收入")


def _stopped(filings: Sequence[Filing], told: dict[str, set[str]]) -> tuple[Stopped, ...]:
    """By length of period: what two reports running told, and none of the later ones."""
    result = []
    for months in sorted({months_of(one.period) or 0 for one in filings if one.reports}):
        own = [one for one in filings if one.reports and months_of(one.period) == months]
        names = [set().union(*(told.get(i.id, set()) for i in one.reports)) for one in own]
        for indicator in sorted(filter(_goes_on, set().union(*names))):
            has = [indicator in some for some in names]
            last = max(at for at, there in enumerate(has) if there)
            if 0 < last < len(own) - 1 and has[last - 1]:
                missing = tuple(one.period for one in own[last + 1 :])
                result.append(Stopped(indicator, own[last].period, missing))
    return tuple(result)
