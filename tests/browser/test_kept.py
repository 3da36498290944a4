"""What is typed and not sent: there again after a restart, and for nobody but who typed it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.desk import ArchiveDesk
from app.rights.desks import UserDesks
from app.rights.people import People
from app.rights.roles import Role
from app.web.desks import OneDesk
from app.web.gate import Gate
from app.web.server import Around, Server, listen
from ingest.job import ingest
from tests.browser.conftest import ask
from tests.browser.test_draft import paper, pick, side
from tests.browser.window import Window, agreeing, go

_SLOW = 30_000
_PASSWORD = "correct horse"
_VILLAGE = "枧头村2022年上半年工作总结\n一、基本情况\n全村共有612户2321人。其中党员39名。\n"
_SUM = "全村共有党员60人(枧头组党员20人、杨家组党员30人、石门组党员5人)。\n"


def made(folder: Path) -> Path:
    """Two half-years of a village, each with a sum that is wrong."""
    for name, text in (
        ("枧头村2022上.txt", _VILLAGE + _SUM),
        ("枧头村2021上.txt", _VILLAGE.replace("2022", "2021") + _SUM.replace("60", "61")),
    ):
        (folder / name).write_text(text, "utf-8")
    ingest([str(folder)], folder / "archive", None, workers=1)
    return folder / "archive"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that a test may change."""
    return made(tmp_path)


@contextmanager
def serving(archive: Path, port: int = 0, people: bool = False) -> Iterator[str]:
    """The page over an archive, on a port that may have been another server's a moment ago."""
    ready = threading.Event()
    with (
        closing(ArchiveDesk(archive, None, date(2026, 3, 1))) as desk,
        closing(People(archive)) as known,
        listen("127.0.0.1", port) as listener,
    ):
        desks = UserDesks(desk, known) if people else OneDesk(desk)
        around: Around | None = partial(Gate, people=known) if people else None
        server = Server(desks, "127.0.0.1", listener, lambda _: ready.set(), around)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30)
            yield server.url
        finally:
            server.should_exit = True
            thread.join(15)


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    with window.lent() as page, agreeing(page):
        yield page


def opened(page: Page, url: str) -> None:
    go(page, url)
    page.locator("#hb-question textarea").wait_for()


def kept(page: Page) -> str:
    """All that the browser keeps of what was typed."""
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def question(page: Page) -> str:
    return page.locator("#hb-question textarea").input_value()


def lose(page: Page) -> None:
    """The server is gone, and the page notices when it next asks for something."""
    now = page.locator("#hb-tabs > .tab-wrapper [aria-selected=true]").inner_text()
    for name in ("问答", "历次上报", now):
        page.get_by_role("tab", name=name, exact=True).click()
    expect(page.locator("#hb-lost")).to_contain_text("没有提交的文字会保留", timeout=_SLOW)


def again(page: Page, url: str) -> None:
    """The page as Gradio draws it anew, once the server is back."""
    expect(page.locator("#hb-lost")).to_have_count(0, timeout=_SLOW)
    page.locator("#hb-question textarea").wait_for(state="attached")


def test_a_question_and_notes_are_there_again_after_a_restart(page: Page, archive: Path) -> None:
    with serving(archive) as url:
        opened(page, url)
        page.locator("#hb-question textarea").fill("枧头村有多少户")
        page.get_by_role("tab", name="起草", exact=True).click()
        page.locator("#hb-d-typed textarea").fill("新发展党员3名。")
        page.locator("#hb-d-unit :is(input, textarea)").fill("枧头村党支部")
    lose(page)
    with serving(archive, int(url.rpartition(":")[2])):
        again(page, url)
        # Back on the tab where they were written.
        expect(page.locator("#hb-d-typed textarea")).to_have_value("新发展党员3名。")
        expect(page.locator("#hb-d-unit :is(input, textarea)")).to_have_value("枧头村党支部")
        page.get_by_role("tab", name="问答", exact=True).click()
        box = page.locator("#hb-question textarea")
        expect(box).to_have_value("枧头村有多少户")
        # What was put back is what is asked; once it is asked nothing of it is kept.
        box.press("Enter")
        page.locator("#hb-chat .hb-meta, #hb-chat .hb-refusal").first.wait_for()
        expect(page.locator("#hb-chat .user-row")).to_contain_text("枧头村有多少户")
        page.reload()
        page.locator("#hb-question textarea").wait_for(state="attached")
        page.get_by_role("tab", name="问答", exact=True).click()
        assert "有多少户" not in kept(page)
        assert question(page) == ""


def composed(page: Page, url: str) -> None:
    opened(page, url)
    page.get_by_role("tab", name="起草", exact=True).click()
    page.locator("#hb-d-place input").click()
    page.get_by_role("option", name="枧头村", exact=True).click()
    page.locator("#hb-d-period input").fill("2022H2")
    page.locator("#hb-d-typed textarea").fill("新发展党员3名。")
    page.locator("#hb-d-compose").click()
    page.locator("#hb-d-paper h2").wait_for(timeout=_SLOW)


