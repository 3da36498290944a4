"""Reckoned answers that take what a report tells itself: a town's total, a thing in two units."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.desk import ArchiveDesk
from ingest.job import ingest

_REPORTS = {
    "石门镇/石门镇2022年上半年工作总结.txt": "石门镇2022年上半年工作总结\n"
    "7个村上半年集体经济收入合计52.5万元,最高的是上坪村,12万元。全镇脱贫户820户。",
    "石门镇/上坪村2022年上半年工作总结.txt": "上坪村2022年上半年工作总结\n"
    "上半年村集体经济收入12万元。累计发放小额信贷30户,贷款余额140万元。脱贫户60户。",
    "石门镇/上坪村2022年下半年工作总结.txt": "上坪村2022年下半年工作总结\n"
    "(三)小额信贷。截至12月20日,存量贷款33户,余额156万元。",
    "石门镇/青杠村2022年上半年工作总结.txt": "青杠村2022年上半年工作总结\n"
    "上半年村集体经济收入7.5万元。小额信贷12户51万元。脱贫户41户。",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    folder = tmp_path_factory.mktemp("told")
    for name, text in _REPORTS.items():
        path = folder / "报告" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ingest([str(folder / "报告")], folder / "档案", None, workers=1)
    with closing(ArchiveDesk(folder / "档案", None, date(2023, 3, 1))) as opened:
        yield opened


def test_a_total_that_the_town_states_over_its_villages_is_told_and_nothing_added(
    desk: ArchiveDesk,
) -> None:
    answer = desk.ask("石门镇2022年上半年各村集体经济收入合计是多少")
    assert answer.direct == "52.5万元"
    assert [one.report.place for one in answer.citations] == ["石门镇"]
    assert "19.5" not in answer.text
    assert "72" not in answer.text


def test_a_total_over_another_number_of_villages_or_of_the_whole_town_is_not_taken(
    desk: ArchiveDesk,
) -> None:
    two = desk.ask("石门镇两个村2022年上半年集体经济收入合计是多少")
    assert two.direct == "19.5万元"
    households = desk.ask("石门镇各村2022年上半年脱贫户合计多少户")
    assert households.direct == "101户"


def test_what_was_ever_reported_is_told_of_all_times_in_both_units(desk: ArchiveDesk) -> None:
    text = desk.ask("哪些村报过小额信贷,各多少户、多少万元").text
    for said in ("30户、140万元", "33户、156万元", "12户、51万元"):
        assert said in text
    assert "依据3份报告" in text


def test_households_and_persons_asked_by_their_names_are_both_told(desk: ArchiveDesk) -> None:
    text = desk.ask("上坪村小额信贷历次的户数和人数怎么变的").text
    assert "30户" in text
    assert "33户" in text


def test_a_figure_beside_of_another_thing_is_not_taken_for_it(desk: ArchiveDesk) -> None:
    text = desk.ask("2022年上半年各村脱贫户多少户、多少万元").text
    assert "60户" in text
    assert "41户" in text
    assert "140万元" not in text
    assert "51万元" not in text


def test_villages_of_one_name_are_two_rows(tmp_path: Path) -> None:
    for town, members in (("石门镇", 40), ("鹿角镇", 25)):
        path = tmp_path / "报告" / town / "龙泉村2022年上半年工作总结.txt"
        path.parent.mkdir(parents=True)
        text = f"{town}龙泉村2022年上半年工作总结\n全村现有党员{members}名。"
        path.write_text(text, "utf-8")
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None, date(2023, 3, 1))) as desk:
        listed = desk.ask("2022年上半年各村党员多少名")
        assert "石门镇龙泉村（2022年上半年）：40名" in listed.text
        assert "鹿角镇龙泉村（2022年上半年）：25名" in listed.text
        assert desk.ask("2022年上半年各村党员合计多少名").direct == "65人"
        most = desk.ask("2022年上半年党员最多的是哪个村")
        assert most.direct == "石门镇龙泉村（40名）"
        assert "25名" not in desk.ask("石门镇龙泉村2022年上半年党员变化").text


def test_a_sum_over_named_villages_may_be_asked_in_two_units(desk: ArchiveDesk) -> None:
    answer = desk.ask("上坪村、青杠村2022年上半年小额信贷合计多少户、多少万元")
    assert answer.mode == "ledger"
    assert answer.direct == "42户、191万元"


def test_a_difference_is_told_in_the_unit_that_both_are_written_in(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for year, tons in ((2021, 9320), (2022, 9450)):
        (tmp_path / "in" / f"{year}.txt").write_text(
            f"柏杨镇{year}年工作总结\n一、产业\n粮食总产量{tons}吨。\n柏杨镇人民政府\n{year}年12月30日\n",
            "utf-8",
        )
    ingest([str(tmp_path / "in")], tmp_path / "archive", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "archive", None)) as desk:
        answer = desk.ask("柏杨镇2022年的粮食产量比2021年多多少吨")
    assert answer.direct == "多130吨"
