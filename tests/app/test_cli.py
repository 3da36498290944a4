"""The commands by their contract, over a small archive without vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.answer.answer import REFUSAL
from app.cli import main

_JUNE = """青杠村2022年上半年工作总结

一、基本情况
青杠村位于石门镇东部,全村410户1630人,其中脱贫户88户302人。
二、工作开展情况
(一)修路。投资36万元,硬化产业路3.2公里。
(二)产业。种植核桃300亩。下半年计划再种植核桃50亩。

青杠村村民委员会
2022年7月2日
"""
_YEAR = (
    _JUNE.replace("上半年", "下半年")
    .replace("7月2日", "12月28日")
    .replace("88户302人", "85户290人")
)


@pytest.fixture(autouse=True)
def _without_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "huibao.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(_JUNE, "utf-8")
    (reports / "b.txt").write_text(_YEAR, "gb18030")
    (reports / "c.docx").write_bytes(b"no zip at all")
    (reports / "d.xyz").write_text("?", "utf-8")
    return reports


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def output(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ingest_tells_each_file_s_outcome(folder: Path) -> None:
    first = output("ingest", str(folder))
    assert [(Path(file["path"]).name, file["outcome"]) for file in first["files"]] == [
        ("a.txt", "indexed"),
        ("b.txt", "indexed"),
        ("c.docx", "failed"),
        ("d.xyz", "skipped"),
    ]
    assert first["files"][2]["reason"]
    assert (first["reports"], first["figures"]) == (2, 16)
    assert first["passages"] == first["pending"] > 0
    again = output("ingest", str(folder))
    assert [file["outcome"] for file in again["files"]] == [
        "unchanged",
        "unchanged",
        "failed",
        "skipped",
    ]


def test_ingest_in_a_pipe_is_one_line_a_file(folder: Path) -> None:
    lines = run("ingest", str(folder)).stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["入库", "入库", "失败", "跳过"]


def test_ask_quotes_the_report(folder: Path) -> None:
    run("ingest", str(folder))
    answer = output("ask", "青杠村2022年上半年有多少脱贫户")
    assert not answer["refused"]
    assert answer["direct"] == "88户302人"
    assert answer["mode"] == "extract"
    assert answer["scope"] == {"places": ["青杠村"], "periods": ["2022H1"], "genres": []}
    (citation,) = answer["citations"]
    assert citation["report"]["source"] == str(folder / "a.txt")
    assert citation["report"]["period"] == "2022H1"
    shown = output("reports", "show", citation["report"]["id"])
    assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_ask_refuses_with_what_there_is(folder: Path) -> None:
    run("ingest", str(folder))
    answer = output("ask", "青杠村2019年有多少脱贫户")
    assert answer["refused"]
    assert answer["sentences"] == answer["citations"] == []
    assert answer["answer"].startswith(REFUSAL)
    assert "2022年上半年" in answer["answer"]
    unknown = output("ask", "青刚村有多少脱贫户")
    assert unknown["refused"]
    assert "青杠村" in unknown["answer"]  # the nearest name


def test_place_and_period_beside_the_question(folder: Path) -> None:
    run("ingest", str(folder))
    assert output("ask", "有多少脱贫户", "--place", "青杠村", "--period", "2022H2")["direct"] == (
        "85户290人"
    )


def test_ask_in_words_names_the_source(folder: Path) -> None:
    run("ingest", str(folder))
    text = run("ask", "青杠村2022年上半年硬化产业路多少公里").stdout
    assert text.startswith("3.2公里[1]\n")
    assert "a.txt" in text


def test_batches_keep_order_and_ids(folder: Path, tmp_path: Path) -> None:
    run("ingest", str(folder))
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "x", "question": "青杠村2022年上半年种植核桃多少亩", "note": "kept out"},
        {"id": 2, "question": "青杠村养了多少头牛"},
    ]
    questions.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    assert run("ask", "--batch", str(questions), "--out", str(answers)).exit_code == 0
    got = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [(one["id"], one["direct"]) for one in got] == [("x", "300亩"), (2, None)]
    assert run("search", "--batch", str(questions), "--out", str(answers)).exit_code == 0
    hits = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [one["id"] for one in hits] == ["x", 2]


def test_a_bad_line_of_a_batch_is_named(folder: Path, tmp_path: Path) -> None:
    run("ingest", str(folder))
    questions = tmp_path / "in.jsonl"
    questions.write_text('{"id": 1}\n', "utf-8")
    result = run("ask", "--batch", str(questions))
    assert result.exit_code == 2
    assert "第 1 行" in result.stderr


def test_search_by_the_contract(folder: Path) -> None:
    run("ingest", str(folder))
    found = output("search", "青杠村2022年下半年产业路", "--k", "3")
    assert found["query"]["places"] == ["青杠村"]
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
    hit = found["hits"][0]
    assert hit["report"]["period"] == "2022H2"
    text = output("reports", "show", hit["report"]["id"])["text"]
    assert text[hit["start"] : hit["end"]] == hit["text"]


def test_reports_are_listed_shown_and_removed(folder: Path) -> None:
    run("ingest", str(folder))
    rows = output("reports", "list")["reports"]
    assert [(row["place"], row["period"], row["dated"]) for row in rows] == [
        ("青杠村", "2022H1", "2022-07-02"),
        ("青杠村", "2022H2", "2022-12-28"),
    ]
    assert rows[0]["origins"]["place"] == "title"
    assert "青杠村村民委员会" in run("reports", "show", rows[0]["id"]).stdout
    assert output("reports", "remove", rows[0]["id"]) == {"removed": rows[0]["id"]}
    assert len(output("reports", "list")["reports"]) == 1
    assert output("ask", "青杠村2022年上半年有多少脱贫户")["refused"]
    # The file is still known, so the next run does not bring the report back.
    run("ingest", str(folder))
    assert len(output("reports", "list")["reports"]) == 1


def test_a_removed_report_is_listed_and_restored(folder: Path) -> None:
    run("ingest", str(folder))
    rows = output("reports", "list")["reports"]
    one = rows[0]["id"]
    figures = output("figures")
    run("reports", "remove", one)

    [out] = output("reports", "list", "--removed")["removed"]
    assert (out["id"], out["place"], out["period"]) == (one, "青杠村", "2022H1")
    assert out["source"].endswith("a.txt")
    shown = run("reports", "list", "--removed").stdout
    assert f"{one}  青杠村  2022年上半年  青杠村2022年上半年工作总结" in shown

    assert output("reports", "restore", one) == {"restored": one, "present": True}
    assert output("reports", "list")["reports"] == rows
    assert output("figures") == figures
    assert output("reports", "list", "--removed") == {"removed": []}
    assert "88户" in output("ask", "青杠村2022年上半年有多少脱贫户")["answer"]
    again = run("reports", "restore", one)
    assert again.exit_code == 2
    assert "list --removed" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["ask", "有多少户"], 1, "huibao ingest"),
        (["ingest", "没有这个文件夹"], 2, "找不到"),
        (["ask"], 2, "问题"),
        (["reports", "show", "r0"], 1, "huibao ingest"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_failures_are_one_line_and_a_status(arguments: list[str], status: int, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_unusable_questions_and_reports_are_wrong_usage(folder: Path) -> None:
    run("ingest", str(folder))
    assert run("ask", " ").exit_code == 2
    assert run("ask", "多" * 501).exit_code == 2
    assert run("ask", "有多少户", "--period", "明年").exit_code == 2
    assert run("reports", "show", "r0").exit_code == 2
