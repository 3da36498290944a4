"""The page as it is served on loopback: what it names, what its endpoints answer, how it ends."""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
import pytest

from app.web import page
from app.web.desks import OneDesk
from app.web.ports import Desks
from app.web.server import PortTaken, Server, application, listen
from app.web.sessions import SESSIONS
from index.errors import HuibaoError, UsageError
from tests.app.web.desk import FakeDesk


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server in a thread, on a port of its own, for the tests of this module."""
    with served(OneDesk(FakeDesk())) as address:
        yield address


@contextmanager
def served(desks: Desks) -> Iterator[str]:
    ready = threading.Event()
    urls: list[str] = []

    def on_ready(address: str) -> None:
        urls.append(address)
        ready.set()

    with listen("127.0.0.1", 0) as listener:
        server = Server(desks, "127.0.0.1", listener, on_ready)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(20)
        try:
            yield urls[0]
        finally:
            server.should_exit = True
            thread.join(10)
        assert not thread.is_alive()


def get(url: str, data: object = None) -> str:
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return str(response.read().decode())


def call(url: str, *data: Any) -> tuple[str, Any]:
    """Calls the endpoint `ask`; the name of its last event and what that event carries."""
    event = json.loads(get(f"{url}/gradio_api/call/ask", {"data": data}))["event_id"]
    answer = get(f"{url}/gradio_api/call/ask/{event}")
    (name,) = re.findall(r"^event: (.+)$", answer, re.M)
    return name, json.loads(re.findall(r"^data: (.+)$", answer, re.M)[0])


def test_the_page_names_no_other_computer(url: str) -> None:
    served = get(url) + get(f"{url}/config") + get(f"{url}/theme.css")
    hosts = set(re.findall(r"(?:https?:|wss?:|[\"'(])//([\w.-]+)", served))
    # A name space, which nothing ever fetches: the icon is an inline SVG.
    assert hosts <= {url.removeprefix("http://").split(":")[0], "www.w3.org"}
    assert 'lang="zh-CN"' in served


def test_the_page_carries_the_policy(url: str) -> None:
    with urllib.request.urlopen(url, timeout=10) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/gradio_api/runs"])
def test_pages_that_load_from_elsewhere_are_not_there(url: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(url + path)


def test_the_offered_endpoints_are_those_for_programs(url: str) -> None:
    offered = json.loads(get(f"{url}/gradio_api/info"))
    assert list(offered["named_endpoints"]) == [
        "/ask",
        "/search",
        "/history",
        "/coverage",
        "/draft",
    ]
    assert offered["unnamed_endpoints"] == {}


def test_the_endpoint_returns_the_answer(url: str) -> None:
    name, (answer,) = call(url, "枧头村？", None, None, None)
    assert name == "complete"
    assert answer["refused"] is False
    assert answer["citations"][0]["report"]["id"] == "r1"
    assert answer["sentences"][0]["citations"] == [1]
    assert "97户346人。[1]" in answer["answer"]


def test_the_endpoint_returns_the_message_of_an_error(url: str) -> None:
    name, error = call(url, "忙吗", None, None, None)
    assert name == "error"
    assert error["error"] == "档案正忙，请稍后再问。"


def test_questions_at_once_are_all_answered(url: str) -> None:
    names: list[str] = []
    threads = [
        threading.Thread(target=lambda: names.append(call(url, "枧头村？", None, None, None)[0]))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert names == ["complete"] * 6


def test_a_taken_port_is_known_and_says_what_to_do() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken, match="--port"):
            listen("127.0.0.1", port)


def test_an_impossible_address_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="--host") as caught:
        listen("127.0.0.1", 70000)
    assert not isinstance(caught.value, PortTaken)


def test_building_raises_what_the_archive_raises() -> None:
    class Unusable(FakeDesk):
        def overview(self) -> Any:
            raise HuibaoError("没有档案。")

    with pytest.raises(HuibaoError, match="没有档案"):
        page.build(OneDesk(Unusable()))


@pytest.mark.parametrize("reports", [0, 2])
def test_an_empty_archive_offers_no_examples(reports: int) -> None:
    blocks = page.build(OneDesk(FakeDesk(reports))).blocks
    buttons = [b for b in blocks.values() if isinstance(b, gr.Button)]
    shown = [b.value for b in buttons if "hb-example" in b.elem_classes and b.visible]
    assert len(shown) == (3 if reports else 0)


def test_another_tab_is_one_more_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(desks: object, overview: object) -> tuple[list[Any], page.Refresh]:
        size = gr.HTML("")
        return [size], lambda desk, now: [str(now.reports)]

    monkeypatch.setattr(page, "TABS", (*page.TABS, page.Tab("档案", draw)))
    tabs = [
        b.label for b in page.build(OneDesk(FakeDesk())).blocks.values() if isinstance(b, gr.Tab)
    ]
    assert tabs[0] == "问答"
    assert tabs[-1] == "档案"


class ByCookie:
    """Two desks, told apart by a cookie; the page is drawn from a third."""

    def __init__(self) -> None:
        self.desks = {"": FakeDesk(), "a": FakeDesk(), "b": FakeDesk()}

    def of(self, request: gr.Request | None) -> FakeDesk:
        return self.desks[self.who(request)]

    def who(self, request: gr.Request | None) -> str:
        return "" if request is None else str(request.cookies["who"])


def test_a_question_from_the_queue_reaches_the_desk_of_its_sender() -> None:
    desks = ByCookie()
    with served(desks) as address:
        for who in "aab":
            body = json.dumps({"data": ["枧头村？", None, None, None]}).encode()
            headers = {"Content-Type": "application/json", "Cookie": f"who={who}"}
            sent = urllib.request.Request(f"{address}/gradio_api/call/ask", body, headers)
            with urllib.request.urlopen(sent, timeout=10) as response:
                event = json.loads(response.read())["event_id"]
            assert "event: complete" in get(f"{address}/gradio_api/call/ask/{event}")
    assert {who: len(desk.asked) for who, desk in desks.desks.items()} == {"": 0, "a": 2, "b": 1}


def test_health_says_whether_the_archive_can_be_read_and_nothing_else() -> None:
    class Failing(FakeDesk):
        fails = False

        def overview(self) -> Any:
            if self.fails:
                raise HuibaoError("没有档案。")
            return super().overview()

    desk = Failing()
    with served(OneDesk(desk)) as address:
        assert json.loads(get(f"{address}/health")) == {"status": "ok"}
        desk.fails = True
        with pytest.raises(urllib.error.HTTPError, match="503") as caught:
            get(f"{address}/health")
        assert json.loads(caught.value.read()) == {"status": "unavailable"}


def gradio_page() -> Any:
    apps = [getattr(route, "app", None) for route in application(OneDesk(FakeDesk())).routes]
    (page,) = [one for one in apps if isinstance(one, gr.routes.App)]
    return page


def test_only_so_many_sessions_are_remembered() -> None:
    page = gradio_page()
    for n in range(SESSIONS + 2):
        page.state_holder[f"s{n}"]
    assert len(page.state_holder.session_data) == SESSIONS
    assert "s0" not in page.state_holder


def test_a_session_keeps_no_description_of_the_page(url: str) -> None:
    """Making one for each caller took most of a server's time under load."""
    app = application(OneDesk(FakeDesk()))
    (page,) = [
        one.app for one in app.routes if isinstance(getattr(one, "app", None), gr.routes.App)
    ]
    session = page.state_holder["s"]
    chat = next(key for key, one in session.blocks_config.blocks.items() if type(one) is gr.Chatbot)
    session[chat] = session[chat]
    session._update_config(chat)
    session._update_value_in_config(chat, [{"role": "user", "content": "上杉村有多少户?"}])
    assert not any(session.config_values.values())
    # Else whoever knows a session's name could have its conversation written to a file.
    assert get(f"{url}/gradio_api/deep_link?session_hash=nobody") == '""'


def test_the_page_keeps_no_record_of_who_asked_when() -> None:
    blocks = page.build(OneDesk(FakeDesk()))
    assert blocks._queue.ANALYTICS_MAX_EVENTS == 1
    assert blocks._queue.ANAYLTICS_CACHE_FREQUENCY > 10**9
