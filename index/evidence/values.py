"""The figure, date, person or place that a sentence gives for what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import UNIT_CLASS, Quantity, quantities
from index.chinese.people import people_in
from index.chinese.words import tag
from index.evidence.belonging import (
    another_turn,
    bare_money,
    doers,
    holders,
    is_erased,
    owner_at,
    rate_share,
)
from index.evidence.candidates import Candidate, period_allows, place_allows
from index.query import Query, Term, Wanted

_NEAR = 12.0
"""Characters over which the nearness of a value to an asked word falls to a half."""
_BEHIND = 0.75
_OTHER_CLAUSE = 0.55
_IN_PARENTHESES = 0.6
_OTHER_UNIT = 0.7
_BESIDE = 0.6
_WHOLE = 0.85
_COMPARED = 0.5
_PART_NEAR = 1.3
"""What a value counts that stands before its word, in another clause, in brackets, or in a
unit of the same kind but not the one asked for."""

_UNDER_HEADING = 0.8
_ABOVE = 0.3
_NOT_ITS = 0.6
_ERASED = 0.3
_LABELLED = 0.9
"""How near a value stands to a word that its heading says, what one counts that stands before the
name of whose it is asked or beside a figure that is destroyed, and one behind its office."""
_OF_PART = 0.5
"""What the whole's value counts for a word that is said of a part only: 320人,其中党员96人."""
_SHARED = re.compile(r",?其中|\((?:其中|含)")
_NEEDED = re.compile(r"需要|还需|尚需|有待")
_NOT_ONE = re.compile(r"(?:无|没有|每|任何|某|新|老|上|下|同|这|那|另)$")
_DESTROYED = re.compile(r"[x×*_]+(?:[万亿千百])?[元户人亩个%]")
_PLACE_OF_IT = re.compile(r"点|区|房|社区|小区")
_DOER = 0.5
_HEAD = 1.3
"""What the term whose number is asked for weighs beside the rarest of the others."""
_NO_TOTAL = 0.85
"""What a value counts that is not told as a sum, where the sum is asked for."""
_TOTAL_ASKED = re.compile(r"一共|总共|共计|合计|总计|总数")
_TOTAL = re.compile(r"共|总|合计|累计")
_TEN_DAYS = re.compile(r"[上中下]旬|底|末|初")
_MONTH = re.compile(
    r"(?:[\dx*]{2,4}年)?(?<!\d)(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?:[1-3]?\d)日(?:[至到-](?:[1-3]?\d)日)?|[上中下]旬|底|末|初|份)?"
)
_FEAST = re.compile(
    r"(?:春节|元旦|元宵节?|清明节?|端午节?|中秋节?|重阳节?|国庆节?|儿童节|建党节|七一|教师节)(?:前夕|前后|期间|前|当天)"
)
_SIDE_ASKED = re.compile(
    r"(?P<side>[东西南北]{1,2})(?:边|面|侧|方)?(?:[是和与跟同挨邻靠接临]|紧|毗|相)"
)
_NEIGHBOUR = (
    r"(?<![东西南北]){side}(?:边|面|侧|部)?(?:与|和|同|紧接|紧邻|毗邻|接|邻|连|靠|临|是|抵)"
    r"(?P<where>[^,。;、]{{2,12}}?)(?=接壤|紧接|相邻|相接|相连|毗邻|交界|隔界|为界|为邻|隔河|相望|[,。;、]|$)"
)
_REPLACED = re.compile(r"(?:接替|代替|替换|替下)$")
_PAIR_GAP = re.compile(r"[、,计共\s]{0,3}")
_REACHED = re.compile(r"^(?:达到|高達|高达|達到)")
_CLAUSE = re.compile(r"[,;。!?|]|:(?!\d)")
_PART_OF = re.compile(r",其中|,含|\((?:其中|含)")
_LOCATED = re.compile(
    r"(?:位于|地处|坐落于|坐落在|设在|设立在|建在|安置在|搬到|搬至|搬迁到|搬迁至|迁至|并入|选址|选在|落户|在)(?P<where>[^,。;!?()]{2,24}?)(?=建设|新建|修建|建成|实施|安装|成立|[,。;!?()]|$)"
)


