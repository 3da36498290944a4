"""How near the words asked about stand to a value: whether it is theirs."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.words import tag
from index.evidence.belonging import of_erased_whole
from index.evidence.candidate import Candidate
from index.evidence.coverage import in_full
from index.query import Query, Term, Wanted
from index.wanted import SOMEBODY

_NEAR = 12.0
"""Characters over which the nearness of a value to an asked word falls to a half."""
_BEHIND = 0.75
_OTHER_CLAUSE = 0.55
_IN_PARENTHESES = 0.6
_BESIDE = 0.6
_WHOLE = 0.85
_PART_NEAR = 1.3
"""What a value counts that stands before its word, in another clause, in brackets, or in a
unit of the same kind but not the one asked for."""

_UNDER_HEADING = 0.8
_ABOVE = 0.3
_OF_PART = 0.5
"""What the whole's value counts for a word that is said of a part only: 320人,其中党员96人."""
_SHARED = re.compile(r",?其中|\((?:其中|含)")
_NEEDED = re.compile(r"需要|还需|尚需|有待")
_REMAINS = re.compile(r"剩下|剩余|余下|其余|还没|尚未|尚有|还有")
_NEED_ASKED = re.compile(r"还(?:有|剩|差|需|要)|需要|需[^求]|要[搞做修建搬迁办实]")
_ERASED = 0.3
"""What a share counts of a sum that is destroyed."""
_DESTROYED = re.compile(r"[x×*_]+(?:[万亿千百])?[元户人亩个%]")
_PLACE_OF_IT = re.compile(r"点|区|房|社区|小区")
_DOER = 0.5
_HEAD = 1.3
"""What the term whose number is asked for weighs beside the rarest of the others."""
_NO_NEED = 0.5
_OTHER_PEOPLE = 0.3
"""What a value counts that is not said to be wanting, where that is asked for, and one of
other people than those counted."""
_PEOPLE = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?(?:{SOMEBODY})")
_QUALIFIED = re.compile(r"(?P<which>[\u4e00-\u9fff]+?)的(?P<thing>[\u4e00-\u9fff]+)")
_BY = re.compile(r"(?:按照?|以)[^,;。\d]{0,4}$")
_NO_TOTAL = 0.85
"""What a value counts that is not told as a sum, where the sum is asked for."""
_TOTAL_ASKED = re.compile(r"一共|总共|拢共|共计|合计|总计|总数")
_TOTAL = re.compile(r"共|总|合计|累计")
_FORMER = re.compile(
    r"[由从][^,;。|]{1,16}?(?:增加|增长|扩大|扩建|扩展|发展|提高|提升|上升|减少|下降|降低|缩短|增|升|降|减|变)"
    r"[到至为]"
)
"""由去年的3家增加到: what was before stands between a thing and what it is now."""
_ROW_NUMBER = re.compile(r"^序号:[^|]*\|")
_FOR = "用于"
_AT = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:人员|群众|劳动?力|居民|村民|工人|职工)?在")
"""安排50名群众在砖厂就业: where they are is told behind them."""
_CLAUSE = re.compile(r"[,;。!?|]|:(?!\d)")
_PART_OF = re.compile(r",其中|,含|\((?:其中|含)")


