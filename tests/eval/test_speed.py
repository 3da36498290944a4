"""The measurements of speed: what they count, on parts that need no model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli import main
from eval.cases import Case, CaseSet
from eval.embedding_speed import Shape, Throughput
from eval.isolated import isolated
from eval.speed import Latency, Result, Side, Size, latency
from eval.speed_corpus import SomeReal, questions, write_reports
from ingest.job import ingest
from tests.reports import write_many


def side(seconds: float, ms: float, kinds: Sequence[str], real: int = 100) -> Side:
    asking = {kind: Latency(ms, 2 * ms, 10) for kind in kinds}
    return Side(100, real, seconds, 10 * seconds, asking, 900, 500)


OURS = side(2, 5, ["with scope", "without scope"])
STOCK = side(4, 200, ["ensemble"], real=40)


def test_ratios_are_theirs_over_ours() -> None:
    ratios = Size(100, OURS, STOCK).ratios()

    assert ratios == {
        "time to searchable": 2, "time to embedded": 2, "question p50, with scope": 40,
        "question p50, without": 40, "question p95, with scope": 40, "peak memory, asking": 1,
    }  # fmt: skip
    assert Size(100, OURS, None).ratios() == {}


def test_latency_by_hand() -> None:
    found = latency([n / 1000 for n in range(1, 102)])

    assert (found.p50, found.p95, found.n) == (51, 96, 101)


def test_the_table_says_what_was_not_measured() -> None:
    table = Result((Size(100, OURS, STOCK),), None, {"processor": "x", "load": 0.1}).table()

    assert "ours: 100 passages, 100 vectors of the model\n" in table
    assert "stock: 100 passages, 40 vectors of the model, 60 synthetic\n" in table
    assert table.count("(reckoned)") == 1


def test_files_of_any_size_are_made_from_a_few(tmp_path: Path) -> None:
    source = write_many(tmp_path / "source", 6)
    written = write_reports(source, tmp_path / "files", 90)
    job = ingest([str(tmp_path / "files")], tmp_path / "档案", None)

    assert written >= 90
    assert job.passages == written
    names = "".join(path.read_text("utf-8") for path in (tmp_path / "files").glob("*.txt"))
    assert "石梁甲村" in names
    assert "石梁乙村" in names


def test_questions_with_and_without_their_scope() -> None:
    cases = [
        Case(
            str(n), "figure", f"石梁村2018年上半年修路{n}公里吗", ("1",), "a", None, "石梁村", 2018
        )
        for n in range(10)
    ]
    refused = Case("x", "unanswerable", "双枧镇2018年修路几公里", (), None, None)
    found = questions(CaseSet(Path(), (refused, *cases)), 3)

    assert found.scoped == tuple(case.question for case in cases[0:9:3])
    assert found.open == ("修路0公里吗", "修路3公里吗", "修路6公里吗")


def unit(texts: Sequence[str]) -> np.ndarray:
    rows = np.array([[len(text), 1, 0, 0] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_some_vectors_are_real_and_the_others_are_made_from_them() -> None:
    made = SomeReal(unit, texts=1000, real=250)
    batches = [["甲" * n for n in range(at, at + 50)] for at in range(0, 1000, 50)]
    vectors = [made(batch) for batch in batches]

    assert made.real == 250
    assert made.rate > 0
    np.testing.assert_array_equal(vectors[0], unit(batches[0]))
    np.testing.assert_allclose(np.linalg.norm(vectors[1], axis=1), 1, atol=1e-5)
    # A made vector lies near some real one, and is not one.
    nearest = (vectors[1] @ unit(batches[0]).T).max(axis=1)
    assert nearest.min() > 0.98
    assert nearest.max() < 1


def test_all_are_real_where_they_are_few() -> None:
    made = SomeReal(unit, texts=100, real=250)
    for _ in range(2):
        made(["甲"] * 50)

    assert made.real == 100


def hold(megabytes: int) -> int:
    return len(bytearray(megabytes << 20).replace(b"\0", b"\1"))


def test_memory_is_that_of_the_work_alone() -> None:
    ballast = np.ones(40_000_000)  # 320 MB here, which must not count there
    size, peak = isolated(hold, 100)

    assert size == 100 << 20
    assert 100 < peak < 400
    assert ballast.all()


def test_operations_by_hand() -> None:
    # A layer of hidden 2, wide 3: products of 2·6 + 2·2 + 2·3 + 3·2 = 28 weights. Five tokens:
    # 5·28 multiplications, attention's two products 2·5·5·2, each with its addition, two layers.
    assert Shape(2, 3, 2).operations(5) == pytest.approx(2 * 2 * (140 + 100) / 1e9)


def test_throughput_against_its_roof() -> None:
    found = Throughput(10, 200, 40, 10, 9, 720, {"q, k, v": 720})

    assert (found.ratio, found.used) == (4, 0.5)
    assert "so 80 passages/s at most; reached 50%" in found.table()


def test_sizes_that_are_no_numbers_are_refused() -> None:
    assert CliRunner().invoke(main, ["eval", "speed", "--sizes", "1000,很多"]).exit_code == 2


def test_without_the_extra_packages_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eval.speed._STOCK", ("no_such_package",))
    done = CliRunner().invoke(main, ["eval", "speed", "--sizes", "10"])

    assert done.exit_code == 2
    assert "[stock]" in done.output
