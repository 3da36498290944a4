"""One file to the reports in it: offices paste many into one, with or without titles between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.chinese.places import named_in
from ingest.divide_ends import (
    ELLIPSIS,
    SOME,
    is_closed,
    is_ended,
    is_fragment,
    is_signed,
    is_signed_and_dated,
)
from ingest.lines import Line
from ingest.outline import (
    BELONGS,
    BODY,
    NUMBERED_PIECE,
    UNIT_LINE,
    YEAR,
    Sign,
    sign_of,
)

_SUMS_UP = re.compile(
    r"(?:[现特兹就][^。]{0,60}|(?:情况|总结|汇报|报告|计划|方案|通报|意见|要点|说明)[^。]{0,8})"
    r"如下[:。,;]?$|[现特](?:将|就|对|制定)[^。]{4,60}(?:汇报|报告|总结|通报)[:。]$"
    r"|进行了[^。,]{0,8}调研[。:]?$"
)
_SETS_OUT = re.compile(
    r"(?:今年(?:上半年|以来)|本年度|(?:一|半|近|几|两|三)年来|近年|上半年|下半年"
    rf"|{YEAR}(?:度|上半年|下半年|以来|在|来|,)|自[^,]{{2,14}}以来"
    r"|根据|按照|遵照|依据|为(?:了|认真|切实|进一步|深入|全面|贯彻|做好|确保|扎实|加强|推动|有效)"
    r"|(?:认真|深入|全面|坚决)(?:学习)?贯彻|在[^,。]{2,40}(?:领导|支持|帮助|关心|指导|部署)下)"
)
_SUBJECT = re.compile(
    r"[^,。]{2,24}(?:工作队|工作组|局|办|镇|乡|村|社区|县|学校|学区|中心|公司)[,,]"
)
_PLANS = re.compile(
    r"(?:重点|着力|突出|主要|扎实|全力)?(?:抓好|做好|推进|实施|把握|突出|落实|开展)[^。]{0,12}"
    r"(?:以下|下列|[几\d一二三四五六七八九十]+(?:个方面|项|大|件))[^。]{0,14}[::。]$"
)
_FIRST_SECTION = re.compile(
    r"概况|状况|现状|情况|回顾|总体|基本|领导|重视|识别|思想|思路|目标|做法|成效|进展|背景|机构"
)
_VOCATIVE = re.compile(r"(?:尊敬的)?(?:各位|同志们|领导)[^。]{0,30}[:!]")


@dataclass(frozen=True)
class Part:
    """The lines of one report; `fragment` where it is a teaser that breaks off."""

    lines: tuple[Line, ...]
    fragment: bool = False


def divide(lines: Sequence[Line]) -> list[Part]:
    """The reports of a file in order; most files are one, and stay whole in case of doubt."""
    signs = [sign_of(line) for line in lines]
    starts = [0, *_starts(signs)]
    ends = [*starts[1:], len(lines)]
    return [
        Part(tuple(lines[start:end]), is_fragment(signs[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _starts(signs: Sequence[Sign]) -> Iterator[int]:
    """Where each report after the first begins."""
    part = 0
    for index in range(1, len(signs)):
        start = _start_at(signs, part, index)
        if start is not None:
            yield start
            part = start


def _start_at(signs: Sequence[Sign], part: int, index: int) -> int | None:
    """Where a report begins, if line `index` tells that one does: its title, opening or 一、."""
    sign = signs[index]
    if not any(one.paragraph or one.marked for one in signs[part:index]):
        return None  # still the head: titles are said twice
    if sign.title:
        return index if _titled(signs, part, index) else None
    if _restarts(signs, part, index):
        return _opening_before(signs, part, index)
    if is_ended(signs, part, index) and _begins_anew(signs, index):
        return index
    if sign.paragraph and is_signed(signs, part, index):
        # Name and date together end a report whatever follows, one of them only before an opening.
        ended = is_signed_and_dated(signs, index) and not BELONGS.match(sign.text)
        opens = _SUMS_UP.search(sign.text) or _SETS_OUT.match(sign.text)
        if (ended or opens) and _next_top(signs, index) in (None, 1):
            return _with_head(signs, part, index)
    return None


# ---- titles


def _titled(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether the title-like line opens another report and is not a heading of this one."""
    sign = signs[index]
    if any(BELONGS.match(one.text) for one in signs[max(part, index - 2) : index]):
        return False  # 附件1: with a title of its own
    after = _head_end(signs, index)
    if after is None:
        return False
    if NUMBERED_PIECE.fullmatch(sign.text) or is_fragment(signs[index : _next_title(signs, index)]):
        return True
    if is_signed_and_dated(signs, index) and _places(sign.text):
        return True
    following = _next_top(signs, index)
    last = _last_top(signs, part, index)
    if following not in (None, 1) or (following is None and last is not None and last < 2):
        return False
    if is_signed(signs, part, index):
        return True
    opens = signs[after].paragraph and bool(
        _SUMS_UP.search(signs[after].text) or _SETS_OUT.match(signs[after].text)
    )
    own = next((one.text for one in signs[part:index] if one.title), "")
    if _places(own) and not _places(sign.text):
        return False  # 2019年工作计划 inside 枧头村2018年工作总结
    done = last is not None and last >= 2 and is_closed(signs, part, index)
    return done and (following == 1 or opens) if last is not None else opens


