"""Every text of every tab, in many states, stands out from its ground (WCAG 2, AA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.rights.people import People
from app.rights.roles import Role
from app.web.login_page import login_html, logout_html
from eval.screenshots import scenes
from tests.browser.conftest import Opens, ask
from tests.browser.test_kept import archive, serving
from tests.browser.test_tabs import PHONE, choose
from tests.browser.window import DESKTOP, Window, go

__all__ = ["archive"]  # a fixture
_CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
_CALM = 400
"""Milliseconds in which a hover or a tab's line comes to rest."""
_SLOW = 30_000

# The same scenes in the dark take as long again: with `make test-long`.
both = pytest.mark.parametrize(
    "dark", [False, pytest.param(True, marks=pytest.mark.long)], ids=["light", "dark"]
)


def hold(page: Page, state: str) -> list[str]:
    """What of the page, as it is, is too faint."""
    page.wait_for_timeout(_CALM)
    return [f"{state}: {line}" for line in page.evaluate(_CONTRAST)]


@both
def test_every_scene_of_the_screenshots(opens: Opens, archive_url: str, dark: bool) -> None:
    page = opens(archive_url, DESKTOP, dark=dark)
    faint = []
    asked = "磨刀溪村2022年上半年有多少党员?"
    for name, scene in scenes("磨刀溪村", "枧头村", "2023H2", asked, "鹤坪镇各村历次党员多少名"):
        scene(page)
        faint += hold(page, name)
    assert faint == []


def _draft(page: Page) -> Iterator[str]:
    page.get_by_role("tab", name="起草", exact=True).click()
    yield "draft, empty"
    page.locator("#hb-d-compose").click()
    expect(page.locator("#hb-d-notice")).not_to_be_empty()
    yield "draft, nothing chosen"
    page.locator("#hb-d-place input").click()
    yield "draft, list of places"
    page.get_by_role("option", name="枧头村", exact=True).click()
    page.locator("#hb-d-typed textarea").fill("总户数900户。\n新发展党员3名。")
    page.locator("#hb-d-compose").click()
    page.locator("#hb-d-paper h2").wait_for(timeout=_SLOW)
    page.locator("#hb-d-paper [data-s]").first.hover()
    yield "draft"
    page.locator("#hb-d-paper [data-s]").first.click()
    page.locator("#hb-d-sentence textarea").fill("全村有9999户。")
    page.locator("[data-do=change]").click()
    expect(page.locator("#hb-d-notice")).to_contain_text("第2版", timeout=_SLOW)
    yield "draft, a sentence in doubt"
    page.locator("[data-do=reject]").click()
    expect(page.locator("#hb-d-notice")).to_contain_text("第3版", timeout=_SLOW)
    yield "draft, a sentence left out"
    for side in ("待补充", "指标对比", "核对", "版本"):
        page.locator("#hb-d-side").get_by_role("tab", name=side, exact=True).click()
        yield f"draft, {side}"
    page.locator("[data-compare]").click()
    page.locator(".hb-differences").wait_for()
    yield "draft, versions compared"


def _history(page: Page) -> Iterator[str]:
    page.get_by_role("tab", name="历次上报", exact=True).click()
    yield "history, nothing chosen"
    page.locator("#hb-h-export").click()
    expect(page.locator("#hb-h-exporting")).not_to_be_empty()
    yield "history, nothing to export"
    page.get_by_role("tab", name="疑点", exact=True).click()
    remark = page.locator(".hb-remark").first
    remark.wait_for(timeout=_SLOW)
    yield "alarms"
    remark.focus()
    yield "alarms, a remark in focus"
    remark.fill("以512亩为准")
    remark.press("Enter")
    page.locator(".hb-settled").first.wait_for(timeout=_SLOW)
    yield "alarms, settled"
    page.locator("[data-reopen]").first.click()
    expect(page.locator(".hb-settled")).to_have_count(0, timeout=_SLOW)


def _archive(page: Page) -> Iterator[str]:
    page.get_by_role("tab", name="档案", exact=True).click()
    page.locator("#hb-a-table [data-report]").first.click()
    page.locator("#hb-a-viewer .hb-text").wait_for()
    yield "archive, a report open"
    page.keyboard.press("Escape")
    page.locator("#hb-a-check").click()
    page.locator(".hb-health").wait_for(timeout=_SLOW)
    yield "archive, health"
    page.locator("#hb-a-text :is(input, textarea)").fill("没有这样的报告")
    expect(page.locator("#hb-a-table .hb-hint")).to_be_visible()
    yield "archive, nothing found"
    page.locator("#hb-a-text :is(input, textarea)").fill("")
    page.locator("#hb-a-removed input").check()
    page.wait_for_timeout(_CALM)
    yield "archive, removed"


@both
@pytest.mark.parametrize("states", [_draft, _history, _archive])
def test_every_state_of_a_tab(
    opens: Opens, archive_url: str, states: Callable[[Page], Iterator[str]], dark: bool
) -> None:
    page = opens(archive_url, DESKTOP, dark=dark)
    assert [line for state in states(page) for line in hold(page, state)] == []


@both
def test_answers_of_every_kind(opens: Opens, fake_url: str, dark: bool) -> None:
    page = opens(fake_url, DESKTOP, dark=dark)
    faint = []
    for question in ("枧头村有多少贫困户?", "王家村脱贫多少户?", "忙", "模型怎么说?", " "):
        if question.strip():
            ask(page, question)
        else:
            page.locator("#hb-ask").click()
        faint += hold(page, f"answer to {question}")
    page.locator("#hb-chat a[href*='#rate-']").last.click()
    page.locator("#hb-remark").wait_for()
    faint += hold(page, "answer, a remark asked for")
    page.locator("#hb-question textarea").fill("慢慢说")
    page.keyboard.press("Enter")
    page.locator("#hb-stop").wait_for()
    faint += hold(page, "answer, still growing")
    assert faint == []


@both
def test_every_tab_of_a_phone(opens: Opens, archive_url: str, dark: bool) -> None:
    page = opens(archive_url, PHONE, dark=dark)
    faint = []
    for title in ("问答", "起草", "历次上报", "档案"):
        choose(page, title)
        faint += hold(page, title)
    assert faint == []


@both
def test_the_pages_around_the_login(window: Window, dark: bool) -> None:
    faint = []
    with window.lent(dark=dark) as page:
        for name, html in (
            ("login", login_html()),
            ("refused", login_html("用户名或密码不对", "wang")),
            ("logout", logout_html("wang")),
        ):
            page.set_content(html)
            faint += hold(page, name)
    assert faint == []


@both
def test_a_page_that_is_cut_off_and_one_of_a_user(
    window: Window, archive: Path, dark: bool
) -> None:
    with closing(People(archive)) as people:
        people.add("wang", Role.READER, "correct horse")
    with window.lent(dark=dark) as page:
        with serving(archive, people=True) as url:
            go(page, url)
            page.get_by_label("用户名").fill("wang")
            page.get_by_label("密码").fill("correct horse")
            page.get_by_role("button", name="登录").click()
            page.locator(".hb-who").wait_for()
            faint = hold(page, "a reader's page")
        page.get_by_role("tab", name="历次上报", exact=True).click()
        page.locator("#hb-lost").wait_for(timeout=_SLOW)
        faint += hold(page, "cut off")
    assert faint == []
