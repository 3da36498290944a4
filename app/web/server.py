"""Serves the page on one address of this computer, until Ctrl-C."""

from __future__ import annotations

import errno
import gc
import importlib.util
import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Read by Gradio and huggingface_hub when they are imported, so before the imports below: neither
# may report a start to its makers. `setdefault` would keep a user's own "True".
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# Gradio makes a pandas table of its last 10,000 events after each of them, for a monitoring page
# that is switched off here; it also keeps who asked when.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from app.web import style, texts
from app.web.offline import Offline
from app.web.page import build
from app.web.ports import Desks
from app.web.sessions import remember_in
from index.errors import HuibaoError, UsageError

INSIDE = "x-huibao-inside"
"""The header by which the gate knows what the MCP server asks of its own page."""
Ready = Callable[[str], None]
Around = Callable[[ASGIApp], ASGIApp]
"""What is laid around the whole page, such as the gate of an archive with users."""


class PortTaken(UsageError):
    """Another program listens on the port: close it or choose another with --port."""


def serve(
    desks: Desks,
    host: str = "127.0.0.1",
    port: int = 7860,
    on_ready: Ready | None = None,
    around: Around | None = None,
    *,
    mcp: bool = False,
    inside: str = "",
) -> None:
    """Blocks until Ctrl-C; `on_ready` gets the URL once the page can be opened.

    With `mcp` the endpoints are MCP tools, too; raises UsageError where that is not installed.
    `inside` is what the gate knows the MCP server's own requests by.
    """
    if mcp and importlib.util.find_spec("mcp") is None:
        raise UsageError(texts.NO_MCP)
    listener = listen(host, port)
    server = Server(desks, host, listener, on_ready, around, mcp=mcp, inside=inside)
    # What is loaded by now stays: looking through it for garbage again and again would stop every
    # answer for a tenth of a second each time.
    gc.collect()
    gc.freeze()
    # uvicorn stops in order on Ctrl-C and then raises it again for its caller.
    with listener, suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; taken before the page is built, so that a taken port is known at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # create_server never shares a port with a running program, on Windows either.
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortTaken(texts.port_taken(port)) from error
        raise UsageError(texts.cannot_listen(host, port, str(error))) from error


class Server(uvicorn.Server):
    """A uvicorn server over the page that says when it is ready; `should_exit` ends it."""

    def __init__(
        self,
        desks: Desks,
        host: str,
        listener: socket.socket,
        on_ready: Ready | None = None,
        around: Around | None = None,
        *,
        mcp: bool = False,
        inside: str = "",
    ) -> None:
        self.url = _url(host, listener.getsockname()[1])
        page = Offline(application(desks, self.url if mcp else None, inside))
        super().__init__(
            uvicorn.Config(
                page if around is None else around(page),
                log_level="critical",
                access_log=False,
                # Every open page holds an event stream, which would keep Ctrl-C waiting for ever.
                timeout_graceful_shutdown=1,
            )
        )
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._on_ready is not None:
            self._on_ready(self.url)


def application(desks: Desks, mcp_url: str | None = None, inside: str = "") -> FastAPI:
    """The page as an ASGI application, without Gradio's footer, API pages and run history.

    `mcp_url` is the page's own address; with it there are MCP tools at /gradio_api/mcp.
    """
    # FastAPI's own documentation pages load their scripts from a CDN.
    bare = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    app = FastAPI(**bare)  # type: ignore[arg-type]  # mypy cannot match ** to its parameters
    _offer_health(app, desks)
    _offer_name(app, desks)
    _offer_originals(app, desks)
    blocks = build(desks)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=style.theme(),
        css=style.css(),
        head=style.head(),
        footer_links=[],
        run_history=False,
        app_kwargs=dict(bare),
        ssr_mode=False,
        pwa=False,
        mcp_server=mcp_url is not None,
        enable_monitoring=False,
        show_error=False,
    )
    remember_in(mounted, blocks)
    if mcp_url is not None:
        _tools(blocks.mcp_server_obj, mcp_url, inside)
    return mounted


def _tools(server: Any, url: str, inside: str) -> None:
    from gradio_client import Client  # type: ignore[import-untyped]
    from mcp.types import TextContent

    def as_json(data: list[Any], root_url: str) -> list[TextContent]:
        return [TextContent(type="text", text=json.dumps(one, ensure_ascii=False)) for one in data]

    # A tool calls its endpoint over HTTP. Gradio would take the address from the headers of the
    # request, so whoever calls could name another computer.
    server._local_url = url

    def client() -> Client:
        if server._client_instance is None:
            # As Gradio's own, but let in by the gate.
            server._client_instance = Client(
                url,
                download_files=False,
                verbose=False,
                analytics_enabled=False,
                _skip_components=False,
                headers={"x-gradio-user": "mcp", INSIDE: inside},
            )
        made: Client = server._client_instance
        return made

    server._get_or_create_client = client
    # Gradio's own writes a document as Python shows it.
    server.postprocess_output_data = as_json


def _offer_health(app: FastAPI, desks: Desks) -> None:
    def health() -> JSONResponse:
        """Whether the archive can be read; nothing of what is in it, as anybody may ask."""
        try:
            desks.of(None).overview()
        except HuibaoError:
            return JSONResponse({"status": "unavailable"}, status_code=503)
        return JSONResponse({"status": "ok"})

    app.get("/health")(health)


def _offer_name(app: FastAPI, desks: Desks) -> None:
    def who(request: Request) -> JSONResponse:
        """Whose page this is: what was typed and not sent is kept for that person alone."""
        name = desks.who(request)  # type: ignore[arg-type]
        return JSONResponse({"who": name}, headers={"cache-control": "no-store"})

    app.get("/who")(who)


def _offer_originals(app: FastAPI, desks: Desks) -> None:
    def original(report_id: str, request: Request) -> Response:
        """A report's own file, to whoever may see all that is in it."""
        try:
            found = desks.of(request).original(report_id)  # type: ignore[arg-type]
        except HuibaoError as error:
            return PlainTextResponse(str(error), 403)
        if found is None:
            return PlainTextResponse(texts.REPORT_GONE, 404)
        return FileResponse(found.path, filename=found.name)

    # No response model: what is returned is sent as it is.
    app.get("/original/{report_id}", response_model=None)(original)


def _url(host: str, port: int) -> str:
    # «All addresses» is no address that a browser can open.
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name and name[0] != "[" else f"http://{name}:{port}"
