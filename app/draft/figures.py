"""The figures that a draft states, and the change between two of them in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.answer.stated import Figure, figures
from index.chinese.fold import fold

_COUNTED = frozenset("户 人 元 亩 % 公斤 米 平方米".split())


@dataclass(frozen=True)
class Pair:
    """A figure as it was written and as it is written now: 612户, 617户."""

    old: str
    new: str


def pairs(old: str, new: str) -> tuple[Pair, ...]:
    """The figures of a sentence that another wording of it states otherwise, one for one."""
    before, after = held_figures(old), held_figures(new)
    gone = [one for one in before if not any(one.same(other) for other in after)]
    came = [one for one in after if not any(one.same(other) for other in before)]
    if len(gone) != len(came) or any(a.unit != b.unit for a, b in zip(gone, came, strict=True)):
        return ()
    return tuple(Pair(a.surface, b.surface) for a, b in zip(gone, came, strict=True))


def with_unit(value: str | None, unit: str) -> str:
    """A value of the comparison table as a sentence states it."""
    if value is None:
        return ""
    return value if not unit or value.endswith(unit) else value + unit


def held_figures(text: str) -> list[Figure]:
    """The figures that a sentence states: not what stands in 【待补充:…】."""
    folded = fold(text)
    kept, depth = [], 0
    for char in folded:
        depth += char == "【"
        kept.append(" " if depth else char)
        depth -= char == "】" and depth > 0
    return figures("".join(kept))


def only_names(figure: Figure) -> bool:
    """Whether a figure counts nothing: 高效办成一件事, 八项规定, 连续3年 name, or say how long."""
    named = not re.search(r"\d", figure.surface) and figure.unit not in _COUNTED
    return named or figure.unit == "年"


def change_said(this: str | None, last: str | None, unit: str) -> str | None:
    """「增加5头」「下降0.3个百分点」「持平」; None where the two cannot be compared."""
    one, other = _exact(this, unit), _exact(last, unit)
    if one is None or other is None or one.unit != other.unit:
        return None
    scale = _scale(unit)
    difference = (one.low - other.low) / scale
    if difference == 0:
        return "持平"
    amount = f"{abs(difference).normalize():f}"
    if one.unit == "%":
        return f"{'上升' if difference > 0 else '下降'}{amount}个百分点"
    return f"{'增加' if difference > 0 else '减少'}{amount}{unit}"


def _exact(value: str | None, unit: str) -> Figure | None:
    if not value:
        return None
    found = figures(fold(value if not unit or value.endswith(unit) else value + unit))
    alone = len(found) == 1 and found[0].low == found[0].high and not found[0].bound
    return found[0] if alone else None


def _scale(unit: str) -> Decimal:
    """What one `unit` is in the canonical unit of its measure: 1万亩 is 10000亩."""
    found = figures(fold(f"1{unit}"))
    return found[0].low if len(found) == 1 and found[0].low else Decimal(1)
