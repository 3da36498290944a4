"""Who has filed for a period and who has not, answered from what the archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from app.desk import ArchiveDesk
from ingest.job import ingest

_REPORTS = {
    "石门镇/青杠村2021年上半年.txt": "青杠村2021年上半年工作总结\n党员50名。\n青杠村\n2021年7月2日",
    "石门镇/青杠村2021年下半年.txt": "青杠村2021年下半年工作总结\n党员51名。\n青杠村\n2022年1月3日",
    "石门镇/上坪村2021年上半年.txt": "上坪村2021年上半年工作总结\n党员31名。\n\n2021年9月20日",
    "鹿角镇/龙洞村2021年下半年.txt": "龙洞村2021年下半年工作总结\n党员45名。\n龙洞村\n2022年1月5日",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    folder = tmp_path_factory.mktemp("filed")
    for name, text in _REPORTS.items():
        path = folder / "报告" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ingest([str(folder / "报告")], folder / "档案", None, workers=1)
    with closing(ArchiveDesk(folder / "档案", None, date(2022, 3, 1))) as opened:
        yield opened


def test_villages_that_have_not_filed_are_named_beside_those_that_have(desk: ArchiveDesk) -> None:
    answer = desk.ask("2021年下半年哪些村没有交总结")

    assert answer.mode == "ledger"
    assert answer.direct == "没有报送的：上坪村（1个）"
    assert "已报送的：" in answer.text
    assert {one.report.place for one in answer.citations} == {"青杠村", "龙洞村"}
    for citation in answer.citations:
        report = desk.report(citation.report.id)
        assert report is not None
        assert report.text[citation.start : citation.end] == citation.quote


def test_the_period_may_stand_before_the_report(desk: ArchiveDesk) -> None:
    answer = desk.ask("哪些村还没报2021年下半年的总结")

    assert answer.direct == "没有报送的：上坪村（1个）"


def test_late_reports_are_told_as_late(desk: ArchiveDesk) -> None:
    assert desk.ask("2021年上半年哪些村迟报了").direct == "迟报的：上坪村（1个）"


def test_a_town_is_asked_about_its_own_villages(desk: ArchiveDesk) -> None:
    answer = desk.ask("石门镇2021年上半年有哪些村交了工作总结")

    assert answer.direct is not None
    assert answer.direct.endswith("（2个）")
    assert "龙洞村" not in answer.text


def test_what_a_village_reports_of_is_no_question_of_who_filed(desk: ArchiveDesk) -> None:
    assert "已报送的" not in desk.ask("2021年上半年哪些村报了党员人数").text