def _places(title: str) -> bool:
    return any(True for _ in named_in(title))


def _head_end(signs: Sequence[Sign], index: int) -> int | None:
    """The first line after a title that is text: within a few lines, or it is no title."""
    for at in range(index + 1, min(index + 6, len(signs))):
        if signs[at].marked or signs[at].paragraph:
            return at
        if ELLIPSIS.search(signs[at].text):
            return None  # too little to be a teaser: 一年来,我镇扎实推进各项工作…
    return None


def _next_title(signs: Sequence[Sign], index: int) -> int:
    return next((at for at in range(index + 1, len(signs)) if signs[at].title), len(signs))


# ---- numbering that begins again


def _restarts(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether line `index` begins the numbering of a whole report again."""
    sign = signs[index]
    before = signs[part:index]
    last = _last_top(signs, part, index)
    if sign.top == 1:
        if any(one.part for one in before) or any(one.part for one in signs[index:]):
            return False  # 第一部分 holds its own 一、
        ordinals = [one.ordinal for one in before if one.ordinal]
        done = (last or 0) >= 2 or (last is None and len(ordinals) >= 3)
        return done and not _is_nested(signs, part, index)
    if last is not None or _next_top(signs, index) not in (None, 1):
        return False
    if sign.ordinal == 1:
        return sum(one.ordinal is not None for one in before) >= 2
    return sign.arabic == 1 and sum(one.arabic is not None for one in before) >= 2


def _is_nested(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether this 一、 stands inside a (一), whose numbering then goes on around it."""
    if any(one.sub for one in signs[part:index]):
        following = next((one.sub for one in signs[index:] if one.sub), None)
        if following is not None and following > 1:
            return True
    last = _last_top(signs, part, index) or 0
    before = 1
    for one in signs[index + 1 :]:
        if one.top == 1:
            break
        if one.top:
            if one.top <= before and one.top == last + 1:
                return True
            before = one.top
    return False


def _opening_before(signs: Sequence[Sign], part: int, index: int) -> int | None:
    """The opening paragraph, with its title, of the report whose first section is at `index`."""
    start = index - 1
    if signs[start].signs and is_signed(signs, part, index):
        return index  # no opening at all: 一、 right below the date that closes
    if start <= part or signs[start].marked:
        return None
    if len(signs[start].text) < BODY and _VOCATIVE.match(signs[start].text) is None:
        # 现将情况汇报如下: alone on its line, below the paragraph that opens.
        above = signs[start - 1]
        bare = signs[start - 2].marked and len(signs[start - 2].text) < BODY
        if above.paragraph and not bare and start - 1 > part and _SETS_OUT.match(above.text):
            start -= 1
    start = _with_head(signs, part, start)
    opening = "\n".join(one.text for one in signs[start:index] if not one.title)
    points = 2 * bool(_SUMS_UP.search(opening))
    points += bool(_SETS_OUT.match(opening) or _SUBJECT.match(opening))
    points += 2 * is_signed(signs, part, start) + is_closed(signs, part, start)
    points += bool(_FIRST_SECTION.search(signs[index].text[:24]))
    points -= 2 * bool(_PLANS.search(opening))
    points -= 2 * _is_speech(signs, part, start, index)
    # 一、 is a clear restart, 1、 may be a list of the same report.
    return start if points >= (3 if signs[index].top else 4) else None


def _with_head(signs: Sequence[Sign], part: int, start: int) -> int:
    """Take in what stands above the opening: title, vocative, or the office it speaks of."""
    above = start - 1
    while above > part and (signs[above].title or _VOCATIVE.fullmatch(signs[above].text)):
        start, above = above, above - 1
    name = signs[above].text
    opening = signs[start].text[:80]
    # 驻枧头村工作队 / 在镇里支持下,工作队修了水渠: the sentence's subject, not a signature.
    is_name = UNIT_LINE.fullmatch(name) and not signs[above].marked
    if above > part and is_name and not signs[start].title and name[-3:] in opening:
        return above
    return start


def _is_speech(signs: Sequence[Sign], part: int, start: int, index: int) -> bool:
    """Whether the same meeting is spoken to before and after: one speech in two halves."""
    return any("各位代表" in one.text for one in signs[part:start]) and not any(
        one.title for one in signs[start:index]
    )


def _begins_anew(signs: Sequence[Sign], index: int) -> bool:
    """Whether what follows a signature reads as the next report, and not as what is attached."""
    sign = signs[index]
    if BELONGS.match(sign.text):
        return False
    if sign.marked and 1 not in (sign.top, sign.part, sign.ordinal, sign.arabic):
        return False
    following = signs[index : index + 3 * SOME]
    long = sum(len(one.text) >= BODY and "。" in one.text for one in following)
    return long >= 2 and not any(BELONGS.match(one.text) for one in following)


def _last_top(signs: Sequence[Sign], part: int, index: int) -> int | None:
    return next((one.top for one in reversed(signs[part:index]) if one.top), None)


def _next_top(signs: Sequence[Sign], index: int) -> int | None:
    return next((one.top for one in signs[index + 1 :] if one.top), None)
