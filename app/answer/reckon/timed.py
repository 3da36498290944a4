"""Whether what a report of a second half tells is of that half or of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.answer.reckon.row import Row
from app.history.when import Span, is_annual, of_second_half, said_of
from index.archive_reader import ArchiveReader
from index.chinese.fold import fold
from index.ledger import Entry, quotes
from index.records import FigureKind, Period

Spans = Mapping[tuple[str, int], Span]


@dataclass(frozen=True)
class Timed:
    """An entry, and what its words say of the time that it covers."""

    entry: Entry
    span: Span = Span.UNSAID


def timed(found: Sequence[Entry], archive: ArchiveReader) -> list[Timed]:
    """The entries, those of 全年 under the year, those of 下半年 known as such."""
    halves = [one for one in found if of_second_half(one.figure)]
    sentences = quotes(archive, [one.figure for one in halves])
    spans: dict[tuple[str, int], Span] = {}
    for one, quote in zip(halves, sentences, strict=True):
        figure, folded = one.figure, fold(quote.sentence)
        start, end = figure.start - figure.sentence[0], figure.end - figure.sentence[0]
        spans[figure.report_id, figure.ordinal] = said_of(folded[:start], folded[end:])
    return [_timed(one, spans.get((one.figure.report_id, one.figure.ordinal))) for one in found]


def _timed(entry: Entry, span: Span | None) -> Timed:
    when = entry.figure.as_of
    annual = span is Span.UNSAID and is_annual(entry.figure)
    if (span is Span.YEAR or annual) and when is not None:
        figure = entry.figure._replace(as_of=Period.year(when.end.year))
        return Timed(replace(entry, figure=figure), Span.YEAR)
    return Timed(entry, span or Span.UNSAID)


def holds(one: Timed, slot: Period, *, loosely: bool) -> bool:
    """Whether the figure is of the time asked about: up to its end, and not of a part before it.

    What there is at the end of a year is so at the end of its second half, and what a half-year's
    report says there was in its course counts for it. Of what happened a second half alone is no
    year; a year is told of its second half with its own time beside it, longer times `loosely`.
    """
    figure = one.entry.figure
    time, stock = figure.as_of, figure.kind is FigureKind.STOCK
    if time is None:
        return False
    if time.end == slot.end:
        part = not stock and one.span is Span.HALF and time != slot
        year = one.span is Span.YEAR
        around = (stock or loosely or year) and slot.within(time)
        return (time.within(slot) and not part) or around
    return stock and time.within(slot) and one.entry.described.period == slot


def of_one_length(rows: Sequence[Row], spans: Spans) -> list[Row]:
    """Without the years where a row is known to be of a second half only: no sum mixes them."""
    halves = {row.period for row in rows if _span(row, spans) is Span.HALF}
    return [row for row in rows if row.period not in halves or _span(row, spans) is not Span.YEAR]


def _span(row: Row, spans: Spans) -> Span:
    return spans.get((row.figure.report_id, row.figure.ordinal), Span.UNSAID)


def spans_of(found: Sequence[Timed]) -> Spans:
    """What is said of each figure, by its report and number."""
    return {(f.report_id, f.ordinal): one.span for one in found for f in (one.entry.figure,)}
