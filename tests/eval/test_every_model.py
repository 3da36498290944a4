"""Every scripted model over cases: what is counted, resumed and printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.answer.answer import Answer, Citation, ReportRef, Scope, Sentence
from app.chat.chat import ChatFailed, Trouble
from eval.cases import Case, CaseSet
from eval.every_model import EXTRACT, outcomes, read, run
from eval.faithful import faithful_numbers, unfaithful
from eval.generate import SCRIPTED
from eval.scripted_behaviours import BAD
from eval.scripted_chat import ScriptedChat

REPORT = """枧头村2022年上半年工作总结

枧头村位于双枧镇东部,全村共有300户1200人。现有脱贫户60户180人,监测户4户13人。
投入资金27.16万元,硬化产业路3.2公里。

枧头村村民委员会
2022年7月2日
"""
CASES = (
    Case(
        "a1", "figure", "枧头村2022年上半年有多少脱贫户", ("60户",), "a.txt", "现有脱贫户60户180人"
    ),
    Case("a2", "figure", "枧头村2022年上半年硬化产业路多少公里", ("3.2公里",), "a.txt", "3.2公里"),
    Case("a3", "unanswerable", "枧头村2022年上半年有多少头牛", (), None, None),
)
MODELS = [EXTRACT, "honest", "invented_number", "slow", "half_then_broken", "thinks_unopened"]


@pytest.fixture
def cases(tmp_path: Path) -> CaseSet:
    (tmp_path / "报告").mkdir()
    (tmp_path / "报告" / "a.txt").write_text(REPORT, "utf-8")
    return CaseSet(tmp_path / "报告", CASES)


def test_every_model_answers_every_case(cases: CaseSet, tmp_path: Path) -> None:
    found = run({"small": cases}, tmp_path, MODELS)
    assert len(found) == len(MODELS) * len(CASES)
    by_model = {one.model: one for one in outcomes(found)}
    assert list(by_model) == MODELS
    for name, one in by_model.items():
        assert (one.faithful.value, one.kept.value, one.right.value) == (1, 1, 1), name
        assert one.questions == len(CASES)
    assert by_model["honest"].shown > 0
    assert by_model["invented_number"].shown == by_model["slow"].shown == 0
    assert by_model["thinks_unopened"].shown == 0


def test_what_was_asked_is_not_asked_again(cases: CaseSet, tmp_path: Path) -> None:
    first = run({"small": cases}, tmp_path, MODELS[:2])
    kept = tmp_path / "rows.jsonl"
    # A run that was killed in the middle of a line.
    lines = kept.read_text("utf-8").splitlines()
    kept.write_text("\n".join([*lines[:-1], lines[-1][:20]]) + "\n", "utf-8")
    again = run({"small": cases}, tmp_path, MODELS[:2])
    assert sorted((row.case, row.model) for row in again) == sorted(
        (row.case, row.model) for row in first
    )
    assert len(read(kept)) == len(first)
    assert json.loads(kept.read_text("utf-8").splitlines()[0])["case"] == "a1"


def test_what_passes_between_server_and_client_becomes_the_client_s_failure() -> None:
    troubles = {
        "slow": Trouble.SLOW, "dripping": Trouble.SLOW, "half_then_broken": Trouble.BROKEN,
        "too_many_requests": Trouble.BUSY, "server_error": Trouble.ERROR,
        "out_of_context": Trouble.CONTEXT, "no_json": Trouble.ERROR,
    }  # fmt: skip
    prompt = (
        '<资料 编号="1" 地点="枧头村" 期次="2022年上半年" 出自="总结">\n有脱贫户60户。\n</资料>'
    )
    for name, trouble in troubles.items():
        with pytest.raises(ChatFailed) as failed:
            list(ScriptedChat(name, BAD[name]).stream([("user", prompt)], 20))
        assert failed.value.trouble is trouble, name


def test_a_number_inside_a_larger_one_is_not_found() -> None:
    report = ReportRef("r", "总结", "枧头村", "2022H1", "a.txt")
    citation = Citation(1, report, "", "现有脱贫户160户,监测户14户。", 0, 15)
    sentences = (Sentence("脱贫户60户。", (1,)), Sentence("监测户14户。", (1,)))
    answer = Answer("?", None, sentences, (citation,), Scope(), "generate", 0.0)
    assert faithful_numbers(answer) == (1, 2)
    assert unfaithful(answer) == [sentences[0]]


def test_a_space_between_numbers_parts_them() -> None:
    report = ReportRef("r", "总结", "枧头村", "2022H1", "a.txt")
    for text in ("1.1 2022年4月修路3公里。", "一、二 三产业分别增长6.8%和1 6.1%。"):
        answer = Answer(
            "?", None, (Sentence(text, (1,)),), (Citation(1, report, "", text, 0, len(text)),),
            Scope(), "generate", 0.0,
        )  # fmt: skip
        assert unfaithful(answer) == []


def test_every_behaviour_has_a_name_and_a_line_of_its_own() -> None:
    assert len(SCRIPTED) >= 58
    assert "honest" in SCRIPTED
    assert "swapped_indicator" in SCRIPTED
