"""Whether a sentence decides a yes-or-no question: it says that there is, is not, or is not yet."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.evidence.candidate import Candidate
from index.query import Query

_PREVENTS = re.compile(
    r"(?:防止?|防范|预防|避免|谨防|易|严防)(?:发生|出现|规模性|再次|新增|致贫)*$"
)
_ABOUT_IT = re.compile(
    r"(?:等|的)?(?:风险|监测|预警|攻坚|管护|管理|维护|宣传|排查|隐患|责任|机制|政策|培训|知识|水质|质量|"
    r"门口|旁边?|附近|对面|周边|对象|台账|考核|工作(?!已|全|基本|任务已|圆满)|任务(?!已|全|基本|圆满))"
)
"""路灯管护 does not say whether there are lamps, 脱贫攻坚 not whether it is done."""
_ASKED = re.compile(r"有没有|是否|是不是|有无")
_UNDER_WAY = re.compile(r"正在|在建|已|动工|开工|施工|未|没有|无")


def rarest(rarities: dict[str, float]) -> str | None:
    """The word that decides a question: the rarest, single characters such as 通 left out."""
    words = [word for word in rarities if len(word) > 1] or list(rarities)
    # Of words as rare the last: 有没有学生辍学 asks whether they 辍学.
    return max(reversed(words), key=lambda word: rarities[word], default=None)


def decides(word: str, folded: str) -> bool:
    """Whether a sentence says that there is or is not: 无一户返贫, 没有新增监测户."""
    return bool(
        re.search(
            rf"(?:无|没有|未|零|杜绝了?|已|均|全部)[^,。;]{{0,8}}{re.escape(word)}"
            rf"|{re.escape(word)}[^,。;]{{0,4}}(?:为零|为0|清零|全覆盖|到位)",
            folded,
        )
    )


def leaves_open(query: Query, candidate: Candidate, core: str | None) -> bool:
    """Whether a sentence does not say it: the thing is missing, planned, prevented or beside it.

    有没有发生火灾 is not decided by how many there are, 有无返贫 not by 防返贫, 通没通自来水
    neither by what is to be done nor by 自来水水质宣传.
    """
    if core is None or core in candidate.missing:
        return core is not None
    asked = fold(query.text)
    if (mark := _ASKED.search(asked)) is not None:
        # 补偿有没有兑现: what is asked of it stands behind the mark.
        deeds = [term.word for term in query.terms if term.word in asked[mark.end() :]]
        if deeds and all(word in candidate.missing for word in deeds):
            return True
    ways = next((term.alike for term in query.terms if term.word == core), ())
    at = [m.span() for way in ways for m in re.finditer(re.escape(way), candidate.folded)]
    if not ways:
        return False
    return all(_beside(query, candidate, *span) for span in at)


def _beside(query: Query, candidate: Candidate, start: int, end: int) -> bool:
    folded = candidate.folded
    if _PREVENTS.search(folded[:start]) or _ABOUT_IT.match(folded, end):
        return True
    if query.plan or not candidate.planned(start):
        return False
    return not _UNDER_WAY.search(folded[end:])
