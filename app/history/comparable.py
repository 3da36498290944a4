"""Which figures of different reports tell the same thing, so that they can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.chinese.numbers import UNIT_CLASS
from index.records import Figure, FigureKind

_FRONT = re.compile(
    r"^(?:\d{1,2}[.、 ]?|其中|目前|截[至止]|全(?:村|镇|乡|社区|县|市|区|省|州|旗)|"
    r"[我本该](?:村|镇|乡|社区|县|市|区|省|州)|[共现]有|"
    r"现|共|累计|已|总计|合计|年末|全年|上半年|下半年|实现|完成|拥有|辖)+"
)
_BEHIND = re.compile(r"(?:达到|达|约|超过|突破|共|合计|总数|总量|人数|户数|数量|数)+$")
_SAME = (
    (re.compile(r"(?:种植|栽植|栽培|总)面积"), "面积"),
    (re.compile(r"^(?:安装|新装|新安装)"), "安装"),
)
_NARROWING = re.compile(r"累计|新增|净增|均|每|最[高低]|至少")
_COLLECTIVE = frozenset(("总人口", "总户数", "常住人口"))


@dataclass(frozen=True, order=True)
class Key:
    """What is told: only figures with the same key are shown in one row and compared."""

    name: str
    unit: str
    """The unit of comparison, Figure.base_unit."""
    kind: FigureKind
    qualifier: tuple[str, ...] = ()
    """What narrows it: 累计, 新增, 人均, 每亩 …"""
    known: bool = False
    """Whether the name is a canonical indicator."""


def key_of(figure: Figure) -> Key | None:
    """The key of a figure; None where its words do not say what is counted."""
    name = figure.canonical or plain_name(figure.indicator)
    if figure.canonical is None and UNIT_CLASS.get(figure.base_unit) == "area":
        # 茶园面积640亩 and 茶园640亩
        name = (
            re.sub(r"(?<=[^种植栽培播面新总造林育苗圃])面积$", "", name) if len(name) > 3 else name
        )
    if len(name) < 2 or name[0] in "比较":
        return None
    narrowed = {word for word in figure.qualifier if _NARROWING.search(word) and word not in name}
    return Key(
        name,
        figure.base_unit or UNIT_CLASS.get(figure.unit, ""),
        figure.kind,
        tuple(sorted(narrowed)),
        figure.canonical is not None,
    )


@lru_cache(maxsize=20_000)
def plain_name(phrase: str) -> str:
    """A phrase without what varies from report to report: 全村猕猴桃种植面积达到 is 猕猴桃面积."""
    name = _FRONT.sub("", phrase)
    for pattern, plain in _SAME:
        name = pattern.sub(plain, name)
    return _BEHIND.sub("", name) or name


def speaks_for_all(figure: Figure, whole: Figure | None) -> bool:
    """Whether a figure is told of its place as a whole, not of a part: 用工52人,其中脱贫户24人."""
    if figure.part_of is None:
        return "其中" not in figure.qualifier
    if whole is None:
        return False
    return not whole.indicator or whole.canonical in _COLLECTIVE
