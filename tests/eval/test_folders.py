"""The measurements of dividing, describing and duplicates, on folders small enough to check."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval import describe, divide, duplicates
from eval.cases import SAMPLE
from index.errors import NotFound
from tests.reports import village_report, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "docs",
        r1=village_report("石梁村", 2018),
        r2=village_report("柳沟村", 2019, n=4),
        r3="各项工作有序推进。\n",
    )
    rows = ["id,place,year", "r1,石梁村,2018", "r2,柳沟村,2020", "r3,枫岭村,2018"]
    (tmp_path / "index.csv").write_text("\n".join(rows), "utf-8")
    return tmp_path


def test_right_wrong_and_unknown_are_counted(folder: Path) -> None:
    fields = describe.run(folder)

    assert [(f.report, f.name, f.verdict) for f in fields] == [
        ("r1", "place", "right"),
        ("r1", "year", "right"),
        ("r2", "place", "right"),
        ("r2", "year", "wrong"),
        ("r3", "place", "unknown"),
        ("r3", "year", "unknown"),
    ]
    table = describe.table(fields)
    assert "place  right 2/3  wrong 0/3  unknown 1/3" in table
    assert "r2 year: 2019, gold 2020" in table


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"index\.csv"):
        describe.run(tmp_path)


def test_the_sample_s_reports_stay_whole_and_joined_ones_are_divided() -> None:
    result = divide.run([SAMPLE / "reports"])

    assert result.torn == ()
    assert result.whole.hits == 50
    assert result.found["whole"].hits >= 0.98 * result.found["whole"].of
    for way, right in result.right.items():
        assert right.hits >= 0.95 * right.of, way
    assert "whole 50/50" in result.table()


def test_made_versions_differ_by_as_much_as_they_say() -> None:
    chance = random.Random(1)
    text = village_report() * 5

    assert abs(len(duplicates.cut_off(text, chance)) - 0.9 * len(text)) < 2
    scanned = duplicates.scanned(text, chance)
    wrong = sum(one != other for one, other in zip(text, scanned, strict=True))
    assert 0 < wrong < 0.05 * len(text)
    assert duplicates.edited(text, chance) != text


def test_versions_and_neighbours_are_counted_by_threshold(folder: Path) -> None:
    table = duplicates.run(folder)

    assert table.startswith("3 reports, 9 versions, 0 neighbour pairs")
    assert "threshold 0.5" in table
