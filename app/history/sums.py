"""Parts that do not add up to their whole, and parts that are larger than it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, in_unit, plain, shown, slack
from app.history.statements import Citation, Statement, cited
from index.records import Figure, FigureKind

# A list that is meant to be whole misses its total by little; far from it, it never was whole.
_OVER_LISTED, _UNDER_LISTED = Decimal("1.25"), Decimal("0.9")
"""In brackets or behind a colon."""
_OVER_NAMED, _UNDER_NAMED = Decimal("1.1"), Decimal("0.95")
"""Behind 其中, which may name some parts only, or the same ones twice: of families that divide."""
_OVER_FAMILY = Decimal(2)
"""Of parts that exclude each other too many are wrong however many."""
_UNDER_WHOLE = Decimal("0.75")
"""In a bracket that holds nothing else: what it lacks is no rest that it leaves unsaid."""
_NAMED = re.compile(r"^[、,;]\s?[\u4e00-\u9fff]{2,12}$")
_NOT_ALL = re.compile(r"其中|等|主要|余|另|约|含|包括|不足|以上|以下|均|每|[。]")
_LINKED = re.compile(r"^[\s,、:;(和及与]+")
_NUMBERED = re.compile(r"^第?[一二三四五六七八九十\d]+[^\d,。;]{1,6}$")
_FAMILIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:水田|旱地|旱土|水浇地|旱田)",
        r"^(?:男|女)",
        r"^(?:城镇|城市|农村|乡村)",
        r"^(?:中央|省|市|县|区|镇|乡|村|财政|群众|农户|企业|自筹|社会)[^,、]{0,6}(?:资金|财政|补助|配套|自筹|投资|投入|出资|筹资)",
        r"^(?:第?[一二三])产",
        r"^(?:幼儿|学前|小学|初中|高中|中职|大学|中学|本科|大专|高职)",
        r"^第?[一二三四五六七八九十\d]+(?:组|支部|党小组|网格|村民小组|片区|标段)",
        r"脱贫不稳定|边缘易致贫|突发严重困难|^(?:一般|低保|五保|特困)[^,、]{0,4}户",
    )
)
_OVERLAPPING = re.compile(
    r"以上|以下|以内|超|不足|岁|女|少数民族|党员|低保|残疾|流动|留守|脱贫户|监测|边缘|分别|新增|新建|新开|竣工|建成|开发|"
    r"获|带动|培育|达到|完成|改造|引进|增|减|含|包括|个品牌|[。;]"
)
"""Between 其中 and the last part: attributes that one thing may have together, or other acts."""
_ANNOUNCED = re.compile(r"^[^。;:(]{0,24}[:]$")
_SET_UP = re.compile(r"^[,、(]?(?:下?设|分为|划分为|分成|共?分|编为|组成)[^,。;\d]{0,6}$")
_IN_TURN = re.compile(r"^[^,。;:\d]{0,8}[,:(]?(?:[^,。;\d]{0,6})分别(?:是|为|有)?[^,。;\d]{0,4}$")
_AND = re.compile(r"\s?[、,和及]\s?")
_TOTAL = re.compile(r"(?:共计|合计|总计|总共)[^,。;:、()]{0,10}$")
_OF_WHICH = re.compile(r"^(?:[^,。;:()]{0,8}[,(]|)其中[^,。;:()]{0,14}$")
_ELSEWHERE = re.compile(
    r"总|共|全[村镇乡县市省区]|累计|计划|目标|[人户亩]均|每|增|比|较|上年|去年|同期|以上|原"
)
_CLEAR = frozenset(("户", "人", "亩", "元"))
"""Units that say what is counted; a 个 inside of a 个 may be another thing."""


def sum_alarms(statement: Statement) -> Iterator[Alarm]:
    """The alarms of one sentence."""
    if statement.is_row:
        return
    yield from _of_parts(statement)
    yield from _of_lists(statement)
    yield from _of_turns(statement)
    yield from _of_totals(statement)
    yield from _of_larger_parts(statement)


def _of_parts(statement: Statement) -> Iterator[Alarm]:
    """党员58人,其中女党员8人(甲18人、乙20人、丙16人、丁9人): what one bracket holds."""
    by_ordinal = {one.ordinal: one for one in statement.figures}
    groups: dict[tuple[int, int], list[Figure]] = {}
    for one in statement.figures:
        if one.part_of in by_ordinal:
            groups.setdefault((one.part_of, statement.bracket(one)), []).append(one)
    for (ordinal, bracket), parts in groups.items():
        whole = by_ordinal[ordinal]
        inside = bracket >= 0 and statement.bracket(whole) != bracket
        limits = (_UNDER_LISTED, _OVER_LISTED) if inside else (_UNDER_NAMED, _OVER_NAMED)
        if inside and bracket < statement.span(whole)[1]:
            continue
        family = _is_family(statement, parts)
        if family:
            limits = (_UNDER_LISTED, _OVER_FAMILY)
        if inside or family or _divides(statement, whole, parts):
            if inside and _is_all_of_it(statement, parts):
                limits = (_UNDER_WHOLE, limits[1])
            yield from _summed(statement, whole, parts, limits)


def _is_all_of_it(statement: Statement, parts: Sequence[Figure]) -> bool:
    """Whether a bracket holds nothing but parts, each named: (甲50万元、乙20万元、丙6万元)."""
    if len(parts) < 3:
        return False
    start, end = statement.span(parts[0])[1], statement.span(parts[-1])[1]
    opened = statement.folded[statement.bracket(parts[0]) + 1 : statement.span(parts[0])[0]]
    inside = [one for one in statement.figures if start < statement.span(one)[0] < end]
    return (
        opened.strip() != ""
        and statement.folded[end : end + 1] in (")", "]")
        and len(inside) == len(parts) - 1
        and all(_NAMED.match(statement.before(one)) for one in parts[1:])
        and not _NOT_ALL.search(opened + statement.folded[start:end])
    )


def _name(statement: Statement, part: Figure) -> str:
    """What stands in front of a part, 第一支部, else its phrase."""
    front = _LINKED.sub("", statement.before(part).rpartition("其中")[2])
    return front if _NUMBERED.match(front) else part.indicator


def _is_family(statement: Statement, parts: Sequence[Figure]) -> bool:
    """Whether the parts are known to divide a whole: 水田 and 旱地, 第一支部 and 第二支部."""
    names = [_name(statement, one) for one in parts]
    if len(set(names)) != len(names):
        return False
    return any(all(family.search(name) for name in names) for family in _FAMILIES)


def _divides(statement: Statement, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts seem to leave nothing out and to name nothing twice."""
    if len({one.indicator for one in parts}) != len(parts):
        return False
    words = statement.folded[statement.span(whole)[1] : statement.span(parts[-1])[1]]
    behind = statement.after(parts[-1])[:2]
    return not (_OVERLAPPING.search(words) or behind in ("以上", "以下"))


