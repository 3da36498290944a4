"""An archive with users in a browser: nothing before the login, each role its own, out again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from app.audit import AuditLog, rows
from app.desk import ArchiveDesk
from app.rights.desks import COOKIE, UserDesks
from app.rights.people import People
from app.rights.roles import Role
from app.web.gate import Gate
from app.web.server import Server, listen
from ingest.job import ingest
from tests.browser.conftest import ask
from tests.browser.window import Window, go

_PASSWORD = "correct horse"
_REPORT = "枧头村2022年上半年工作情况汇报\n一、基本村情\n全村共有612户2321人。其中党员39名。\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[str, Path]]:
    """The page of an archive with a user of each role; its URL and the archive's folder."""
    folder = tmp_path_factory.mktemp("users")
    source = folder / "枧头村.txt"
    source.write_text(_REPORT, "utf-8")
    archive = folder / "archive"
    ingest([str(source)], archive, None, workers=1)
    trail, ready = AuditLog(archive), threading.Event()
    with (
        closing(ArchiveDesk(archive, None, audit=trail)) as desk,
        closing(People(archive, trail)) as people,
        listen("127.0.0.1", 0) as listener,
    ):
        for role in Role:
            people.add(role.value, role, _PASSWORD)
        desks, around = UserDesks(desk, people, trail), partial(Gate, people=people)
        server = Server(desks, "127.0.0.1", listener, lambda _: ready.set(), around)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30)
            yield server.url, archive
        finally:
            server.should_exit = True
            thread.join(15)


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    wrong: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # What is refused on purpose is reported by the browser, too.
        if message.type == "error" and "status of 40" not in message.text:
            wrong.append(message.text)

    with window.lent() as page:
        page.on("console", said)
        yield page
    page.remove_listener("console", said)
    assert wrong == []


def log_in(page: Page, name: str, password: str = _PASSWORD) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("role", ["reader", "editor", "admin"])
def test_each_role_logs_in_asks_and_logs_out(page: Page, site: tuple[str, Path], role: str) -> None:
    url, archive = site
    go(page, url)
    expect(page).to_have_url(f"{url}/login")
    log_in(page, role)
    expect(page.locator(".hb-who")).to_contain_text(role)
    ask(page, "枧头村2022年上半年有多少党员?")
    expect(page.locator("#hb-chat .bot-row").last).to_contain_text("39名")
    assert [row["who"] for row in rows(archive) if "question" in row][-1] == role
    page.locator("#hb-chat a.hb-cite").first.click()
    page.locator("#hb-quote").wait_for()
    opened = list(rows(archive))[-1]
    assert (opened["event"], opened["who"], len(opened["of"])) == ("report", role, 1)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (COOKIE, True, "Strict")
    page.locator(".hb-who").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(f"{url}/login")
    page.goto(url)
    expect(page).to_have_url(f"{url}/login")


@pytest.mark.parametrize(("role", "shown"), [("reader", 0), ("editor", 1), ("admin", 3)])
def test_buttons_that_a_role_may_not_use_are_not_there(
    page: Page, site: tuple[str, Path], role: str, shown: int
) -> None:
    go(page, site[0])
    log_in(page, role)
    page.get_by_role("tab", name="档案").click()
    expect(page.locator("#hb-a-table tbody tr")).to_have_count(1)
    expect(page.locator("#hb-a-table thead th:visible")).to_have_count(7 if shown == 3 else 6)
    buttons = page.locator("#hb-a-upload, #hb-a-table [data-edit], #hb-a-table [data-remove]")
    expect(buttons.locator("visible=true")).to_have_count(shown)


def test_who_may_not_draft_is_told_so_before_and_not_after(
    page: Page, site: tuple[str, Path]
) -> None:
    go(page, site[0])
    log_in(page, "reader")
    page.get_by_role("tab", name="起草").click()
    expect(page.locator("#hb-d-paper")).to_contain_text("起草和修改请找编辑或管理员")
    expect(page.locator("#hb-d-new, #hb-d-import").locator("visible=true")).to_have_count(0)


