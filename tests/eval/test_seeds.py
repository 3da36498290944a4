"""The questions over the real reports: well-formed, and right where the files are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.answer.answer import Answer, Citation, ReportRef, Scope, Sentence
from eval import answers_seeds
from eval.answer_figures import Asked
from eval.answers import Result
from eval.cases import SEEDS, Case, is_held, seeds
from eval.metrics import judge, plain
from index.errors import NotFound
from ingest.job import JobResult

FOLDER = Path(__file__).parents[3] / "shared" / "seeds"
ROWS = [json.loads(line) for line in SEEDS.read_text("utf-8").splitlines()]
real = pytest.mark.skipif(not FOLDER.is_dir(), reason="the five real reports are not here")


def test_there_are_enough_of_each_part_and_none_twice() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["question"] for row in ROWS}) == len(ROWS)
    for held, least, unanswerable in ((False, 390, 90), (True, 65, 15)):
        part = [row for row in ROWS if is_held(row["id"]) == held]
        assert len(part) >= least
        assert sum(row["kind"] == "unanswerable" for row in part) >= unanswerable


def test_no_text_of_the_files_is_kept() -> None:
    # Gold values are words and figures; the evidence is offsets, never a sentence.
    for row in ROWS:
        assert "evidence" not in row
        assert all(len(part) <= 12 for part in row["must"]), row["id"]


def test_unanswerable_questions_say_why_and_the_others_where() -> None:
    for row in ROWS:
        if row["kind"] == "unanswerable":
            assert (row["must"], row["source"]) == ([], None)
            assert row["why"]
        else:
            start, end = row["evidence_span"]
            assert row["must"]
            assert row["source"]
            assert 0 <= start < end


def test_absent_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有"):
        seeds(tmp_path)


def test_a_part_can_be_taken_alone(tmp_path: Path) -> None:
    for name in {row["source"] for row in ROWS if row["source"]}:
        (tmp_path / name).write_bytes(("枧头村\r\n" * 9000).encode())
    developing, held = seeds(tmp_path, held=False), seeds(tmp_path, held=True)
    assert {case.id[0] for case in held.cases} == {"m"}
    assert len(developing.cases) + len(held.cases) == len(ROWS)
    first = next(row for row in ROWS if row["source"] and not is_held(row["id"]))
    case = next(case for case in developing.cases if case.id == first["id"])
    assert case.evidence == ("枧头村\r\n" * 9000)[slice(*first["evidence_span"])]


def test_the_table_lists_failures_of_the_developing_part_only() -> None:
    refused = Answer("问", None, (), (), Scope(), "extract", 0.1)
    wrong = _said("7户")
    asked = []
    for case_id, answer in (("e1", refused), ("e2", wrong), ("e3", _said("9户")), ("m6", wrong)):
        case = Case(case_id, "figure", f"{case_id}问", ("9户",), "甲.txt", "9户")
        asked.append(Asked(case, answer, judge(case, answer)))
    none = Case("e4", "unanswerable", "e4问", (), None, None)
    asked.append(Asked(none, wrong, judge(none, wrong)))
    job = JobResult(
        files=(), reports=0, passages=0, figures=0, pending=0, words_seconds=0.0, seconds=0.0
    )
    table = answers_seeds.table(Result(None, job, tuple(asked)))
    failed = table.partition("failed:")[2].partition("WRITTEN LAST")[0]
    assert "e1 figure e1问 refused" in failed
    assert "e2 figure e2问 wrong: 7户" in failed
    assert "e4 unanswerable e4问 answered: 7户" in failed
    assert "e3" not in failed
    assert "m6问" not in table


def _said(value: str) -> Answer:
    citation = Citation(1, ReportRef("r1", "报告", None, None, "/x/甲.txt"), "", value, 0, 2)
    return Answer("问", value, (Sentence(value, (1,)),), (citation,), Scope(), "extract", 0.1)


@real
def test_the_gold_answers_stand_by_their_evidence() -> None:
    spans = {row["id"]: row.get("evidence_span") for row in ROWS}
    for case in seeds(FOLDER).cases:
        if not case.answerable:
            continue
        assert case.source is not None
        assert case.evidence
        text = (FOLDER / case.source).read_bytes().decode("utf-8")
        start, end = spans[case.id]
        # The items of a list or a section follow over pages; a value stands right there.
        reach = 4000 if case.kind in ("list", "narrative") else 120
        around = plain(text[max(0, start - 120) : end + reach])
        assert all(plain(part) in around for part in case.must), case.id
