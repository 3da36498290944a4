"""What a report is: title, place, reporting unit, period, genre and date, from its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from index.chinese.fold import fold
from index.chinese.genres import GENRES
from index.chinese.periods import find_periods
from index.chinese.places import chain_at, is_known, level, named_in
from index.corrections import made_title
from index.records import Described, Origin, Period
from ingest.own_place import most_spoken_of, speaks_for_all

_HEAD_LINES = 8
_TITLE_MAX = 60
_MEETING_PLACE = re.compile(r"在([\u4e00-\u9fff]{2,14}?)\s?第[零一二三四五六七八九十百]{1,4}届")
_HEADED = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:省|市|自治区|自治州|州|县|区|旗|镇|乡))(?:人民政府)?代?"
    r"(?:省长|市长|州长|县长|区长|镇长|乡长|主席|旗长)"
)
_SPEAKS_FOR = re.compile(r"代表([\u4e00-\u9fff]{2,14}?)人民政府")
_REDACTED_YEAR = re.compile(r"(?<!\d)(?:\d{0,3}[x×*_]{1,4}\d?|某)\s?年")
_HELPED = re.compile(r"(?:驻|帮扶|包联|包抓|挂钩|对口支援|结对)(?=[\u4e00-\u9fff]{2,10}[村区镇乡])")
_OFFICE = re.compile(
    r"(?:人民政府)?[\u4e00-\u9fff]{1,10}?(?:局|委|委员会|办|办公室|中心|公司|银行|联社|学校|中学|小学|医院|院|队)"
    r"(?:机关)?(?:党组|党委|党总支|党支部)?(?=驻|帮|关于|[12]\d{3}|[\u4e00-\u9fff]{0,12}(?:汇报|总结|报告|工作|情况))"
)
# 青禾镇中心小学2023年…, 梨树坪镇卫生院工作总结: the institution itself is what reports.
_INSTITUTION = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:小学|中学|学校|完小|幼儿园|卫生院|医院|敬老院|福利院)"
    r"(?=[12]\d{3}|二[〇零○0o]|[\u4e00-\u9fff]{0,12}(?:汇报|总结|报告|工作|情况|计划))"
)
_NOT_ONE = re.compile(
    r"[全各某我本区县市乡镇驻]|关于|所属|中小|农村|乡村|公办|民办|普通|职业|义务|希望"
)
"""How a title begins that is of all schools, or of none by its name."""
_INSIDE = re.compile(
    r"(?:位于|地处|坐落于|坐落在|隶属于?|属于?)([\u4e00-\u9fff]{2,20}?(?:镇|乡|街道|县|市|区))"
)
_UNIT_LINE = re.compile(
    r"[^,，。;；:：]{2,38}(?:局|委|委员会|办公室|办|队|政府|支部|总支|党委|党组|中心|学校|学区|小学|"
    r"中学|幼儿园|社区|村|公司|医院|院|所|站|会|联社|联合会|组)"
)
# 2018年上半年,|县水务中心|选派干部; 根据县水务中心的安排 names who ordered the work.
_OPENING_UNIT = re.compile(
    r"(?:[^,。]{2,16}(?:年|以来|期间|半年|度),)?"
    r"((?!根据|按照|在|为|认真|全面|我|本|今|去|近)[^,。、]{2,20}?"
    r"(?:局|办公室|扶贫办|委员会|工作队|工作组|中心|小学|中学|学区|医院))"
    r"(?=党组|党委|党支部|[,在认按深积紧坚严选以始全])"
)
_DATE_LINE = re.compile(
    r"\D{0,30}?((?:\d{4}|[二〇零一二三四五六七八九]{4})\s?[年./\-]\s?[\d一二三四五六七八九十]{1,3}\s?"
    r"(?:[月./\-]\s?[\d一二三四五六七八九十]{1,3}\s?日?|月))\s*[)）]?"
)
_WORDS_SO_FAR = re.compile(r"今年以来|一年来|半年来|上半年以来")


@dataclass(frozen=True)
class _Found:
    value: str
    origin: Origin


def describe(lines: Sequence[str], path: str, part: int | None = None) -> Described:
    """Describe the report whose cleaned lines these are; unknown stays None, never guessed at.

    `path` helps only where the text is silent, and not where the report is only the file's
    `part`th, from 1: a file of several reports is named after none of them.
    """
    folded = [fold(line) for line in lines]
    named = path if part is None else ""
    title = _title(lines, folded)
    genre = _genre(fold(title)) if title else None
    # 20xx年: whoever took the year out left no true date either, only that of the upload.
    redacted = bool(_REDACTED_YEAR.search(f"{fold(title or '')} {_opening(folded)[:40]}"))
    signed = None if redacted else _signature_date(folded)
    headed = None if redacted else _head_date(folded)
    dated, dated_line = headed or signed or (None, None)
    place, within = _place(folded, fold(title or ""), named)
    period = _period(folded, fold(title or ""), genre, dated, named, redacted)
    unit = _unit(lines, folded)
    origins = {
        "title": Origin.HEAD if title else None,
        "place": place.origin if place else None,
        "period": period[1] if period else None,
        "genre": Origin.TITLE if genre else None,
        "unit": unit.origin if unit else None,
        "dated": (Origin.HEAD if headed else Origin.SIGNATURE) if dated else None,
    }
    return Described(
        title=title or _made_title(place, period, path, part),
        place=place.value if place else None,
        within=within,
        unit=unit.value if unit else None,
        period=period[0] if period else None,
        genre=genre,
        dated=dated,
        dated_span=_span(lines, dated_line),
        origins=tuple((name, origin) for name, origin in origins.items() if origin),
    )


def _span(lines: Sequence[str], index: int | None) -> tuple[int, int] | None:
    """Character offsets of line `index` in the lines joined by line breaks."""
    if index is None:
        return None
    start = sum(len(line) + 1 for line in lines[:index])
    return start, start + len(lines[index])


def _title(lines: Sequence[str], folded: Sequence[str]) -> str | None:
    """The best of the first lines: short, naming a kind of document, and, if it can be, a place."""
    best: tuple[int, str] | None = None
    for line, plain in zip(lines[:_HEAD_LINES], folded, strict=False):
        if len(line) > _TITLE_MAX:
            break
        if "。" in plain or plain.endswith((";", ",", ":")) or plain.startswith("-"):
            continue
        score = 2 * bool(_genre(plain)) + bool(list(named_in(plain)))
        if score >= 2 and (best is None or score > best[0]):
            best = score, line
    if best is not None:
        return best[1]
    first = lines[0] if lines else ""
    short = 2 <= len(first) <= 40 and len(lines) > 1 and not re.search(r"[。,，;；:：、]", first)
    return first if short else None


def _made_title(
    place: _Found | None, period: tuple[Period, Origin] | None, path: str, part: int | None
) -> str:
    made = made_title(place.value if place else None, period[0] if period else None)
    return made or PurePath(path).stem + (f"(第{part}份)" if part is not None else "")


def _genre(folded: str) -> str | None:
    return next((genre for genre in GENRES if genre in folded), None)


def _place(folded: Sequence[str], title: str, path: str) -> tuple[_Found | None, tuple[str, ...]]:
    chain, origin = _first_chain(folded, title, path)
    if not chain:
        return None, ()
    place = chain[-1]
    within = tuple(reversed(chain[:-1]))
    if not within:
        text = "\n".join(folded[:20])
        match = re.search(rf"{re.escape(place)}[^。\n]{{0,20}}?{_INSIDE.pattern}", text)
        inside = chain_at(match[1]) if match else ()
        wide = level(place) or 0
        within = tuple(name for name in reversed(inside) if (level(name) or 9) < wide)
    return _Found(place, origin), within or _folders_around(path, place)


def _folders_around(path: str, place: str) -> tuple[str, ...]:
    """The places around one that the folders of its file are named after, the nearest first."""
    found: list[str] = []
    rank = level(place) or 0
    for folder in reversed(PurePath(path).parts[:-1]):
        chain = chain_at(fold(folder))
        if chain and "".join(chain) == fold(folder):
            found += reversed(chain)
    return tuple(name for name in found if (level(name) or 9) < rank)


def _first_chain(folded: Sequence[str], title: str, path: str) -> tuple[tuple[str, ...], Origin]:
    """The chain of places from the surest part of the text that names one."""
    if chain := _chain_in(title):
        return chain, Origin.TITLE
    head = "\n".join(folded[: _HEAD_LINES + 4])
    for pattern in (_MEETING_PLACE, _HEADED, _SPEAKS_FOR):
        for match in pattern.finditer(head):
            # The provinces are all in the dictionary: 第九届自治区人民政府 names none.
            if (chain := chain_at(match[1])) and (level(chain[0]) != 1 or is_known(chain[0])):
                return chain, Origin.HEAD
    if name := most_spoken_of(folded):
        return (name,), Origin.BODY
    if (chain := _office_chain(title)) and speaks_for_all(folded, chain[-1]):
        return chain, Origin.TITLE
    for part in reversed(PurePath(path).parts):
        if chain := _chain_in(fold(PurePath(part).stem)):
            return chain, Origin.PATH
    return (), Origin.PATH


def _chain_in(text: str) -> tuple[str, ...]:
    """The first chain of places in a title: 2018年上半年|双枧镇枧头村|工作总结.

    A bureau's own name is none, and the village that it reports on comes before it: in
    某县教育局驻青石村工作汇报 the place is 青石村.
    """
    if (helped := _HELPED.search(text)) and (chain := chain_at(text, helped.end())):
        return chain
    starts = [0, *(m.end for m in find_periods(text) if m.start == 0)]
    for start in (*starts, *(start for start, _ in named_in(text))):
        chain = chain_at(text, start)
        end = start + sum(map(len, chain))
        if chain and (institution := _INSTITUTION.match(text, end)):
            return (*chain, chain[-1] + institution.group())
        if chain and not _OFFICE.match(text, end):
            return chain
    return _institution_alone(text)


def _institution_alone(title: str) -> tuple[str, ...]:
    """The school or hospital whose own name, without a place's, opens a title: 城西中学|2023年…."""
    found = _INSTITUTION.match(title)
    if found is None or len(found.group()) < 4 or _NOT_ONE.match(found.group()):
        return ()
    return (found.group(),)


