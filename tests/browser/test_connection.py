"""A server that goes away and comes back: the page says so in words and goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from app.web.desks import OneDesk
from app.web.server import Server, listen
from tests.app.web.desk import FakeDesk
from tests.browser.conftest import ask
from tests.browser.window import Window, go


@contextmanager
def _served(port: int) -> Iterator[str]:
    ready = threading.Event()
    with listen("127.0.0.1", port) as listener:
        server = Server(OneDesk(FakeDesk()), "127.0.0.1", listener, lambda _: ready.set())
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(30)
        try:
            yield server.url
        finally:
            server.should_exit = True
            thread.join(15)


def test_a_page_says_that_the_server_is_gone_and_goes_on_when_it_is_back(window: Window) -> None:
    with window.lent() as page:
        lost = page.locator("#hb-lost")
        with _served(0) as url:
            go(page, url)
            page.locator("#hb-question textarea").wait_for()
            ask(page, "枧头村有多少贫困户?")
            expect(lost).to_have_count(0)
        box = page.locator("#hb-question textarea")
        box.fill("枧头村硬化道路多少米?")
        box.press("Enter")
        expect(lost).to_contain_text("连不上服务器")
        # Gradio's own words for it are English.
        expect(page.get_by_text("Connection to the server")).to_be_hidden()
        with _served(int(url.rpartition(":")[2])):
            # Gradio loads the page anew: what the new server does not know is not shown.
            expect(lost).to_have_count(0)
            expect(page.locator("#hb-chat .user-row")).to_have_count(0)
            ask(page, "枧头村有多少贫困户?")
            page.locator("#hb-chat a.hb-cite").first.click()
            expect(page.locator("#hb-viewer mark.hb-cited")).to_be_in_viewport()
