"""Correcting reports, listing versions, importing places: the commands by their contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

_TEXT = """枧头村2022年上半年工作总结

一、基本情况
全村共有612户2301人,其中脱贫户97户346人,种植朝天椒420亩。
二、下一步打算
下半年计划建冷库1座,硬化产业路3.2公里,安装路灯40盏。

枧头村村民委员会
2022年7月2日
"""


@pytest.fixture(autouse=True)
def _without_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "huibao.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(_TEXT, "utf-8")
    (folder / "b.txt").write_text(_TEXT, "utf-8")
    (folder / "c.txt").write_text(_TEXT.replace("40盏", "46盏"), "utf-8")
    assert run("ingest", str(folder)).exit_code == 0
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def output(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def first() -> dict[str, Any]:
    row: dict[str, Any] = output("reports", "list")["reports"][0]
    return row


def test_a_list_says_where_values_come_from_and_how_sure(folder: Path) -> None:
    row = first()

    assert row["origins"]["place"] == "title"
    assert 0.9 < row["sure"]["place"] < 1
    assert row["fragment"] is False
    assert "（标题，把握 99%）" in run("reports", "show", row["id"]).stdout


def test_a_correction_answers_at_once(folder: Path) -> None:
    report_id = first()["id"]
    shown = output("reports", "set", report_id, "place=双枧镇水磨湾村", "period=2021H2", "unit=")

    assert (shown["place"], shown["within"], shown["period"]) == (
        "水磨湾村",
        ["双枧镇"],
        "2021H2",
    )
    assert shown["unit"] is None
    assert (shown["origins"]["place"], shown["sure"]["place"]) == ("person", 1.0)
    assert output("ask", "水磨湾村2021年下半年有多少脱贫户")["direct"] == "97户346人"
    run("ingest", str(folder))
    assert first()["place"] == "水磨湾村"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("place", "place=枧头村"),
        ("colour=red", "项目=值"),
        ("period=上半年", "2018H1"),
        ("title=", "标题"),
    ],
)
def test_values_of_no_use_are_wrong_usage_and_change_nothing(
    folder: Path, value: str, said: str
) -> None:
    before = first()
    result = run("reports", "set", before["id"], "place=水磨湾村", value)

    assert result.exit_code == 2
    assert said in result.stderr
    assert first() == before


def test_a_report_that_is_not_there_cannot_be_set(folder: Path) -> None:
    assert run("reports", "set", "r0", "place=枧头村").exit_code == 2


def test_copies_and_versions_are_listed_with_both_paths(folder: Path) -> None:
    copy, version = output("reports", "duplicates")["pairs"]

    assert (copy["same_content"], copy["similarity"]) == (True, 1.0)
    assert [Path(one["source"]).name for one in copy["reports"]] == ["a.txt", "b.txt"]
    assert version["same_content"] is False
    assert 0.5 <= version["similarity"] < 1
    assert {Path(one["source"]).name for one in version["reports"]} == {"a.txt", "c.txt"}
    assert "共 2 对" in run("reports", "duplicates").stdout
    shown = output("reports", "show", first()["id"])
    assert [Path(path).name for path in shown["copies"]] == ["b.txt"]
    assert [Path(other["source"]).name for other in shown["duplicates"]] == ["c.txt"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_imported_places_are_known_by_every_name(
    folder: Path, tmp_path: Path, encoding: str
) -> None:
    table = tmp_path / "places.csv"
    table.write_text("乡镇,村,别名\n双枧镇,枧头村,下枧、老枧头\n鹤坪镇,,鹤坪乡\n", encoding)

    assert output("places", "import", str(table)) == {"places": 2, "reports": 2}
    assert first()["within"] == ["双枧镇"]
    answer = output("ask", "老枧头2022年上半年有多少脱贫户")
    assert (answer["scope"]["places"], answer["direct"]) == (["枧头村"], "97户346人")
    assert output("places", "import", str(table)) == {"places": 2, "reports": 0}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "读取"),
        ("村名\n枧头村\n", "第一行"),
        ("乡镇,村,别名\n", "没有一个地点"),
        ("乡镇,村,别名\n双枧镇,枧头村,下枧,老枧头\n", "第 2 行"),
    ],
)
def test_a_table_of_another_shape_is_refused(tmp_path: Path, content: str, said: str) -> None:
    table = tmp_path / "places.csv"
    table.write_text(content, "utf-8")
    result = run("places", "import", str(table))

    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "data" / "archive.db").exists()


def test_several_reports_of_a_file_are_listed_with_their_fragment(
    folder: Path, tmp_path: Path
) -> None:
    teaser = "今年以来,我镇按照县里的部署,进一步加强领导,强化措施,各项工作整体推进,一 基本情况..."
    (folder / "d.txt").write_text(f"{_TEXT}\n乡镇20xx年工作总结\n\n{teaser}\n", "utf-8")
    (folder / "c.txt").unlink()
    run("ingest", str(folder))
    rows = [row for row in output("reports", "list")["reports"] if row["source"].endswith("d.txt")]

    assert [(row["place"], row["period"], row["fragment"]) for row in rows] == [
        ("枧头村", "2022H1", False),
        (None, None, True),
    ]
    assert [output("reports", "show", row["id"])["ordinal"] for row in rows] == [0, 1]
    assert "残篇" in run("reports", "list").stdout
