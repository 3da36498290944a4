"""The figures of a sentence in the units asked for: not what was before, nor what was added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.numbers import UNIT_CLASS, Quantity, quantities
from index.chinese.rare_units import is_rare_unit, rare_quantities
from index.evidence.belonging import bare_money
from index.evidence.everybody import asks_everybody, counts_everybody, heads_everybody
from index.query import Query, Term
from index.wanted import SOMEBODY

OTHER_UNIT = 0.7
COMPARED = 0.5
_STOCK = 0.3
"""What a value counts in a unit of the same kind but not the one asked for, and one that is
compared with, or was only added, and how many there are beside what is told of the change that is
asked for."""
_MONEY_WORD = re.compile(r"[金费款钱资奖酬薪值]|收入|补[贴助]")
_SOME_OF = re.compile(r"\d个(?P<kind>乡镇|[村镇乡组]|社区)[,中]*(?:仅有?|只有|其中)$")
_MOVED_ASKED = re.compile(r"[降涨升跌]|提高|幅")
_GROWN = re.compile(r"(?:增长|增加|下降|提高|上升|降低|减少|增幅|降幅)(?:了|约|达|为)?$")
_SOMEBODY = re.compile(SOMEBODY)
_NOT_ONE = re.compile(r"(?:无|没有|每|任何|某|新|老|上|下|同|这|那|另)$")
_PAIR_GAP = re.compile(r"[、,计共\s]{0,3}")


def figures(
    query: Query, folded: str, above: Sequence[str] = ()
) -> Iterator[tuple[int, int, float, str]]:
    """Yield (start, end, share, unit to add) of the figures that may be the one asked for."""
    asked = fold(query.text)
    changes = bool(_CHANGE_ASKED.search(asked))
    moves = changes or bool(_MOVED_ASKED.search(asked))
    bare = len(query.terms) == 1 and query.head == query.terms[0].word
    added = bool(_ADDED_ASKED.search(asked))
    everybody = asks_everybody(query)
    has = bool(_HAS_ASKED.search(asked)) and not changes
    if query.units and is_rare_unit(query.units[0]):
        yield from ((*span, 1.0, "") for span in rare_quantities(folded, query.units[0]))
        return
    thing = not query.units and any(
        f"多少{term.word}" in asked and not _MONEY_WORD.search(term.word) for term in query.terms
    )
    counted = re.split("[,。?]|多少", asked.partition("多少")[2])[0]
    thing = thing and not _MONEY_WORD.search(counted)
    for start, end, share in _figures(query.units, folded, changes, added, moves):
        if thing and folded[:end].endswith("元"):
            share *= COMPARED  # 买了多少书 is not told by what they cost
        if everybody and not counts_everybody(query, folded, start, end, above):
            continue
        if bare and has and _is_some(query.terms[0], folded, start, end):
            share = min(share, COMPARED)  # 3栋楼的水管没有水压
        if bare and _CHOSEN.search(folded[:start]) and not _CHOSEN_ASKED.search(asked):
            continue  # 基地安排35户贫困户 does not say how many there are
        if has and _opened(folded, start) and _HELD.search(folded, end):
            share = min(share, COMPARED)  # 新办3家,达到9家 says how many there are
        if "多大" in asked and not query.units and folded[end - 1] in _COUNTS:
            continue
        joined = _JOINED.search(folded[:start])
        moved = joined is not None and joined["verb"] not in asked
        yield start, end, min(share, COMPARED) if moved else share, ""
    for start, end, share, unit in _cells(query.units, folded, changes):
        if not everybody or heads_everybody(folded, start):
            yield start, end, share, unit


def _figures(
    units: tuple[str, ...], folded: str, changes: bool, added: bool, moves: bool
) -> Iterator[tuple[int, int, float]]:
    found = list(quantities(folded))
    kinds = {UNIT_CLASS[unit] for unit in units if unit in UNIT_CLASS}
    if kinds & {"piece", "group"}:
        # 几个 is asked of 4座 and 12处 as well.
        kinds |= {"piece", "group"}
    if "户" in units:
        kinds |= {"piece"}  # 580个农户
    grew = added and any(_changed(folded[: quantity.start]) for quantity in found)
    for index, quantity in enumerate(found):
        some = _SOME_OF.search(folded[: quantity.start]) if quantity.unit == "个" else None
        if some is not None and f"个{some['kind']}" in units:
            yield quantity.start, quantity.end, 1.0  # 全县11个乡镇仅4个
            continue
        if units == ("次",) and quantity.unit == "起":
            yield quantity.start, quantity.end, OTHER_UNIT  # 出了多少次警: 512起
            continue
        people = quantity.unit == "个" and "人" in units
        people = people and _SOMEBODY.match(folded, quantity.end) is not None
        if units and quantity.unit not in units and quantity.kind not in kinds and not people:
            if "户" in units and _heads_of_households(folded, found, index):
                yield quantity.start, quantity.end, OTHER_UNIT
            continue
        if quantity.surface.startswith("一") and _NOT_ONE.search(folded[: quantity.start]):
            continue  # 无一名学生失学 counts nobody, 新一轮 nothing
        if units == ("户",) and quantity.kind == "piece" and quantity.unit not in ("个", "家"):
            continue  # 94栋 counts no households
        if any(
            {unit, quantity.unit} & _MOVABLE and {unit, quantity.unit} & _FIXED for unit in units
        ):
            continue  # 3处 counts no cars
        exact = not units or quantity.unit in units
        if quantity.unit == "个" and "户" in units:
            households = _HOUSEHOLDS.match(folded, quantity.end)
            if households is None:
                continue
            yield quantity.start, households.end(), 1.0
            continue
        row = folded.partition("|")[0] if "|" in folded else ""
        if (
            not units
            and not moves
            and quantity.kind == "ratio"
            and _GROWN.search(folded[: quantity.start])
        ):
            yield quantity.start, quantity.end, COMPARED * COMPARED  # 税收多少: not 增长6.8%
            continue
        if added and _changed(folded[: quantity.start]):
            start, end = _with_pair(folded, found, index)
            yield start, end, 1.0 if exact else OTHER_UNIT
            continue
        if not changes and (_CHANGE.search(folded[: quantity.start]) or _CHANGE_ROW.search(row)):
            yield *_with_pair(folded, found, index), COMPARED
            continue
        if quantity.unit == "个" and "人" in units and _SOMEBODY.match(folded, quantity.end):
            yield quantity.start, quantity.end, 1.0  # 招了43个妇女
            continue
        if not exact and quantity.surface.startswith("一"):
            continue  # 一家, 一座 count nothing where heads or boxes are asked for
        if _compared(folded, quantity):
            yield quantity.start, quantity.end, COMPARED
            continue
        start, end = _with_pair(folded, found, index)
        share = 1.0 if exact else OTHER_UNIT
        yield start, end, _STOCK * share if grew else share
    if "元" in units:
        yield from ((start, end, 1.0) for start, end in bare_money(folded))


def _changed(before: str) -> bool:
    return bool(_CHANGE.search(before) or _GROWN.search(before))


def _heads_of_households(folded: str, found: list[Quantity], index: int) -> bool:
    """Whether households are told by their heads: 贫困户200人就业, not 192户709人."""
    quantity = found[index]
    before = found[index - 1].end if index else -1
    return (
        quantity.kind == "person"
        and before < quantity.start - 1
        and folded[: quantity.start].endswith("户")
    )


_HOUSEHOLDS = re.compile(r"[\u4e00-\u9fff]{0,4}?户(?![口籍均])")

# How many were added is not how many there are: 新识别监测户1户3人, 比上年增加20户.
_CHANGE = re.compile(
    r"(?:新增|新识别|新纳入|净增|(?:增加|减少)(?![到至为值]))(?:(?![到至为])[^,。;|\d]){0,8}$"
)
_COUNTS = frozenset("人户名位个座处所家条口眼栋台")
"""Units that say how many there are, and not how big one is."""
_OF_ALL = re.compile(r"(?:有|共|辖|现|达|为|计|约)[^,;。:、\d]{0,4}$")
_SOME_OF_THEM = re.compile(r"的|没|不|未|因|已|还|仍")


def _is_some(asked: Term, folded: str, start: int, end: int) -> bool:
    """Whether a clause opens with a number of them and says something of just these."""
    thing = next((word for word in asked.alike if folded.startswith(word, end)), None)
    if thing is None or _OF_ALL.search(folded[:start]):
        return False
    return _SOME_OF_THEM.match(folded, end + len(thing)) is not None


_MOVABLE = frozenset("辆艘架头只匹羽棵株本张盏")
_FIXED = frozenset("处家所座栋幢")
"""Units of what is driven, kept or planted, and of what stands in its place."""
_HAS_ASKED = re.compile(r"有(?:了)?(?:多少|几)")
_NEW = re.compile(r"(?:新[开办建设添修成引]|又[开办建])[^,。;|\d]{0,8}$")
_HELD = re.compile(r"(?:总数)?(?:达到?|共有?|增加到|增至|发展到)(?=\d)")


def _opened(folded: str, at: int) -> bool:
    """Whether what is counted at `at` was only added: 新开农家店6家."""
    return _NEW.search(folded[:at]) is not None


_JOINED = re.compile(
    r"(?P<verb>发展|培养|吸收|转入|转出|迁入|迁出|调入|调出|退出)(?![到至为])[^,。;|\d]{0,6}$"
)
"""Who came or went: 发展党员1名 does not say how many there are, unless just that is asked."""
_CHOSEN = re.compile(r"(?:安排|带动|吸纳|帮扶|扶持|支持|慰问|走访|资助)[^,。;|\d]{0,4}$")
_CHOSEN_ASKED = re.compile(r"安排|带动|吸纳|帮扶|扶持|支持|慰问|走访|资助")
_CHANGE_ROW = re.compile(r"新增|新识别|新纳入|扩种|补植")
_CHANGE_ASKED = re.compile(r"新|增|减|多多少|少多少|多了|少了")
_ADDED_ASKED = re.compile(
    r"(?:新增|增加|减少|增产|减产|增收|减收|提高|降低|下降|上涨|上升|[降涨升跌])了?(?:多少|几)|(?:新增|新识别|新纳入)了?的?[^,。多几]{1,8}(?:有|是)?(?:多少|几)|新识别|新纳入|净增|(?:[^至最]多|少)[了出]?(?:多少|几)"
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
    r"[(](?:单位:?)?(?P<money_scale>[万亿])?(?P<money>元)/[^()]{1,3}\)$|"
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
    kinds = {UNIT_CLASS[unit] for unit in units if unit in UNIT_CLASS}
    for match in _CELL.finditer(folded):
        found = _CELL_UNIT.search(match["name"]) or row
        groups = found.groupdict() if found else {}
        unit = groups.get("unit") or groups.get("head") or groups.get("money") or ""
        if units and unit not in units and UNIT_CLASS.get(unit, "") not in kinds and unit:
            continue
        share = 1.0 if unit or not units else OTHER_UNIT
        if not changes and _CHANGE_ROW.search(folded.partition("|")[0]):
            share *= COMPARED
        start, end = match.span("value")
        yield start, end, share, (groups.get("scale") or groups.get("money_scale") or "") + unit


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
