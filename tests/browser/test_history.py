"""The tab 历次上报 in a browser: figures, chart, alarms, who filed; Excel as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

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
