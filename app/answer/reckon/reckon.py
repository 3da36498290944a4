"""A question that counts, adds or compares to an answer from the ledger, over all of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.answer.answer import Citation, ReportRef, Sentence, Value
from app.answer.reckon import texts
from app.answer.reckon.asked import compared, overlap, years_of
from app.answer.reckon.row import Row
from app.answer.reckon.rows import Rows, place_of, places_asked, rows_for, same_names
from app.answer.reckon.stated import stated_total
from app.answer.reckon.tell import shown, tell, tell_stated
from app.answer.reckon.topic import Doing, Topic, deed_of, topic_of
from app.history.periods import filled
from index.archive import Archive
from index.archive_reader import ReportInfo
from index.chinese.indicators import Indicators
from index.evidence.score import Scored
from index.ledger import quotes
from index.query import Query
from index.records import FigureKind, Period

_MOST_ROWS = 200
"""More rows than a person reads: the question is too wide to be told row by row."""


@dataclass(frozen=True)
class Reckoned:
    """The answer from the ledger."""

    direct: str | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    values: tuple[Value, ...]
    notice: str | None
    total: bool = False
    """Whether it is a sum of ours."""


_TOTAL = re.compile(r"合计|共计|总计|总共|[各\d]个?[村镇乡][^,。;]{0,12}共")


def states_total(found: Sequence[Scored]) -> bool:
    """Whether a report itself states the total that is asked for: then no sum of ours is told."""
    return any(one.answers and _TOTAL.search(one.candidate.folded) for one in found[:3])


def reckon(
    query: Query, archive: Archive, infos: Sequence[ReportInfo], indicators: Indicators
) -> Reckoned | None:
    """Answer from the ledger; None where the question is none of that kind, or too few rows say."""
    if query.unclear or any(not place.known for place in query.places):
        return None
    infos = [info for info in infos if query.of_genre(info.described)]
    query = compared(query, _filed(places_asked(query, infos), infos))
    topic = topic_of(query, indicators)
    if topic is None:
        return None
    told = _reckoned(query, topic, archive, infos, indicators)
    deed = deed_of(topic, indicators) if told is None else None
    return told if deed is None else _reckoned(query, deed, archive, infos, indicators)


def _reckoned(
    query: Query,
    topic: Topic,
    archive: Archive,
    infos: Sequence[ReportInfo],
    indicators: Indicators,
) -> Reckoned | None:
    places = places_asked(query, infos)
    slots, last = _slots(query, topic.doing, places, infos)
    notice = texts.shifted(last.chinese) if last is not None else None
    if topic.doing is Doing.SUM and (total := stated_total(query, topic, archive, slots)):
        book = _Citations(archive, total)
        told = tell_stated(total, book.number)
        return Reckoned(told.direct, told.sentences, book.used, book.values(total), notice)
    rows = rows_for(query, topic, archive, infos, slots, indicators)
    # Of times asked for by name one that is silent is named; of 历年 one alone is no trend.
    named = topic.doing is Doing.TREND and 1 < len(query.periods) < 5 and len(rows.rows) == 1
    if not (named or _enough(rows, topic.doing)) or (
        topic.doing is Doing.SUM and _nested(rows, places)
    ):
        return None
    if topic.doing is Doing.OVER and not _adds_up(rows):
        topic = replace(topic, doing=Doing.TREND)  # told one by one, and not added
    book = _Citations(archive, rows.rows)
    told = tell(topic, rows, book.number)
    # Of villages that the question itself puts together no report states the total.
    whole = not query.places or any(place.inside for place in query.places)
    values, summed = book.values(rows.rows), topic.doing is Doing.SUM and whole
    return Reckoned(told.direct, told.sentences, book.used, values, notice, summed)


def _adds_up(rows: Rows) -> bool:
    """Whether what is told of several times may be added: what happened, each time for itself."""
    happened = all(
        row.figure.kind is FigureKind.FLOW and "累计" not in row.figure.qualifier
        for row in rows.rows
    )
    times = {row.period or row.figure.as_of for row in rows.rows}
    return happened and not overlap([time for time in times if time is not None])


def _filed(places: Sequence[str], infos: Sequence[ReportInfo]) -> list[Period]:
    """The periods of the places' own reports, in order."""
    same = same_names(infos)
    return sorted(
        {p for i in infos if (p := i.described.period) and place_of(i, same) in places},
        key=lambda period: (period.end, period.start),
    )


