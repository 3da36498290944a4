"""What is asked for and compared is called by whole names that tell one thing from another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.draft.desk import draft
from app.draft.draft import ComparedFigure, Draft, Origin
from index.archive import Archive, open_archive
from index.chinese.fold import fold
from index.errors import NotFound
from ingest.job import ingest

LAST = """河湾镇杨柳村2020年上半年工作总结

一、基本村情
杨柳村距镇政府8公里,耕地面积2100亩。全村共有420户1630人,其中贫困户96户352人。低保户40户90人(贫困户31户70人)。截至2019年底,实施危房改造17户。
二、主要做法
(一)发展产业
先后有60户贫困户共种植茶叶310亩。安装照明路灯43盏。先后组织入户走访近30次。
(二)关心群众
给困难群众送上价值5300元的年货和价值1200元的棉衣。
三、下半年打算
下半年计划硬化村道3公里。
"""


@pytest.fixture
def opened(archive_folder: Path, put: Callable[..., Path]) -> Archive:
    put("一.txt", LAST)
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return open_archive(archive_folder)


def made(opened: Archive, *typed: str) -> Draft:
    return draft(opened, "杨柳村", "2020H2", typed=typed)


def asked(found: Draft) -> dict[str, str]:
    return {one.last: one.indicator for one in found.to_fill}


def rows(found: Draft) -> dict[tuple[str, str], ComparedFigure]:
    return {(fold(one.indicator), one.unit): one for one in found.figures}


def test_one_name_for_several_things_is_told_apart(opened: Archive) -> None:
    names = asked(made(opened))
    assert names["96户"] == "建档立卡贫困户"
    assert names["31户"] == "低保中的建档立卡贫困户"
    assert names["60户"] == "种植茶叶的建档立卡贫困户"
    assert names["30次"] == "组织入户走访", "近30次 does not belong to the name"


def test_a_total_supplies_no_part_and_a_part_no_total(opened: Archive) -> None:
    names = asked(made(opened, "贫困户95户348人。"))
    assert "96户" not in names
    assert {"31户", "70人", "60户"} <= names.keys()
    names = asked(made(opened, "低保户38户86人(贫困户30户68人)。"))
    assert {"96户", "352人"} <= names.keys()
    assert not {"40户", "31户", "70人"} & names.keys()


def test_a_whole_that_only_its_clause_names_is_supplied_and_compared(opened: Archive) -> None:
    found = made(opened, "截至12月底,全村共有421户1633人。")
    assert not {"420户", "1630人"} & asked(found).keys()
    row = rows(found)["总户数", "户"]
    assert (row.this, row.last, row.change) == ("421户", "420户", "增加1户")


def test_a_plan_for_a_later_time_stands_among_the_plans(opened: Archive) -> None:
    found = made(opened, "2021年计划新建水池2座。")
    told = {one.text: part.heading for part in found.sections for one in part.sentences}
    assert "打算" in told["2021年计划新建水池2座。"]
    assert rows(found)["新建水池(计划)", "座"].this == "2座"


def test_the_table_tells_what_stays_and_from_when_a_value_is(opened: Archive) -> None:
    found = rows(made(opened, "危房改造5户。"))
    field = found["耕地面积", "亩"]
    assert (field.this, field.last, field.change) == ("2100亩", "2100亩", "沿用")
    houses = found["危房改造", "户"]
    assert (houses.this, houses.change) == ("5户", None)
    assert fold(houses.last or "") == "17户(2019年底)"
    assert ("年货价值", "元") in found


def test_what_was_done_is_compared_by_its_doing(opened: Archive) -> None:
    found = made(opened, "安装路灯20盏。")
    text = "".join(one.text for part in found.sections for one in part.sentences)
    assert "安装路灯比2020年上半年的43盏减少23盏。" in text


def test_a_plan_that_falls_due_is_asked_where_its_like_was_told_or_with_the_work(
    opened: Archive,
) -> None:
    found = made(opened)
    heading = next(p.heading for p in found.sections for s in p.sentences if "3公里" in s.text)
    assert heading == "二、主要做法"


def test_of_two_villages_of_one_name_it_is_asked_which(
    opened: Archive, archive_folder: Path, put: Callable[..., Path]
) -> None:
    put("二.txt", LAST.replace("河湾镇", "松岭乡").replace("420户1630人", "777户2999人"))
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    with pytest.raises(NotFound, match=r"松岭乡杨柳村、河湾镇杨柳村"):
        draft(open_archive(archive_folder), "杨柳村", "2020H2")
    found = draft(open_archive(archive_folder), "松岭乡杨柳村", "2020H2")
    assert (found.place, found.around) == ("杨柳村", "松岭乡")
    assert "777户" in asked(found)
    assert "420户" not in asked(found)
    assert {one.report.title for one in found.citations} == {"松岭乡杨柳村2020年上半年工作总结"}


def test_a_point_of_a_list_is_no_heading(opened: Archive) -> None:
    found = made(opened, "一是缺少技术人员;二是资金不足。\n2021年计划新建水池2座。")
    noted = [one for one in found.citations if one.origin is Origin.NOTES]
    assert {one.heading for one in noted} == {""}
