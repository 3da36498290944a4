"""Values of figures: as people write them, how far rounding goes, and what may be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from index.records import Figure

_COUNTED = frozenset(
    "人 户 个 家 名 处 座 所 台 套 辆 盏 间 栋 幢 头 只 匹 件 份 张 "
    "村 组 镇 乡 县 社区 项 条 次 场 人次 户次".split()
)
"""Units of which there are no fractions: what is written is exact."""
_SCALED = re.compile(r"[万亿千百]")


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal, places: int = 2) -> str:
    """A computed value with at most so many decimals."""
    return plain(value.quantize(Decimal(10) ** -places, ROUND_HALF_UP))


def shown(figure: Figure) -> str:
    """A figure as written: 27.16万元, 3-5万元."""
    high = f"-{plain(figure.high)}" if figure.high is not None else ""
    return f"{plain(figure.value)}{high}{figure.unit}"


_REACHED = frozenset(("", "达到", "高达"))
_IN_FRONT = ("约", "近", "超", "逾", "超过", "不低于", "不超过", "不少于", "突破")


def softened(figure: Figure, number: str) -> str:
    """A value with the word that makes it less than exact: 约460, 460左右, 460余."""
    if figure.approx in _REACHED:
        return number
    if figure.approx in _IN_FRONT:
        return figure.approx + number
    return number + figure.approx


def in_unit(base: Decimal, figure: Figure) -> str:
    """A base value in the unit that a figure is written in."""
    if not figure.value or not figure.base:
        return f"{plain(base)}{figure.base_unit}"
    return f"{rounded(base * figure.value / abs(figure.base), 4)}{figure.unit}"


def slack(figure: Figure) -> Decimal:
    """How far the true value may be from the written one, in its base unit.

    Nothing for counts of people and things; otherwise half a unit of the last digit.
    """
    if not figure.value:
        return Decimal(0)
    exponent = figure.value.as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    if digits >= 0 and figure.base_unit in _COUNTED and not _SCALED.search(figure.unit):
        return Decimal(0)
    return abs(figure.base / figure.value) * Decimal(10) ** digits / 2


def exact(figures: Iterable[Figure]) -> bool:
    """Whether all of them are told without 约, 余, 以上 or a range."""
    return all(one.approx in _REACHED and one.high is None for one in figures)
