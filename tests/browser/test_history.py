"""The tab 历次上报 in a browser: figures, chart, alarms, who filed; Excel as it is shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.history import desk as ledger
from app.history.alarm import Alarm
from app.steps import Step

_SLOW = 30_000


@pytest.fixture
def history(page: Page) -> Page:
    """The tab with the village that the archive holds an alarm against."""
    page.get_by_role("tab", name="历次上报").click()
    page.locator("#hb-h-place input").click()
    page.get_by_role("option", name="磨刀溪村", exact=True).click()
    expect(page.locator("#hb-h-table h2")).to_contain_text("磨刀溪村", timeout=_SLOW)
    return page


def test_a_value_opens_its_report_at_the_sentence(history: Page) -> None:
    value = history.locator("#hb-h-table button.hb-v").first
    number = value.inner_text()
    value.click()
    cited = history.locator("#hb-h-viewer mark.hb-cited")
    expect(cited.first).to_be_in_viewport()
    assert number in "".join(cited.all_inner_texts())
    history.keyboard.press("Escape")
    expect(history.locator("#hb-h-viewer")).to_be_hidden()
    expect(value).to_be_focused()


def test_an_alarm_is_settled_and_opened_again(history: Page) -> None:
    history.get_by_role("tab", name="疑点").click()
    alarms = history.locator("#hb-h-alarms")
    expect(alarms).to_contain_text("1 个待核对，0 个已处理", timeout=_SLOW)
    alarms.locator(".hb-quotes button").last.click()
    expect(history.locator("#hb-h-viewer mark.hb-cited").first).to_contain_text("512亩")
    history.keyboard.press("Escape")
    alarms.get_by_role("button", name="处理").click()
    expect(history.locator("#hb-h-notice")).to_contain_text("请先写明核对结果")
    alarms.get_by_label("核对结果").fill("以512亩为准")
    alarms.get_by_label("核对结果").press("Enter")
    expect(alarms).to_contain_text("0 个待核对，1 个已处理", timeout=_SLOW)
    expect(alarms.locator(".hb-settled")).to_contain_text("以512亩为准")
    alarms.get_by_role("button", name="恢复为待核对").click()
    expect(alarms).to_contain_text("1 个待核对，0 个已处理", timeout=_SLOW)


def test_the_chart_shows_the_chosen_figures(history: Page) -> None:
    history.locator("#hb-h-indicators input").click()
    history.get_by_role("option").first.click()
    history.keyboard.press("Escape")
    expect(history.locator("#hb-h-table tbody tr")).to_have_count(1)
    name = history.locator("#hb-h-table tbody th").inner_text().split("（")[0]
    history.get_by_role("tab", name="图表").click()
    legend = history.locator("#hb-h-chart .legendtext")
    expect(legend.first).to_contain_text(name, timeout=_SLOW)
    assert history.locator("#hb-h-chart path.point").count() > 0
    with history.expect_download(timeout=60_000) as download:
        history.get_by_role("button", name="导出图片").click()
    assert download.value.suggested_filename == "图表-磨刀溪村.png"
    with Image.open(download.value.path()) as picture:
        assert picture.width >= 1000


def test_the_chart_that_is_looked_at_follows_what_is_chosen(page: Page) -> None:
    page.get_by_role("tab", name="历次上报").click()
    page.get_by_role("tab", name="图表").click()
    for village in ("磨刀溪村", "枧头村"):
        page.locator("#hb-h-place input").click()
        page.get_by_role("option", name=village, exact=True).click()
        legend = page.locator("#hb-h-chart .legendtext")
        expect(legend.first).to_contain_text(village, timeout=_SLOW)
    page.locator("#hb-h-indicators input").click()
    page.get_by_role("option").first.click()
    expect(legend).to_have_count(1, timeout=_SLOW)


def test_the_excel_file_holds_what_the_table_shows(history: Page, tmp_path: Path) -> None:
    with history.expect_download() as download:
        history.locator("#hb-h-export").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "历次上报-磨刀溪村.xlsx"
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].values for cell in row]
    written = {str(cell) for cell in cells if cell is not None}
    for shown in history.locator("#hb-h-table thead th").all_inner_texts()[2:]:
        assert any(shown in cell for cell in written)
    for name in history.locator("#hb-h-table tbody th").all_inner_texts():
        assert name.split("（")[0] in written


def test_who_filed_stands_by_township_and_opens_reports(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="历次上报").click()
    page.get_by_role("tab", name="报送情况").click()
    matrix = page.locator("#hb-h-coverage")
    expect(matrix).to_contain_text(re.compile(r"有 \d+ 份，迟 \d+ 份"), timeout=_SLOW)
    village = matrix.locator("tbody tr", has=page.get_by_role("rowheader", name="磨刀溪村"))
    expect(village.locator("td").first).to_have_text("鹤坪镇")
    matrix.locator("td.hb-filed button").first.click()
    expect(page.locator("#hb-h-viewer .hb-text")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.locator("#hb-h-export-all").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    cells = {cell for row in openpyxl.load_workbook(path).worksheets[0].values for cell in row}
    assert set(matrix.locator("tbody th").all_inner_texts()) <= cells


class Slow:
    """A look through the archive that goes on until it is stopped or let go."""

    def __init__(self) -> None:
        self.go, self.ended = threading.Event(), threading.Event()

    def __call__(self, archive: object, place: str | None, step: Step) -> list[Alarm]:
        try:
            while not self.go.wait(0.05):
                step(120, 367)
        finally:
            self.ended.set()
        return []


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow()
    monkeypatch.setattr(
        ledger, "check", lambda archive, place=None, step=None: made(archive, place, step)
    )
    yield made
    made.go.set()


def test_long_work_says_how_far_it_is_and_is_stopped(page: Page, slow: Slow) -> None:
    page.get_by_role("tab", name="历次上报").click()
    page.get_by_role("tab", name="疑点").click()
    line = page.locator("#hb-h-notice")
    expect(line.locator("progress")).to_have_attribute("value", "120")
    expect(line).to_contain_text("正在整理")
    # A file is made meanwhile; it has its own line, and ends nothing.
    page.get_by_role("tab", name="报送情况").click()
    assert slow.ended.wait(5)  # what the tab shows was asked for anew
    page.get_by_role("tab", name="疑点").click()
    slow.ended.clear()
    expect(line.locator("progress")).to_be_visible()
    with page.expect_download():
        page.get_by_role("tab", name="报送情况").click()
        page.locator("#hb-h-export-all").click()
    page.get_by_role("tab", name="疑点").click()
    slow.ended.clear()
    line.get_by_role("button", name="停止").click()
    expect(line).to_contain_text("已停止")
    assert slow.ended.wait(5)
    page.get_by_role("tab", name="图表").click()
    page.get_by_role("tab", name="疑点").click()
    expect(line.locator("progress")).to_be_visible()
    slow.go.set()
    expect(page.locator("#hb-h-alarms")).to_contain_text("没有发现")
    expect(line.locator(".hb-working")).to_have_count(0)


def test_one_file_is_made_and_saved_again_and_again(history: Page) -> None:
    for _ in range(3):
        with history.expect_download():
            history.locator("#hb-h-export").click()
