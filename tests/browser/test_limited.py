"""Users who are limited to a township, in a browser: each role sees what lies in it and no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from app.audit import AuditLog, rows
from app.desk import ArchiveDesk
from app.rights.people import People
from app.rights.roles import Role
from app.rights.serving import to_users
from app.web.server import Server, listen
from ingest.job import ingest
from tests.browser.conftest import REPORTS, ask
from tests.browser.test_login import log_in
from tests.browser.window import Window, agreeing, go

_SLOW = 30_000
_PASSWORD = "correct horse"
_TOWN = "鹤坪镇"
_OUTSIDE = ("双枧镇", "枧头村", "水磨湾村", "柳树垭村", "三道渡村", "油房坳村", "大坝子村")
_INSIDE = {"上栗坪村", "磨刀溪村", "老鹰岩村", _TOWN}


@dataclass(frozen=True)
class Site:
    url: str
    archive: Path
    people: People


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    archive = tmp_path_factory.mktemp("limited") / "档案"
    ingest([str(REPORTS)], archive, None, workers=1)
    trail, ready = AuditLog(archive), threading.Event()
    with (
        closing(ArchiveDesk(archive, None, date(2026, 3, 1), audit=trail)) as desk,
        closing(People(archive, trail)) as people,
        listen("127.0.0.1", 0) as listener,
    ):
        for role in Role:
            people.add(role.value, role, _PASSWORD, [_TOWN])
        opened = to_users(desk, people, trail)
        server = Server(opened.desks, "127.0.0.1", listener, lambda _: ready.set(), opened.around)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30)
            yield Site(server.url, archive, people)
        finally:
            server.should_exit = True
            thread.join(15)


@pytest.fixture
def opened(window: Window, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The start page after the login of the role that the test is for."""
    with window.lent() as page, agreeing(page):
        go(page, site.url)
        log_in(page, request.param)
        page.locator("#hb-question textarea").wait_for()
        yield page


def assert_nothing_outside(page: Page) -> None:
    text = page.content()
    assert not [name for name in _OUTSIDE if name in text]


def options(page: Page, selector: str) -> set[str]:
    page.locator(f"{selector} input").click()
    page.get_by_role("option").first.wait_for()
    names = {
        name.strip().removeprefix("✓").strip()
        for name in page.get_by_role("option").all_inner_texts()
    }
    page.locator(f"{selector} input").blur()
    return names


@pytest.mark.parametrize("opened", ["reader", "editor", "admin"], indirect=True)
def test_every_tab_shows_what_lies_in_the_township_and_no_more(
    opened: Page, request: pytest.FixtureRequest
) -> None:
    drafts = request.node.callspec.params["opened"] != "reader"
    expect(opened.locator(".hb-size")).to_contain_text("15 份报告")
    expect(opened.locator(".hb-example").first).to_be_visible()
    assert_nothing_outside(opened)
    ask(opened, "磨刀溪村2022年上半年猕猴桃种植面积是多少?")
    expect(opened.locator("#hb-chat .bot-row").last).to_contain_text("480亩")
    opened.locator("#hb-chat a.hb-cite").first.click()
    expect(opened.locator("#hb-quote")).to_contain_text("猕猴桃种植面积")
    opened.keyboard.press("Escape")
    opened.get_by_role("tab", name="历次上报").click()
    assert options(opened, "#hb-h-place") == _INSIDE
    opened.get_by_role("tab", name="起草").click()
    expect(opened.locator("#hb-d-place")).to_be_visible(visible=drafts)
    if drafts:
        assert options(opened, "#hb-d-place") == _INSIDE
    opened.get_by_role("tab", name="档案").click()
    expect(opened.locator("#hb-a-table tbody tr")).to_have_count(15, timeout=_SLOW)
    assert_nothing_outside(opened)
    opened.get_by_role("tab", name="问答").click()
    # What the question itself names comes back, and nothing else of it.
    ask(opened, "枧头村2021年上半年有多少户脱贫户?")
    reply = opened.locator("#hb-chat .bot-row").last
    expect(reply.locator(".hb-refusal")).to_be_visible()
    assert "97户" not in opened.content()
    assert "双枧镇" not in opened.content()
    assert options(opened, "#hb-place") >= _INSIDE


