"""Which stage a date is of, and which end of a year a number: 开工 is not 完工, 年初 not 年底."""

from __future__ import annotations

import re

_CLAUSE = re.compile("[,;。、(|]")
_OTHER_STAGE = 0.3
_STAGES = (
    re.compile(r"开工|动工|启动|奠基|开建|破土|进场|立项|复工"),
    re.compile(r"完工|竣工|建成|完成|[修建]好|[修建]完|修通|通车|交付|验收|收尾|交(?=[?,。]|$)"),
    re.compile(r"投产|投用|投入使用|启用|开业|开张|开馆|开园|运营|试运行|通水|通电|能用"),
    re.compile(r"封顶|合龙"),
)


def stage_share(asked: str, folded: str, start: int, end: int) -> float:
    """What the date at `start` counts: less where its own clause tells of another stage."""
    wanted = [stage for stage in _STAGES if stage.search(asked)]
    clause = _CLAUSE.split(folded[:start])[-1] + _CLAUSE.split(folded[end:])[0]
    told = [stage for stage in _STAGES if stage.search(clause)]
    if not wanted or not told or any(stage in told for stage in wanted):
        return 1.0
    return _OTHER_STAGE


_BEGAN_WITH = re.compile(r"年初|上年末|上年底|去年底|期初|月初")
_ENDS = re.compile(r"年底|年末|期末|月底|月末")
_NOT_AT_THE_END = 0.5
_POINTS = re.compile(r"年初|年末|年底|期初|期末|月初|月末|月底")


def point_share(asked: str, folded: str, start: int) -> float:
    """What a number counts that was so at the year's beginning, where that is not asked for."""
    clause = re.split("[到至]", _CLAUSE.split(folded[:start])[-1])[-1]
    told = _POINTS.findall(clause)
    if _ENDS.search(asked) and not _ENDS.search(folded[:start]) and _ENDS.search(folded, start):
        return _NOT_AT_THE_END  # 解除12人,年末在册20人
    if not told or not _BEGAN_WITH.search(told[-1]) or _BEGAN_WITH.search(asked):
        return 1.0
    return _OTHER_STAGE
