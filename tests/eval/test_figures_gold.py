"""Targets in the ledger against gold answers, on an invented report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from eval.figures_gold import read_targets, run, table
from index.records import Period

STORED = (
    "霁川县2024年政府工作报告\n"
    "主要预期目标是：地区生产总值增长6%—6.5%，万元生产总值能耗下降6%，城镇新增就业３万人以上。"
)
YEAR = Period.year(2024)


@dataclass(frozen=True)
class Figure:
    start: int
    end: int
    value: Decimal
    unit: str
    indicator: str
    kind: str = "target"
    as_of: Period | None = YEAR
    high: Decimal | None = None


def figure(written: str, value: str, unit: str, indicator: str, **more: object) -> Figure:
    start = STORED.index(written)
    return Figure(start, start + len(written), Decimal(value), unit, indicator, **more)  # type: ignore[arg-type]


GROWTH = figure("6%—6.5%", "6", "%", "地区生产总值增长", high=Decimal("6.5"))
ENERGY = figure("6%，", "6", "%", "万元生产总值能耗下降")
JOBS = figure("３万人", "3", "万人", "城镇新增就业")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    evidence = STORED.split("\n")[1].replace("３", " 3 ")
    rows = [
        {"kind": "gdp_target", "answer": "6%—6.5%"},
        {"kind": "jobs_target", "answer": "3万人以上"},
        {"kind": "session_date", "answer": "2024年1月2日"},
    ]
    lines = [
        json.dumps(
            row | {"id": f"d{at}", "gold_report": "r1", "year": 2024, "evidence": evidence},
            ensure_ascii=False,
        )
        for at, row in enumerate(rows)
    ]
    (tmp_path / "answerable.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_target_is_right_where_value_indicator_kind_and_year_are(folder: Path) -> None:
    assert [target.unit for target in read_targets(folder / "answerable.jsonl")] == ["%", "万人"]
    verdicts = run(lambda path: [(STORED, [GROWTH, ENERGY, JOBS])], folder)
    assert all(one.year and not one.rival for one in verdicts)
    assert "all: 2/2 1.000" in table(verdicts)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([], (True, False, False, False, False)),
        ([figure("6%—6.5%", "6", "%", "地区生产总值增长")], (True, False, False, False, False)),
        (
            [figure("6%—6.5%", "6", "%", "万元生产总值能耗", high=Decimal("6.5"))],
            (True, True, False, False, False),
        ),
        (
            [figure("6%—6.5%", "6", "%", "生产总值", high=Decimal("6.5"), kind="rate")],
            (True, True, True, False, False),
        ),
        (
            [figure("6%—6.5%", "6", "%", "生产总值", high=Decimal("6.5"), as_of=Period.year(2023))],
            (True, True, True, True, False),
        ),
    ],
)
def test_what_is_missing_is_told_apart(
    folder: Path, figures: list[Figure], said: tuple[bool, ...]
) -> None:
    [growth, _] = run(lambda path: [(STORED, figures)], folder)
    assert (growth.place, growth.value, growth.about, growth.planned, growth.year) == said


def test_another_value_under_the_same_name_is_a_rival(folder: Path) -> None:
    second = figure("6%，", "6", "%", "地区生产总值")
    [growth, _] = run(lambda path: [(STORED, [GROWTH, second])], folder)
    assert growth.year
    assert growth.rival


def test_a_sentence_that_is_not_there_has_no_figure(folder: Path) -> None:
    [growth, jobs] = run(lambda path: [("别的报告。", [])], folder)
    assert not growth.place
    assert not jobs.place