@dataclass(frozen=True)
class Value:
    """A value in a candidate: offsets count in the sentence; `score` 0–1 is how near it stands."""

    start: int
    end: int
    text: str
    score: float


def values(query: Query, candidate: Candidate, weights: dict[str, float]) -> Iterator[Value]:
    """Yield the values of the wanted kind that the query's place and period allow."""
    spans = list(_spans(query, candidate))
    owner = owner_at(query, candidate.folded)
    owned = owner >= 0 and any(start > owner for start, *_ in spans)
    for start, end, share, unit in spans:
        # A place asked for is itself what the clause speaks of.
        at = None if query.wanted is Wanted.PLACE else start
        if not (place_allows(query, candidate, at) and period_allows(query, candidate, start)):
            continue
        near = _nearness(query, candidate, start, end, weights)
        if owned and start < owner:
            near *= _NOT_ITS  # 甲养羊125只,乙27只: what stands before a name is another's
        if another_turn(query, candidate.folded, start):
            near *= _NOT_ITS
        if query.wanted is Wanted.FIGURE:
            near *= rate_share(fold(query.text), candidate.folded, start)
            if is_erased(query, candidate.folded, weights):
                near *= _ERASED
        text = _REACHED.sub("", "".join(candidate.text[start:end].split())) + unit
        yield Value(start, end, text, share * near)
    if query.wanted is Wanted.PERSON:
        for start, end in holders(query, candidate.folded):
            yield Value(start, end, candidate.text[start:end].strip(), _LABELLED)


def _spans(query: Query, candidate: Candidate) -> Iterator[tuple[int, int, float, str]]:
    """(start, end, share, unit to add) of everything of the wanted kind."""
    folded = candidate.folded
    if query.wanted is Wanted.FIGURE:
        asked = fold(query.text)
        changes = bool(_CHANGE_ASKED.search(asked))
        bare = len(query.terms) == 1 and query.head == query.terms[0].word
        added = bool(_ADDED_ASKED.search(asked))
        for start, end, share in _figures(query.units, folded, changes, added):
            if bare and _CHOSEN.search(folded[:start]) and not _CHOSEN_ASKED.search(asked):
                continue  # 基地安排35户贫困户 does not say how many there are
            joined = _JOINED.search(folded[:start])
            moved = joined is not None and joined["verb"] not in asked
            yield start, end, min(share, _COMPARED) if moved else share, ""
        yield from _cells(query.units, folded, changes)
        return
    yield from ((start, end, share, "") for start, end, share in _others(query, candidate))


def _others(query: Query, candidate: Candidate) -> Iterator[tuple[int, int, float]]:
    folded = candidate.folded
    if query.wanted is Wanted.DATE:
        for mention in candidate.dates:
            if mention.start < 0:
                continue
            days = (mention.period.end - mention.period.start).days
            ten = _TEN_DAYS.match(folded, mention.end)
            end = ten.end() if ten else mention.end
            yield mention.start, end, 1.0 if days == 0 else 0.7 if days <= 31 else 0.4
        for match in _FEAST.finditer(folded):
            yield *match.span(), 0.7
        known = [(m.start, m.end) for m in candidate.dates]
        for match in _MONTH.finditer(folded):
            # Where the year was taken out, the month still answers: xxxx年6月开工.
            if not any(a < match.end() and match.start() < b for a, b in known):
                yield *match.span(), 1.0 if match.group().endswith("日") else 0.7
    elif query.wanted is Wanted.PERSON:
        asked = [word for term in query.terms for word in term.alike]
        for start, end in people_in(folded):
            # Who is asked for is not the one whom the question names: 谁接替秦若谷.
            names = {name for place in query.places for name in place.names}
            if not any(folded[start:end] in word for word in (*asked, *names)):
                yield start, end, _COMPARED if _REPLACED.search(folded[:start]) else 1.0
        yield from ((start, end, _OTHER_UNIT) for start, end in doers(folded))
    elif query.wanted is Wanted.PLACE and (side := _SIDE_ASKED.search(fold(query.text))):
        for match in re.finditer(_NEIGHBOUR.format(side=side["side"]), folded):
            yield *match.span("where"), 1.0
    elif query.wanted is Wanted.PLACE:
        for match in _LOCATED.finditer(folded):
            yield *match.span("where"), 1.0
        for start, end in candidate.places:
            yield start, end, 0.7