def _enough(rows: Rows, doing: Doing) -> bool:
    if doing is Doing.DIFFERENCE:
        units = {row.figure.base_unit for row in rows.rows}
        return len(rows.rows) == 2 and len(units) == 1 and not rows.gaps
    least = 2 if doing in (Doing.MOST, Doing.LEAST, Doing.TREND) else 1
    return least <= len(rows.rows) <= _MOST_ROWS


def _nested(rows: Rows, places: Sequence[str]) -> bool:
    """Whether one place lies in another: a town's figure is never added to its village's."""
    own = [row for row in rows.rows if row.entry.described.place == row.figure.place]
    return any(around in places for row in own for around in row.entry.described.within)


def _slots(
    query: Query, doing: Doing, places: Sequence[str], infos: Sequence[ReportInfo]
) -> tuple[list[Period], Period | None]:
    """The times to look at, and the last report's where the years meant lie behind all reports."""
    filed = _filed(places, infos)
    # A year's report beside those of its halves tells nothing that they do not.
    filed = [p for p in filed if not any(q != p and q.end == p.end and q.within(p) for q in filed)]
    if not filed:
        return list(query.periods), None
    if doing is Doing.OVER:
        return years_of(query.periods, filed), None
    periods, last = _reached(query.periods, filed[-1])
    if not periods and doing in (Doing.SUM, Doing.MOST, Doing.LEAST, Doing.COUNT):
        return [filed[-1]], None  # figures of different times are neither added nor compared
    if doing is not Doing.TREND:
        return periods, last
    if not periods:
        # Of a time without a report of the place's own its town's may tell; else it is a gap.
        return list(filled(filed)), None
    inside = [one for one in filed if any(one.within(period) for period in periods)]
    return inside or periods, last


def _reached(periods: Sequence[Period], last: Period) -> tuple[list[Period], Period | None]:
    """近三年 where the archive ends before: the last three years that it reaches."""
    years = periods[-1].end.year - last.end.year if periods else 0
    long = any(one.start.year != one.end.year for one in periods) or len(periods) > 2
    if years <= 0 or not long or min(one.start for one in periods) <= last.end:
        return list(periods), None
    moved = [Period(_back(one.start, years), _back(one.end, years)) for one in periods]
    return moved, last


def _back(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


class _Citations:
    """Numbers the sentences that the rows stand in, in the order in which they are used."""

    def __init__(self, archive: Archive, rows: Sequence[Row]) -> None:
        figures = [one.figure for row in rows for one in (row.entry, row.other) if one]
        self._quotes = {
            (figure.report_id, figure.sentence): quote.sentence
            for figure, quote in zip(figures, quotes(archive, figures), strict=True)
        }
        self._used: dict[tuple[str, tuple[int, int]], Citation] = {}

    @property
    def used(self) -> tuple[Citation, ...]:
        return tuple(self._used.values())

    def number(self, row: Row) -> int:
        key = _key(row)
        if key not in self._used:
            described, (start, end) = row.entry.described, row.figure.sentence
            period = described.period.key if described.period else None
            report = ReportRef(
                row.figure.report_id, described.title, described.place, period, row.entry.source
            )
            number = len(self._used) + 1
            quote = self._quotes[key]
            self._used[key] = Citation(number, report, "", quote, start, end)
        return self._used[key].n

    def values(self, rows: Sequence[Row]) -> tuple[Value, ...]:
        """The rows that have been cited, for tables and charts."""
        return tuple(self._value(row) for row in rows if _key(row) in self._used)

    def _value(self, row: Row) -> Value:
        figure, period = row.figure, row.period or row.figure.as_of
        return Value(
            figure.canonical or figure.indicator,
            row.place,
            period.key if period else None,
            period.chinese if period else "",
            figure.kind.value,
            shown(row),
            float(figure.value),
            figure.unit,
            float(figure.base),
            figure.base_unit,
            self.number(row),
        )


def _key(row: Row) -> tuple[str, tuple[int, int]]:
    return row.figure.report_id, row.figure.sentence
