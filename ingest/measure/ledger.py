"""A report's text to its figures, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.chinese.fold import fold
from index.chinese.indicators import GROWTH, Indicators
from index.chinese.periods import find_periods
from index.chinese.sentences import sentences
from index.records import Figure, FigureKind, Passage, Period, Report
from ingest.measure.cells import Cell, cells, is_row
from ingest.measure.kinds import kind_of
from ingest.measure.labels import label_of, named
from ingest.measure.numbers import Number, in_base, numbers
from ingest.measure.parts import wholes
from ingest.measure.qualifiers import qualifiers
from ingest.measure.said import Said
from ingest.measure.sections import Frame, Sections, frame_of, passages_by_start
from ingest.measure.subjects import subjects
from ingest.measure.times import Time, hidden, time_at, times_in
from ingest.measure.whose import Whose

# Looked up once: a member of an enumeration takes longer than a comparison.
_FLOW = FigureKind.FLOW
_STOCK = FigureKind.STOCK
_TARGET = FigureKind.TARGET

_HEAD = 40
"""Characters in which a paragraph's opening date stands."""
# 2022年,全市…: a date in front of a paragraph holds for all of it.
_LEADING = re.compile(
    r"^[^\u4e00-\u9fff\d]{0,3}(?:[一二三四五六七八九十]{1,2}[是、]|\d{1,2}[.、]|\d{1,2}(?:\.\d{1,2}){1,3}\s)?(?:截[至止]到?)?"
)


class _Sentence(NamedTuple):
    """A sentence with its numbers; offsets of the report's text."""

    start: int
    end: int
    numbers: tuple[Number, ...]
    opens: bool
    """Whether it begins a line."""
    row: bool = False
    bare: bool = False
    """Whether its whole line has no number: it only may open a section."""


def figures(report: Report, passages: Sequence[Passage], indicators: Indicators) -> list[Figure]:
    """The figures of a report in order."""
    folded = fold(report.text)
    reader = _Reader(report, frame_of(report.described), indicators)
    heads = passages_by_start(passages)
    at = 0
    names = [fold(one) for one in (report.described.place, *report.described.within) if one]
    for sentence in _sentences(folded, names):
        while at < len(heads) and heads[at][0] <= sentence.start:
            reader.sections.enter(heads[at][1])
            at += 1
        text = folded[sentence.start : sentence.end]
        if sentence.row:
            reader.row(sentence, text)
        else:
            reader.prose(sentence, text)
    return reader.found