def _figures(
    units: tuple[str, ...], folded: str, changes: bool, added: bool
) -> Iterator[tuple[int, int, float]]:
    found = list(quantities(folded))
    kinds = {UNIT_CLASS[unit] for unit in units}
    if kinds & {"piece", "group"}:
        # 几个 is asked of 4座 and 12处 as well.
        kinds |= {"piece", "group"}
    if "户" in units:
        kinds |= {"piece"}  # 580个农户
    grew = added and any(_CHANGE.search(folded[: quantity.start]) for quantity in found)
    for index, quantity in enumerate(found):
        if units and quantity.unit not in units and quantity.kind not in kinds:
            continue
        if quantity.surface.startswith("一") and _NOT_ONE.search(folded[: quantity.start]):
            continue  # 无一名学生失学 counts nobody, 新一轮 nothing
        exact = not units or quantity.unit in units
        if quantity.unit == "个" and "户" in units:
            households = _HOUSEHOLDS.match(folded, quantity.end)
            if households is None:
                continue
            yield quantity.start, households.end(), 1.0
            continue
        row = folded.partition("|")[0] if "|" in folded else ""
        if added and _CHANGE.search(folded[: quantity.start]):
            start, end = _with_pair(folded, found, index)
            yield start, end, 1.0 if exact else _OTHER_UNIT
            continue
        if not changes and (_CHANGE.search(folded[: quantity.start]) or _CHANGE_ROW.search(row)):
            yield *_with_pair(folded, found, index), _COMPARED
            continue
        if not exact and quantity.surface.startswith("一"):
            continue  # 一家, 一座 count nothing where heads or boxes are asked for
        if _compared(folded, quantity):
            yield quantity.start, quantity.end, _COMPARED
            continue
        start, end = _with_pair(folded, found, index)
        share = 1.0 if exact else _OTHER_UNIT
        yield start, end, _COMPARED * share if grew else share
    if "元" in units:
        yield from ((start, end, 1.0) for start, end in bare_money(folded))


_HOUSEHOLDS = re.compile(r"[\u4e00-\u9fff]{0,4}?户(?![口籍均])")

# How many were added is not how many there are: 新识别监测户1户3人, 比上年增加20户.
_CHANGE = re.compile(
    r"(?:新增|新识别|新纳入|净增|(?:增加|减少)(?![到至为值]))(?:(?![到至为])[^,。;|\d]){0,8}$"
)
_JOINED = re.compile(
    r"(?P<verb>发展|培养|吸收|转入|转出|迁入|迁出|调入|调出|退出)(?![到至为])[^,。;|\d]{0,6}$"
)
"""Who came or went: 发展党员1名 does not say how many there are, unless just that is asked."""
_CHOSEN = re.compile(r"(?:安排|带动|吸纳|帮扶|扶持|支持|慰问|走访|资助)[^,。;|\d]{0,4}$")
_CHOSEN_ASKED = re.compile(r"安排|带动|吸纳|帮扶|扶持|支持|慰问|走访|资助")
_CHANGE_ROW = re.compile(r"新增|新识别|新纳入|扩种|补植")
_CHANGE_ASKED = re.compile(r"新|增|减|多多少|少多少|多了|少了")
_ADDED_ASKED = re.compile(
    r"新增了?(?:多少|几)|新识别|新纳入|净增|(?:[^至最]多|少)[了出]?(?:多少|几)"
)
_FORMER = re.compile(r"(?:由|从)(?:原来|去年|上年|\d{4}年|年初)?的?$")
_GREW = re.compile(r"^[^,。;\d]{0,8}?(?:到|至|为)")
_AGAINST = re.compile(r"(?:比|较)[^,。;\d]{0,6}(?:\d{4}年)?(?:上半年|下半年|同期|年?底)?的?$")