def test_a_sentence_being_changed_and_figures_typed_in_are_there_again(
    page: Page, archive: Path
) -> None:
    with serving(archive) as url:
        composed(page, url)
        # The notes are in the draft: nothing is unsent.
        page.wait_for_function("!sessionStorage.getItem('huibao-kept')")
        box = pick(page, "新发展党员3名")
        box.fill("新发展党员5名，其中女2名。")
        side(page, "待补充")
        gap = page.locator("#hb-d-gaps input[data-gap]").first
        gap.fill("618")
    lose(page)
    with serving(archive, int(url.rpartition(":")[2])):
        again(page, url)
        box = page.locator("#hb-d-sentence textarea")
        expect(box).to_have_value("新发展党员5名，其中女2名。", timeout=_SLOW)
        expect(paper(page).locator(".hb-s-chosen")).to_contain_text("新发展党员3名")
        side(page, "待补充")
        expect(page.locator("#hb-d-gaps input[data-gap]").first).to_have_value("618")
        side(page, "这一句")
        page.locator("[data-do=change]").click()
        expect(paper(page)).to_contain_text("新发展党员5名", timeout=_SLOW)
        assert "女2名" not in kept(page)
        side(page, "待补充")
        page.locator("#hb-d-gaps [data-do=fill]").click()
        expect(paper(page)).to_contain_text("618", timeout=_SLOW)
        page.wait_for_function("!sessionStorage.getItem('huibao-kept')")


def test_what_is_typed_beside_an_alarm_stays_with_that_alarm(page: Page, archive: Path) -> None:
    with serving(archive) as url:
        opened(page, url)
        page.get_by_role("tab", name="历次上报", exact=True).click()
        page.get_by_role("tab", name="疑点", exact=True).click()
        remark = page.locator("#hb-h-alarms .hb-remark").first
        remark.fill("以60人为准", timeout=_SLOW)
    lose(page)
    with serving(archive, int(url.rpartition(":")[2])):
        again(page, url)
        page.get_by_role("tab", name="疑点", exact=True).click()
        expect(remark).to_have_value("以60人为准", timeout=_SLOW)
        other = page.locator("#hb-h-alarms [data-alarm]", has=page.locator(".hb-remark")).last
        words = other.locator("strong").inner_text()
        other.locator(".hb-remark").fill("还没有核对完")
        remark.press("Enter")
        expect(page.locator("#hb-h-alarms .hb-settled")).to_contain_text("以60人为准")
        # The other one has moved up, with what was typed for it.
        expect(page.locator("#hb-h-alarms strong").first).to_have_text(words)
        expect(remark).to_have_value("还没有核对完")
        expect(page.locator("#hb-h-alarms .hb-remark")).to_have_count(1)
        remark.fill("")
        page.wait_for_function("!sessionStorage.getItem('huibao-kept')")


def log_in(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(_PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#hb-question textarea").wait_for()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The page of an archive with two users, who share a computer and change nothing in it."""
    archive = made(tmp_path_factory.mktemp("shared"))
    with closing(People(archive)) as people:
        for name in ("wang", "li"):
            people.add(name, Role.EDITOR, _PASSWORD)
    with serving(archive, people=True) as url:
        yield url


def test_whoever_logs_in_next_finds_nothing_of_it(page: Page, shared: str) -> None:
    go(page, shared)
    log_in(page, "wang")
    page.locator("#hb-question textarea").fill("只有我写的")
    other = page.context.new_page()
    other.goto(shared)
    other.locator("#hb-question textarea").fill("另一页写的")
    page.wait_for_function("sessionStorage.getItem('huibao-kept')?.includes('只有我写的')")
    page.locator(".hb-who").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_label("用户名").wait_for()
    assert kept(page) == "{}"
    # Nor does it stay on the screen of another tab.
    expect(other.get_by_label("用户名")).to_be_visible()
    assert kept(other) == "{}"
    log_in(page, "li")
    assert question(page) == ""


def test_after_a_login_that_had_ended_it_is_there_for_the_same_person_only(
    page: Page, shared: str
) -> None:
    go(page, shared)
    log_in(page, "wang")
    page.locator("#hb-question textarea").fill("还没有问")
    page.wait_for_function("sessionStorage.getItem('huibao-kept')?.includes('还没有问')")
    page.context.clear_cookies()
    page.reload()
    log_in(page, "wang")
    expect(page.locator("#hb-question textarea")).to_have_value("还没有问")
    page.context.clear_cookies()
    page.reload()
    log_in(page, "li")
    page.wait_for_function("!sessionStorage.getItem('huibao-kept')")
    assert question(page) == ""


def test_a_page_left_open_is_drawn_anew_for_the_next_person(page: Page, shared: str) -> None:
    go(page, shared)
    log_in(page, "wang")
    ask(page, "枧头村2022年上半年有多少党员？")
    page.locator("#hb-question textarea").fill("还没有问")
    page.wait_for_function("sessionStorage.getItem('huibao-kept')?.includes('还没有问')")
    page.context.clear_cookies()
    page.get_by_role("tab", name="档案", exact=True).click()
    page.locator("#hb-a-text :is(input, textarea)").fill("枧")
    told = page.locator("#hb-lost")
    with page.context.expect_page() as window:
        told.get_by_role("link", name="重新登录").click()
    log_in(window.value, "li")
    expect(page.locator(".hb-who")).to_contain_text("li")
    expect(page.locator("#hb-chat .user-row")).to_have_count(0)
    assert question(page) == ""
