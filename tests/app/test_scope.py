"""Scope end to end over a small archive: namesakes, towns with their villages, named reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.desk import ArchiveDesk
from app.explain import explain
from ingest.job import ingest

_REPORTS = {
    "石门镇/石门镇龙洞村2022年上半年工作总结.txt": "石门镇龙洞村2022年上半年工作总结\n"
    "龙洞村有党员31名,脱贫户60户210人。全村种植核桃300亩。",
    "鹿角镇/鹿角镇龙洞村2022年上半年工作总结.txt": "鹿角镇龙洞村2022年上半年工作总结\n"
    "龙洞村有党员45名,脱贫户88户302人。",
    "石门镇/青杠村2022年上半年工作总结.txt": "青杠村2022年上半年工作总结\n"
    "青杠村有党员52名,脱贫户41户150人。",
    "石门镇/青杠村2022年下半年工作总结.txt": "青杠村2022年下半年工作总结\n"
    "青杠村有党员54名,脱贫户40户147人。",
    "石门镇/石门镇2022年上半年工作总结.txt": "石门镇2022年上半年工作总结\n"
    "全镇有党员960名。龙洞村的水厂6月完工,投资80万元。",
    "鹿角镇/鹿角镇2022年上半年工作总结.txt": "鹿角镇2022年上半年工作总结\n"
    "龙洞村的茶厂5月完工,投资35万元。",
}


@pytest.fixture
def desk(archive_folder: Path, reports: Path, put: Callable[..., Path]) -> Iterator[ArchiveDesk]:
    for name, text in _REPORTS.items():
        put(name, text)
    ingest([str(reports)], archive_folder, None, workers=1)
    with closing(ArchiveDesk(archive_folder, None, date(2023, 3, 1))) as opened:
        yield opened


def test_a_name_of_two_places_is_asked_back(desk: ArchiveDesk) -> None:
    answer = desk.ask("龙洞村有多少党员")
    assert answer.refused
    assert "石门镇龙洞村、鹿角镇龙洞村" in (answer.note or "")
    assert desk.search("龙洞村有多少党员").hits == ()


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("石门镇龙洞村有多少党员", "31名"),
        ("鹿角镇的龙洞村有多少党员", "45名"),
        # What the town's report says of its village counts, the other town's does not.
        ("石门镇龙洞村水厂投资多少", "80万元"),
        ("鹿角镇龙洞村水厂投资多少", None),
        ("鹿角镇龙洞村茶厂投资多少", "35万元"),
    ],
)
def test_only_the_one_that_is_meant_is_searched(
    desk: ArchiveDesk, question: str, direct: str | None
) -> None:
    assert desk.ask(question).direct == direct


def test_a_place_can_be_chosen_beside_the_question(desk: ArchiveDesk) -> None:
    assert desk.ask("有多少党员", place="鹿角镇龙洞村").direct == "45名"


def test_every_village_of_a_town_gets_its_line(desk: ArchiveDesk) -> None:
    answer = desk.ask("石门镇各村有多少党员")
    assert {sentence.text for sentence in answer.sentences if sentence.citations} == {
        # There is another 龙洞村, so its town stands in front of it.
        "石门镇龙洞村（2022年上半年）：31名",
        "青杠村（2022年下半年）：54名",
    }
    assert answer.direct is None


def test_of_the_whole_town_its_own_figure_is_told(desk: ArchiveDesk) -> None:
    assert desk.ask("石门镇全镇有多少党员").direct == "960名"
    lines = desk.ask("石门镇全镇有多少脱贫户")
    assert lines.direct is None  # the town says none, and no village's is the town's
    assert len(lines.sentences) == 2


def test_without_a_time_the_last_report_speaks(desk: ArchiveDesk) -> None:
    assert desk.ask("青杠村有多少党员").direct == "54名"
    answer = desk.ask("青杠村上次报告有多少脱贫户")
    assert answer.direct == "40户147人"
    assert answer.scope.periods == ("2022H2",)


def test_a_report_that_a_place_never_made_is_not_found_in_others(desk: ArchiveDesk) -> None:
    assert desk.search("龙洞村2021年工作总结写了什么").hits == ()
    assert desk.search("石门镇龙洞村2022年上半年工作总结里的党员").hits


def test_every_hit_says_why_it_is_there(desk: ArchiveDesk) -> None:
    found = desk.search("石门镇龙洞村2022年上半年有多少党员和脱贫户")
    why = [explain(found, hit) for hit in found.hits]
    assert why[0].place == why[0].period == "report"
    assert why[0].value is not None
    assert "words" in dict(why[0].lists)
    by_words = desk.search("石门镇龙洞村水厂")
    (told,) = [explain(by_words, hit) for hit in by_words.hits if "水厂" in hit.stored.passage.text]
    assert told.place == "passage"
    assert "水厂" in (told.sentence or "")


def test_an_unknown_village_names_its_towns_villages(desk: ArchiveDesk) -> None:
    note = desk.ask("石门镇白沙村有多少党员").note or ""
    assert "没有" in note
    assert "青杠村" in note
