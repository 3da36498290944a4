"""Every tab is opened: nothing goes out, nothing goes wrong, nothing is wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.web.page import TABS
from tests.browser.conftest import Opens
from tests.browser.window import DESKTOP

PHONE = ViewportSize(width=390, height=844)
ZOOMED = ViewportSize(width=1093, height=614)
"""What a screen of 1366×768 has room for at 125 %."""


def _each_tab(page: Page) -> None:
    width = page.evaluate("innerWidth")
    for tab in TABS:
        choose(page, tab.title)
        panel = page.get_by_role("tabpanel").locator("visible=true").first
        inner = panel.get_by_role("tab").locator("visible=true")
        for position in range(inner.count()):
            inner.nth(position).click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator(".hb-notice[role=alert]:visible")).to_have_count(0)


def choose(page: Page, title: str) -> None:
    """A tab by its title, wherever a narrow screen puts it."""
    tab = page.locator("#hb-tabs > .tab-wrapper").get_by_role("tab", name=title, exact=True)
    if not tab.first.is_visible():
        page.locator("#hb-tabs > .tab-wrapper .overflow-menu > button").click()
        page.locator("#hb-tabs > .tab-wrapper .overflow-dropdown button", has_text=title).click()
        return
    tab.first.click()


@pytest.mark.parametrize(
    ("size", "dark"),
    [(DESKTOP, False), (ZOOMED, True), (PHONE, False)],
    ids=["desktop", "zoomed", "phone"],
)
def test_every_tab_opens(opens: Opens, archive_url: str, size: ViewportSize, dark: bool) -> None:
    _each_tab(opens(archive_url, size, dark=dark))
