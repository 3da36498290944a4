"""What earlier reports offer for the next one: sentences under headings, with their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer.answer import ReportRef
from app.draft.draft import DraftCitation, Origin
from app.history.statements import Statement, statements
from index.archive_reader import ArchiveReader, ReportInfo
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.records import Figure, FigureKind, Passage, Period, Report

NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}\s?[、.．]|"
    r"[((]\s?[一二三四五六七八九十]{1,3}\s?[))])\s*[、.:]?\s*"
)
_TOP = re.compile(r"[一二三四五六七八九十]{1,3}\s?、")
_HEADING = 24
PLANS = re.compile(r"打算|下一?步|下一?阶段|下半年|明年|来年|计划|安排|思路|怎么干|努力方向")
PROBLEMS = re.compile(r"问题|不足|困难|短板")
BASIC = re.compile(r"基本(?:情况|村情|概况|面)|村情|镇情|乡情|概况|简介|户情|人口")


@dataclass(frozen=True)
class Said:
    """A sentence of a report: `report.text[start:end]`, the headings above it, its figures."""

    report: Report
    heading: tuple[str, ...]
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        return self.report.text[self.start : self.end]

    @property
    def top(self) -> str:
        return fold(self.heading[0]) if self.heading else ""

    @property
    def plans(self) -> bool:
        return bool(PLANS.search(self.top))

    @property
    def problems(self) -> bool:
        return bool(PROBLEMS.search(self.top)) and not self.plans

    @property
    def basic(self) -> bool:
        return bool(BASIC.search(self.top))


@dataclass(frozen=True)
class Earlier:
    """The place's own reports before a period, the newest first, and what is told of it."""

    reports: tuple[Report, ...]
    said: tuple[Said, ...]
    """Of the newest report."""
    told: tuple[Statement, ...]
    """Every sentence with figures of these reports."""

    @property
    def last(self) -> Report | None:
        return self.reports[0] if self.reports else None


def earlier(
    archive: ArchiveReader, place: str, period: Period, without: frozenset[str] = frozenset()
) -> Earlier:
    """What the place (folded name) reported before a period; `without` are reports to pass over."""
    infos = [
        info
        for info in archive.infos()
        if info.id not in without
        and info.described.place == place
        and not info.described.fragment
        and (own := info.described.period) is not None
        and own.start < period.start
        and own.end < period.end
    ]
    infos.sort(key=_newest_and_longest, reverse=True)
    reports = tuple(one for info in infos if (one := archive.report(info.id)) is not None)
    ids = {one.id for one in reports}
    told = tuple(one for one in statements(archive, place) if one.report_id in ids)
    said: tuple[Said, ...] = ()
    if reports:
        last = reports[0]
        passages = [one.passage for one in archive.passages_of(last.id)]
        figures = [f for one in told if one.report_id == last.id for f in one.figures]
        said = tuple(said_in(last, passages, figures))
    return Earlier(reports, said, told)


def _newest_and_longest(info: ReportInfo) -> tuple[object, ...]:
    period = info.described.period
    assert period is not None
    return period.end, -(period.end - period.start).days, info.passages, info.id


def said_in(
    report: Report, passages: Sequence[Passage], figures: Sequence[Figure]
) -> Iterator[Said]:
    """The sentences of a report in order, without headings that stand on lines of their own."""
    signed = report.described.dated_span
    for passage in passages:
        heads = [fold(one).strip() for one in passage.heading]
        heading = tuple(passage.heading)
        for start, end in sentences(report.text, passage.start, passage.end):
            words = fold(report.text[start:end]).strip()
            depth = next(
                (n for n, one in enumerate(heads) if one.rstrip("。:") == words.rstrip("。:")), None
            )
            if depth is not None:
                heading = tuple(passage.heading[: depth + 1])
                continue
            if _alone(report.text, start, end) and _TOP.match(words) and len(words) <= _HEADING:
                # A section of a line or two stands in one passage with the next one.
                heading = (report.text[start:end].strip(),)
                continue
            if signed and start == signed[0]:
                continue
            own = [f for f in figures if start <= f.start < end]
            yield Said(report, heading, start, end, tuple(own))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether it is a line of its own without a full stop."""
    before = start == 0 or text[start - 1] == "\n"
    return before and text[end : end + 1] in ("", "\n") and text[end - 1] not in "。;;!?:"


def written(said: Said, figure: Figure) -> str:
    """A figure as the report writes it (七成, 13,420元), a cell of a table with its unit."""
    text = said.report.text[figure.start : figure.end]
    return text if not figure.unit or figure.unit in fold(text) else f"{text}{figure.unit}"


def due(said: Said, period: Period) -> tuple[Figure, ...]:
    """The planned figures of a sentence that are to be reached by the end of a period."""
    return tuple(
        one
        for one in said.figures
        if one.kind is FigureKind.TARGET
        and one.as_of is not None
        and period.start <= one.as_of.end <= period.end
    )


def quoted(report: Report, heading: Sequence[str], start: int, end: int, n: int) -> DraftCitation:
    """These characters of an archived report as a numbered quotation."""
    position = report.position(start, end)
    period = report.period.key if report.period else None
    return DraftCitation(
        n,
        Origin.ARCHIVE,
        ReportRef(report.id, report.title, report.place, period, report.source),
        " / ".join(heading),
        report.text[start:end],
        start,
        end,
        position.page,
        position.sheet,
        position.row,
    )