def _office_chain(title: str) -> tuple[str, ...]:
    """The places in whose name an office's own title begins: 甲县|水利局2023年工作总结."""
    for start in (0, *(start for start, _ in named_in(title))):
        chain = chain_at(title, start)
        if chain and _OFFICE.match(title, start + sum(map(len, chain))):
            return chain
    return ()


def _signature_date(folded: Sequence[str]) -> tuple[date, int] | None:
    """The date that closes the report, on one of its last lines and alone but for the signature."""
    for index in range(len(folded) - 1, max(len(folded) - 6, 0) - 1, -1):
        line = folded[index]
        if len(line) <= 40 and _DATE_LINE.fullmatch(line) and (day := _day(line)):
            return day, index
    return None


def _head_date(folded: Sequence[str]) -> tuple[date, int] | None:
    """The date under the title: of the meeting that heard the report, else (2021年3月4日 …)."""
    found: list[tuple[int, int, date]] = []
    for index, line in enumerate(folded[:_HEAD_LINES]):
        if len(line) > _TITLE_MAX or line.endswith("。"):
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


def _period(
    folded: Sequence[str],
    title: str,
    genre: str | None,
    dated: date | None,
    path: str,
    redacted: bool,
) -> tuple[Period, Origin] | None:
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
    opening = _opening(folded)[:150]
    # The opening sentence of a summary says what it covers: 2018年上半年,我局…
    for mention in find_periods(opening, dated):
        if mention.explicit or mention.period.end.month - mention.period.start.month == 5:
            # 自2021年5月起 tells when something began, not what the report covers.
            if (mention.period.end - mention.period.start).days > 80 and mention.start < 30:
                yield mention.period, Origin.HEAD
            break
    stem = fold(PurePath(path).stem)
    yield from ((p, Origin.PATH) for p in _spans(stem, dated))
    if dated is not None and _WORDS_SO_FAR.search(opening) and 6 <= dated.month <= 8:
        yield Period.half(dated.year, 1), Origin.SIGNATURE
    for line in folded:
        if len(line) <= 40:
            yield from ((p, Origin.BODY) for p in _spans(line, None) if _is_own_time(p, dated))


