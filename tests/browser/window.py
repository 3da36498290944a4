"""One window for test after test: in it the page loads in a third of the time of a first one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Dialog, Error, Page, ViewportSize

DESKTOP = ViewportSize(width=1366, height=768)
_PATIENCE = 15_000
_PLAIN = "/health"
"""A document without a script, open to everybody: there one tidies up before the page loads."""


class Window:
    """What the browser read of the program's files stays; all that a test left behind does not."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None
        self._lent = False

    @contextmanager
    def lent(self, viewport: ViewportSize = DESKTOP, *, dark: bool = False) -> Iterator[Page]:
        """A page that is as empty as one of a fresh profile; a second one at a time is of one."""
        if self._lent:
            page = self._opened(viewport, dark)
            try:
                yield page
            finally:
                page.context.close()
            return
        self._lent = True
        try:
            yield self._emptied(viewport, dark)
        finally:
            self._lent = False
            self._leave()

    def close(self) -> None:
        if self._page is not None:
            self._page.context.close()
            self._page = None

    def _opened(self, viewport: ViewportSize, dark: bool) -> Page:
        context = self._browser.new_context(
            viewport=viewport, locale="zh-CN", color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(_PATIENCE)
        return context.new_page()

    def _emptied(self, viewport: ViewportSize, dark: bool) -> Page:
        if self._page is None:
            self._page = self._opened(viewport, dark)
        context = self._page.context
        context.clear_cookies()
        context.clear_permissions()
        self._page.set_viewport_size(viewport)
        self._page.emulate_media(color_scheme="dark" if dark else "light")
        return self._page

    def _leave(self) -> None:
        """End what the page is doing; one that cannot be ended is not used again."""
        page = self._page
        if page is None:
            return
        try:
            for other in page.context.pages:
                if other is not page:
                    other.close()
            page.goto("about:blank", timeout=_PATIENCE)
        except Error:
            self.close()


def go(page: Page, url: str) -> None:
    """To a server's page, with nothing of what the window kept of an earlier visit there."""
    page.goto(url + _PLAIN)
    page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    page.goto(url)


@contextmanager
def agreeing(page: Page) -> Iterator[None]:
    """Whatever the page asks is answered with yes."""

    def accept(dialog: Dialog) -> None:
        dialog.accept()

    page.on("dialog", accept)
    try:
        yield
    finally:
        page.remove_listener("dialog", accept)
