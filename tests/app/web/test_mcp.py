"""`huibao serve --mcp`: the endpoints as tools, seen by the protocol's own client."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import threading
from collections.abc import Iterator

import pytest

from app.web.desks import OneDesk
from app.web.server import Server, listen, serve
from index.errors import UsageError
from tests.app.web.desk import FakeDesk

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    ready = threading.Event()
    with listen("127.0.0.1", 0) as listener:
        desks = OneDesk(FakeDesk())
        server = Server(desks, "127.0.0.1", listener, lambda _: ready.set(), mcp=True)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(30)
        try:
            yield server.url
        finally:
            server.should_exit = True
            thread.join(10)


async def _tools(url: str) -> list[types.Tool]:
    async with (
        streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return (await session.list_tools()).tools


async def _call(url: str, tool: str, **arguments: object) -> types.CallToolResult:
    async with (
        streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return await session.call_tool(tool, arguments)


def test_the_tools_are_the_endpoints_and_say_what_they_take(url: str) -> None:
    tools = {tool.name: tool for tool in asyncio.run(_tools(url))}
    assert list(tools) == ["ask", "search", "history", "coverage", "draft"]
    assert all(tool.description for tool in tools.values())
    search = tools["search"].inputSchema
    assert set(search["properties"]) == {"question", "limit"}
    assert search["properties"]["question"]["description"]
    draft = tools["draft"].inputSchema["properties"]
    assert set(draft) == {"place", "period", "notes", "unit", "date"}
    assert draft["date"]["description"]


def test_a_tool_answers_with_its_sources(url: str) -> None:
    result = asyncio.run(_call(url, "ask", question="枧头村？"))
    assert not result.isError
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    answer = json.loads(content.text)
    assert answer["direct"] == "97户346人"
    assert answer["citations"][0]["quote"] == "其中贫困户97户346人。"


def test_an_error_comes_in_words(url: str) -> None:
    result = asyncio.run(_call(url, "ask", question="忙吗"))
    assert result.isError
    assert "档案正忙" in str(result.content)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"huibao\[mcp\]"):
        serve(OneDesk(FakeDesk()), port=1, mcp=True)
