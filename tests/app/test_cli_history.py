"""huibao history, check and coverage by their contract, from files to JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from app.cli import main

_TEXT = """双枧镇枧头村{period}工作总结

一、基本情况
全村共有612户2301人,党员{members}名,划分为3个党小组:第一党小组26名,第二党小组23名,第三党小组15名。
截至{end},全村累计安装太阳能路灯{lamps}盏。
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
    first = _TEXT.format(period="2022年上半年", members=64, end="6月底", lamps=186)
    second = _TEXT.format(period="2022年下半年", members=66, end="12月底", lamps=172)
    (folder / "a.txt").write_text(first, "utf-8")
    (folder / "b.txt").write_text(second, "utf-8")
    assert run("ingest", str(folder)).exit_code == 0
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def output(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def text_of(report_id: str) -> str:
    text: str = output("reports", "show", report_id)["text"]
    return text


def test_a_history_has_periods_rows_and_citations(folder: Path) -> None:
    found = output("history", "双枧镇枧头村")

    assert (found["place"], found["periods"]) == ("枧头村", ["2022H1", "2022H2"])
    (members,) = [row for row in found["rows"] if row["indicator"] == "党员"]
    assert members["unit"] == "名"
    assert [(v["period"], v["value"], v["kind"]) for v in members["values"]] == [
        ("2022H1", "64", "stock"),
        ("2022H2", "66", "stock"),
    ]
    assert members["values"][1]["change"] == {
        "since": "2022H1",
        "difference": "2",
        "percent": "3.13",
    }
    for row in found["rows"]:
        for value in row["values"]:
            cited = value["citation"]
            text = text_of(cited["report"]["id"])
            assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert [alarm["kind"] for alarm in found["alarms"]] == ["sum", "cumulative"]


def test_a_history_can_be_read_and_narrowed(folder: Path) -> None:
    shown = run("history", "枧头村", "--indicator", "党员").stdout

    assert "党员（名）" in shown
    assert "66[2] +2" in shown
    assert "总户数" not in shown
    assert "[1] 党员64名" in shown


def test_a_narrow_screen_shows_the_newest_periods_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, period in enumerate(("2019年上半年", "2020年上半年", "2021年上半年")):
        text = _TEXT.format(period=period, members=60, end="6月底", lamps=100)
        (folder / f"c{at}.txt").write_text(text + f"水田{900 - at}亩。\n" * (at == 0), "utf-8")
    run("ingest", str(folder))
    monkeypatch.setenv("COLUMNS", "60")
    shown = run("history", "枧头村").stdout

    assert "2022年下半年" in shown
    assert "2019年上半年" not in shown
    assert "共 8 期，另有 1 项只在更早的期次有数字" in shown
    assert "水田" not in shown


def test_a_history_as_a_workbook(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "历史.xlsx"
    assert run("history", "枧头村", "--xlsx", str(path)).exit_code == 0

    book = load_workbook(path)
    assert book.sheetnames == ["历史", "出处", "疑点"]
    rows = {row[0]: row[3:] for row in book["历史"].values if row[1] == "名"}
    assert rows == {"党员": (64, 66)}
    assert run("history", "枧头村", "--xlsx", str(tmp_path / "没有" / "a.xlsx")).exit_code == 2


def test_a_place_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    result = run("history", "枧尾村")

    assert result.exit_code == 2
    assert "枧头村" in result.stderr


def test_alarms_have_both_quotes_and_their_arithmetic(folder: Path) -> None:
    total, fallen = output("check")["alarms"]

    assert (total["kind"], total["place"], total["period"]) == ("sum", "枧头村", "2022H2")
    assert total["arithmetic"] == "26+23+15=64名，不等于 66名，相差 2名"
    assert (fallen["kind"], fallen["arithmetic"]) == ("cumulative", "172盏<186盏")
    assert [cited["report"]["period"] for cited in fallen["citations"]] == ["2022H1", "2022H2"]
    assert total["settled"] is None
    assert output("check", "枧头村") == output("check", "list", "枧头村") == output("check")


def test_a_settled_alarm_stays_settled_while_its_words_stand(folder: Path) -> None:
    alarm = output("check")["alarms"][0]
    said = output("check", "settle", alarm["id"], "--remark", "第三党小组应为17名")["settled"]
    assert said["remark"] == "第三党小组应为17名"
    assert said["who"]
    assert "共 1 个待核对的疑点，1 个已处理" in run("check").stdout
    assert "第三党小组应为17名" in run("check", "--all").stdout

    path = folder / "b.txt"
    path.write_text(path.read_text("utf-8") + "全村召开院坝会12次。\n", "utf-8")
    run("ingest", str(folder))
    assert output("check")["alarms"][0]["settled"] == said

    path.write_text(path.read_text("utf-8").replace("党员66名", "党员67名"), "utf-8")
    run("ingest", str(folder))
    assert output("check")["alarms"][0]["settled"] is None


def test_a_settled_alarm_can_be_reopened(folder: Path) -> None:
    alarm_id = output("check")["alarms"][0]["id"]
    run("check", "settle", alarm_id, "--remark", "看错了")

    assert run("check", "reopen", alarm_id).exit_code == 0
    assert output("check")["alarms"][0]["settled"] is None
    assert run("check", "reopen", alarm_id).exit_code == 2


@pytest.mark.parametrize("arguments", [("a000", "--remark", "已核实"), ("a000",)])
def test_an_alarm_that_is_not_there_cannot_be_settled(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    assert run("check", "settle", *arguments).exit_code == 2


def test_an_empty_remark_settles_nothing(folder: Path) -> None:
    alarm_id = output("check")["alarms"][0]["id"]

    assert run("check", "settle", alarm_id, "--remark", " ").exit_code == 2
    assert output("check")["alarms"][0]["settled"] is None


def test_coverage_names_who_filed(folder: Path, tmp_path: Path) -> None:
    found = output("coverage")

    assert found["periods"] == ["2022H1", "2022H2"]
    (row,) = found["places"]
    assert (row["place"], row["within"]) == ("枧头村", "双枧镇")
    assert [one["state"] for one in row["filings"]] == ["filed", "filed"]
    assert "枧头村" in run("coverage").stdout
    path = tmp_path / "c.xlsx"
    run("coverage", "--xlsx", str(path))
    assert load_workbook(path).sheetnames == ["报送情况", "报告", "停报指标"]
