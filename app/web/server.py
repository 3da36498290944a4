"""Serves the page on one address of this computer, until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress

# Read by Gradio and huggingface_hub when they are imported, so before the imports below: neither
# may report a start to its makers. `setdefault` would keep a user's own "True".
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from app.web import style, texts
from app.web.offline import Offline
from app.web.page import build
from app.web.ports import Desks
from index.errors import HuibaoError, UsageError

Ready = Callable[[str], None]


class PortTaken(UsageError):
    """Another program listens on the port: close it or choose another with --port."""


def serve(
    desks: Desks, host: str = "127.0.0.1", port: int = 7860, on_ready: Ready | None = None
) -> None:
    """Blocks until Ctrl-C; `on_ready` gets the URL once the page can be opened."""
    listener = listen(host, port)
    server = Server(desks, host, listener, on_ready)
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
        self, desks: Desks, host: str, listener: socket.socket, on_ready: Ready | None = None
    ) -> None:
        super().__init__(
            uvicorn.Config(
                Offline(application(desks)),
                log_level="critical",
                access_log=False,
                # Every open page holds an event stream, which would keep Ctrl-C waiting for ever.
                timeout_graceful_shutdown=1,
            )
        )
        self.url = _url(host, listener.getsockname()[1])
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._on_ready is not None:
            self._on_ready(self.url)


def application(desks: Desks) -> FastAPI:
    """The page as an ASGI application, without Gradio's footer, API pages and run history."""
    # FastAPI's own documentation pages load their scripts from a CDN.
    bare = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    app = FastAPI(**bare)  # type: ignore[arg-type]  # mypy cannot match ** to its parameters
    _offer_health(app, desks)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build(desks),
        path="/",
        theme=style.theme(),
        css=style.css(),
        head=style.head(),
        footer_links=[],
        run_history=False,
        app_kwargs=dict(bare),
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
    )
    return mounted


def _offer_health(app: FastAPI, desks: Desks) -> None:
    def health() -> JSONResponse:
        """Whether the archive can be read; nothing of what is in it, as anybody may ask."""
        try:
            desks.of(None).overview()
        except HuibaoError:
            return JSONResponse({"status": "unavailable"}, status_code=503)
        return JSONResponse({"status": "ok"})

    app.get("/health")(health)


def _url(host: str, port: int) -> str:
    # «All addresses» is no address that a browser can open.
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name and name[0] != "[" else f"http://{name}:{port}"
