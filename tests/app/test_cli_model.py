"""The commands with a language model configured: worded answers, without it, and the trail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.audit import FILE, rows
from app.cli import main
from eval.scripted_behaviours import BAD, GOOD
from eval.scripted_model import ScriptedModel
from tests.app.answer.test_generate import QUESTION, VILLAGE, script


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel(GOOD["honest"]) as served:
        yield served


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: ScriptedModel) -> None:
    config = tmp_path / "huibao.toml"
    config.write_text(
        '[embedding]\nmodel = "none"\n'
        f'[model]\nname = "m"\nbase_url = "{model.base_url}"\napi_key_env = "HUIBAO_TEST_KEY"\n'
        "[audit]\nkeep = true\n",
        "utf-8",
    )
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))
    monkeypatch.setenv("HUIBAO_TEST_KEY", "secret")
    (tmp_path / "a.txt").write_text(VILLAGE, "utf-8")
    assert run("ingest", str(tmp_path / "a.txt")).exit_code == 0


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def output(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ask_words_the_answer_by_the_configured_model(model: ScriptedModel) -> None:
    model.behaviour = script("枧头村有脱贫户60户180人[1]。")
    answer = output("ask", QUESTION)
    assert answer["mode"] == "generate"
    assert answer["notices"] == []
    assert answer["direct"] == "60户180人"
    assert len(model.requests) == 1


def test_no_model_leaves_it_out(model: ScriptedModel) -> None:
    answer = output("ask", QUESTION, "--no-model")
    assert answer["mode"] == "extract"
    assert model.requests == []


def test_a_notice_is_told_in_words_and_in_json(model: ScriptedModel) -> None:
    model.behaviour = BAD["server_error"]
    assert "提示：语言模型出错。以下是原文摘录。" in run("ask", QUESTION).stdout
    assert output("ask", QUESTION)["notices"] == ["语言模型出错。以下是原文摘录。"]


def test_the_trail_is_kept_and_shown(model: ScriptedModel, tmp_path: Path) -> None:
    model.behaviour = BAD["invented_number"]
    run("ask", QUESTION)
    run("ask", QUESTION, "--no-model")
    found = output("audit", "show")["answers"]
    assert [one["model"] for one in found] == ["m", None]
    first = found[0]
    assert first["question"] == QUESTION
    assert first["exchanges"][0]["prompts"] == ["answer_rules@2", "answer_question@1"]
    assert "60户180人" in first["exchanges"][0]["messages"][1][1]
    assert first["exchanges"][0]["output"] not in ("", first["sentences"][0]["text"])
    assert len(output("audit", "show", "--last", "1")["answers"]) == 1
    shown = run("audit", "show").stdout
    assert "问：" + QUESTION in shown
    assert "模型原文（answer_rules@2" in shown
    assert "secret" not in (tmp_path / "data" / FILE).read_text("utf-8")


def test_a_line_that_a_crash_broke_is_passed_over(tmp_path: Path) -> None:
    run("ask", QUESTION)
    with (tmp_path / "data" / FILE).open("a", encoding="utf-8") as file:
        file.write('{"question": "半')
    run("ask", QUESTION)
    asked = [row["question"] for row in rows(tmp_path / "data") if "question" in row]
    assert asked == [QUESTION, QUESTION]
    assert list(rows(tmp_path / "none")) == []


def test_without_a_model_nothing_of_it_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "plain.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    code = (
        "import sys\nfrom app.cli import main\n"
        f"main(['ask', {QUESTION!r}], standalone_mode=False)\n"
        "print(sorted(name for name in ('langchain', 'langchain_core', 'openai', 'httpx',"
        " 'app.answer.generate', 'app.chat', 'sentence_transformers') if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "60户180人" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
    assert not [row for row in rows(tmp_path / "data") if "question" in row]
