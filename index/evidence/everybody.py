"""Whether a figure counts all who live in a place: 甲村有多少户, and no more is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.query import Query
from index.terms import HOUSEHOLDS, INHABITANTS

_WHOLE = r"全[村镇乡县市区]|全?社区|该村|我[村镇乡县]|总户数?|户数|总人口|人口数?|户籍|常住"
_FILLING = r"居民|农户|村民|现|共|总|有|辖|下|计|约|为|是|达"
_BEFORE = re.compile(rf"(?:{_WHOLE}|{_FILLING})*")
_SAYS_WHOLE = re.compile(_WHOLE)
_BREAK = re.compile(r"[,;。:、(| ]")
_BEHIND = re.compile(r"(?:居民|农户|村民|人家|人口)?(?:[,;。:、()|\s]|其中|$)")
"""有6户不太愿意 counts those who are unwilling."""
_BESIDE = re.compile(r"个[\u4e00-\u9fff]{0,4}组|自然[村寨屯]|面积|辖|位于|地处")
"""What reports tell of a place right before how many live there: 12个小组,587户2236人."""
_OTHERS = re.compile(r"\d[余多]?[户人]|户[^,;。]*\d|涉及|受灾|转移|搬迁|带动|惠及|覆盖|受益")
"""After another group was counted or spoken of, a bare figure is of that group."""
_FACTS = re.compile(
    r"[,;、](?:其中:?)?[^,;。\d]{0,12}(?:户|党员|面积|耕地|林地|水田|劳动?力|劳力|人均|务工|组|\d亩)"
)
"""What reports tell of a place right behind how many live there: 党员40名, 耕地900亩."""
_OF_A_GROUP = re.compile(
    r"[\u4e00-\u9fff](?:户|对象|人员|家庭|人口|儿童|老人|学生|居民)|搬迁|受灾|改造|就业|帮扶|补助|参保"
)
"""A sentence or heading that speaks of a group; a bare figure behind it is of that group."""
_TOTAL_HEAD = re.compile(r"(?:总|农|户籍|常住)?(?:户数|人口数?)(?:[(/].*)?")


def asks_everybody(query: Query) -> bool:
    """Whether a question asks how many live in a place, and of nothing else."""
    return query.terms in ((HOUSEHOLDS,), (INHABITANTS,))


def counts_everybody(
    query: Query, folded: str, start: int, end: int, above: Sequence[str] = ()
) -> bool:
    """Whether a figure is of all who live there: 全村419户, 12个小组,587户; not 现为3户9人.

    `above` are the headings over a sentence and what its paragraph says before it, folded.
    """
    before = _BREAK.split(folded[:start])[-1]
    names = {name for place in query.places for name in place.names}
    named = next(
        (name for name in sorted(names, key=len, reverse=True) if before.startswith(name)), ""
    )
    before = before.removeprefix(named)
    if not _BEFORE.fullmatch(before) or not _BEHIND.match(folded, end):
        return False
    if _SAYS_WHOLE.search(before):
        return True
    told = folded[start:end]
    both = "户" in told and ("人" in told or "农户" in told)
    first = folded[:start]
    if both and _BESIDE.search(first) and not _OTHERS.search(first):
        return True
    # 388户1398人,党员40名 opens the sentence, and nobody was spoken of before.
    opens = first.removesuffix(before).strip() == named and bool(_FACTS.match(folded, end))
    return both and opens and not any(_OF_A_GROUP.search(one) for one in above)


def heads_everybody(folded: str, start: int) -> bool:
    """Whether a table's cell stands under 户数 or 总人口, or in such a row; not 务工脱贫人口."""
    cells = [cell.strip() for cell in folded[:start].rsplit("|", 1)]
    column = cells[-1].rpartition(":")[0]
    row = folded.partition("|")[0].rpartition(":")[2].strip()
    return any(_TOTAL_HEAD.fullmatch(head) for head in (column, row))
