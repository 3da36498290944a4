"""`huibao figures` by its contract, and that corrections and an office's file change the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

_REPORT = """青杠村2022年上半年工作总结

一、基本情况
青杠村位于石门镇东部,全村410户1630人,其中脱贫户88户302人。
二、工作开展情况
今年投资36万元,硬化产业路3.2公里。
"""


@pytest.fixture(autouse=True)
def ingested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = tmp_path / "huibao.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(_REPORT, "utf-8")
    assert run("ingest", str(reports)).exit_code == 0
    return reports


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def figures(*arguments: str) -> list[dict[str, Any]]:
    result = run("figures", *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["figures"]
    return found


def test_a_figure_has_the_keys_of_the_contract() -> None:
    (road,) = figures("--indicator", "道路硬化")
    text = json.loads(run("reports", "show", road["report"]["id"], "--json").stdout)["text"]

    assert text[road["start"] : road["end"]] == road["text"] == "3.2公里"
    assert road["report"].keys() == {"id", "title", "place", "period", "source"}
    assert {key: road[key] for key in ("place", "indicator", "canonical", "value", "unit")} == {
        "place": "青杠村",
        "indicator": "硬化产业路",
        "canonical": "道路硬化",
        "value": "3.2",
        "unit": "公里",
    }
    assert (road["as_of"], road["kind"], road["qualifier"]) == ("2022H1", "flow", [])
    assert road["sentence"].startswith("今年投资36万元")


def test_conditions_narrow_and_a_wrong_one_is_told() -> None:
    assert len(figures()) == 6
    assert len(figures("--place", "青杠村", "--period", "2022")) == 6
    assert figures("--place", "石门镇") == []
    assert len(figures("--place", "石门镇", "--within")) == 6
    assert [one["text"] for one in figures("--indicator", "脱贫户")] == ["88户", "302人"]
    assert run("figures", "--period", "22年").exit_code == 2
    assert run("figures", "--report", "r0").exit_code == 2


def test_for_people_there_is_a_table() -> None:
    shown = run("figures", "--indicator", "投资").output
    assert "36万元" in shown
    assert "青杠村" in shown
    assert "流量" in shown
    assert run("figures", "--place", "枧头村").output.strip() == "没有符合条件的数字。"


def test_a_correction_changes_the_ledger() -> None:
    report = figures()[0]["report"]["id"]
    assert run("reports", "set", report, "place=枧头村", "period=2021H2").exit_code == 0
    (road,) = figures("--indicator", "道路硬化")
    assert (road["place"], road["as_of"]) == ("枧头村", "2021H2")
    # What a sentence says of another village by name stays that village's.
    assert figures("--indicator", "脱贫户")[0]["place"] == "青杠村"


def test_a_removed_report_leaves_the_ledger() -> None:
    report = figures()[0]["report"]["id"]
    assert run("reports", "remove", report).exit_code == 0
    assert figures() == []


def test_an_office_s_indicators_are_taken_up_by_the_next_run(
    ingested: Path, tmp_path: Path
) -> None:
    own = tmp_path / "my.toml"
    own.write_text(
        '["路"]\n"产业路" = { aliases = ["硬化产业路"], units = ["length"], kind = "flow" }\n',
        "utf-8",
    )
    config = tmp_path / "huibao.toml"
    config.write_text(f'[embedding]\nmodel = "none"\n[ledger]\nindicators = "{own}"\n', "utf-8")
    assert run("ingest", str(ingested)).exit_code == 0
    named = [one["text"] for one in figures() if one["canonical"] == "产业路"]
    assert named == ["3.2公里"]
    own.unlink()
    assert run("ingest", str(ingested)).exit_code == 2
