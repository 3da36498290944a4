"""The arithmetic of the load measurement, and a tiny run against a served archive."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rights.people import People
from app.rights.roles import Role
from eval.load import Asking, Load, grown, percentile, questions, run, verdict
from index.errors import NotFound, UsageError
from ingest.job import ingest
from tests.reports import write_many


@given(st.lists(st.floats(0, 100), min_size=1), st.sampled_from([0.5, 0.95, 1.0]))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(
    values: list[float], part: float
) -> None:
    found = percentile(values, part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values) - 1e-9
    assert sum(value < found for value in values) < part * len(values) + 1e-9


def test_percentiles_of_twenty_and_of_nothing() -> None:
    assert percentile([float(n) for n in range(1, 21)], 0.95) == 19.0
    assert percentile([], 0.5) is None


def test_memory_grows_from_the_middle_third_to_the_last() -> None:
    warm = [(0.0, 100.0), (1.0, 500.0)]
    assert grown([*warm, (2.0, 510.0), (3.0, 510.0), (4.0, 512.0), (5.0, 512.0)]) == 2.0
    assert grown(warm) is None


def test_a_summary_counts_errors_apart_from_answers() -> None:
    askings = (Asking(1, 0.5, None), Asking(2, 9.0, "ReadTimeout"), Asking(3, 1.5, None))
    told = Load(2, 4.0, askings, ()).summary()
    assert (told["answers"], told["p50"], told["p95"], told["slowest"]) == (2, 0.5, 1.5, 1.5)
    assert told["errors"] == {"ReadTimeout": 1}
    assert told["answers_a_second"] == 0.5


@pytest.mark.parametrize(
    ("stream", "wrong"),
    [
        ('event: complete\ndata: [{"refused": true}]\n\n', None),
        ("event: heartbeat\ndata: null\n\nevent: complete\ndata: [1]\n\n", "no answer"),
        ('event: error\ndata: {"error": "忙"}\n\n', 'error: {"error": "忙"}'),
        ("", "no event: "),
    ],
)
def test_a_stream_is_an_answer_or_an_error(stream: str, wrong: str | None) -> None:
    assert verdict(stream) == wrong


def test_two_users_who_log_in_get_answers_for_a_second(tmp_path: Path) -> None:
    write_many(tmp_path / "报告", 4)
    archive = tmp_path / "档案"
    ingest([str(tmp_path / "报告")], archive, None, workers=1)
    config = tmp_path / "huibao.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    with closing(People(archive)) as people:
        people.add("压测", Role.READER, "correct horse")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUIBAO_CONFIG", str(config))
        with pytest.raises(UsageError, match="--user"):
            run(archive, users=2, seconds=1.0)
        told = run(archive, users=2, seconds=1.0, login=("压测", "correct horse")).summary()
    assert told["answers"] >= 2
    assert told["errors"] == {}
    assert told["p95"] < 60
    assert all(mb > 1 for _, mb in told["memory_mb"])
    assert 0 < told["server_ms_an_answer"] < 60_000


def test_an_archive_without_figures_has_nothing_to_ask(tmp_path: Path) -> None:
    ingest([], tmp_path / "空", None, workers=1)
    with pytest.raises(NotFound):
        questions(tmp_path / "空", 7)