class _Reader:
    """Reads the sentences of one report in order: what a date opened holds further on."""

    def __init__(self, report: Report, frame: Frame, indicators: Indicators) -> None:
        self.sections = Sections(frame)
        self.found: list[Figure] = []
        self._report = report
        self._frame = frame
        self._indicators = indicators
        self._whose = Whose(report.described)
        self._past_end = frame.past.period.end if frame.past.period else None
        self._lead: Time | None = None
        self._carried: Time | None = None
        self._opening = ""
        """The sentence that the paragraph begins with, where it may be a label."""
        self._label: str | None = None
        """What it is a label of; None where it was not asked yet: most paragraphs end with it."""

    def prose(self, sentence: _Sentence, text: str) -> None:
        """Read the figures of a sentence."""
        if sentence.opens:
            self.sections.open(text)
            self._lead = self._carried = None
            self._opening = "" if sentence.numbers or sentence.bare else text
            self._label = None
            self._whose.begin()
        if sentence.bare:
            return
        if not sentence.numbers and not sentence.opens:
            self._whose.read(text)
            return
        own = [one.moved(-sentence.start) for one in sentence.numbers]
        dated = text if own else text[:_HEAD]
        times = times_in(dated, self._frame.anchor, self._past_end, own, self.sections.spoken_of)
        leading = _LEADING.match(text) if times else None
        opening = times and leading and times[0].start <= leading.end()
        if opening and text[times[0].end : times[0].end + 1] in (",", "、"):
            self._lead = times[0]
        if own:
            self._stated(sentence, text, own, times)
        last = time_at(times, len(text))
        if not text.endswith(";"):
            self._carried = None
        elif last is not None and (not last.passing or last is self._lead):
            self._carried = last
        self._whose.read(text)

    def _stated(self, sentence: _Sentence, text: str, own: list[Number], times: list[Time]) -> None:
        plain = hidden(text, times, own)
        said = subjects(plain, own)
        parts = wholes(plain, own, said)
        kinds: list[FigureKind] = []
        first = len(self.found)
        former = "由" in plain or "从" in plain
        for index, number in enumerate(own):
            phrase = said[index].indicator
            canonical = self._indicators.name_of(phrase, number.kind)
            time = time_at(times, number.start)
            if time is None or time.now:
                time = time if time is not None else self._carried or self._lead
            kind = self._kind(number, said[index], plain, time, canonical)
            whole = parts[index]
            if whole is not None and kind is _STOCK and whole < index:
                kind = kinds[whole] if kinds[whole] in _INHERITED else kind
            kinds.append(kind)
            if canonical is None and self._opening and (label := self._named()):
                # A paragraph's label, where the phrase says too little.
                phrase = named(label, phrase)
                canonical = self._indicators.name_of(
                    phrase, number.kind
                ) or self._indicators.meant_under(label, phrase, number.kind)
            then = (
                former and _GREW.match(plain, number.end) and _FORMER.search(plain, 0, number.start)
            )
            self._add(
                sentence,
                number,
                phrase,
                canonical,
                place=self._whose.at(text, number.start),
                as_of=self._before(time) if then else self._as_of(time, kind),
                kind=kind,
                qualifier=qualifiers(text, own, index, said[index]),
                part_of=None if whole is None else first + whole,
            )

    def _named(self) -> str:
        if self._label is None:
            self._label = label_of(self._opening)
        return self._label

    def _kind(
        self, number: Number, said: Said, plain: str, time: Time | None, canonical: str | None
    ) -> FigureKind:
        context = self.sections.now
        over = (
            time is not None
            and time.period is not None
            and self._past_end is not None
            and time.period.end <= self._past_end
        )
        return kind_of(
            number,
            said,
            plain[: number.start],
            plain[number.end :],
            None if canonical is None else self._indicators.by_name[canonical].kind,
            planned=context.planned and not over,
            future=bool(time and time.future),
            review=context.said and not context.planned,
        )

    @staticmethod
    def _before(time: Time | None) -> Period | None:
        """The time of what a value has grown from: 由2015年的零公里增加到."""
        return time.period if time is not None and time.until is not None else None

    def _as_of(self, time: Time | None, kind: FigureKind) -> Period | None:
        context = self.sections.now.period
        if time is None:
            aims = kind is _TARGET and not self.sections.now.planned
            return self._frame.ahead.period if aims and self._frame.reviews else context
        if time.now:
            return context
        own = self._frame.past.period
        part = own is not None and time.period is not None and own != time.period
        if part and kind is not _TARGET and own and time.period and own.within(time.period):
            # 今年 in the report of a half-year: as far as it is over.
            return own
        return time.period

    def row(self, sentence: _Sentence, text: str) -> None:
        """Read the figures of a table's row."""
        for cell in cells(text):
            number = cell.number
            time, column = self._of_column(cell)
            indicator = column if not cell.label or column else cell.label
            if cell.label and column:
                indicator = cell.label + column
            said = Said(indicator, indicator, column, "")
            canonical = self._indicators.name_of(indicator, number.kind)
            kind = self._kind(
                number._replace(start=len(column), end=len(column)), said, column, time, canonical
            )
            self._add(
                sentence,
                number,
                indicator,
                canonical,
                place=cell.place or self._report.place,
                as_of=time.period if time else self.sections.now.period,
                kind=kind,
                qualifier=(),
                part_of=None,
            )

    def _of_column(self, cell: Cell) -> tuple[Time | None, str]:
        """A column may be a period: 2021年 | 2022年, and then the row says what is counted."""
        mention = next(find_periods(cell.column, self._frame.anchor), None)
        if mention is None:
            return None, cell.column
        rest = (cell.column[: mention.start] + cell.column[mention.end :]).strip("年度全()")
        future = self._past_end is not None and mention.period.start > self._past_end
        return Time(0, 0, mention.period, future=future), rest

    def _add(
        self,
        sentence: _Sentence,
        number: Number,
        indicator: str,
        canonical: str | None,
        *,
        place: str | None,
        as_of: Period | None,
        kind: FigureKind,
        qualifier: tuple[str, ...],
        part_of: int | None,
    ) -> None:
        base, base_unit = in_base(number.value, number.unit, number.bare)
        if not base_unit and (
            (canonical is not None and number.kind == "scale") or _MONEY.search(indicator)
        ):
            base_unit = "元"  # 整合资金108万
        if canonical and canonical.endswith(GROWTH) and self._indicators.falls(indicator):
            base = -base
        first, last = number.core
        # By position, in the order of the record: less than half the time of eighteen names.
        self.found.append(
            Figure(
                self._report.id,
                len(self.found),
                first + sentence.start,
                last + sentence.start,
                number.value,
                number.high,
                number.unit,
                base,
                base_unit,
                indicator,
                canonical,
                place,
                as_of,
                kind,
                qualifier,
                number.approx,
                part_of,
                (sentence.start, sentence.end),
            )
        )


_INHERITED = (_FLOW, _TARGET)
_MONEY = re.compile(r"资金|投资|投入|款|收入|贷|费")
_FORMER = re.compile(r"(?:由|从)(?:原来|过去|原先|最初|当初)?的?\0*的?(?:\d[\d,.]*[户人名口])?$")
_GREW = re.compile(r"(?:\d[\d,.]*[户人名口])?[^,。;\d]{0,8}?(?:到|至|为)")


def _sentences(folded: str, names: Sequence[str]) -> Iterator[_Sentence]:
    found = numbers(folded, names)
    at = begin = 0
    for line in folded.split("\n"):
        end = begin + len(line)
        if is_row(line):
            while at < len(found) and found[at].core[0] < end:
                at += 1
            yield _Sentence(begin, end, (), opens=True, row=True)
            begin = end + 1
            continue
        if at == len(found) or found[at].core[0] >= end:
            if line and not line.isspace():
                head = folded.find("。", begin, end)
                yield _Sentence(begin, end if head < 0 else head + 1, (), opens=True, bare=True)
            begin = end + 1
            continue
        opens = True
        for start, stop in sentences(folded, begin, end):
            own: list[Number] = []
            while at < len(found) and found[at].core[0] < stop:
                own.append(found[at])
                at += 1
            inside = tuple([one for one in own if start <= one.start and one.end <= stop])
            yield _Sentence(start, stop, inside, opens)
            opens = False
        begin = end + 1
