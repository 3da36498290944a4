"""Table rows, stored as 表头:值 | 表头:值: the figures of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from index.chinese.numbers import UNIT_CLASS
from index.chinese.places import level
from ingest.measure.numbers import Number, numbers

BETWEEN = " | "
_BARE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
# 面积(亩), 投资(单位:万元), 产值/万元, 人数, 户数: the unit that a column's head gives.
_HEAD_UNIT = re.compile(
    r"(?:\((?=[^()]*\)$)|/)(?:单位:?)?(?P<scale>[万亿千百])?(?P<unit>[^()/]{1,4})\)?$"
    r"|(?P<head>[人户])[数口]?$"
)
_ROW_UNIT = re.compile(r"(?:计量)?单位:(?P<scale>[万亿千百])?(?P<unit>[^|\s:]{1,4})$")
_LABEL_UNIT = re.compile(r"[(/](?:单位:?)?(?P<scale>[万亿千百])?(?P<unit>[^()/]{1,4})\)?$")
_NO_FIGURE = re.compile(
    r"序号|编号|代码|年龄|年份|电话|手机|身份证|账号|卡号|日期|时间|排名|名次|备注|邮编|门牌|证号|学号|^号$|^no"
)
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|全[镇乡县村市])")


@dataclass(frozen=True)
class Cell:
    """A cell with a figure; offsets relative to the row."""

    number: Number
    column: str
    label: str
    """What the row is about: the crop, the household; empty where nothing says."""
    place: str | None


def is_row(line: str) -> bool:
    return BETWEEN in line


def cells(row: str) -> Iterator[Cell]:
    """The figures of a folded row."""
    parts = list(_parts(row))
    unit = next((match for _, _, _, text in parts if (match := _ROW_UNIT.fullmatch(text))), None)
    place, label = _labels(parts)
    if unit is None and (found := _LABEL_UNIT.search(label)) and found["unit"] in UNIT_CLASS:
        # 指标:村集体收入(万元) | 上半年:10.8: the row's own name gives the unit of its cells.
        unit, label = found, label[: found.start()]
    for start, name, value, _ in parts:
        if not value or _NO_FIGURE.search(name):
            continue
        number = _number(value, name, unit)
        if number is not None:
            yield Cell(number.moved(start), _without_unit(name), label, place)


def _parts(row: str) -> Iterator[tuple[int, str, str, str]]:
    """(offset of the value, column, value, the whole cell)."""
    at = 0
    for text in row.split(BETWEEN):
        name, colon, value = text.partition(":")
        if not colon or _BARE.fullmatch(name.strip()):
            name, value = "", text
        offset = at + len(text) - len(value)
        kept = value.strip()
        offset += len(value) - len(value.lstrip())
        yield offset, name.strip(), kept, text.strip()
        at += len(text) + len(BETWEEN)


def _labels(parts: list[tuple[int, str, str, str]]) -> tuple[str | None, str]:
    """The place and the thing that a row is about."""
    place: str | None = None
    labels: list[str] = []
    for _, name, value, _ in parts:
        if not value or any(c.isdigit() for c in value) or len(value) > 12:
            continue
        if name.endswith("单位") and value in UNIT_CLASS:
            continue
        if place is None and (level(value) or 0) >= 3 and not _TOTAL.match(value):
            place = value
        elif not _TOTAL.match(value) and not re.search(r"备注|责任|负责|联系|姓名|完成时", name):
            labels.append(value)
    return place, labels[0] if labels else ""


def _number(value: str, name: str, unit: re.Match[str] | None) -> Number | None:
    if _BARE.fullmatch(value):
        found = _HEAD_UNIT.search(name) or unit
        groups = found.groupdict() if found else {}
        bare = groups.get("unit") or groups.get("head") or ""
        if "率" in name and not bare:
            return None  # 0.85 or 85: nobody can tell
        if not name or (not bare and not found and _looks_like_year(value)):
            return None
        try:
            amount = Decimal(value.replace(",", ""))
        except InvalidOperation:
            return None
        shown = (groups.get("scale") or "") + bare
        kind = UNIT_CLASS.get(bare, "piece")
        return Number(0, len(value), (0, len(value)), amount, None, shown, bare, kind)
    whole = [one for one in numbers(value) if one.end - one.start == len(value)]
    if not whole:
        found_in = numbers(value)
        whole = found_in[:1] if len(found_in) == 1 and len(value) <= 12 else []
    return whole[0] if whole else None


def _looks_like_year(value: str) -> bool:
    return len(value) == 4 and value[:2] in ("19", "20")


def _without_unit(name: str) -> str:
    return re.sub(r"[(/](?:单位:?)?[^()/]*\)?$", "", name) or name
