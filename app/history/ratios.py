"""Growth, shares and averages that the numbers beside them contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.history import texts
from app.history.against import CHANGED_BY, FALLS, in_real_terms
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, in_unit, plain, rounded, shown, slack
from app.history.statements import Statement, cited
from index.records import Figure, FigureKind

_FROM = re.compile(r"(?:由|从)[^,。;由从]{0,14}$")
_TO = re.compile(
    r"^[^,。;:()]{0,12}(?:到|至|为)(?:(?:19|20)\d\d年(?:底|末|[上下]半年)?的?)?[^,。;:()\d]{0,8}$"
)
_SHARE = re.compile(
    r"^[,、(]?(?:分别)?占(?P<of>[^,。;:()\d%]{0,16}?)(?:的?(?:比重|比例|比)?(?:为|达|达到|约)?|的)$"
)
_OF_ITS_OWN = re.compile(r"^(?:全[村镇乡县市区省国州]|(?:比|其))?$")
_AVERAGE = re.compile(r"^[,(](?P<per>[人户])均(?P<verb>[^,。;:()\d]{0,4})$")
_WHOLE_PLACE = re.compile(
    r"全(?:村|镇|乡|社区|县|市|区)[总共现]*(?:有|辖)?(?:农户|村民|居民|人口|户数|群众)?(?:有|为)?$"
)
_INCREASE = re.compile(
    r"^[,、(](?:同比|(?:比|较)(?:上年|去年)(?:同期)?)(?P<verb>净?增[加长]|减少|下降)(?:了|约)*$"
)
_NAMED_TOTAL = {"总人口": "人", "总户数": "户"}


def growth_alarms(statement: Statement) -> Iterator[Alarm]:
    """由86个增加到112个,增长20%: three figures that follow each other."""
    for before, after, change in zip(
        statement.figures, statement.figures[1:], statement.figures[2:], strict=False
    ):
        if (
            before.base_unit != after.base_unit
            or before.base <= 0
            or not exact((before, after, change))
        ):
            continue
        verb = CHANGED_BY.match(statement.between(after, change))
        if (
            verb is None
            or not _FROM.search(statement.before(before))
            or not _TO.match(statement.between(before, after))
        ):
            continue
        fall = bool(FALLS.search(verb["verb"]))
        difference = before.base - after.base if fall else after.base - before.base
        ends = slack(before) + slack(after)
        if change.base_unit == "%" and before.base_unit != "%":
            computed = 100 * difference / before.base
            room = 100 * ends * max(after.base, before.base) / before.base**2 + slack(change)
            if in_real_terms(before) or in_real_terms(after):
                continue
            result, sign = f"{rounded(computed, 1)}%", texts.grown
        elif change.base_unit == before.base_unit or (
            before.base_unit == "%" and change.base_unit == "个百分点"
        ):
            computed, room = difference, ends + slack(change)
            result, sign = f"{plain(computed)}{change.base_unit}", texts.subtracted
        else:
            continue
        if abs(computed - abs(change.base)) <= room:
            continue
        numbers = shown(before), shown(after), result, shown(change)
        yield Alarm(
            AlarmKind.RATIO,
            after.place,
            after.as_of,
            texts.growth_message(numbers[0], numbers[1], numbers[3], result),
            sign(*numbers),
            (cited(statement, (before, after, change)),),
        )


def increase_alarms(statement: Statement) -> Iterator[Alarm]:
    """收入1642万元,比上年增加55万元,增长3.5%: what it was before follows from two of them."""
    for now, change, share in zip(
        statement.figures, statement.figures[1:], statement.figures[2:], strict=False
    ):
        added = _INCREASE.match(statement.between(now, change))
        verb = CHANGED_BY.match(statement.between(change, share))
        if added is None or verb is None or now.base_unit != change.base_unit:
            continue
        fall = bool(FALLS.search(added["verb"]))
        before = now.base + change.base if fall else now.base - change.base
        if share.base_unit != "%" or now.base_unit == "%" or before <= 0:
            continue
        if not exact((now, change, share)) or fall != bool(FALLS.search(verb["verb"])):
            continue
        computed = 100 * change.base / before
        room = 100 * (slack(now) + slack(change)) / before + slack(share) + computed / 50
        if in_real_terms(now):
            continue
        if abs(computed - abs(share.base)) <= room:
            continue
        result = f"{rounded(computed, 1)}%"
        earlier = in_unit(before, now)
        yield Alarm(
            AlarmKind.RATIO,
            now.place,
            now.as_of,
            texts.growth_message(earlier, shown(now), shown(share), result),
            texts.divided(shown(change), earlier, result, shown(share)),
            (cited(statement, (now, change, share)),),
        )


def share_alarms(report: Sequence[Statement]) -> Iterator[Alarm]:
    """503户,占比46%: of the whole that the ledger knows, or that the words name."""
    for statement in report:
        for part, share in zip(statement.figures, statement.figures[1:], strict=False):
            match = _SHARE.match(statement.between(part, share))
            if match is None or share.base_unit != "%" or part.base_unit == "%":
                continue
            found = _whole(report, statement, part, match["of"])
            if found is None:
                continue
            of, whole = found
            if whole.base <= 0 or not exact((part, share, whole)):
                continue
            computed = 100 * part.base / whole.base
            room = 100 * (slack(part) + slack(whole)) / whole.base + slack(share) + Decimal("0.5")
            if abs(computed - share.base) <= room:
                continue
            own = cited(statement, (part, share))
            inside = of is statement and whole.start >= own.start and whole.end <= own.end
            yield Alarm(
                AlarmKind.RATIO,
                part.place,
                part.as_of,
                texts.share_message(
                    shown(part), shown(whole), shown(share), f"{rounded(computed, 1)}%"
                ),
                texts.divided(shown(part), shown(whole), f"{rounded(computed, 1)}%", shown(share)),
                (own,) if inside else (cited(of, (whole,)), own),
            )


def _whole(
    report: Sequence[Statement], statement: Statement, part: Figure, of: str
) -> tuple[Statement, Figure] | None:
    """What a share is of; None where it is not certain."""
    if _OF_ITS_OWN.match(of):
        own = [one for one in statement.figures if one.ordinal == part.part_of]
        return (statement, own[0]) if own else None
    name = re.sub(r"^全[村镇乡县市区省国州]|[总人户]?数$|的$", "", of)
    if len(name) < 2 and of not in ("总户数", "总人口"):
        return None
    found = [
        (other, one)
        for other in report
        for one in other.figures
        if one.base_unit == part.base_unit
        and one.place == part.place
        and one.as_of == part.as_of
        and one.kind is not FigureKind.TARGET
        and one is not part
        and (name in (one.indicator, one.canonical) or _is_total(other, one, of))
    ]
    return found[0] if len({one.base for _, one in found}) == 1 else None


def _is_total(statement: Statement, figure: Figure, name: str) -> bool:
    """全村共有536户2223人: the whole place, whatever its phrase was read as."""
    unit = _NAMED_TOTAL.get(name)
    if unit is None or figure.base_unit != unit or figure.part_of is not None:
        return False
    if figure.canonical == name:
        return True
    first = statement.figures.index(figure)
    while first and not statement.between(statement.figures[first - 1], figure).strip(" ,、"):
        first -= 1
        figure = statement.figures[first]
    return bool(_WHOLE_PLACE.search(statement.before(statement.figures[first])))


_FAR = Decimal("0.15")
"""How far an average may be off: it is often of a number of people counted at another time."""


def average_alarms(report: Sequence[Statement]) -> Iterator[Alarm]:
    """林地2500亩(人均0.63亩) in a village of 2223 people; 向76户分红38万元,户均5000元."""
    for statement in report:
        for at, (total, each) in enumerate(
            zip(statement.figures, statement.figures[1:], strict=False)
        ):
            match = _AVERAGE.match(statement.between(total, each))
            if match is None or total.base_unit != each.base_unit or each.base <= 0:
                continue
            unit = "人" if match["per"] == "人" else "户"
            of: tuple[Statement, Figure] | None = None
            before = statement.figures[at - 1] if at else None
            if total.base_unit == "元":
                # Of money the number stands just in front of it, or nobody can tell.
                near = (
                    before is not None
                    and before.base_unit == unit
                    and ("," not in statement.between(before, total))
                )
                of = (statement, before) if near and before is not None else None
            elif not match["verb"]:
                of = _inhabitants(report, total, unit)
            if of is None or of[1].base <= 0 or not exact((total, each, of[1])):
                continue
            computed = total.base / of[1].base
            if abs(computed - each.base) <= _FAR * max(each.base, computed) + slack(each):
                continue
            own = cited(statement, (total, each))
            result = f"{rounded(computed)}{each.base_unit}"
            yield Alarm(
                AlarmKind.RATIO,
                total.place,
                total.as_of,
                texts.each_message(shown(total), shown(of[1]), shown(each), result),
                texts.divided(shown(total), shown(of[1]), result, shown(each)),
                (own,)
                if of[0] is statement and own.start <= of[1].start
                else (own, cited(of[0], (of[1],))),
            )


def _inhabitants(
    report: Sequence[Statement], total: Figure, unit: str
) -> tuple[Statement, Figure] | None:
    name = "总人口" if unit == "人" else "总户数"
    found = [
        (statement, one)
        for statement in report
        for one in statement.figures
        if one.place == total.place and _is_total(statement, one, name)
    ]
    return found[0] if len({one.base for _, one in found}) == 1 else None
