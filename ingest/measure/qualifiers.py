"""Words that narrow a number: 其中, 累计, 新增, 人均, 每斤, 截止2017年底."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.measure.numbers import Number
from ingest.measure.said import Said

# The set of first characters in front: most characters begin none of these.
_WORDS = re.compile(
    r"(?=[其累新净人户亩生年月日平同每预计力最至环])(?:其中|累计|新增|净增|人均|户均|亩均|生均|年均|月均|日均|平均|同比|环比|"
    r"每(?:人每月|月每人|人每年|人每天|户每年|人次|平方米|立方米|公里|公斤|学期|学年|季度|个月|[人户亩斤吨度张头只株棵件次天月年周生])|"
    r"预计|计划|力争|最高|最低|至少)"
)
_LAST_MARK = re.compile(r".*[,;:|(]", re.DOTALL)
_AS_OF = re.compile(r"截[至止]到?[\d年月日号底末初上下半季度一二三四五六七八九十目前]{2,}")
_BEHIND = re.compile(r"/(?:[\u4e00-\u9fff]{1,3})|每[人户亩斤吨月年]")
_BEGIN_BEHIND = frozenset("/每")


def qualifiers(text: str, numbers: Sequence[Number], index: int, said: Said) -> tuple[str, ...]:
    """The qualifiers of a number in its sentence, in their order, each once."""
    number = numbers[index]
    start, end = numbers[index - 1].end if index else 0, number.start
    if (mark := _LAST_MARK.match(text, start, end)) and not text.endswith(
        "其中", start, mark.end() - 1
    ):
        start = mark.end()
    found: list[str] = _WORDS.findall(text, start, end)
    if end - start < 3 or text[start:end].isspace():
        found += [word for word in _WORDS.findall(said.indicator) if word not in found]
    if "截" in text and (match := _AS_OF.search(text[: number.start])):
        found.append(match[0])
    if text[number.end : number.end + 1] in _BEGIN_BEHIND and (
        match := _BEHIND.match(text, number.end)
    ):
        found.append(match[0])
    return tuple(dict.fromkeys(found)) if found else ()