def _is_own_time(period: Period, dated: date | None) -> bool:
    """Whether a year in the text may be what is reported on: not the one a school was founded."""
    near = dated is None or dated.year - 1 <= period.start.year <= dated.year
    return period.start.year == period.end.year and near


def _opening(folded: Sequence[str]) -> str:
    """The first paragraph."""
    return next((line for line in folded if len(line) > 40), "")


def _spans(text: str, dated: date | None) -> Iterator[Period]:
    """The reporting periods that a title names; a day in it is its date, not its period."""
    for mention in find_periods(text, dated):
        if _is_span(mention.period):
            yield mention.period


def _is_span(period: Period) -> bool:
    return (period.end - period.start).days > 25


def _unit(lines: Sequence[str], folded: Sequence[str]) -> _Found | None:
    """Who signed, or else who the opening sentence says did the work.

    A signature is a short line that ends like an office's name, beside the closing date.
    """
    signed = _signature_date(folded)
    last = signed[1] if signed else len(lines) - 1
    for index in (last - 1, last, last + 1):
        if 0 < index < len(lines) and len(lines[index]) <= 40:
            text = re.sub(r"\d{4}.*$", "", folded[index]).strip()
            if _UNIT_LINE.fullmatch(text):
                return _Found(lines[index][: len(text)].strip(), Origin.SIGNATURE)
    opening = next((n for n, line in enumerate(folded) if len(line) > 40), None)
    if opening is not None and (match := _OPENING_UNIT.match(folded[opening])):
        return _Found(lines[opening][slice(*match.span(1))], Origin.HEAD)
    return None