def _of_lists(statement: Statement) -> Iterator[Alarm]:
    """党员87名,划分为4个党小组:第一党小组26名……: what follows a colon."""
    figures = statement.figures
    for index, whole in enumerate(figures):
        following = [one for one in figures[index + 1 :] if one.base_unit == whole.base_unit]
        if len(following) < 2:
            continue
        gap = statement.folded[statement.span(whole)[1] : statement.span(following[0])[0]]
        head, colon, _ = gap.partition(":")
        if not colon or not _ANNOUNCED.match(head + colon):
            continue
        begin = statement.span(whole)[1] + len(head)
        stop = re.search(r"[。;]", statement.folded[begin:])
        end = begin + stop.start() if stop else len(statement.folded)
        parts = [one for one in following if statement.span(one)[0] < end]
        counts = [one for one in figures[index + 1 :] if statement.span(one)[0] < begin]
        said = next((int(one.value) for one in counts if one.value == int(one.value)), None)
        level = statement.bracket(parts[0]) if parts else -1
        parts = [one for one in parts if statement.bracket(one) == level and one.part_of is None]
        if len(parts) < 2 or (said is None and len(parts) < 3):
            continue
        if said is not None and said != len(parts):
            continue  # not the list that was announced
        yield from _summed(statement, whole, parts, (_UNDER_LISTED, _OVER_LISTED))


def _of_turns(statement: Statement) -> Iterator[Alarm]:
    """党员38名,下设3个党小组,分别为13人、12人、14人: as many numbers as there are parts."""
    figures = statement.figures
    for index, count in enumerate(figures[:-1]):
        said = int(count.value) if count.value == int(count.value) else 0
        parts = figures[index + 1 : index + 1 + said]
        if not 2 <= said == len(parts) or not _IN_TURN.match(statement.between(count, parts[0])):
            continue
        links = (statement.between(*two) for two in pairwise(parts))
        if not all(_AND.fullmatch(link) for link in links) or index == 0:
            continue
        whole, rest = figures[index - 1], figures[index + 1 + said : index + 2 + said]
        if not _SET_UP.match(statement.between(whole, count)) or any(
            _AND.fullmatch(statement.between(parts[-1], one)) for one in rest
        ):
            continue  # the list goes on: it is not what was announced
        if all(_counts_alike(whole, one) for one in parts):
            yield from _summed(statement, whole, parts, (_UNDER_LISTED, _OVER_LISTED))


def _counts_alike(whole: Figure, part: Figure) -> bool:
    """Whether both are in one unit; 名 and 人 are."""
    persons = ("人", "名")
    return whole.base_unit == part.base_unit or (
        whole.base_unit in persons and part.base_unit in persons
    )


