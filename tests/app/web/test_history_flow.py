"""The tab 历次上报: what its events change, over an archive of three reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from app.history.desk import LedgerDesk
from app.web import history_flow as flow
from app.web import history_texts as texts
from app.web.desks import OneDesk
from app.web.page import build
from index.archive import Archive, create_archive, open_archive
from index.errors import NotFound
from index.lock import writing
from tests.app.history.told import tell
from tests.app.web.desk import HOSTILE, VILLAGE, FakeDesk


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """枧头村 with two half-years, one of them with a sum that is wrong; 榆沟村 with one."""
    with writing(tmp_path), closing(create_archive(tmp_path)) as made:
        tell(made, "r1", "全村共有党员41名。", period="2021H1", within=("双枧镇",))
        tell(
            made,
            "r2",
            "全村共有党员43名。",
            "全村共有党员60人(枧头组党员20人、杨家组党员30人、石门组党员5人)。",
            period="2022H1",
            within=("双枧镇",),
        )
        tell(made, "r3", "全村共有党员30名。", place="榆沟村", within=("双枧镇",))
    with closing(open_archive(tmp_path)) as opened:
        yield opened


def desk_of(archive: Archive, *ids: str) -> LedgerDesk:
    infos = [info for info in archive.infos() if not ids or info.id in ids]
    return LedgerDesk(archive, archive.folder, infos)


def test_a_place_shows_its_figures_with_changes_and_where_they_stand(archive: Archive) -> None:
    view = flow.choose(desk_of(archive), "枧头村")
    assert view.table is not None
    assert 'data-report="r1"' in view.table
    assert "2021年上半年" in view.table
    assert texts.NOT_STATED in view.table  # 2021年下半年 has no report
    assert view.indicators == ("党员（人）",)


def test_an_unknown_place_says_so(archive: Archive) -> None:
    with pytest.raises(NotFound, match="无此村"):
        flow.choose(desk_of(archive), "无此村")


def test_without_a_place_there_is_a_hint_and_no_error(archive: Archive) -> None:
    assert texts.CHOOSE in (flow.choose(desk_of(archive), None).table or "")
    assert flow.draw(desk_of(archive), None, [], False).notice == texts.CHOOSE_CHART


def test_only_the_chosen_indicators_are_shown(archive: Archive) -> None:
    desk = desk_of(archive)
    assert "data-report" in (flow.narrow(desk, "枧头村", ["党员（人）"]).table or "")
    assert "data-report" not in (flow.narrow(desk, "枧头村", ["低保（户）"]).table or "")


def test_a_chart_takes_in_the_places_of_a_township(archive: Archive) -> None:
    desk = desk_of(archive)
    assert desk.within("双枧镇") == ("双枧镇", "枧头村", "榆沟村")
    alone = flow.draw(desk, "枧头村", [], False).chart
    assert alone is not None
    assert {trace.name.split()[0] for trace in alone.data} == {"枧头村"}


def test_of_many_indicators_the_fullest_are_drawn_until_some_are_chosen(tmp_path: Path) -> None:
    told = (
        "党员41名",
        "低保36户",
        "学生70人",
        "老师9人",
        "监测户5户",
        "村民小组9个",
        "公厕3座",
        "路灯80盏",
    )
    with writing(tmp_path), closing(create_archive(tmp_path)) as made:
        for half in ("2021H1", "2021H2"):
            few = told if half == "2021H2" else told[1:]
            tell(made, half, *(f"全村共有{one}。" for one in few), period=half)
    with closing(open_archive(tmp_path)) as opened:
        desk = desk_of(opened)
        view = flow.draw(desk, "枧头村", [], False)
        assert view.chart is not None
        assert view.notice == texts.MANY_LINES
        names = {trace.name for trace in view.chart.data}
        assert len(names) == flow.LINES
        assert not any("党员" in name for name in names)  # told of once only
        view = flow.draw(desk, "枧头村", ["党员（名）"], False)
        assert view.notice == ""
        assert view.chart is not None
        assert "党员" in view.chart.data[0].name


def test_an_alarm_is_settled_with_a_remark_and_reopened(archive: Archive) -> None:
    desk = desk_of(archive)
    (alarm,) = desk.alarms("枧头村")
    shown = flow.alarms(desk, "枧头村").alarms or ""
    assert "20+30+5=55" in shown.replace("&#43;", "+").replace("&#61;", "=")
    assert flow.settle(desk, "枧头村", alarm.id, "  ", "").notice == texts.EMPTY_REMARK
    view = flow.settle(desk, "枧头村", alarm.id, "以 60 为准", "王干事")
    assert view.notice == texts.SETTLED_NOW
    assert "王干事" in (view.alarms or "")
    assert desk.alarms("枧头村")[0].settled is not None
    assert flow.reopen(desk, "枧头村", alarm.id).notice == texts.REOPENED
    assert desk.alarms("枧头村")[0].settled is None


@pytest.mark.parametrize("sent", [None, 7, "a0", ["a"]])
def test_what_is_no_alarm_is_settled_by_nobody(archive: Archive, sent: object) -> None:
    desk = desk_of(archive)
    if isinstance(sent, str):
        with pytest.raises(NotFound, match=sent):
            flow.settle(desk, None, sent, "好", "")
    else:
        assert flow.settle(desk, None, sent, "好", "").notice == texts.EMPTY_REMARK
    assert all(alarm.settled is None for alarm in desk.alarms())


def test_of_reports_that_are_not_open_nothing_is_told(archive: Archive) -> None:
    desk = desk_of(archive, "r1", "r3")
    (row,) = desk.history("枧头村").rows
    assert [value.citation.report_id for cell in row.cells for value in cell.values] == ["r1"]
    assert all(cell.change is None for cell in row.cells)
    assert desk.alarms() == ()
    assert {row.place for row in desk_of(archive, "r3").coverage().places} == {"榆沟村"}
    filed = [f for row in desk.coverage().places for f in row.filings]
    assert "r2" not in {info.id for one in filed for info in one.reports}


def test_coverage_shows_who_filed_and_who_did_not(archive: Archive) -> None:
    shown = flow.cover(desk_of(archive)).coverage or ""
    assert 'class="hb-missing">缺' in shown
    assert shown.count("data-report=") == 3


def test_exports_are_workbooks_of_their_own(archive: Archive) -> None:
    desk = desk_of(archive)
    one, other = (flow.export_history(desk, "枧头村", []).file for _ in range(2))
    assert one is not None
    assert one != other
    book = openpyxl.load_workbook(one)
    assert "党员" in str(book.worksheets[0].cell(2, 1).value)
    assert flow.export_history(desk, None, []).file is None
    assert flow.export_coverage(desk).file is not None


@pytest.mark.parametrize("span", [(None, None), (float("nan"), 3), (5, 2), (0, 10**9), ("a", "b")])
def test_a_report_opens_whatever_span_the_browser_sent(span: tuple[object, object]) -> None:
    view = flow.open_report(FakeDesk(), VILLAGE.id, *span)
    assert view.viewer is not None
    assert "枧头村脱贫情况报告" in view.viewer
    assert "<mark" not in view.viewer


def test_a_report_opens_at_the_words() -> None:
    start = VILLAGE.text.index("97户")
    view = flow.open_report(FakeDesk(), VILLAGE.id, start, start + 3)
    assert view.viewer is not None
    assert ">97户</mark>" in view.viewer


def test_a_report_that_is_gone_or_hostile_harms_nobody() -> None:
    assert "已不在档案中" in (flow.open_report(FakeDesk(), "r9", 0, 1).viewer or "")
    assert flow.open_report(FakeDesk(), None, 0, 1).viewer is None
    assert "<script" not in (flow.open_report(FakeDesk(), HOSTILE.id, 0, 4).viewer or "")


def test_the_tab_is_on_the_page() -> None:
    labels = [getattr(b, "label", None) for b in build(OneDesk(FakeDesk())).blocks.values()]
    assert texts.TAB in labels
