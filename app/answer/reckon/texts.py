"""What reckoned answers say, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def line(place: str, when: str, values: str) -> str:
    return f"{place}（{when}）：{values}" if when else f"{place}：{values}"


def change(place: str, first: str, last: str, size: str, by: Decimal) -> str:
    if not by:
        return f"{place}：由{first}到{last}，没有变化"
    return f"{place}：由{first}到{last}，{'增加' if by > 0 else '减少'}{size}"


def total(sums: str) -> str:
    return f"合计：{sums}"


def difference(larger: str, smaller: str, size: str) -> str:
    return f"相差：{larger} - {smaller} = {size}"


def more_or_less(size: str, by: Decimal) -> str:
    if not by:
        return "相同"
    return f"{'多' if by > 0 else '少'}{size}"


def disputed(place: str, told: str, other: str) -> str:
    return f"{place}：另一份报告说是{other}，与{told}不一致，请核对"


def otherwise(place: str, name: str) -> str:
    return f"{place}报的是「{name}」，口径可能与其他各处不同"


def softened(how: str) -> str:
    return f"（{how}）" if how else "（含约数）"


def counted(number: int) -> str:
    return f"{number}个"


def incomplete(value: str, without: Sequence[str]) -> str:
    return f"{value}（未含{'、'.join(without)}）"


def gap(place: str, when: str | None) -> str:
    return f"{place}（{when}）" if when else place


def until(place: str, last: str) -> str:
    return f"{place}（{last}）"


def rests_on(
    reports: int, unfiled: Sequence[str], silent: Sequence[str], partly: Sequence[str] = ()
) -> str:
    """How many reports the answer rests on, and who is not in it."""
    parts = [f"以上依据{reports}份报告"]
    if unfiled:
        parts.append(f"没有报告的：{'、'.join(unfiled)}")
    if partly:
        parts.append(f"只报到期中的：{'、'.join(partly)}")
    if silent:
        parts.append(f"报告里没有读到这个数字的：{'、'.join(silent)}")
    return "；".join(parts) + "。"


def shifted(last: str) -> str:
    return f"档案里最近的报告到{last}为止，以下按档案里最近的几年统计。"
