"""How far what was due is done: 应参保1640人,已参保1558人,参保率98%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.history import texts
from app.history.alarm import Alarm, AlarmKind
from app.history.amounts import exact, rounded, shown, slack
from app.history.statements import Statement, cited
from index.records import Figure

_DUE = re.compile(r"(?<![反适响供相对感理顺呼])应(?!急|用|对|届|该|有尽)[^,。;:]{1,12}$")
_DONE = re.compile(
    r"^[,、(]?(?:目前|现|其中|截至目前|全[村镇乡])?(?:已经?|实际?|完成|现)[^,。;:]{0,12}$"
)
_RATE = re.compile(r"^[,、(][^,。;:增降升]{0,8}率(?:为|达到?|约)?$")
_GOAL = re.compile(r"(?:目标|任务|计划)(?:数|任务|为|是)?[^,。;:]{0,10}$")
_REACHED = re.compile(r"^[,、(]?[^,。;:]{0,10}(?:已?完成|实现|已)[^,。;:]{0,8}$")
_SHARE_OF_GOAL = re.compile(
    r"^[,、(](?:完成率|(?:占|完成)(?:了)?(?:全年|年度|年初|当年)?(?:目标|任务|计划)(?:任务)?(?:数|量)?的|"
    r"(?:目标|任务|计划)完成率)(?:为|达到?)?$"
)
_OF_ALL = re.compile(r"^[,、(]占[^,。;:()\d%]{1,14}$")
_AMONG = re.compile(r"^(?:当|之)?中[,、]?[^,。;:\d]{0,10}$")
_REACH = re.compile(
    r"^[,、(](?:普及|覆盖|入户|入住|通水|通电|参保|参合|办结|完成|签约|安装)率(?:为|达到?)?$"
)
_OF_GOAL = re.compile(
    r"^[,、(](?:已?完成|占)(?:全年|年度|年初|当年)?(?:目标|任务|计划)(?:任务)?(?:数|量)?(?:的)?$"
)
_OF = re.compile(r"^的$")
_POINT = Decimal("0.5")
"""A share is often told without its decimals."""


def attained_alarms(statement: Statement) -> Iterator[Alarm]:
    """Shares that the two numbers in front of them contradict."""
    for one, other, share in zip(
        statement.figures, statement.figures[1:], statement.figures[2:], strict=False
    ):
        if share.base_unit != "%" or one.base_unit != other.base_unit or one.base_unit == "%":
            continue
        front, gap = statement.before(one), statement.between(one, other)
        behind = statement.between(other, share)
        due = _DUE.search(front) and _DONE.match(gap) and _RATE.match(behind)
        goal = _GOAL.search(front) and _REACHED.match(gap) and _SHARE_OF_GOAL.match(behind)
        among = _AMONG.match(gap) and _REACH.match(behind)
        if due or goal or among:
            yield from _held(statement, other, one, share)
        elif (_OF_GOAL.match(gap) or _OF_ALL.match(gap)) and _OF.match(behind):
            yield from _held(statement, one, other, share)


def _held(statement: Statement, done: Figure, due: Figure, share: Figure) -> Iterator[Alarm]:
    if due.base <= 0 or not exact((done, due, share)):
        return
    computed = 100 * done.base / due.base
    room = 100 * (slack(done) + slack(due)) / due.base + slack(share) + _POINT
    if abs(computed - share.base) <= room:
        return
    result = f"{rounded(computed, 1)}%"
    yield Alarm(
        AlarmKind.RATIO,
        done.place,
        done.as_of,
        texts.share_message(shown(done), shown(due), shown(share), result),
        texts.divided(shown(done), shown(due), result, shown(share)),
        (cited(statement, (done, due, share)),),
    )
