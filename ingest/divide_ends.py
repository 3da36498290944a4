"""How a report in a file of several ends: signed and dated, closed by its last section, cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outline import BELONGS, DAY_LINE, UNIT_LINE, YEAR, Sign

_ENDS = re.compile(
    r"下一?步|下半年|打算|计划|建议|今后|问题|措施|努力|方向|保障|明年|展望|安排|体会"
)
_CLOSES = re.compile(r"总之|特此|综上|以上(?:汇报|报告|总结|就是)|专此")
ELLIPSIS = re.compile(r"(?:\.{3,}|…+|。{3,})$")
_TEASER_MAX = 600
_DAY = re.compile(
    rf"[((]?{YEAR}\s?[\d一二三四五六七八九十]{{1,3}}月\s?[\d一二三四五六七八九十]{{1,3}}日[))]?"
    r"|\d{4}([./-])\d{1,2}\1\d{1,2}"
)
_NAME_AND_DAY = re.compile(rf"(?:{UNIT_LINE.pattern})\s{{0,9}}(?:{_DAY.pattern})")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}")
_THANKS = re.compile(r"^(?:我的)?(?:汇报|报告|发言)完毕|谢谢(?:大家|各位[^。]{0,6})?[!。]?$")
SOME = 3
"""Lines of text that a report has at least, and that must follow where another one begins."""


def is_signed(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether the lines right above are a closing date or signature."""
    above = signs[max(part + 1, index - 2) : index]
    body = any(one.paragraph or one.marked for one in signs[part : index - len(above)])
    return bool(above) and body and above[-1].signs


def is_signed_and_dated(signs: Sequence[Sign], index: int) -> bool:
    above = signs[max(0, index - 2) : index]
    return (
        len(above) == 2
        and any(DAY_LINE.fullmatch(one.text) for one in above)
        and (all(one.signs for one in above))
    )


def is_ended(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether a report surely ends right above: signed and dated, with nothing attached."""
    day = signs[index - 1].text
    if not _DAY.fullmatch(day) and not _NAME_AND_DAY.fullmatch(day):
        return False
    above = signs[index - 2]
    signed = bool(
        _NAME_AND_DAY.fullmatch(day)
        or (not above.marked and UNIT_LINE.fullmatch(above.text))
        or _PERSON.fullmatch(above.text)
        or _THANKS.search(above.text)
    )
    body = sum(one.paragraph or one.marked for one in signs[part : index - 1])
    return signed and body >= SOME and not any(BELONGS.match(s.text) for s in signs[part:index])


def is_closed(signs: Sequence[Sign], part: int, index: int) -> bool:
    """Whether the part above reads as finished: its last section is one that comes last."""
    if is_signed(signs, part, index):
        return True
    tops = [one.text for one in signs[part:index] if one.top]
    last = signs[index - 1]
    return bool((tops and _ENDS.search(tops[-1][:30])) or _CLOSES.match(last.text))


def is_fragment(signs: Sequence[Sign]) -> bool:
    """A teaser: a title and a paragraph that breaks off at «...»."""
    texts = [one.text for one in signs if one.text]
    return (
        bool(texts)
        and len(texts) <= 4
        and bool(ELLIPSIS.search(texts[-1]))
        and sum(map(len, texts)) <= _TEASER_MAX
    )