def _of_totals(statement: Statement) -> Iterator[Alarm]:
    """甲310万元,乙90万元,丙25万元,共计425万元: what stands in front of its total."""
    figures = statement.figures
    for index, whole in enumerate(figures):
        if not _TOTAL.search(statement.before(whole)):
            continue
        parts = [one for one in figures[:index] if one.base_unit == whole.base_unit]
        if len(parts) < 2:
            continue
        sums = [parts[-count:] for count in range(2, len(parts) + 1)]
        if any(adds_up(whole, some) for some in sums):
            continue
        # Which of them it sums is only certain where it is all of the sentence.
        yield from _summed(statement, whole, parts, (_UNDER_NAMED, _OVER_NAMED))


def _summed(
    statement: Statement, whole: Figure, parts: Sequence[Figure], limits: tuple[Decimal, Decimal]
) -> Iterator[Alarm]:
    if len(parts) < 2 or not exact((whole, *parts)) or adds_up(whole, parts) or whole.base <= 0:
        return
    if any(one.base > whole.base for one in parts) or whole.base_unit in ("%", "个百分点", "倍"):
        return
    if len({one.kind is FigureKind.TARGET for one in (whole, *parts)}) > 1 and len(parts) < 3:
        return
    total = sum((one.base for one in parts), Decimal(0))
    under, over = limits
    if not under <= total / whole.base <= over:
        return
    yield sum_alarm(whole, parts, (cited(statement, (whole, *parts)),))


def sum_alarm(whole: Figure, parts: Sequence[Figure], citations: tuple[Citation, ...]) -> Alarm:
    """That these parts do not add up to their whole, with the arithmetic."""
    total = sum((one.base for one in parts), Decimal(0))
    return Alarm(
        AlarmKind.SUM,
        whole.place,
        whole.as_of,
        texts.sum_message(whole.indicator, shown(whole), in_unit(total, whole), len(parts)),
        texts.sum_arithmetic(
            [_term(one, whole) for one in parts],
            in_unit(total, whole),
            shown(whole),
            in_unit(abs(total - whole.base), whole),
        ),
        citations,
    )


def _term(part: Figure, whole: Figure) -> str:
    return plain(part.value) if part.unit == whole.unit else shown(part)


def adds_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether rounding explains the difference; 4万元 in a sum of 10.8万元 is 4.0万元."""
    total = sum((one.base for one in parts), Decimal(0))
    room = slack(whole)
    for part in parts:
        whole_number = part.value == part.value.to_integral_value()
        room += min(slack(part), slack(whole)) if whole_number else slack(part)
    return abs(total - whole.base) <= room


def _of_larger_parts(statement: Statement) -> Iterator[Alarm]:
    """贫困户27户,其中缺乏劳动能力62户: only where nothing else can be the whole."""
    for index, part in enumerate(statement.figures):
        earlier = [one for one in statement.figures[:index] if one.base_unit == part.base_unit]
        if part.part_of is not None or not earlier or part.base_unit not in _CLEAR:
            continue
        whole = earlier[-1]
        gap = statement.folded[statement.span(whole)[1] : statement.span(part)[0]]
        if not _OF_WHICH.match(gap) or _ELSEWHERE.search(gap.rpartition("其中")[2]):
            continue
        if any(one.base >= part.base for one in earlier) or not exact((whole, part)):
            continue
        yield larger(statement, whole, statement, part)


def larger(of: Statement, whole: Figure, inside: Statement, part: Figure) -> Alarm:
    """The alarm that a part is larger than its whole."""
    quotes = (
        (cited(of, (whole, part)),)
        if of is inside
        else (cited(of, (whole,)), cited(inside, (part,)))
    )
    return Alarm(
        AlarmKind.PART,
        part.place,
        part.as_of,
        texts.part_message(part.indicator, shown(part), whole.indicator, shown(whole)),
        texts.more_than(shown(part), shown(whole)),
        quotes,
    )


_AMONG = re.compile(
    r"^[^\u4e00-\u9fff]{0,4}在?(?:这些|上述|全[村镇乡]|该村)?(?P<whole>[^,。;\d]{2,10}?)(?:当|之)?中[,:]"
)


def among_alarms(report: Sequence[Statement]) -> Iterator[Alarm]:
    """在贫困农户中,……62户: a sentence that takes its whole from the one before."""
    for before, statement in pairwise(report):
        match = _AMONG.match(statement.folded)
        if match is None or statement.start - before.start - len(before.text) > 4:
            continue
        words = set(match["whole"]) - set("农村的户人")
        for part in statement.figures:
            wholes = [
                one
                for one in before.figures
                if one.base_unit == part.base_unit
                and one.part_of is None
                and len(words & set(one.indicator)) >= 2
            ]
            fits = len(wholes) == 1 and part.base > wholes[0].base and exact((part, wholes[0]))
            if fits and part.part_of is None and part.base_unit in _CLEAR:
                yield larger(before, wholes[0], statement, part)
