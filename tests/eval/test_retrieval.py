"""The measurement of search: what counts as found, as stray, as rightly empty."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from eval import retrieval
from eval.cases import Case, gold
from eval.judged import judged, surroundings
from eval.retrieval import ABLATIONS
from index.records import Described, Hit, Passage, Period, StoredPassage
from tests.fakes import HashingEmbedder
from tests.reports import village_report, write

CASE = Case("1", "figure", "石梁村2018年脱贫多少户?", ("35户",), "a.txt", "其中脱贫35户132人,达标")
PLACES = {"石梁村", "柳沟村"}


def hit(
    text: str, source: str = "a.txt", place: str | None = "石梁村", period: str = "2018H1"
) -> Hit:
    passage = Passage("r", 0, (), 0, len(text), text)
    described = Described("总结", place=place, period=Period.parse(period))
    return Hit(1, 1.0, StoredPassage(1, passage, described, source))


def strays(case: Case, *hits: Hit) -> int | None:
    return judged(case, hits, {}, PLACES).strays


def test_only_the_gold_report_s_passages_hold_evidence() -> None:
    other = hit("脱贫35户132人", source="b.txt")

    assert judged(CASE, [other], {}, PLACES).rank is None
    assert judged(CASE, [other, hit("脱贫35户")], {}, PLACES).rank == 2


def test_the_same_value_elsewhere_is_not_the_evidence_s_place() -> None:
    found = judged(CASE, [hit("低保35户"), hit("其中脱贫 35户132人,达标率")], {}, PLACES)

    assert (found.rank, found.placed) == (1, 2)


def test_the_surroundings_of_an_answer() -> None:
    assert surroundings(CASE) == ["其中脱贫35户132人,达"]


@pytest.mark.parametrize(
    ("text", "place", "period", "stray"),
    [
        ("修路3公里。", "石梁村", "2018H2", False),
        ("修路3公里。", "柳沟村", "2018H2", True),
        ("与石梁村一起修路。", "柳沟村", "2018H2", False),
        ("石梁小学已经建成。", "柳沟村", "2018H2", False),
        ("修路3公里。", "石梁村", "2017", True),
        ("去年修路3公里。", "石梁村", "2019", False),
        ("2018年修路3公里。", "石梁村", "2020", False),
    ],
)
def test_what_is_of_a_wrong_place_or_year(text: str, place: str, period: str, stray: bool) -> None:
    assert strays(CASE, hit(text, place=place, period=period)) == int(stray)


def test_a_question_for_a_report_is_not_answered_by_another_s_sentence_on_that_year() -> None:
    case = Case("1", "date", "石梁村2018年工作报告说脱贫多少户", ("1",), "a.txt", None)

    assert strays(case, hit("2018年修路3公里。", period="2020")) == 1


def test_a_question_that_names_neither_has_no_strays() -> None:
    assert strays(Case("1", "figure", "脱贫多少户", ("1",), "a.txt", None), hit("修路")) is None


def test_the_gold_index_counts_before_what_was_read() -> None:
    case = Case("1", "figure", "石梁村2018年", ("1",), "a.txt", None, "石梁村", 2018)
    filed = {"a.txt": ("石梁村", 2018), "b.txt": ("柳沟村", 2018)}
    found = judged(case, [hit("修路"), hit("修路", "x/b.txt")], filed, PLACES)

    assert (found.strays, found.others) == (1, 1)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write(
        tmp_path / "docs", r1=village_report("石梁村", 2018), r2=village_report("柳沟村", 2018, n=7)
    )
    (tmp_path / "index.csv").write_text("id,place,year\nr1,石梁村,2018\nr2,柳沟村,2018\n", "utf-8")
    rows: list[tuple[str, Sequence[dict[str, object]]]] = [
        ("answerable", [{
            "id": "1", "kind": "road", "question": "石梁村2018年上半年硬化道路多少公里",
            "place": "石梁村", "year": 2018, "answer": "2.5公里", "gold_report": "r1",
            "evidence": "硬化道路2.5公里,安装路灯40盏",
        }]),
        ("unanswerable", [{
            "id": "2", "kind": "road", "question": "双枧镇2018年上半年硬化道路多少公里",
            "place": "双枧镇", "year": 2018,
        }]),
    ]  # fmt: skip
    for name, lines in rows:
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    return tmp_path


def test_a_run_prints_a_row_for_each_part_left_out(reports: Path, tmp_path: Path) -> None:
    result = retrieval.run(gold(reports), tmp_path / "档案", HashingEmbedder())

    assert [row.name for row in result.rows] == list(ABLATIONS)
    first = result.rows[0].figures()
    assert {name: (value.value, value.n) for name, value in first.items()} == {
        "evidence@1": (1, 1), "evidence@5": (1, 1), "evidence@10": (1, 1), "MRR": (1, 1),
        "in its place@5": (1, 1),
        "hits of a wrong place or year": (0, first["hits of a wrong place or year"].n),
        "hits of another report": (0, first["hits of another report"].n),
        "wrongly empty": (0, 1), "rightly empty": (1, 1),
    }  # fmt: skip
    without = next(row for row in result.rows if row.name == "without scope").figures()
    assert without["rightly empty"].value == 0
    assert without["hits of another report"].value > 0  # type: ignore[operator]
    table = result.table()
    assert all(name in table for name in ABLATIONS)
    assert "road             n=   1" in table


def test_the_command_writes_setting_and_cases(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAO_EVAL_ARCHIVE", str(tmp_path / "kept"))
    out = tmp_path / "out.json"
    arguments = ["eval", "retrieval", "--reports", str(reports), "--no-embed", "--out", str(out)]
    done = CliRunner().invoke(main, [*arguments, "--json"])

    assert done.exit_code == 0, done.output
    written = json.loads(out.read_text("utf-8"))
    assert {"commit", "processor", "packages", "limit", "bootstrap"} <= set(written["setting"])
    assert len(written["cases"]) == 2
    # Without a model one half is all there is, so neither half can be left out.
    names = [row["name"] for row in json.loads(done.output)["rows"]]
    assert "without meaning" not in names
    assert "without scope" in names
    assert (tmp_path / "kept" / "archive.db").is_file()


def test_options_before_a_subcommand_are_refused_and_none_measures_answers(reports: Path) -> None:
    refused = CliRunner().invoke(main, ["eval", "--no-embed", "retrieval"])
    answers = CliRunner().invoke(main, ["eval", "--reports", str(reports), "--no-embed"])

    assert refused.exit_code == 2
    assert answers.exit_code == 0
    assert "exact" in answers.output
