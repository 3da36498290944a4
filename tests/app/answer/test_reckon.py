"""Questions that count, add, compare or follow a figure, over a small archive of villages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_REPORTS = {
    "石门镇/青杠村2021年上半年工作总结.txt": "青杠村2021年上半年工作总结\n"
    "全村现有党员50名,脱贫户44户160人。种植核桃300亩。",
    "石门镇/青杠村2022年上半年工作总结.txt": "青杠村2022年上半年工作总结\n"
    "全村现有党员52名,脱贫户41户150人。种植核桃320亩。计划下半年实现村集体经济收入9万元。",
    "石门镇/青杠村2022年下半年工作总结.txt": "青杠村2022年下半年工作总结\n"
    "全村现有党员54名,脱贫户40户147人。2022年村集体经济收入8.5万元。",
    "石门镇/上坪村2022年上半年工作总结.txt": "上坪村2022年上半年工作总结\n"
    "全村现有党员31名,脱贫户60户210人。\n上坪村种植核桃480亩。",
    "石门镇/上坪村2022年下半年工作总结.txt": "上坪村2022年下半年工作总结\n"
    "全村现有党员33名。2022年村集体经济收入12.4万元。",
    "石门镇/石门镇2022年上半年工作总结.txt": "石门镇2022年上半年工作总结\n"
    "全镇现有党员960名,脱贫户820户3100人。\n上坪村种植核桃500亩。",
    "鹿角镇/龙洞村2022年上半年工作总结.txt": "龙洞村2022年上半年工作总结\n"
    "全村现有党员45名,脱贫户88户302人。",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    folder = tmp_path_factory.mktemp("reckon")
    for name, text in _REPORTS.items():
        path = folder / "报告" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ingest([str(folder / "报告")], folder / "档案", None, workers=1)
    with closing(ArchiveDesk(folder / "档案", None, date(2023, 3, 1))) as opened:
        yield opened


@pytest.fixture
def ask(desk: ArchiveDesk) -> Callable[[str], Answer]:
    def asked(question: str) -> Answer:
        answer = desk.ask(question)
        for citation in answer.citations:
            report = desk.report(citation.report.id)
            assert report is not None
            assert report.text[citation.start : citation.end] == citation.quote
        return answer

    return asked


Ask = Callable[[str], Answer]


def test_villages_are_added_with_the_arithmetic_and_their_sources(ask: Ask) -> None:
    answer = ask("石门镇各村2022年上半年脱贫户合计多少户多少人")
    assert answer.mode == "ledger"
    assert answer.direct == "101户、360人"
    assert "60 + 41 = 101户" in answer.text
    assert "依据2份报告" in answer.text
    assert {c.report.place for c in answer.citations} == {"青杠村", "上坪村"}
    assert "820" not in answer.text  # the town's own total is not added to its parts


def test_what_is_missing_is_said_and_the_total_is_not_called_whole(ask: Ask) -> None:
    answer = ask("石门镇各村2022年下半年脱贫户合计多少户")
    assert answer.direct is None or "未含上坪村" in answer.direct
    assert "上坪村（2022年下半年）" in answer.text


def test_the_most_and_the_least(ask: Ask) -> None:
    assert ask("2022年上半年党员最多的是哪个村").direct == "青杠村（52名）"
    assert ask("2022年上半年党员最少的村是哪个").direct == "上坪村（31名）"
    assert ask("2022年村集体经济收入最高的是哪个村").direct == "上坪村（12.4万元）（未含龙洞村）"


def test_places_and_times_are_compared(ask: Ask) -> None:
    places = ask("2022年上半年龙洞村比青杠村多多少党员")
    assert places.direct == "少7人"  # whatever the question supposes
    assert "52 - 45 = 7人" in places.text
    answer = ask("青杠村2022年上半年脱贫户比2021年上半年减少多少户")
    assert answer.mode == "ledger"
    assert answer.direct == "少3户"
    assert "44 - 41 = 3户" in answer.text


def test_a_figure_is_followed_over_the_reports(ask: Ask) -> None:
    answer = ask("青杠村历年脱贫户变化")
    lines = [sentence.text for sentence in answer.sentences]
    assert lines[:3] == [
        "青杠村（2021年上半年）：44户、160人",
        "青杠村（2022年上半年）：41户、150人",
        "青杠村（2022年下半年）：40户、147人",
    ]
    assert "由44户到40户，减少4户" in answer.text


def test_what_lies_above_a_bound_is_counted(ask: Ask) -> None:
    answer = ask("2022年上半年党员超过40名的村有几个")
    assert answer.direct == "2个"
    assert "青杠村" in answer.text
    assert "龙洞村" in answer.text
    assert "上坪村（2022年上半年）" not in answer.text


@pytest.mark.parametrize(
    ("bound", "number"),
    [
        ("超过45名", 1),
        ("不低于45名", 2),
        ("在45名以上", 2),
        ("不超过45名", 2),
        ("不足45名", 1),
        ("低于45名", 1),
    ],
)
def test_a_bound_takes_its_own_value_in_or_not(ask: Ask, bound: str, number: int) -> None:
    answer = ask(f"2022年上半年党员{bound}的村有几个")
    assert answer.direct == f"{number}个"
    assert len(answer.sentences[0].citations) == number


def test_two_reports_that_disagree_are_both_told(ask: Ask) -> None:
    answer = ask("2022年上半年各村种植核桃合计多少亩")
    assert "另一份报告说是500亩，与480亩不一致" in answer.text
    assert {c.report.place for c in answer.citations} >= {"石门镇", "上坪村"}


def test_a_town_is_not_added_to_its_village(ask: Ask) -> None:
    assert ask("石门镇和青杠村2022年上半年脱贫户合计多少户").mode == "extract"


def test_without_a_time_only_figures_of_one_time_are_added(ask: Ask) -> None:
    answer = ask("石门镇各村脱贫户合计多少户")
    assert answer.direct is None or "未含上坪村" in answer.direct  # it last said so half a year ago
    assert "60" not in answer.text


def test_a_thing_is_followed_whatever_verb_a_report_uses_and_whoever_tells_it(
    tmp_path: Path,
) -> None:
    reports = {
        "黄泥村2021年上半年工作总结": "湖羊养殖260只。",
        "黄泥村2022年上半年工作总结": "全村有湖羊310只。",
        "鹿角镇2021年下半年工作总结": "黄泥村湖羊280只。",
    }
    for title, text in reports.items():
        path = tmp_path / "报告" / "鹿角镇" / f"{title}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{title}\n{text}\n", "utf-8")
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None, date(2023, 3, 1))) as desk:
        text = desk.ask("黄泥村湖羊养殖历年变化").text

    assert all(value in text for value in ("260只", "280只", "310只"))


def test_a_plan_is_not_added_to_results(ask: Ask) -> None:
    assert ask("石门镇各村2022年村集体经济收入合计多少").direct == "20.9万元"


def test_years_that_lie_behind_the_archive_are_said_to_be_shifted(desk: ArchiveDesk) -> None:
    folder = desk._archive.folder
    with closing(ArchiveDesk(folder, None, date(2030, 3, 1))) as late:
        answer = late.ask("青杠村近三年脱贫户变化")
    assert "44户" in answer.text
    assert any("2022年下半年" in notice for notice in answer.notices)


def test_without_places_to_add_nothing_is_added(ask: Ask) -> None:
    assert ask("产业帮扶一共给脱贫户发了多少资金").mode == "extract"


def test_a_plain_question_is_still_answered_by_its_sentence(ask: Ask) -> None:
    assert ask("青杠村2022年上半年有多少党员").mode == "extract"
