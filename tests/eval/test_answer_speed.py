"""How the waits for an answer are measured, on a small archive without a model."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from app.desk import ArchiveDesk
from eval import answer_speed
from eval.answer_speed import measure, read_questions, waits
from ingest.job import ingest
from tests.fakes import HashingEmbedder
from tests.reports import village_report, write

ASKED = ["石梁村2018年上半年有多少贫困户?", "石梁村有多少辆车?", "那年呢?"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    docs = write(tmp_path / "docs", r1=village_report("石梁村", 2018))
    ingest([str(docs)], tmp_path / "archive", HashingEmbedder())
    return tmp_path / "archive"


def test_waits_are_quantiles() -> None:
    found = waits([0.1, 0.2, 0.3, 0.4, 1.0])

    assert (found.p50, round(found.p95, 2), found.longest, found.n) == (0.3, 0.88, 1.0, 5)


def test_words_come_before_the_whole_and_after_the_echo(archive: Path) -> None:
    with closing(ArchiveDesk(archive, HashingEmbedder())) as desk:
        found = measure(desk, ASKED)

    assert [one.question for one in found] == ASKED
    for one in found:
        assert 0 < one.echoed < one.first <= one.whole
        assert one.desk > 0


def test_questions_are_lines_or_gold_rows(tmp_path: Path) -> None:
    path = tmp_path / "asked.txt"
    path.write_text('甲村有多少户?\n\n{"question": "乙村呢?", "answer": "1"}\n', "utf-8")

    assert read_questions(path) == ["甲村有多少户?", "乙村呢?"]


def test_the_command_prints_each_wait(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "asked.txt"
    path.write_text("\n".join(ASKED[:2]), "utf-8")
    answer_speed.main([str(archive), "--questions", str(path), "--no-embed"])
    table = capsys.readouterr().out
    answer_speed.main([str(archive), "--questions", str(path), "--no-embed", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert "page: first words" in table
    assert "(n=2)" in table
    assert set(told["waits"]) == {
        "page: looking", "page: first words", "page: full answer", "desk: first answer",
    }  # fmt: skip
    assert told["passages"] > 0
