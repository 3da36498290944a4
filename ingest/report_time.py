"""When a report was made and of what period it is: title, opening sentence, signature, path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

from index.chinese.fold import fold
from index.chinese.periods import find_periods
from index.records import Origin, Period
from ingest.report_place import HEAD_LINES

TITLE_MAX = 60
"""Characters of the longest line that can be a title or a date."""
REDACTED_YEAR = re.compile(r"(?<!\d)(?:\d{0,3}[x×*_]{1,4}\d?|某)\s?年")
_DATE_LINE = re.compile(
    r"\D{0,30}?((?:\d{4}|[二〇零一二三四五六七八九]{4})\s?[年./\-]\s?[\d一二三四五六七八九十]{1,3}\s?"
    r"(?:[月./\-]\s?[\d一二三四五六七八九十]{1,3}\s?日?|月))\s*[)）]?"
)
_WORDS_SO_FAR = re.compile(r"今年以来|一年来|半年来|上半年以来")


def signature_date(folded: Sequence[str]) -> tuple[date, int] | None:
    """The date that closes the report, on one of its last lines and alone but for the signature."""
    for index in range(len(folded) - 1, max(len(folded) - 6, 0) - 1, -1):
        line = folded[index]
        if len(line) <= 40 and _DATE_LINE.fullmatch(line) and (day := _day(line)):
            return day, index
    return None


def head_date(folded: Sequence[str]) -> tuple[date, int] | None:
    """The date under the title: of the meeting that heard the report, else (2021年3月4日 …)."""
    found: list[tuple[int, int, date]] = []
    for index, line in enumerate(folded[:HEAD_LINES]):
        if len(line) > TITLE_MAX or line.endswith("。"):
            break
        # The line that names the meeting may go on in the next one.
        named = [i for i in (0, 1) if "会议" in "".join(folded[index : index + 1 + i])]
        if (named or _DATE_LINE.fullmatch(line) or "(" in line) and (day := _day(line)):
            found.append((named[0] if named else 2, index, day))
    if not found:
        return None
    _, index, day = min(found)
    return day, index


def _day(line: str) -> date | None:
    for mention in find_periods(line):
        if mention.period.start == mention.period.end:
            return mention.period.start
        if mention.period.start.month == mention.period.end.month:
            return mention.period.end
    return None


def period_of(
    folded: Sequence[str],
    title: str,
    genre: str | None,
    dated: date | None,
    path: str,
    redacted: bool,
) -> tuple[Period, Origin] | None:
    """The period that is reported on and where it was found; None where nothing tells."""
    if redacted:
        return next(((p, Origin.PATH) for p in _spans(fold(PurePath(path).stem), None)), None)
    if genre == "政府工作报告":
        for period in _spans(title, None):
            return Period.year(period.end.year), Origin.TITLE
        if dated is not None:
            # A congress that meets at the end of a year hears next year's report.
            return Period.year(dated.year + (dated.month >= 11)), Origin.HEAD
    for period, origin in _period_sources(folded, title, dated, path):
        if genre == "政府工作报告":
            # Its first heading reviews the year before: 一、2021年工作回顾.
            return Period.year(period.end.year + 1), origin
        return period, origin
    if dated is None:
        return None
    if dated.month <= 2:
        return Period.year(dated.year - 1), Origin.SIGNATURE
    return (Period.half(dated.year, 1) if 6 <= dated.month <= 8 else Period.year(dated.year)), (
        Origin.SIGNATURE
    )


def _period_sources(
    folded: Sequence[str], title: str, dated: date | None, path: str
) -> Iterator[tuple[Period, Origin]]:
    yield from ((p, Origin.TITLE) for p in _spans(title, dated))
    begun = opening(folded)[:150]
    # The opening sentence of a summary says what it covers: 2018年上半年,我局…
    for mention in find_periods(begun, dated):
        if mention.explicit or mention.period.end.month - mention.period.start.month == 5:
            # 自2021年5月起 tells when something began, not what the report covers.
            if (mention.period.end - mention.period.start).days > 80 and mention.start < 30:
                yield mention.period, Origin.HEAD
            break
    stem = fold(PurePath(path).stem)
    yield from ((p, Origin.PATH) for p in _spans(stem, dated))
    if dated is not None and _WORDS_SO_FAR.search(begun) and 6 <= dated.month <= 8:
        yield Period.half(dated.year, 1), Origin.SIGNATURE
    for line in folded:
        if len(line) <= 40:
            yield from ((p, Origin.BODY) for p in _spans(line, None) if _is_own_time(p, dated))


def _is_own_time(period: Period, dated: date | None) -> bool:
    """Whether a year in the text may be what is reported on: not the one a school was founded."""
    near = dated is None or dated.year - 1 <= period.start.year <= dated.year
    return period.start.year == period.end.year and near


def opening(folded: Sequence[str]) -> str:
    """The first paragraph."""
    return next((line for line in folded if len(line) > 40), "")


def _spans(text: str, dated: date | None) -> Iterator[Period]:
    """The reporting periods that a title names; a day in it is its date, not its period."""
    for mention in find_periods(text, dated):
        if _is_span(mention.period):
            yield mention.period


def _is_span(period: Period) -> bool:
    return (period.end - period.start).days > 25