def test_a_wrong_password_says_so_and_keeps_the_name(page: Page, site: tuple[str, Path]) -> None:
    url, archive = site
    page.goto(f"{url}/login")
    log_in(page, "reader", "wrong password")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不对")
    expect(page.get_by_label("用户名")).to_have_value("reader")
    assert list(rows(archive))[-1]["event"] == "login refused"


def test_a_page_whose_session_ended_says_so_instead_of_answering(
    page: Page, site: tuple[str, Path]
) -> None:
    url, _ = site
    go(page, url)
    log_in(page, "reader")
    page.locator("#hb-question textarea").wait_for()
    page.context.clear_cookies()
    page.locator("#hb-question textarea").fill("枧头村有多少党员?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("请先登录").first).to_be_visible()
    assert "39名" not in page.locator("#hb-chat").inner_text()


def test_a_session_that_ended_is_said_above_any_tab_and_the_page_goes_on_after_a_new_login(
    page: Page, site: tuple[str, Path]
) -> None:
    url, _ = site
    go(page, url)
    log_in(page, "editor")
    page.locator("#hb-question textarea").wait_for()
    page.get_by_role("tab", name="起草", exact=True).click()
    page.locator("#hb-d-typed textarea").fill("新发展党员3名。")
    page.get_by_role("tab", name="档案", exact=True).click()
    expect(page.locator("#hb-a-table tbody tr")).to_have_count(1)
    page.context.clear_cookies()
    page.locator("#hb-a-text textarea, #hb-a-text input").fill("没有的")
    told = page.locator("#hb-lost")
    expect(told).to_contain_text("登录已过期，请先登录")
    with page.context.expect_page() as opened:
        told.get_by_role("link", name="重新登录").click()
    log_in(opened.value, "editor")
    opened.value.locator("#hb-question textarea").wait_for()
    expect(told).to_have_count(0)
    page.locator("#hb-a-text textarea, #hb-a-text input").fill("枧头")
    expect(page.locator("#hb-a-table tbody tr")).to_have_count(1)
    expect(page.locator("#hb-d-typed textarea")).to_have_value("新发展党员3名。")


_DIRECT = """async ([path, body]) => {
    const sent = typeof body === 'string'
        ? body : (() => { const form = new FormData();
            form.append('files', new Blob(['x']), 'x.txt'); return form; })();
    const headers = typeof body === 'string' ? {'content-type': 'application/json'} : {};
    const answer = await fetch(path, {method: 'POST', body: sent, headers});
    return [answer.status, await answer.text()];
}"""


def test_what_a_role_may_not_do_stays_undone_by_direct_request_from_its_page(
    page: Page, site: tuple[str, Path]
) -> None:
    url, archive = site
    go(page, url)
    log_in(page, "reader")
    page.locator("#hb-question textarea").wait_for()
    status, said = page.evaluate(_DIRECT, ["/gradio_api/upload", None])
    assert status == 403
    assert "权限" in said or "角色" in said or "editor" in said
    config = page.evaluate("window.gradio_config")
    table = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "hb-a-table")
    page.get_by_role("tab", name="档案").click()
    report = page.locator("#hb-a-table tbody tr").first.get_attribute("data-id")
    changing = [d for d in config["dependencies"] if [table, "remove"] in d["targets"]]
    changing += [d for d in config["dependencies"] if [table, "restore"] in d["targets"]]
    assert len(changing) == 2
    for event in changing:
        body = {
            "data": [],
            "event_data": {"report": report},
            "fn_index": event["id"],
            "session_hash": "direct",
        }
        status, said = page.evaluate(_DIRECT, ["/gradio_api/run/predict", json.dumps(body)])
        assert "已移除" not in said
    refused = [row for row in rows(archive) if row.get("event") == "not allowed"]
    assert {row["who"] for row in refused} == {"reader"}
    page.reload()
    page.get_by_role("tab", name="档案").click()
    expect(page.locator("#hb-a-table tbody tr")).to_have_count(1)
    page.get_by_role("tab", name="问答").click()
    ask(page, "枧头村2022年上半年有多少党员?")
    expect(page.locator("#hb-chat .bot-row").last).to_contain_text("39名")
