"""Whose a report is: the chain of places in its title, head, text or path, the surest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.chinese.fold import fold
from index.chinese.periods import find_periods
from index.chinese.places import chain_at, is_known, level, named_in
from index.records import Origin
from ingest.own_place import most_spoken_of, speaks_for_all

HEAD_LINES = 8
"""Lines at the beginning of a report that may be its title, its meeting and its date."""
_MEETING_PLACE = re.compile(r"在([\u4e00-\u9fff]{2,14}?)\s?第[零一二三四五六七八九十百]{1,4}届")
_HEADED = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:省|市|自治区|自治州|州|县|区|旗|镇|乡))(?:人民政府)?代?"
    r"(?:省长|市长|州长|县长|区长|镇长|乡长|主席|旗长)"
)
_SPEAKS_FOR = re.compile(r"代表([\u4e00-\u9fff]{2,14}?)人民政府")
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


def place_of(
    folded: Sequence[str], title: str, path: str
) -> tuple[tuple[str, Origin] | None, tuple[str, ...]]:
    """(the place and where it was found, the places around it); None where nothing names one."""
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
    return (place, origin), within or _folders_around(path, place)


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
    head = "\n".join(folded[: HEAD_LINES + 4])
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
