"""Values told against an earlier one that stands behind them: 9860元,比上年8500元增加1360元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, plain, rounded, shown, slack
from app.history.statements import Statement, cited
from index.chinese.fold import fold
from index.chinese.places import level
from index.records import Figure

CHANGED_BY = re.compile(
    r"^[,、(]?(?:同比|环比|共|实际|较?比?上年(?:同期)?|增幅|[一二三四五六七八九十]年(?:间|来)?)?"
    r"(?P<verb>净?增[长加收]|增[幅速]|提[高升]|上[升涨]|下降|减少|降低|降幅|压[减缩]|精简)"
    r"(?:率|幅度?|了|达|约|了约)*$"
)
FALLS = re.compile(r"下降|减少|降低|降幅|压|精简")
_AT_CONSTANT_PRICES = re.compile(r"生产总值|gdp|增加值|产值|经济总量")
_INCOME = re.compile(r"可支配收入|纯收入")
_COUNTY = 3
_THAN = re.compile(
    r"^[,、(](?:同?比|较)(?:上年|去年|前年|上期|同期|上半年|(?:19|20)\d\d年(?:[上下]半年|底|末)?)"
    r"(?:同期|底|末|年底|年末)?的?$"
)


def in_real_terms(figure: Figure) -> bool:
    """Whether its growth may be told at constant prices, so that the two values do not say it.

    Of incomes only in a county and above: a village or township divides what it wrote.
    """
    rank = level(fold(figure.place)) if figure.place else None
    wide = rank is None or rank <= _COUNTY
    real = _AT_CONSTANT_PRICES.search(figure.indicator)
    return bool(real or (wide and _INCOME.search(figure.indicator)))


def against_alarms(statement: Statement) -> Iterator[Alarm]:
    """What changed from the value behind 比上年 to the one in front of it."""
    figures = statement.figures
    for at, (now, before) in enumerate(pairwise(figures)):
        if now.base_unit != before.base_unit or before.base <= 0:
            continue
        if not exact((now, before)) or not _THAN.match(statement.between(now, before)):
            continue
        last = before
        for change in figures[at + 2 : at + 4]:
            verb = CHANGED_BY.match(statement.between(last, change))
            if verb is None or not exact((change,)):
                break
            yield from _changed(
                statement, now, before, change, falls=bool(FALLS.search(verb["verb"]))
            )
            last = change
    yield from _told_last(statement)


_THEN = re.compile(r"^[,、(](?:上年|去年|(?:19|20)\d\d年)(?:同期)?(?:为|是|仅?有)?$")


def _told_last(statement: Statement) -> Iterator[Alarm]:
    """收入12.6万元,同比增长20%,上年为10.5万元: the value before comes last."""
    figures = statement.figures
    for now, change, before in zip(figures, figures[1:], figures[2:], strict=False):
        verb = CHANGED_BY.match(statement.between(now, change))
        if verb is None or not _THEN.match(statement.between(change, before)):
            continue
        if now.base_unit == before.base_unit and before.base > 0 and exact((now, change, before)):
            falls = bool(FALLS.search(verb["verb"]))
            yield from _changed(statement, now, before, change, falls=falls)


def _changed(
    statement: Statement, now: Figure, before: Figure, change: Figure, *, falls: bool
) -> Iterator[Alarm]:
    difference = before.base - now.base if falls else now.base - before.base
    room = slack(now) + slack(before)
    if change.base_unit == "%" and now.base_unit != "%":
        if in_real_terms(now):
            return
        room = 100 * room * max(now.base, before.base) / before.base**2 + slack(change)
        computed, sign = 100 * difference / before.base, texts.grown
        result = f"{rounded(computed, 1)}%"
    elif change.base_unit == now.base_unit or (
        now.base_unit == "%" and change.base_unit == "个百分点"
    ):
        room += slack(change)
        computed, sign = difference, texts.subtracted
        result = f"{plain(difference * _scale(change))}{change.unit}"
    else:
        return
    if abs(computed - abs(change.base)) <= room:
        return
    numbers = shown(before), shown(now), result, shown(change)
    yield Alarm(
        AlarmKind.RATIO,
        now.place,
        now.as_of,
        texts.growth_message(numbers[0], numbers[1], numbers[3], result),
        sign(*numbers),
        (cited(statement, (now, before, change)),),
    )


def _scale(figure: Figure) -> Decimal:
    """From the base unit to the one that the figure is written in."""
    return figure.value / figure.base if figure.base else Decimal(1)
