"""A draft from earlier reports and what is handed in, of a village of our own making."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.draft.check import checked
from app.draft.desk import draft
from app.draft.draft import Draft, Origin, SentenceKind
from index.archive import Archive, open_archive
from index.chinese.fold import fold
from index.errors import NotFound, UsageError
from ingest.job import ingest

LAST = """清溪镇石梁村2018年上半年工作总结

一、基本村情
石梁村位于清溪镇东部,距镇政府6公里,村域面积9平方公里,辖7个村民小组,耕地面积1200亩(人均1亩)。全村共有310户1210人,党员41人。
二、主要做法
(一)发展产业
坚持“合作社+农户”的路子,稳步推进食用菌种植,上半年新建大棚12座,带动贫困户22户。
(二)改善基础设施
上半年硬化道路3.5公里。某月投资xx万元修建水塔。
三、存在问题
一是缺少技术人员。
四、下半年工作打算
下半年计划脱贫34户93人。坚持每月一次的环境卫生评比制度。

石梁村村民委员会
2018年7月13日
"""
LONG_AGO = LAST.replace("2018", "2017").replace("310户1210人", "305户1190人")


@pytest.fixture
def folder(archive_folder: Path, put: Callable[..., Path]) -> Path:
    for name, text in (("一.txt", LAST), ("二.txt", LONG_AGO)):
        put(name, text)
    put("三.txt", LAST.replace("石梁", "柳沟"))
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return archive_folder


@pytest.fixture
def opened(folder: Path) -> Archive:
    return open_archive(folder)


def made(opened: Archive, **given: object) -> Draft:
    return draft(opened, "石梁村", "2018H2", **given)  # type: ignore[arg-type]


def text_of(draft: Draft, *kinds: SentenceKind) -> str:
    return "".join(
        fold(one.text)
        for section in draft.sections
        for one in section.sentences
        if not kinds or one.kind in kinds
    )


def test_headings_are_the_last_reports_numbered_anew_and_brought_forward(opened: Archive) -> None:
    found = made(opened)
    assert found.title == "清溪镇石梁村2018年下半年工作总结"
    assert [fold(section.heading) for section in found.sections] == [
        "一、基本村情",
        "二、主要做法",
        "(一)发展产业",
        "(二)改善基础设施",
        "三、存在问题",
        "四、下一步工作打算",
    ]
    assert found.last is not None
    assert found.last.key == "2018H1"


def test_what_does_not_change_is_carried_over_in_the_archives_words(opened: Archive) -> None:
    found = made(opened)
    kept = text_of(found, SentenceKind.STANDING)
    assert "距镇政府6公里,村域面积9平方公里,辖7个村民小组,耕地面积1200亩。" in kept
    assert "坚持“合作社+农户”的路子,稳步推进食用菌种植。" in kept
    for gone in ("大棚", "310", "41", "人均", "3.5", "水塔", "xx"):
        assert gone not in kept


def test_no_result_of_the_last_period_stands_outside_a_gap(opened: Archive) -> None:
    found = made(opened)
    outside = "".join(
        part.split("【")[0] for part in text_of(found, SentenceKind.TO_FILL).split("】")
    )
    for value in ("310", "1210", "41", "22", "3.5"):
        assert value not in outside
    asked = {(one.indicator, one.last) for one in found.to_fill}
    assert {last for _, last in asked} >= {"310户", "1210人", "41人", "3.5公里"}
    assert not [one for one in found.to_fill if "12座" in one.last], "built once"


def test_the_name_of_what_is_asked_for_tells_no_number_of_the_last_period(
    folder: Path, put: Callable[..., Path]
) -> None:
    told = "改造老旧院落18个320户、标准化集市3家。"
    put("四.txt", LAST.replace("石梁", "苇塘").replace("上半年硬化道路3.5公里。", told))
    ingest((str(folder.parent / "报告"),), folder, None)
    found = draft(open_archive(folder), "苇塘村", "2018H2")
    asked = text_of(found, SentenceKind.TO_FILL)
    assert "上期320户" in asked
    assert "18个【" not in asked
    assert not found.verification.unsupported


def test_a_plan_that_falls_due_asks_what_became_of_it(opened: Archive) -> None:
    found = text_of(made(opened), SentenceKind.TO_FILL)
    assert "2018年上半年报告计划“下半年计划脱贫34户93人”,完成情况:【待补充:" in found


def test_what_is_destroyed_is_left_out_and_said(opened: Archive) -> None:
    found = made(opened)
    assert [one for one in found.verification.left_out if "xx万元" in one.text]
    assert "xx" not in text_of(found)


def test_what_is_handed_in_stands_in_its_section_and_closes_the_gap(opened: Archive) -> None:
    found = made(opened, typed=("硬化道路5公里。\n党员43人。",))
    by_heading = {fold(section.heading): section for section in found.sections}
    roads = by_heading["(二)改善基础设施"].sentences
    assert [one.text for one in roads if one.kind is SentenceKind.NEW] == ["硬化道路5公里。"]
    people = by_heading["一、基本村情"].sentences
    assert [one.text for one in people if one.kind is SentenceKind.NEW] == ["党员43人。"]
    assert not [one for one in found.to_fill if one.last in ("41人", "3.5公里")]
    noted = [one for one in found.citations if one.origin is Origin.NOTES]
    assert [one.quote for one in noted] == ["硬化道路5公里。", "党员43人。"]
    row = next(one for one in found.figures if one.this == "43人")
    assert (row.last, row.change) == ("41人", "增加2人")


def test_a_table_is_read_and_cited_by_its_row(opened: Archive, put: Callable[..., Path]) -> None:
    table = put("本期.csv", "指标,数值,单位\n党员,44,人\n硬化道路,2.5,公里\n")
    found = made(opened, notes=(table,))
    noted = [one for one in found.citations if one.origin is Origin.NOTES]
    assert [(one.quote, one.row) for one in noted] == [("党员44人。", 2), ("硬化道路2.5公里。", 3)]


def test_every_sentence_has_a_source_and_holds(opened: Archive) -> None:
    found = made(opened, typed=("党员43人",))
    assert found.verification.unsupported == ()
    for section in found.sections:
        for sentence in section.sentences:
            assert sentence.citations


def test_a_number_that_no_source_has_is_found(opened: Archive) -> None:
    from dataclasses import replace

    found = made(opened, typed=("党员43人",))
    section = found.sections[0]
    wrong = tuple(
        replace(one, text=one.text.replace("43", "45"), edited="43" in one.text)
        for one in section.sentences
    )
    broken = checked(replace(found, sections=(replace(section, sentences=wrong),)))
    assert ["45" in one.reason for one in broken.verification.unsupported] == [True]


def test_citations_are_the_words_at_their_place(opened: Archive) -> None:
    for one in made(opened).citations:
        report = opened.report(one.report.id)
        assert report is not None
        assert report.text[one.start : one.end] == one.quote
        assert one.report.place == "石梁村"
        assert one.report.period == "2018H1"


def test_a_place_that_reported_nothing_before_gets_the_standard_outline(opened: Archive) -> None:
    found = draft(opened, "石梁村", "2016H1", typed=("党员43人",))
    assert found.sections[0].heading == "一、基本情况"
    assert found.last is None
    assert found.notices


def test_an_offices_own_outline(opened: Archive, put: Callable[..., Path]) -> None:
    own = put("提纲.txt", "一、村情\n二、工作\n(一)道路\n三、打算\n")
    found = made(opened, outline=str(own))
    assert [one.heading for one in found.sections if one.level == 1] == [
        "一、村情",
        "二、工作",
        "三、打算",
    ]
    with pytest.raises(UsageError, match="内置提纲"):
        made(opened, outline="没有的")


def test_what_cannot_be_read_is_said(opened: Archive, put: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="看不懂期次"):
        draft(opened, "石梁村", "下半年")
    with pytest.raises(NotFound):
        draft(opened, "没有村", "2018H2")
    with pytest.raises(UsageError, match=r"坏\.docx"):
        made(opened, notes=(put("坏.docx", b"PK\x03\x04"),))


def test_the_command_writes_files_and_json(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "稿.docx"
    args = ["draft", "--archive", str(folder), "--place", "石梁村", "--period", "2018H2"]
    result = CliRunner().invoke(main, [*args, "--note", "党员43人", "--out", str(out), "--json"])
    found = json.loads(result.output)
    assert out.read_bytes()[:2] == b"PK"
    assert found["period"] == "2018H2"
    kinds = {one["kind"] for section in found["sections"] for one in section["sentences"]}
    assert kinds <= {kind.value for kind in SentenceKind}
    assert found["verification"]["unsupported"] == []
    assert "【待补充" in CliRunner().invoke(main, args).output
    dated = json.loads(CliRunner().invoke(main, [*args, "--date", "2018-12-20", "--json"]).output)
    assert dated["dated"] == "2018-12-20"
    wrong = CliRunner().invoke(main, [*args, "--date", "2018-13-20"])
    assert (wrong.exit_code, "2018-13-20" in wrong.output) == (2, True)
    bad = CliRunner().invoke(main, [*args, "--out", str(tmp_path / "稿.odt")])
    assert bad.exit_code == 2


def test_several_files_may_be_named_with_commas_between(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "甲.txt", tmp_path / "乙,丙.txt"
    one.write_text("下半年改厕31户。", "utf-8")
    two.write_text("下半年新建晒场2处。", "utf-8")
    args = ["draft", "--place", "石梁村", "--period", "2018H2", "--archive", str(folder)]
    args += ["--no-keep", "--notes"]
    both = tmp_path / "丁.txt"
    both.write_text("党员43人。", "utf-8")
    said = CliRunner().invoke(main, [*args, f"{one},{both}", "--notes", str(two)]).output
    assert all(words in said for words in ("改厕31户", "党员43人", "晒场2处"))
    assert CliRunner().invoke(main, [*args, f"{one},{tmp_path / '没有.txt'}"]).exit_code == 2