def _compared(folded: str, quantity: Quantity) -> bool:
    """Whether this is what the value was before: 由58人增加到73人, 比上年的12.6万元多."""
    before, after = folded[: quantity.start], folded[quantity.end :]
    if _FORMER.search(before) and _GREW.match(after):
        return True
    return bool(_AGAINST.search(before)) and "的" in before[-6:]


_CELL = re.compile(
    r"(?:^|\| )(?P<name>[^|:]{1,24}):\s*(?P<value>-?\d[\d,]*(?:\.\d+)?)(?=\s*(?:\||$))"
)
_CELL_UNIT = re.compile(
    r"[(/](?:单位:?)?(?P<scale>[万亿千百])?(?P<unit>[^()/]{1,4})\)?$|(?P<head>[人户])[数口]?$"
)
_LABEL_UNIT = re.compile(
    r"[^|]*?[(](?:单位:?)?(?P<scale>[万亿千百])?(?P<unit>[^()/|]{1,4})[)]\s*\|"
)
_ROW_UNIT = re.compile(r"单位:(?P<scale>[万亿千百])?(?P<unit>[^|\s:]{1,4})")


def _cells(
    units: tuple[str, ...], folded: str, changes: bool
) -> Iterator[tuple[int, int, float, str]]:
    """Bare numbers of a table row, with the unit that the column's head or a unit column gives."""
    row = _ROW_UNIT.search(folded) or _LABEL_UNIT.match(folded)
    kinds = {UNIT_CLASS[unit] for unit in units}
    for match in _CELL.finditer(folded):
        found = _CELL_UNIT.search(match["name"]) or row
        groups = found.groupdict() if found else {}
        unit = groups.get("unit") or groups.get("head") or ""
        if units and unit not in units and UNIT_CLASS.get(unit, "") not in kinds and unit:
            continue
        share = 1.0 if unit or not units else _OTHER_UNIT
        if not changes and _CHANGE_ROW.search(folded.partition("|")[0]):
            share *= _COMPARED
        start, end = match.span("value")
        yield start, end, share, (groups.get("scale") or "") + unit


def _with_pair(folded: str, found: list[Quantity], index: int) -> tuple[int, int]:
    """192户709人 is one statement: households and persons are told together."""
    quantity = found[index]
    start, end = quantity.start, quantity.end
    pair = {"household": "person", "person": "household"}.get(quantity.kind)
    if index + 1 < len(found) and quantity.kind == "household":
        following = found[index + 1]
        if following.kind == pair and _PAIR_GAP.fullmatch(folded[end : following.start]):
            end = following.end
    if index and quantity.kind == "person":
        previous = found[index - 1]
        if previous.kind == pair and _PAIR_GAP.fullmatch(folded[previous.end : start]):
            start = previous.start
    return start, end