def nearness(
    query: Query, candidate: Candidate, start: int, end: int, weights: dict[str, float]
) -> float:
    """How near the asked words stand to a value, weighted by their rarity, 0–1."""
    folded = candidate.folded
    if query.head in weights:
        weights = {**weights, query.head: _HEAD * max(weights.values())}
    total = sum(weights.values()) or 1.0
    heaviest = max(weights.values(), default=0.0) or 1.0
    near = nearest = 0.0
    of_parts = []
    named_to = _named_behind(query, folded, end)
    part = _part_of(folded, start)
    needs = bool(_NEED_ASKED.search(fold(query.text)))
    spread = part >= 0 and _asks_total(query) and _is_spread(query, folded, part, start)
    qualified = part >= 0 and not spread and _is_qualified(query, folded, part, start)
    for term in query.terms:
        best = 0.0
        # 道路硬化 says nothing of which group's where 青石组道路硬化 itself stands there.
        whole = any(word in folded for word in term.alike)
        full = None if whole else in_full(term.word, folded)
        for word in term.alike if whole else (full,) if full else term.parts or _stem(term, folded):
            for match in re.finditer(re.escape(word), folded):
                if _denied(folded, match.start(), term.word):
                    continue
                link = _link(folded, (start, end), match.span(), needs)
                if end <= match.start() < named_to:
                    link = 1.0  # 4万元修路专项开支: all of the name is right behind
                # 安置点 is where, not how many were 安置.
                there = term.word == word and _PLACE_OF_IT.match(folded, match.end())
                best = max(best, 0.5 * link if there and tag(word).startswith("v") else link)
        if query.wanted is Wanted.PERSON and term.word not in candidate.missing:
            # Who did it stands at the head of its clause, however long that is.
            best = max(best, _DOER * _same_clause(folded, end, term))
        if query.wanted is Wanted.DATE and start <= 1 and term.word not in candidate.missing:
            best = max(best, _DOER)  # the date that opens a sentence is of all that it tells
        if not best and not whole and term.word not in candidate.missing:
            best = _by_place(query, folded, start, end)
        if not best and not whole and term.word not in candidate.missing:
            best = _ABOVE  # said by the heading or the sentence before
        if not qualified:
            best = min(best, _cap(term, folded, part))
        of_parts.append(_of_whole(term, folded, end))
        near += weights[term.word] * best
        nearest = max(nearest, best * (0.5 + 0.5 * weights[term.word] / heaviest))
    # The value of a thing stands beside its name (电脑7台), whatever else the sentence says of it.
    near = _BESIDE * nearest + (1 - _BESIDE) * near / total
    # Two parts asked about together are the whole: 鱼塘和水库一共.
    if not (_asks_total(query) and sum(share < 1 for share in of_parts) > 1):
        near *= min(of_parts, default=1.0)
    if spread:
        near *= _OF_PART
    if needs and not _NEEDED.search(folded) and not _REMAINS.search(folded):
        near *= _NO_NEED
    if _are_other_people(query, folded, end):
        near *= _OTHER_PEOPLE
    if not qualified and of_erased_whole(folded, part):
        near *= _ERASED
    if any(asked.search(fold(query.text)) and told.search(folded[:start]) for asked, told in _CUES):
        near = (near + 1) / 2  # 全长6.2公里 is how long, however far the road's name stands
    if _depth(folded, start) > 0 and not _asked_inside(query, folded, start):
        near *= _IN_PARENTHESES
    return near * (_NO_TOTAL if _asks_total(query) and not _is_total(folded, start) else 1.0)


def _named_behind(query: Query, folded: str, end: int) -> int:
    """Up to where the asked words follow on a value, one right behind the other."""
    at = end
    words = sorted({w for term in query.terms for w in term.alike if len(w) > 1}, key=len)
    while (
        word := next((w for w in reversed(words) if folded.startswith(w, at)), None)
    ) is not None:
        at += len(word)
    return at


def _are_other_people(query: Query, folded: str, end: int) -> bool:
    """Whether the people behind a number are not those counted: 教师为18名儿童送书."""
    behind = _PEOPLE.match(folded, end) if query.counted else None
    return behind is not None and not any(
        word in folded[end : behind.end() + 2]
        for term in query.terms
        if term.word == query.counted
        for word in term.alike
    )


