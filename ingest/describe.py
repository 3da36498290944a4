"""What a report is: title, place, reporting unit, period, genre and date, from its own text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.chinese.fold import fold
from index.chinese.genres import GENRES
from index.chinese.places import named_in
from index.corrections import made_title
from index.records import Described, Origin, Period
from ingest.report_place import HEAD_LINES, place_of
from ingest.report_time import (
    REDACTED_YEAR,
    TITLE_MAX,
    head_date,
    opening,
    period_of,
    signature_date,
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
    redacted = bool(REDACTED_YEAR.search(f"{fold(title or '')} {opening(folded)[:40]}"))
    signed = None if redacted else signature_date(folded)
    headed = None if redacted else head_date(folded)
    dated, dated_line = headed or signed or (None, None)
    place, within = place_of(folded, fold(title or ""), named)
    period = period_of(folded, fold(title or ""), genre, dated, named, redacted)
    unit = _unit(lines, folded)
    origins = {
        "title": Origin.HEAD if title else None,
        "place": place[1] if place else None,
        "period": period[1] if period else None,
        "genre": Origin.TITLE if genre else None,
        "unit": unit[1] if unit else None,
        "dated": (Origin.HEAD if headed else Origin.SIGNATURE) if dated else None,
    }
    return Described(
        title=title or _made_title(place, period, path, part),
        place=place[0] if place else None,
        within=within,
        unit=unit[0] if unit else None,
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
    for line, plain in zip(lines[:HEAD_LINES], folded, strict=False):
        if len(line) > TITLE_MAX:
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
    place: tuple[str, Origin] | None,
    period: tuple[Period, Origin] | None,
    path: str,
    part: int | None,
) -> str:
    made = made_title(place[0] if place else None, period[0] if period else None)
    return made or PurePath(path).stem + (f"(第{part}份)" if part is not None else "")


def _genre(folded: str) -> str | None:
    return next((genre for genre in GENRES if genre in folded), None)


def _unit(lines: Sequence[str], folded: Sequence[str]) -> tuple[str, Origin] | None:
    """Who signed, or else who the opening sentence says did the work.

    A signature is a short line that ends like an office's name, beside the closing date.
    """
    signed = signature_date(folded)
    last = signed[1] if signed else len(lines) - 1
    for index in (last - 1, last, last + 1):
        if 0 < index < len(lines) and len(lines[index]) <= 40:
            text = re.sub(r"\d{4}.*$", "", folded[index]).strip()
            if _UNIT_LINE.fullmatch(text):
                return lines[index][: len(text)].strip(), Origin.SIGNATURE
    first = next((n for n, line in enumerate(folded) if len(line) > 40), None)
    if first is not None and (match := _OPENING_UNIT.match(folded[first])):
        return lines[first][slice(*match.span(1))], Origin.HEAD
    return None
