"""The tab 档案 in a browser: find, correct, remove, restore, upload while questions go on."""

from __future__ import annotations

import itertools
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from app.desk import ArchiveDesk
from app.intake import IntakeDesk
from index.archive import create_archive
from index.lock import writing
from ingest.job import FileOutcome, ingest
from tests.browser.conftest import REPORTS, Opens, ask, served

_SLOW = 30_000
_HALF = 25
_KNOWN = "石板村2022年上半年工作总结\n一、基本村情\n全村共有612户2321人,其中党员39名。\n"
_NAME = "<img src=x onerror=alert(3)>.txt"
_HOSTILE = (
    "恶石村2023年上半年工作总结<img src=x onerror=alert(1)>\n一、基本村情\n"
    "全村共有党员<script>alert(2)</script>47名。\n恶石村修建<b>公路</b>9公里。\n"
    "全村共有脱贫户97户346人<script>alert(4)</script>。\n"
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The page over an archive of one report, which these tests change."""
    folder = tmp_path_factory.mktemp("tab") / "档案"
    report = folder.parent / "石板村.txt"
    report.write_text(_KNOWN, "utf-8")
    ingest([str(report)], folder, None, workers=1)
    with closing(ArchiveDesk(folder, None, date(2026, 3, 1))) as desk, served(desk) as url:
        yield url


def test_an_empty_archive_says_what_to_do_first_and_leads_there(
    opens: Opens, tmp_path: Path
) -> None:
    folder = tmp_path / "空"
    with writing(folder), closing(create_archive(folder)):
        pass
    with closing(ArchiveDesk(folder, None)) as desk, served(desk) as url:
        page = opens(url)
        page.get_by_role("link", name="去「档案」上传").click()
        expect(page.locator("#hb-a-table")).to_contain_text("档案里还没有报告。点「上传报告」")
        expect(page.locator("#hb-a-next")).to_be_hidden()
        expect(page.get_by_text("请管理员收入").locator("visible=true")).to_have_count(0)
        report = tmp_path / "甲村.txt"
        report.write_text("甲村2022年上半年工作总结\n一、基本情况\n全村共有党员39名。\n", "utf-8")
        with page.expect_file_chooser() as chooser:
            page.locator("#hb-a-upload").click()
        chooser.value.set_files(report)
        expect(page.locator("#hb-a-table tbody tr")).to_have_count(1, timeout=30_000)
        page.get_by_role("tab", name="问答", exact=True).click()
        ask(page, "甲村2022年上半年有多少党员？")
        expect(page.locator("#hb-chat .bot-row").last).to_contain_text("39名")


@pytest.fixture
def archive(opens: Opens, url: str) -> Page:
    page = opens(url)
    page.get_by_role("tab", name="档案").click()
    expect(page.locator("#hb-a-table tbody tr").first).to_be_visible()
    return page


def upload(page: Page, files: Sequence[FilePayload] | Sequence[Path]) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#hb-a-upload").click()
    chooser.value.set_files(files)


def find(page: Page, text: str) -> None:
    page.locator("#hb-a-text textarea, #hb-a-text input").fill(text)


def text_file(name: str, text: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())


def finished(page: Page) -> None:
    expect(page.locator("#hb-a-job")).to_contain_text("完成", timeout=60_000)


def ask_there(page: Page, question: str) -> None:
    page.get_by_role("tab", name="问答").click()
    ask(page, question)


def test_what_is_corrected_is_found_under_its_new_period(archive: Page) -> None:
    find(archive, "石板")
    known = archive.locator("#hb-a-table tbody tr", has_text="石板村")
    expect(known).to_have_count(1)
    known.get_by_role("button", name="更正").click()
    period = archive.locator("#hb-a-period textarea, #hb-a-period input")
    expect(period).to_have_value("2022H1")
    period.fill("2024H1")
    archive.get_by_role("button", name="保存更正").click()
    expect(archive.locator("#hb-a-notice")).to_contain_text("已更正", timeout=_SLOW)
    expect(known).to_contain_text("2024年上半年")
    ask_there(archive, "石板村2024年上半年有多少党员?")
    expect(archive.locator("#hb-chat .bot-row").last).to_contain_text("39名")


def test_what_is_removed_is_not_answered_from_until_it_is_restored(archive: Page) -> None:
    listed = archive.locator("#hb-a-table tbody tr", has_text="石板村")
    listed.get_by_role("button", name="移除").click()
    expect(archive.locator("#hb-a-notice")).to_contain_text("已移除", timeout=_SLOW)
    expect(archive.locator("#hb-a-table")).to_contain_text("没有符合的报告")
    ask_there(archive, "石板村有多少党员?")
    expect(archive.locator("#hb-chat .hb-refusal")).to_be_visible()
    archive.get_by_role("tab", name="档案").click()
    archive.get_by_label("只看已移除的").check()
    archive.get_by_role("button", name="恢复").click()
    expect(archive.locator("#hb-a-notice")).to_contain_text("已恢复", timeout=_SLOW)
    ask_there(archive, "石板村有多少党员?")
    expect(archive.locator("#hb-chat .bot-row").last).to_contain_text("39名")


def test_files_and_a_zip_are_taken_in_while_a_question_is_answered(
    archive: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half of them wait for the answer: which of the two is faster depends on the machine.
    answered, told, seen = threading.Event(), IntakeDesk._told, itertools.count(1)

    def waits(intake: IntakeDesk, outcome: FileOutcome) -> FileOutcome:
        if next(seen) == _HALF:
            answered.wait(60)
        return told(intake, outcome)

    monkeypatch.setattr(IntakeDesk, "_told", waits)
    packed = tmp_path / "各村.zip"
    with zipfile.ZipFile(packed, "w") as written:
        for path in sorted(REPORTS.rglob("*")):
            if path.is_file():
                written.write(path, path.relative_to(REPORTS))
    broken = tmp_path / "坏的.docx"
    broken.write_bytes(b"no office file")
    upload(archive, [packed, broken])
    job = archive.locator("#hb-a-job")
    expect(job).to_contain_text("已处理", timeout=_SLOW)
    expect(archive.locator("#hb-a-stop")).to_be_visible()
    ask_there(archive, "石板村有多少党员?")
    expect(archive.locator("#hb-chat .bot-row").last).to_contain_text("39名")
    assert "完成" not in (job.text_content() or "")
    answered.set()
    archive.get_by_role("tab", name="档案").click()
    finished(archive)
    expect(job.locator("li", has_text="坏的.docx")).to_contain_text("失败")
    expect(job.locator("li", has_text="磨刀溪2022半年.txt")).to_contain_text("已收入")
    expect(archive.locator("#hb-a-stop")).to_be_hidden()
    ask_there(archive, "磨刀溪村2022年上半年猕猴桃种植面积是多少?")
    expect(archive.locator("#hb-chat .bot-row").last).to_contain_text("480亩")


def test_html_in_an_uploaded_report_is_shown_as_text_everywhere(archive: Page) -> None:
    before = _HOSTILE.replace("2023年上半年", "2022年下半年").replace("97户", "99户")
    upload(archive, [text_file(_NAME, _HOSTILE), text_file(f"上期{_NAME}", before)])
    finished(archive)
    find(archive, "恶石")
    listed = archive.locator("#hb-a-table tbody tr", has_text="恶石村2023年上半年")
    expect(listed).to_contain_text("onerror=alert(1)")
    listed.locator("button.hb-v").click()
    expect(archive.locator("#hb-a-viewer .hb-text")).to_contain_text("<script>alert(2)</script>")
    archive.keyboard.press("Escape")
    ask_there(archive, "恶石村有多少党员?")
    archive.locator("#hb-chat a.hb-cite").first.click()
    expect(archive.locator("#hb-viewer .hb-text")).to_contain_text("<b>公路</b>")
    archive.get_by_role("tab", name="历次上报").click()
    archive.locator("#hb-h-place input").click()
    archive.get_by_role("option", name="恶石村").click()
    expect(archive.locator("#hb-h-table")).to_contain_text("97", timeout=_SLOW)
    archive.get_by_role("tab", name="图表").click()
    expect(archive.locator("#hb-h-chart .legendtext").first).to_be_visible(timeout=_SLOW)
    assert archive.locator("img[onerror], #hb-tabs script, .hb-text b").count() == 0


def test_an_upload_that_is_stopped_keeps_what_is_in_and_names_what_is_left(
    archive: Page, tmp_path: Path
) -> None:
    packed = tmp_path / "新村.zip"
    names = [f"{a}{b}坪村" for a in "青白黑红黄紫" for b in "松柏杨柳桐槐榆枫"]
    with zipfile.ZipFile(packed, "w") as written:
        for n, name in enumerate(names):
            text = _KNOWN.replace("石板村", name).replace("党员39名", f"党员{n + 100}名")
            written.writestr(f"{n:02}{name}.txt", text + "修建水渠9公里。\n" * 200)
    last = text_file("最后.txt", _KNOWN.replace("石板村", "最后村"))
    late = tmp_path / "最后.txt"
    late.write_bytes(last["buffer"])
    upload(archive, [packed, late])
    job = archive.locator("#hb-a-job")
    expect(job.locator("progress")).to_be_visible(timeout=_SLOW)
    archive.locator("#hb-a-stop").click()
    expect(job).to_contain_text("已停止", timeout=_SLOW)
    expect(job).to_contain_text("没有处理的文件")
    expect(archive.locator("#hb-a-stop")).to_be_hidden()
    done = job.locator("li").count()
    assert 0 < done <= len(names)
    find(archive, "新村.zip")
    expect(archive.locator("#hb-a-table tbody tr")).to_have_count(min(50, done), timeout=_SLOW)
    ask_there(archive, f"{names[0]}有多少党员?")
    expect(archive.locator("#hb-chat .bot-row").last).to_contain_text("100名")
    # Nothing is lost: the same file brings what is left, once.
    archive.get_by_role("tab", name="档案").click()
    upload(archive, [packed, late])
    finished(archive)
    expect(job).to_contain_text(f"重复 {done}")
    expect(job).to_contain_text(f"已收入 {len(names) + 1 - done}")


def test_copies_and_the_state_of_the_program_are_shown(archive: Page) -> None:
    upload(archive, [text_file("又一份.txt", _KNOWN), text_file("空的.txt", "")])
    finished(archive)
    outcome = archive.locator("#hb-a-job li", has_text="又一份.txt")
    expect(outcome).to_contain_text("重复 又一份.txt：内容与")
    expect(archive.locator("#hb-a-job li", has_text="空的.txt")).to_contain_text("文件是空的")
    archive.get_by_text("完全相同的文件").click()
    expect(archive.locator("#hb-a-table")).to_contain_text("又一份.txt")
    archive.get_by_role("button", name="运行状况").click()
    expect(archive.locator("#hb-a-health")).to_contain_text("版本：汇报")
    expect(archive.locator("#hb-a-health")).to_contain_text("磁盘")