def qualifies(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence or its heading says the words that tell which of a thing are counted.

    就业的残疾人 are not told by how many 残疾人 there are.
    """
    asked = fold(query.text)
    around = fold(" ".join(candidate.hit.stored.passage.heading)) + candidate.lead
    around += candidate.folded
    for match in _QUALIFIED.finditer(asked):
        if not any(match["thing"].startswith(term.word) for term in query.terms):
            continue
        for term in query.terms:
            said = any(word in around for word in (*term.alike, *term.parts))
            if not said and len(term.word) > 1 and term.word in match["which"]:
                return False
    return True


def _denied(folded: str, at: int, asked: str) -> bool:
    """Whether a word stands denied where it was asked for: 未脱贫767户 are not 脱贫."""
    if asked[0] != "非" and folded[max(0, at - 1) : at] == "非":
        return True  # 非税收入 is no 税收
    return asked[0] not in "未没无不" and folded[max(0, at - 2) : at].endswith(("未", "没有"))


_CUES = (
    (
        re.compile(r"多长|多远|几公里|多少公里"),
        re.compile(r"(?:全长|总长|长度|里程|长|相距|距离)(?:约|共|为|达)?$"),
    ),
    (re.compile(r"多大|面积"), re.compile(r"(?:面积|占地|容量|容积|库容)(?:约|共|为|达)?$")),
    (re.compile(r"多宽"), re.compile(r"宽(?:约|为)?$")),
    (re.compile(r"还有|还剩|剩|没|未"), re.compile(r"(?:剩余?|剩下|尚有|尚余|还有)$")),
    (re.compile(r"多高"), re.compile(r"高(?:约|为|达)?$")),
)
"""How a measure or a rest is asked for, and what stands right before it."""


def _same_clause(folded: str, end: int, term: Term) -> bool:
    clause = _CLAUSE.split(folded[end:])[0]
    return any(word in clause for word in term.alike)


def _by_place(query: Query, folded: str, start: int, end: int) -> float:
    """How near the asked place stands to a value, where the heading says what it is of.

    Below 移民搬迁: 枧头村实施109户, 水磨湾村实施113户.
    """
    links = [
        _link(folded, (start, end), found.span())
        for place in query.places
        for name in place.names
        for found in re.finditer(re.escape(name), folded)
    ]
    return _UNDER_HEADING * max(links, default=0.0)


def _asked_inside(query: Query, folded: str, at: int) -> bool:
    """Whether the brackets around a value say what is asked for: 低保户30户(贫困户12户)."""
    inner = folded[folded.rfind("(", 0, at) + 1 : at]
    return any(word in inner for term in query.terms for word in term.alike)


def _asks_total(query: Query) -> bool:
    return bool(_TOTAL_ASKED.search(fold(query.text)))


def _is_total(folded: str, at: int) -> bool:
    """Whether a value is told as a sum: 共计完成投资300万元."""
    clause = re.split(r"[,;。(|]", folded[:at])[-1]
    return bool(_TOTAL.search(clause))


def _part_of(folded: str, at: int) -> int:
    """Where the 其中 stands that makes the value at `at` a part of one before it; -1 for none."""
    return max((match.start() for match in _PART_OF.finditer(folded, 0, at)), default=-1)


def _is_qualified(query: Query, folded: str, part: int, at: int) -> bool:
    """Whether it is the part that is asked for: 残疾人276人,其中城镇残疾人14人."""
    return any(
        any(word in folded[part:at] for word in term.alike)
        and not any(word in folded[:part] for word in term.alike)
        for term in query.terms
    )


def _is_spread(query: Query, folded: str, part: int, at: int) -> bool:
    """Whether the parts are of one thing asked about each: 鱼塘和水库一共, 其中鱼塘9亩,水库30亩."""
    own = _CLAUSE.split(folded[part:at])[-1] + _CLAUSE.split(folded[at:])[0]
    return any(
        any(word in folded[part:] for word in term.alike)
        and not any(word in folded[:part] or word in own for word in term.alike)
        for term in query.terms
    )


def _cap(term: Term, folded: str, part: int) -> float:
    """A word said of the whole does not tell a part from it: 采购8.7万元,其中职工采购3.2万元."""
    if part >= 0 and any(word in folded[:part] for word in term.alike):
        return _WHOLE
    return 1.0


def _of_whole(term: Term, folded: str, end: int) -> float:
    """Less where all that says the term is told of a part of the value that ends at `end`."""
    opened = _SHARED.search(folded, end)
    words = term.alike
    if not any(word in folded for word in words):
        words = _stem(term, folded)
    if opened is None or any(word in folded[: opened.start()] for word in words):
        return 1.0
    return _OF_PART if any(word in folded[opened.end() :] for word in words) else 1.0


def _stem(term: Term, folded: str) -> tuple[str, ...]:
    """What is left of 诈骗犯 or 低保户 where a text has only 诈骗 and 低保; empty for nothing."""
    stem = term.word[:-1]
    return (stem,) if len(stem) > 1 and stem in folded else ()


def _link(folded: str, value: tuple[int, int], word: tuple[int, int], needs: bool = False) -> float:
    """How closely a word and a value belong together, 0–1; `needs`: what is wanting is asked."""
    (start, end), (word_start, word_end) = value, word
    if word_end <= start:
        between, share = _FORMER.sub("", folded[word_end:start]), 1.0
        gap = len(between)
    elif end <= word_start:
        gap, between = word_start - end, folded[end:word_start]
        # 408名学生; 5万元用于道路建设 tells its purpose behind it.
        share = 1.0 if gap == 0 or between.startswith(_FOR) or _AT.match(between) else _BEHIND
        if _BY.search(folded[:start]):
            gap, share = 0, 1.0  # 按5%对贫困对象予以贴息
    else:
        return 1.0
    if "|" in between:
        # A row's first cell says what all of it is about.
        named = "|" not in _ROW_NUMBER.sub("", folded[:word_start])
        return _WHOLE if named else _OTHER_CLAUSE**2
    if _DESTROYED.search(between) and share == 1.0:
        return 0.0  # 投入资金x万元,支持20家: what was asked for is the figure that is gone
    if _NEEDED.search(between) and not needs:
        return 0.0  # 还有10万户需要搬迁 does not say how many were moved
    clauses = len(_CLAUSE.findall(between))
    if not clauses:
        return share / (1 + gap / _NEAR)
    if _PART_OF.search(between) and share == 1.0:
        # A part goes on with what the whole was said of: 外出务工172人,其中县外138人.
        own = min(1.0, _PART_NEAR / (1 + gap / _NEAR))
        return float(own * _WHOLE * _OTHER_CLAUSE ** (clauses - 1))
    return float(share * _OTHER_CLAUSE**clauses)


def _depth(folded: str, at: int) -> int:
    """How many brackets are open before offset `at`."""
    return folded[:at].count("(") - folded[:at].count(")")
