"""A real browser on the real page: Debian's Chromium, driven by Playwright, on loopback only."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from app.desk import ArchiveDesk
from app.web.desks import OneDesk
from app.web.ports import Desk
from app.web.server import Server, listen
from ingest.job import ingest
from tests.app.web.desk import FakeDesk
from tests.browser.window import DESKTOP, Window, go

REPORTS = Path(__file__).parents[2] / "eval" / "archive" / "reports"
_REQUIRED = "HUIBAO_BROWSER_REQUIRED"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
_OWN = ("data:", "blob:")

Opens = Callable[..., Page]


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The page over a desk, in a thread, on a free port; its URL."""
    ready = threading.Event()
    with listen("127.0.0.1", 0) as listener:
        server = Server(OneDesk(desk), "127.0.0.1", listener, lambda _: ready.set())
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30)
            yield server.url
        finally:
            server.should_exit = True
            thread.join(15)
    assert not thread.is_alive()


# Of the package, not the session: Playwright's event loop runs while it is open, and the tests of
# other folders that use asyncio need their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Skips where there is no Chromium, unless HUIBAO_BROWSER_REQUIRED is set."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get(_REQUIRED):
            pytest.fail(f"no chromium on the path, and {_REQUIRED} is set")
        pytest.skip("no chromium on the path")
    with sync_playwright() as playwright:
        # Playwright gives every browser an empty profile of its own.
        launched = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def archive_url(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The page over the sample archive, by words only: a model would cost half a minute."""
    folder = tmp_path_factory.mktemp("网页") / "档案"
    ingest([str(REPORTS)], folder, None, workers=1)
    with closing(ArchiveDesk(folder, None, date(2026, 3, 1))) as desk, served(desk) as url:
        yield url


@pytest.fixture(scope="package")
def fake_url(browser: Browser) -> Iterator[str]:
    """The page over the desk of the other web tests, one of whose reports is hostile."""
    with served(FakeDesk()) as url:
        yield url


@pytest.fixture(scope="package")
def window(browser: Browser) -> Iterator[Window]:
    """The window that one test after another works in."""
    made = Window(browser)
    yield made
    made.close()


@pytest.fixture
def opens(window: Window) -> Iterator[Opens]:
    """Opens a URL as in a fresh profile; afterwards nothing may have left or gone wrong."""
    heard: list[tuple[Page, str, Callable[..., None]]] = []
    outside: list[str] = []
    wrong: list[str] = []

    def answered(dialog: Dialog) -> None:
        # The page itself only asks yes or no; an alert is a script of a report that ran.
        if dialog.type != "confirm":
            wrong.append(dialog.message)
        dialog.accept()

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    with ExitStack() as lent:

        def opened(url: str, viewport: ViewportSize = DESKTOP, *, dark: bool = False) -> Page:
            def asked(request: Request) -> None:
                if not request.url.startswith((url, *_OWN)):
                    outside.append(request.url)

            page = lent.enter_context(window.lent(viewport, dark=dark))
            for event, hear in (
                ("request", asked),
                ("console", said),
                ("pageerror", lambda error: wrong.append(str(error))),
                ("dialog", answered),
            ):
                page.on(event, hear)
                heard.append((page, event, hear))
            go(page, url)
            page.locator("#hb-question textarea").wait_for()
            return page

        yield opened
        # What a page says while it is left, in the middle of something, is nobody's matter.
        for page, event, hear in heard:
            page.remove_listener(event, hear)
    assert outside == []
    assert wrong == []


@pytest.fixture
def page(opens: Opens, archive_url: str) -> Page:
    """The start page over the sample archive."""
    return opens(archive_url)


@pytest.fixture
def fake(opens: Opens, fake_url: str) -> Page:
    """The start page over the fake desk."""
    return opens(fake_url)


# A busy office computer, or a test machine, may take its time; only a wrong page takes for ever.
expect.set_options(timeout=15_000)


def ask(page: Page, question: str) -> None:
    """Ask by keyboard and wait for the whole answer."""
    # Enter waits for an answer that is still coming.
    page.locator("#hb-ask").wait_for()
    before = page.locator("#hb-chat .bot-row").count()
    box = page.locator("#hb-question textarea")
    box.fill(question)
    box.press("Enter")
    reply = page.locator("#hb-chat .bot-row").nth(before)
    reply.locator(".hb-meta, .hb-refusal, .hb-error").first.wait_for()
