"""A real browser on the real page: Debian's Chromium, driven by Playwright, on loopback only."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, ViewportSize, expect, sync_playwright

from app.desk import ArchiveDesk
from app.web.desks import OneDesk
from app.web.ports import Desk
from app.web.server import Server, listen
from ingest.job import ingest
from tests.app.web.desk import FakeDesk

REPORTS = Path(__file__).parents[2] / "eval" / "archive" / "reports"
_REQUIRED = "HUIBAO_BROWSER_REQUIRED"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
_OWN = ("data:", "blob:")
DESKTOP = ViewportSize(width=1366, height=768)

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
    ingest([str(REPORTS)], folder, None)
    with closing(ArchiveDesk(folder, None, date(2026, 3, 1))) as desk, served(desk) as url:
        yield url


@pytest.fixture(scope="package")
def fake_url(browser: Browser) -> Iterator[str]:
    """The page over the desk of the other web tests, one of whose reports is hostile."""
    with served(FakeDesk()) as url:
        yield url


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    """Opens a URL in a fresh profile; afterwards nothing may have left or gone wrong."""
    contexts = []
    outside: list[str] = []
    wrong: list[str] = []

    def answered(dialog: Dialog) -> None:
        # The page itself only asks yes or no; an alert is a script of a report that ran.
        if dialog.type != "confirm":
            wrong.append(dialog.message)
        dialog.accept()

    def opened(url: str, viewport: ViewportSize = DESKTOP, *, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport=viewport, locale="zh-CN", color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((url, *_OWN)) else outside.append(request.url)
            ),
        )
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", answered)
        page.goto(url)
        page.locator("#hb-question textarea").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
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
