"""What earlier reports offer for the next one: sentences under headings, with their figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.answer.answer import ReportRef
from app.draft.draft import DraftCitation, Origin
from app.history.namesakes import home_of
from app.history.statements import Statement, statements
from index.archive_reader import ArchiveReader, ReportInfo
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.records import Figure, FigureKind, Passage, Period, Report

NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}\s?[、.．]|"
    r"[(（]\s?[一二三四五六七八九十]{1,3}\s?[)）])\s*[、.:：]?\s*"
)
_TOP = re.compile(r"[一二三四五六七八九十]{1,3}\s?、")
_POINT = re.compile(r"\s*[一二三四五六七八九十]是")
_NEXT = re.compile(r"下一?个?季度|下一?个?月(?!\d)|下半年")
_BUREAU = re.compile(r"(?:局|中心|大队|支队|医院|卫生院|学校|[中小]学|站|所)$")
_HEADING = 24
_TELLING = frozenset((FigureKind.FLOW, FigureKind.STOCK, FigureKind.RATE))
_MOSTLY = 1
PLANS = re.compile(
    r"打算|下一?步|下一?阶段|下半年|明年|来年|计划|安排|思路|怎么干|努力方向|想法|设想|展望"
)
PROBLEMS = re.compile(
    r"^(?!.*(?:解决|破解|化解|克服|攻克)).*(?:问题|不足|困难|短板|差距|弱项|薄弱环节|不如意|难[点处题])"
)
BASIC = re.compile(
    r"基本(?:情况|村情|概况|面)|^\S{0,3}基本盘|总[的体](?:情况|概况)|村情|镇情|乡情|概况|简介|户情|人口"
)


@dataclass(frozen=True)
class Said:
    """A sentence of a report: `report.text[start:end]`, the headings above it, its figures."""

    report: Report
    heading: tuple[str, ...]
    start: int
    end: int
    figures: tuple[Figure, ...]
    ahead: bool = False
    """Whether its heading names the year of a report that looks back on the one before."""

    @property
    def text(self) -> str:
        return self.report.text[self.start : self.end]

    @property
    def top(self) -> str:
        return fold(self.heading[0]) if self.heading else ""

    @property
    def plans(self) -> bool:
        return self.ahead or bool(PLANS.search(self.top))

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
    behind: int = 0
    """1 where the last report is of a year and looks back on the year before, else 0."""

    @property
    def last(self) -> Report | None:
        return self.reports[0] if self.reports else None

    def covered(self, period: Period) -> Period:
        """What a report of this place looks back on if it is filed for a period."""
        if not self.behind or period != Period.year(period.start.year):
            return period
        return Period.year(period.start.year - self.behind)


def earlier(
    archive: ArchiveReader,
    place: str,
    period: Period,
    without: frozenset[str] = frozenset(),
    around: str | None = None,
    bureau: str | None = None,
) -> Earlier:
    """What the place (folded name) reported before a period; `without` are reports to pass over.

    `around` is the place around it, where there are several of its name; `bureau` the one office
    of the place whose reports they are.
    """
    infos = [
        info
        for info in archive.infos()
        if info.id not in without
        and info.described.place == place
        and (around is None or home_of(info.described, place) == around)
        and (bureau is None or info.described.unit == bureau)
        and not info.described.fragment
        and (own := info.described.period) is not None
        and own.start <= period.start
        and own.end < period.end
    ]
    infos.sort(key=_newest_and_longest, reverse=True)
    reports = tuple(one for info in infos if (one := archive.report(info.id)) is not None)
    ids = {one.id for one in reports}
    told = tuple(one for one in statements(archive, place) if one.report_id in ids)
    if not reports:
        return Earlier(reports, (), told)
    figures = [f for one in told if one.report_id == reports[0].id for f in one.figures]
    said, behind = read_through(archive, reports[0], figures)
    return Earlier(reports, said, told, behind)


@dataclass(frozen=True)
class Bureau:
    """An office that reports of its place's affairs: 平岭县水利局 of 平岭县."""

    unit: str
    place: str


def unit_named(archive: ArchiveReader, name: str) -> Bureau | None:
    """The office of a place that reports under this name, which is no place's own name."""
    wanted = fold(name.strip())
    for info in archive.infos():
        unit, place = info.described.unit, info.described.place
        # 石梁村村民委员会 and 县人民政府 speak for the place as a whole.
        if unit and place and fold(unit) == wanted != place and _BUREAU.search(wanted):
            return Bureau(unit, place)
    return None


