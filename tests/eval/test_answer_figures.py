"""What is counted of answers, on answers worked by hand and on a small archive."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.answer.answer import Answer, Citation, ReportRef, Scope, Sentence
from app.cli import main
from eval.answer_figures import Asked, cited_strays, figures, kinds, line
from eval.cases import Case
from eval.metrics import judge
from eval.ranking import Mean
from index.archive_reader import ReportInfo
from index.records import Described, Period
from tests.reports import village_report, write

CASE = Case("1", "figure", "石梁村2018年脱贫多少户?", ("35户",), "a.txt", "其中脱贫35户132人")
NONE = Case("2", "unanswerable", "石梁村2018年有多少辆车?", (), None, None)


def citation(n: int, quote: str, source: str = "/x/a.txt", report: str = "r1") -> Citation:
    reference = ReportRef(report, "总结", None, None, source)
    return Citation(n, reference, "", quote, 0, len(quote))


def answer(*quotes: Citation, direct: str | None = None) -> Answer:
    told = tuple(Sentence(one.quote, (one.n,)) for one in quotes)
    if direct is not None:
        told = (Sentence(direct, (1,)), *told)
    return Answer("问", direct, told, quotes, Scope(), "extract", 0.1)


def asked(case: Case, given: Answer, strays: int | None = None) -> Asked:
    return Asked(case, given, judge(case, given), strays)


def share(one: Asked, name: str) -> tuple[float | None, int]:
    found = figures([one])[name]
    return found.value, found.n


GOOD = citation(1, "脱贫35户132人。")


def test_a_right_answer_of_the_gold_report() -> None:
    one = asked(CASE, answer(GOOD, direct="35户"), strays=0)

    assert share(one, "exact") == (1, 1)
    assert share(one, "citation precision") == (1, 1)
    assert share(one, "citation recall") == (1, 1)
    assert share(one, "number faithfulness") == (1, 3)
    assert share(one, "wrong place or period cited") == (0, 1)
    assert share(one, "refusal precision") == (None, 0)


def test_another_report_s_or_an_empty_quotation_is_not_precise() -> None:
    elsewhere = citation(2, "脱贫35户。", "/x/b.txt")
    beside = citation(3, "修路3公里。")
    one = asked(CASE, answer(GOOD, elsewhere, beside))

    assert share(one, "citation precision") == (1 / 3, 3)
    assert share(one, "citations with the answer") == (2 / 3, 3)
    assert share(one, "citation recall") == (1, 1)


def test_recall_wants_every_part_and_refusing_has_none() -> None:
    two = Case("3", "list", "问", ("35户", "50户"), "a.txt", None)

    assert share(asked(two, answer(GOOD)), "citation recall") == (0, 1)
    assert share(asked(two, answer(GOOD, citation(2, "50户。"))), "citation recall") == (1, 1)
    assert share(asked(CASE, answer()), "citation recall") == (0, 1)


def test_a_number_that_its_quotation_does_not_say_is_unfaithful() -> None:
    one = asked(CASE, answer(GOOD, direct="36户"))

    assert share(one, "number faithfulness") == (2 / 3, 3)


def test_a_numeral_in_the_name_of_the_cited_place_states_no_number() -> None:
    reference = ReportRef("r1", "总结", "三道村", None, "/x/a.txt")
    cited = Citation(1, reference, "", "修路7米。", 0, 5)
    told = Answer("问", None, (Sentence("三道村:7米", (1,)),), (cited,), Scope(), "extract", 0.1)
    other = replace(cited, report=replace(reference, place="柳沟村"))

    assert share(asked(CASE, told), "number faithfulness") == (1, 2)
    assert share(asked(CASE, replace(told, citations=(other,))), "number faithfulness") == (0.5, 2)


def test_refusals_of_both_sorts() -> None:
    found = figures(
        [asked(CASE, answer()), asked(NONE, answer()), asked(NONE, answer(citation(1, "3辆")))]
    )

    assert (found["refusal precision"].value, found["refusal precision"].n) == (0.5, 2)
    assert (found["refusal recall"].value, found["refusal recall"].n) == (0.5, 2)
    assert (found["refused though answerable"].value, found["answered wrongly"].value) == (1, 0)
    # An answer where none should be has cited in vain.
    assert (found["citation precision"].value, found["citation precision"].n) == (0, 1)


def info(report: str, place: str, year: str, within: tuple[str, ...] = ()) -> ReportInfo:
    described = Described("总结", place, within, period=Period.parse(year))
    return ReportInfo(report, f"/x/{report}.txt", described, 1)


INFOS = {
    "r1": info("r1", "石梁村", "2018", ("双河镇",)),
    "r2": info("r2", "柳沟村", "2018", ("双河镇",)),
    "r3": info("r3", "石梁村", "2020", ("双河镇",)),
    "r4": info("r4", "双河镇", "2018"),
}


def strays(question: str, *quotes: Citation) -> int | None:
    case = Case("1", "figure", question, ("9户",), "gold.txt", None)
    return cited_strays(case, answer(*quotes), INFOS, {})


@pytest.mark.parametrize(
    ("question", "report", "quote", "count"),
    [
        ("石梁村2018年脱贫多少户?", "r1", "脱贫5户。", 0),
        ("石梁村2018年脱贫多少户?", "r2", "脱贫5户。", 1),
        ("石梁村2018年脱贫多少户?", "r3", "脱贫5户。", 1),
        ("石梁村2018年脱贫多少户?", "r3", "2018年脱贫5户。", 0),
        ("石梁村2018年脱贫多少户?", "r4", "石梁村脱贫5户。", 0),
        ("石梁村2018年脱贫多少户?", "r4", "脱贫5户。", 1),
        ("石梁村和柳沟村2018年各脱贫多少户?", "r2", "脱贫5户。", 0),
        ("双河镇石梁村2018年脱贫多少户?", "r2", "脱贫5户。", 1),
        ("双河镇各村2018年脱贫多少户?", "r2", "脱贫5户。", 0),
        ("脱贫多少户?", "r2", "脱贫5户。", None),
    ],
)
def test_citations_of_a_wrong_place_or_period(
    question: str, report: str, quote: str, count: int | None
) -> None:
    assert strays(question, citation(1, quote, f"/x/{report}.txt", report)) == count


def test_the_gold_evidence_is_of_the_right_place_whatever_it_names() -> None:
    town = citation(1, "园区脱贫9户。", "/x/gold.txt", "r4")

    assert strays("石梁村2018年脱贫多少户?", town) == 0


def test_kinds_in_order_and_shares_in_words() -> None:
    assert list(kinds([asked(NONE, answer()), asked(CASE, answer())])) == ["figure", "unanswerable"]
    assert line(Mean(0.5, 4, 0.1, 0.9)) == "2/4 0.500 [0.100, 0.900]"
    assert line(Mean(None, 0)) == "–"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write(tmp_path / "docs", r1=village_report("石梁村", 2018))
    rows = [
        {"id": "a1", "kind": "poverty", "place": "石梁村", "year": 2018,
         "question": "石梁村2018年上半年有多少贫困户?", "answer": "60户", "gold_report": "r1",
         "evidence": None},
    ]  # fmt: skip
    none = {"id": "u1", "kind": "car", "question": "柳沟村2018年有多少辆车?"}
    for name, some in (("answerable", rows), ("unanswerable", [none])):
        lines = [json.dumps(row, ensure_ascii=False) for row in some]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def test_the_command_gives_every_measure_by_kind(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    arguments = ["eval", "answers", "--reports", str(reports), "--no-embed"]
    done = CliRunner().invoke(main, [*arguments, "--json", "--out", str(out)])

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert set(told["by_kind"]) == {"poverty", "unanswerable"}
    assert set(told["figures"]) == set(told["by_kind"]["poverty"])
    assert told["figures"]["refusal recall"]["value"] == 1
    assert told["figures"]["exact"]["value"] == told["figures"]["number faithfulness"]["value"] == 1
    assert {"strays", "good_citations", "numbers"} <= set(
        json.loads(out.read_text("utf-8").splitlines()[0])
    )
    table = CliRunner().invoke(main, arguments).output
    assert "by kind:" in table
    assert "refusal recall" in table


def test_a_language_model_s_answers_stand_beside(reports: Path) -> None:
    arguments = ["eval", "answers", "--reports", str(reports), "--no-embed", "--model"]
    table = CliRunner().invoke(main, [*arguments, "honest"]).output
    bad = CliRunner().invoke(main, [*arguments, "invented_number", "--json"])
    unknown = CliRunner().invoke(main, [*arguments, "nobody"])

    assert "a sentence of honest was used: 1/2" in table
    faithful = next(line for line in table.splitlines() if "number faithfulness" in line)
    assert faithful.count("1.000 [") == 2
    told = json.loads(bad.output)["model"]
    assert told["name"] == "invented_number"
    assert told["figures"]["number faithfulness"]["value"] == 1
    assert unknown.exit_code == 2
    assert "honest" in unknown.output
