"""Archives of other habits: a street office's quarters, a county's bureaus, unnumbered headings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.draft.desk import draft
from app.draft.draft import Draft, SentenceKind
from index.archive import Archive, open_archive
from index.chinese.fold import fold
from ingest.job import ingest

QUARTER = """桂花街道办事处2022年第三季度工作总结

一、基本情况
桂花街道位于区境中部,辖区面积7平方公里,下辖8个社区。在册党员2310名。
二、主要工作
(一)城市管理
拆除违章建筑21处。
三、存在的问题
一是停车难。
四、下季度工作安排
下季度计划新增停车位230个。
"""
BUREAU = """青屏县水利局2022年工作总结

一、水利概况
全县总面积1850平方公里。
二、主要工作完成情况
修复水毁工程28处。
三、存在问题
一是投入不足。
四、2023年工作计划
2023年计划除险加固水库7座。

青屏县水利局
2022年12月28日
"""
PLAIN = """云台乡红岩村2022年上半年工作汇报

红岩村地处云台乡西南,距乡政府12公里,辖11个村民小组,耕地面积1860亩。
现有农户470户1904人,党员54名。
今年上半年种植烤烟840亩。

红岩村村民委员会
2022年7月5日
"""


def archive(folder: Path, put: Callable[..., Path], *texts: str) -> Archive:
    for n, text in enumerate(texts):
        put(f"{n}.txt", text)
    ingest((str(folder.parent / "报告"),), folder, None)
    return open_archive(folder)


def text_of(found: Draft) -> str:
    return fold("".join(one.text for part in found.sections for one in part.sentences))


def test_quarters_are_named_as_reports_name_them(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    opened = archive(archive_folder, put, QUARTER)
    found = draft(opened, "桂花街道", "2022Q4", typed=("在册党员2318名。",))
    assert found.title == "桂花街道办事处2022年第四季度工作总结"
    said = text_of(found)
    assert "党员比2022年第三季度的2310名增加8名" in said
    assert "2022年第三季度报告计划“下季度计划新增停车位230个”,完成情况:【待补充:" in said
    assert found.verification.unsupported == ()


def test_a_bureau_is_told_from_the_other_bureaus_of_its_county(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    schools = BUREAU.replace("水利", "教育").replace("修复水毁工程28处", "新建学校9所")
    opened = archive(archive_folder, put, BUREAU, schools)
    found = draft(opened, "青屏县水利局", "2023")
    assert found.title == "青屏县水利局2023年工作总结"
    assert (found.place, found.bureau) == ("青屏县", "青屏县水利局")
    assert "28处" in text_of(found)
    assert "9所" not in text_of(found)
    assert found.verification.unsupported == (), "a heading with next year's number is no value"


def test_the_place_is_known_where_no_heading_says_that_it_is_described(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    opened = archive(archive_folder, put, PLAIN)
    found = draft(opened, "红岩村", "2022H2", typed=("全村共有471户1908人。",))
    kept = [
        fold(one.text)
        for part in found.sections
        for one in part.sentences
        if one.kind is SentenceKind.STANDING
    ]
    assert kept == ["红岩村地处云台乡西南,距乡政府12公里,辖11个村民小组,耕地面积1860亩。"]
    lasts = {one.last for one in found.to_fill}
    assert not {"470户", "1904人", "12公里", "1860亩"} & lasts
    assert {"54名", "840亩"} <= lasts


COUNTY = """青屏县2021年政府工作报告

一、2021年工作回顾
新建学校7所。建成农村公路86公里。总投资3亿元的体育馆建成投用。
二、2022年工作安排
加强项目建设。
"""


def test_what_a_county_builds_it_builds_every_year_and_a_village_once(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    village = COUNTY.replace("青屏县", "红岩村").replace("政府工作报告", "工作总结")
    opened = archive(archive_folder, put, COUNTY, village)
    asked = {one.last for one in draft(opened, "青屏县", "2022").to_fill}
    assert {"7所", "86公里"} <= asked
    assert "3亿元" not in asked
    assert not {"7所", "86公里"} & {one.last for one in draft(opened, "红岩村", "2022").to_fill}


TOWN = """青溪镇2022年工作总结

一、工作情况
全镇总面积86平方公里,有居民小区23个。新增绿化面积40亩。引进企业12家。牵线成立合作社,面积260亩,签下订单38万元。
二、2023年目标
引进企业15家。
"""


def test_what_never_changes_is_carried_over_below_any_heading(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    found = draft(archive(archive_folder, put, TOWN), "青溪镇", "2023")
    assert "全镇总面积86平方公里,有居民小区23个。" in text_of(found)
    lasts = {one.last for one in found.to_fill}
    assert "12家" in lasts
    assert not {"86平方公里", "23个"} & lasts
    assert "面积260亩" not in text_of(found)  # a cooperative's, not the town's own
    assert found.verification.unsupported == ()


def test_a_half_year_is_not_headed_with_the_goal_of_another_year(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    opened = archive(archive_folder, put, TOWN)
    for period, heading in (
        ("2024H1", "二、下一步目标"),
        ("2023H1", "二、下一步目标"),
        ("2023", "二、2024年目标"),
    ):
        assert draft(opened, "青溪镇", period).sections[-1].heading == heading


def test_a_draft_starts_from_the_newest_report_of_whatever_length(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    half = TOWN.replace("2022年工作", "2023年上半年工作").replace("2023年目标", "下半年目标")
    opened = archive(archive_folder, put, TOWN, half.replace("12家", "7家"))
    for period in ("2023", "2023H2", "2024"):
        found = draft(opened, "青溪镇", period, typed=("引进企业18家。",))
        assert found.last is not None
        assert found.last.key == "2023H1"
        (row,) = (one for one in found.figures if one.this and "18" in one.this)
        assert (row.last, row.change is None) == ("7家", period != "2023H2")