def about(earlier: Earlier, words: Sequence[str]) -> Earlier:
    """Of the last report only sentences that have one of these words, or stand below one."""
    if not words:
        return earlier
    kept = tuple(
        one
        for one in earlier.said
        if any(word in fold(" ".join((*one.heading[-1:], one.text))) for word in words)
    )
    starts = {one.start for one in kept}
    last = earlier.last
    told = tuple(
        one
        for one in earlier.told
        if last is None or one.report_id != last.id or one.start in starts
    )
    return replace(earlier, said=kept, told=told)


def read_through(
    archive: ArchiveReader, report: Report, figures: Sequence[Figure]
) -> tuple[tuple[Said, ...], int]:
    """The sentences of a report of the archive, and what `years_behind` says of it."""
    passages = [one.passage for one in archive.passages_of(report.id)]
    behind = years_behind(report, passages, figures)
    return tuple(said_in(report, passages, figures, behind=behind)), behind


def years_behind(report: Report, passages: Sequence[Passage], figures: Sequence[Figure]) -> int:
    """1 where a report of a year looks back on the one before (of 2019 on 2018年工作), else 0."""
    period = report.period
    if period is None or period != Period.year(period.start.year):
        return 0
    before = period.start.year - 1
    for passage in passages:
        top = fold(passage.heading[0]) if passage.heading else ""
        if f"{before}年" in top and not PLANS.search(top):
            return 1
    years = Counter(one.as_of.end.year for one in figures if one.kind in _TELLING and one.as_of)
    return int(years[before] > _MOSTLY * max(years[before + 1], 1))


def _newest_and_longest(info: ReportInfo) -> tuple[object, ...]:
    period = info.described.period
    assert period is not None
    return period.end, -(period.end - period.start).days, info.passages, info.id


def said_in(
    report: Report,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    *,
    behind: int = 0,
    lines: bool = False,
) -> Iterator[Said]:
    """The sentences of a report in order, without headings that stand on lines of their own.

    `behind` is what `years_behind` says of it. With `lines` a numbered line that ends like a
    sentence or has a figure is one: what is handed in is often such a list.
    """
    title = fold(report.title).strip()
    signed = report.described.dated_span
    now = f"{report.period.start.year}年" if behind and report.period else None
    told: set[str] = set()
    for passage in passages:
        full = tuple(one for one in passage.heading if not _listed(one, told))
        heads = [fold(one).strip() for one in full]
        heading = full
        for start, end in sentences(report.text, passage.start, passage.end):
            words = fold(report.text[start:end]).strip()
            depth = next(
                (n for n, one in enumerate(heads) if one.rstrip("。:") == words.rstrip("。:")), None
            )
            own = [f for f in figures if start <= f.start < end]
            if depth is not None:
                if not (words[-1] in ".。;!?" and (own or lines)) and not (own and lines):
                    heading = full[: depth + 1]
                    continue
                # What follows it stands beside it, not below it.
                told.add(report.text[start:end].strip())
                heading = full[:depth]
            alone = _alone(report.text, start, end) and not (lines and own)
            if alone and _TOP.match(words) and len(words) <= _HEADING:
                # A section of a line or two stands in one passage with the next one.
                heading = (report.text[start:end].strip(),)
                continue
            if (signed and start == signed[0]) or words == title:
                continue
            top = fold(heading[0]) if heading else ""
            ahead = bool(now and now in top and str(int(now[:-1]) - behind) not in top)
            yield Said(report, heading, start, end, tuple(own), ahead)


def _listed(heading: str, told: set[str]) -> bool:
    """Whether a heading is none: a sentence told already, or 一是…, a point of a list."""
    return heading.strip() in told or _POINT.match(heading) is not None


def _alone(text: str, start: int, end: int) -> bool:
    """Whether it is a line of its own without a full stop."""
    before = start == 0 or text[start - 1] == "\n"
    return before and text[end : end + 1] in ("", "\n") and fold(text[end - 1]) not in "。;!?:"


def written(said: Said, figure: Figure) -> str:
    """A figure as the report writes it (七成, 13,420元), a cell of a table with its unit."""
    text = re.sub(r"\s", "", said.report.text[figure.start : figure.end])
    return f"{text}{figure.unit}" if text[-1:].isdigit() else text


def due(said: Said, period: Period) -> tuple[Figure, ...]:
    """The planned figures of a sentence that are to be reached by the end of a period."""
    own = said.report.period
    follows = own is not None and own.end + timedelta(days=1) == period.start
    # 下季度 is the time after the report's own, whatever day its figures were given.
    after = follows and bool(_NEXT.search(fold(said.text)))
    return tuple(
        one
        for one in said.figures
        if one.kind is FigureKind.TARGET
        and one.as_of is not None
        and (period.start <= one.as_of.end <= period.end or (after and one.as_of == own))
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