@pytest.mark.parametrize("opened", ["reader"], indirect=True)
def test_a_reader_is_told_that_drafting_needs_another_role(opened: Page) -> None:
    opened.get_by_role("tab", name="起草").click()
    expect(opened.locator(".hb-may-not-compose")).to_contain_text("编辑")
    expect(opened.locator("#hb-d-compose")).to_be_hidden()


def draft(page: Page) -> None:
    page.get_by_role("tab", name="起草").click()
    page.locator("#hb-d-place input").click()
    page.get_by_role("option", name="磨刀溪村", exact=True).click()
    expect(page.locator("#hb-d-period input")).not_to_have_value("")
    page.locator("#hb-d-compose").click()


@pytest.mark.parametrize("opened", ["editor"], indirect=True)
def test_an_editor_drafts_exports_and_uploads_inside(opened: Page, site: Site) -> None:
    draft(opened)
    expect(opened.locator("#hb-d-paper h2")).to_contain_text("磨刀溪村", timeout=_SLOW)
    with opened.expect_download() as download:
        opened.get_by_role("button", name="导出 Word").click()
    assert download.value.path().stat().st_size > 5000
    noted = [(row["who"], row["of"]) for row in rows(site.archive) if row.get("event") == "export"]
    assert noted == [("editor", [download.value.suggested_filename])]
    opened.get_by_role("tab", name="档案").click()
    expect(opened.locator("#hb-a-table tbody tr").first).to_be_visible(timeout=_SLOW)
    mine = "新坪村2023年上半年工作总结\n一、基本村情\n全村共有党员47名。\n"
    other = "双枧镇枧头村2023年下半年工作总结\n一、基本村情\n全村共有党员58名。\n"
    with opened.expect_file_chooser() as chooser:
        opened.locator("#hb-a-upload").click()
    files = [
        FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
        for name, text in (("新.txt", mine), ("别处.txt", other))
    ]
    chooser.value.set_files(files)
    job = opened.locator("#hb-a-job")
    expect(job).to_contain_text("完成", timeout=60_000)
    expect(job.locator("li", has_text="别处.txt")).to_contain_text("您在这里查不到")
    expect(job.locator("li", has_text="新.txt")).not_to_contain_text("查不到")
    opened.get_by_role("tab", name="问答").click()
    ask(opened, "新坪村2023年上半年有多少党员?")
    expect(opened.locator("#hb-chat .bot-row").last).to_contain_text("47名")
    ask(opened, "枧头村2023年下半年有多少党员?")
    expect(opened.locator("#hb-chat .bot-row").last.locator(".hb-refusal")).to_be_visible()


@pytest.mark.parametrize("opened", ["admin"], indirect=True)
def test_an_administrator_moves_no_report_out_of_the_township(opened: Page) -> None:
    opened.get_by_role("tab", name="档案").click()
    opened.locator("#hb-a-table tbody tr", has_text="老鹰岩村").first.get_by_role(
        "button", name="更正"
    ).click()
    place = opened.locator("#hb-a-place textarea, #hb-a-place input")
    expect(place).to_have_value("老鹰岩村")
    place.fill("枧头村")
    opened.get_by_role("button", name="保存更正").click()
    expect(opened.locator("#hb-a-notice")).to_contain_text("权限所限的地方之外", timeout=_SLOW)


@pytest.mark.parametrize("opened", ["reader"], indirect=True)
def test_other_places_count_from_the_next_question_of_an_open_page(
    opened: Page, site: Site
) -> None:
    question = "枧头村2021年上半年有多少户脱贫户?"
    try:
        ask(opened, question)
        expect(opened.locator("#hb-chat .bot-row").last.locator(".hb-refusal")).to_be_visible()
        site.people.set_rights("reader", None, ["双枧镇"], everywhere=False)
        ask(opened, question)
        expect(opened.locator("#hb-chat .bot-row").last).to_contain_text("97户")
        site.people.set_rights("reader", None, [_TOWN], everywhere=False)
        opened.locator("#hb-chat a.hb-cite").last.click()
        expect(opened.locator("#hb-viewer")).to_contain_text("已不在档案")
    finally:
        site.people.set_rights("reader", None, [_TOWN], everywhere=False)