def _nearness(
    query: Query, candidate: Candidate, start: int, end: int, weights: dict[str, float]
) -> float:
    """How near the asked words stand to a value, weighted by their rarity, 0–1."""
    folded = candidate.folded
    if query.head in weights:
        weights = {**weights, query.head: _HEAD * max(weights.values())}
    total = sum(weights.values()) or 1.0
    heaviest = max(weights.values(), default=0.0) or 1.0
    near = nearest = 0.0
    whole_of = 1.0
    part = _part_of(folded, start)
    qualified = part >= 0 and _is_qualified(query, folded, part, start)
    for term in query.terms:
        best = 0.0
        # 道路硬化 says nothing of which group's where 青石组道路硬化 itself stands there.
        whole = any(word in folded for word in term.alike)
        for word in term.alike if whole else term.parts:
            for match in re.finditer(re.escape(word), folded):
                if _denied(folded, match.start(), term.word):
                    continue
                link = _link(folded, start, end, match.start(), match.end())
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
        whole_of = min(whole_of, _of_whole(term, folded, end))
        near += weights[term.word] * best
        nearest = max(nearest, best * (0.5 + 0.5 * weights[term.word] / heaviest))
    # The value of a thing stands beside its name (电脑7台), whatever else the sentence says of it.
    near = _BESIDE * nearest + (1 - _BESIDE) * near / total
    near *= whole_of
    if any(asked.search(fold(query.text)) and told.search(folded[:start]) for asked, told in _CUES):
        near = (near + 1) / 2  # 全长6.2公里 is how long, however far the road's name stands
    if _depth(folded, start) > 0 and not _asked_inside(query, folded, start):
        near *= _IN_PARENTHESES
    return near * (_NO_TOTAL if _asks_total(query) and not _is_total(folded, start) else 1.0)


def _denied(folded: str, at: int, asked: str) -> bool:
    """Whether a word stands denied where it was asked for: 未脱贫767户 are not 脱贫."""
    return asked[0] not in "未没无不" and folded[max(0, at - 2) : at].endswith(("未", "没有"))


_CUES = (
    (
        re.compile(r"多长|多远|几公里|多少公里"),
        re.compile(r"(?:全长|总长|长度|里程|长|相距|距离)(?:约|共|为|达)?$"),
    ),
    (re.compile(r"多大|面积"), re.compile(r"(?:面积|占地)(?:约|共|为|达)?$")),
    (re.compile(r"多宽"), re.compile(r"宽(?:约|为)?$")),
    (re.compile(r"多高"), re.compile(r"高(?:约|为|达)?$")),
)
"""How a measure is asked for, and what stands right before it."""


def _same_clause(folded: str, end: int, term: Term) -> bool:
    clause = _CLAUSE.split(folded[end:])[0]
    return any(word in clause for word in term.alike)


def _by_place(query: Query, folded: str, start: int, end: int) -> float:
    """How near the asked place stands to a value, where the heading says what it is of.

    Below 移民搬迁: 枧头村实施109户, 水磨湾村实施113户.
    """
    links = [
        _link(folded, start, end, found.start(), found.end())
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


def _cap(term: Term, folded: str, part: int) -> float:
    """A word said of the whole does not tell a part from it: 采购8.7万元,其中职工采购3.2万元."""
    if part >= 0 and any(word in folded[:part] for word in term.alike):
        return _WHOLE
    return 1.0


def _of_whole(term: Term, folded: str, end: int) -> float:
    """Less where all that says the term is told of a part of the value that ends at `end`."""
    opened = _SHARED.search(folded, end)
    if opened is None or any(word in folded[: opened.start()] for word in term.alike):
        return 1.0
    return _OF_PART if any(word in folded[opened.end() :] for word in term.alike) else 1.0


def _link(folded: str, start: int, end: int, word_start: int, word_end: int) -> float:
    """How closely a word and a value belong together, 0–1."""
    if word_end <= start:
        gap, between, share = start - word_end, folded[word_end:start], 1.0
    elif end <= word_start:
        gap, between = word_start - end, folded[end:word_start]
        share = 1.0 if gap == 0 else _BEHIND  # 408名学生
    else:
        return 1.0
    if "|" in between:
        # A row's first cell says what all of it is about.
        return _WHOLE if "|" not in folded[:word_start] else _OTHER_CLAUSE**2
    if _DESTROYED.search(between) and share == 1.0:
        return 0.0  # 投入资金x万元,支持20家: what was asked for is the figure that is gone
    if _NEEDED.search(between):
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
