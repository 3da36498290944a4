"""Charts: what shares a line, where it is open, what stands beside the mouse."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from app.history.chart import MOST_LINES, chart, lines
from app.history.chart_png import write_png
from app.history.rows import history
from index.archive import Archive
from index.errors import UsageError
from tests.app.history.told import tell


def traces(archive: Archive, *places: str, indicator: str | None = None) -> dict[str, Any]:
    found = chart([history(archive, place, indicator) for place in places or ("枧头村",)])
    return {trace.name: trace for trace in found.data}


def test_a_period_without_a_value_leaves_the_line_open(archive: Archive) -> None:
    tell(archive, "r1", "全村有党员63名。", period="2021H1")
    tell(archive, "r2", "种植朝天椒420亩。", period="2021H2")
    tell(archive, "r3", "全村有党员66名。", period="2022H1")
    line = traces(archive, indicator="党员")["枧头村 党员（名、存量）"]

    assert list(line.x) == ["2021年上半年", "2021年下半年", "2022年上半年"]
    assert list(line.y) == [63, None, 66]
    assert line.connectgaps is False


def test_a_plan_is_a_dashed_line_of_its_own(archive: Archive) -> None:
    tell(archive, "r1", "全年实现村集体经济收入12万元。", period="2021")
    tell(archive, "r2", "2022年计划实现村集体经济收入20万元。", period="2021")
    dashes = {
        name: trace.line.dash for name, trace in traces(archive, indicator="村集体经济收入").items()
    }

    assert len(dashes) == 2
    assert {"计划" in name: dash for name, dash in dashes.items()} == {True: "dash", False: "solid"}


def test_a_half_year_and_a_year_share_no_line(archive: Archive) -> None:
    tell(archive, "r1", "上半年实现村集体经济收入5万元。", period="2021H1")
    tell(archive, "r2", "2021年全年实现村集体经济收入12万元。", period="2021")
    tell(archive, "r3", "上半年实现村集体经济收入6万元。", period="2022H1")
    found = lines([history(archive, "枧头村", "村集体经济收入")])

    keys = {tuple(one.key for one in line.periods if line.cells) for line in found}
    assert ("2021",) in keys
    assert all("2021" not in periods or periods == ("2021",) for periods in keys)


def test_places_stand_beside_one_another_in_one_unit(archive: Archive) -> None:
    tell(archive, "r1", "种植朝天椒380亩。", period="2021H1")
    tell(archive, "r2", "种植朝天椒1.2万亩。", place="枧尾村", period="2021H1")
    found = traces(archive, "枧头村", "枧尾村", indicator="朝天椒")

    assert {name.split()[0]: list(trace.y) for name, trace in found.items()} == {
        "枧头村": [380],
        "枧尾村": [12000],
    }


def test_beside_the_mouse_is_the_value_as_written_with_its_report(archive: Archive) -> None:
    tell(archive, "r1", "实现<b>村集体经济收入27.16万元。", period="2021H1")
    (line,) = traces(archive, indicator="村集体经济收入").values()
    (beside,) = line.hovertext

    assert "27.16万元" in beside
    assert "&lt;b&gt;村集体经济收入" in beside
    assert "报告：" in beside


def test_values_that_contradict_are_crosses(archive: Archive) -> None:
    tell(archive, "r1", "全村有党员63名。", period="2021H1")
    tell(archive, "r2", "全村有党员65名。", period="2021H1")
    found = traces(archive, indicator="党员")

    assert list(found["枧头村 党员（名、存量） 另一说法"].y) == [65]
    assert found["枧头村 党员（名、存量） 另一说法"].mode == "markers"


def test_households_and_persons_have_names_of_their_own(archive: Archive) -> None:
    tell(archive, "r1", "有监测户3户8人。", period="2021H1")

    assert set(traces(archive, indicator="监测户")) == {
        "枧头村 监测户（户、存量）",
        "枧头村 监测户（人、存量）",
    }


def test_nothing_to_draw_is_said(archive: Archive) -> None:
    assert chart([]).layout.title.text == "没有可以画成图的数字。"


def test_the_fullest_lines_are_drawn_and_the_rest_counted(archive: Archive) -> None:
    for at in range(MOST_LINES + 3):
        tell(archive, f"r{at}", "全村有党员63名。", place=f"枧{'一' * (at + 1)}村", period="2021H1")
    places = [f"枧{'一' * (at + 1)}村" for at in range(MOST_LINES + 3)]
    tell(archive, "again", "全村有党员64名。", place=places[-1], period="2021H2")
    found = chart([history(archive, place, "党员") for place in places])

    assert len(found.data) == MOST_LINES
    assert any(trace.name.startswith(places[-1]) for trace in found.data)
    assert "另有 3 条线没有画出" in found.layout.title.text


def test_without_a_browser_it_is_said_what_is_missing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "没有"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="Chromium"):
        write_png(chart([history(archive, "枧头村")]), tmp_path / "a.png")


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is installed")
def test_a_picture_is_written(archive: Archive, tmp_path: Path) -> None:
    tell(archive, "r1", "全村有党员63名。", period="2021H1")
    write_png(chart([history(archive, "枧头村")]), tmp_path / "a.png")

    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
