"""Sums, rankings and differences over times: whole years beside halves, totals over years."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from app.desk import ArchiveDesk
from ingest.job import ingest

_REPORTS = {
    "石门镇/青杠村2019年下半年.txt": "青杠村2019年下半年工作总结\n"
    "全年脱贫12户41人。全村人均纯收入8800元。低保户31户52人。",
    "石门镇/青杠村2020年上半年.txt": "青杠村2020年上半年工作总结\n"
    "上半年脱贫4户11人。低保户30户50人。",
    "石门镇/青杠村2020年下半年.txt": "青杠村2020年下半年工作总结\n"
    "下半年脱贫2户5人,全年共脱贫6户16人。全村人均纯收入9600元。低保户28户47人。",
    "石门镇/上坪村2019年下半年.txt": "上坪村2019年下半年工作总结\n"
    "2019年脱贫15户50人。全村人均可支配收入8100元。",
    "石门镇/上坪村2020年上半年.txt": "上坪村2020年上半年工作总结\n上半年脱贫7户20人。",
    "石门镇/上坪村2020年下半年.txt": "上坪村2020年下半年工作总结\n"
    "下半年脱贫3户8人。全村人均可支配收入9900元。",
    "石门镇/龙洞村2020年上半年.txt": "龙洞村2020年上半年工作总结\n上半年脱贫1户3人。",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    folder = tmp_path_factory.mktemp("times")
    for name, text in _REPORTS.items():
        path = folder / "报告" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ingest([str(folder / "报告")], folder / "档案", None, workers=1)
    with closing(ArchiveDesk(folder / "档案", None, date(2021, 3, 1))) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "青杠村2019年到2020年一共脱贫多少户",
        "青杠村2019年以来一共脱贫了多少户",
        "2019年以来青杠村累计脱贫多少户",
    ],
)
def test_years_are_added_up_and_no_half_is_added_to_its_year(
    desk: ArchiveDesk, question: str
) -> None:
    answer = desk.ask(question)

    assert answer.direct == "18户"
    assert "12 + 6 = 18户" in answer.text


def test_what_there_is_at_several_times_is_never_added(desk: ArchiveDesk) -> None:
    answer = desk.ask("青杠村2019年到2020年一共有多少低保户")

    assert "59" not in answer.text
    assert "31户" in answer.text
    assert "28户" in answer.text


def test_a_year_is_not_ranked_by_its_second_half(desk: ArchiveDesk) -> None:
    answer = desk.ask("2020年哪个村脱贫户数最多")

    assert answer.direct is None or "上坪村（3户）" not in answer.direct
    assert "上坪村（2020年下半年）：3户" not in answer.text
    listed = desk.ask("石门镇2020年下半年各村脱贫多少户").text
    assert "青杠村（2020年下半年）：2户" in listed
    assert "上坪村（2020年下半年）：3户" in listed


def test_the_time_compared_with_may_leave_out_its_year(desk: ArchiveDesk) -> None:
    answer = desk.ask("青杠村2020年下半年低保户比上半年少多少")
    assert answer.direct == "少2户"
    assert "30 - 28 = 2户" in answer.text
    assert desk.ask("青杠村2020年人均纯收入比上年多多少").direct == "多800元"


def test_those_lifted_out_are_compared_where_no_register_is_told(desk: ArchiveDesk) -> None:
    assert desk.ask("上坪村2020年上半年脱贫户比青杠村多几户").direct == "多3户"
    assert desk.ask("2019年哪个村脱贫户数最多").text.startswith("上坪村（15户）")


def test_incomes_of_villages_are_ranked_whatever_they_are_called(desk: ArchiveDesk) -> None:
    answer = desk.ask("2020年人均收入最高的村是哪个")

    assert answer.text.startswith("上坪村（9900元）")
    assert "青杠村（2020年）：9600元" in answer.text
    assert "报的是「人均" in answer.text
    assert "只报到期中的：龙洞村（2020年上半年）" in answer.text


def test_the_lowest_village_needs_no_asking_word(desk: ArchiveDesk) -> None:
    assert desk.ask("2019年人均收入最低的村").text.startswith("上坪村（8100元）")


def test_a_half_year_beside_another_is_told_with_it(desk: ArchiveDesk) -> None:
    text = desk.ask("2020年下半年和上半年相比,青杠村低保户有什么变化").text

    assert "青杠村（2020年上半年）：30户" in text
    assert "减少2户" in text


def test_a_year_told_leaves_no_gap_for_its_halves(desk: ArchiveDesk) -> None:
    assert "没有读到" not in desk.ask("青杠村2019年和2020年人均收入变化").text
