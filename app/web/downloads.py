"""Files that the page hands out are noted: exports and original files, of whatever tab."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Note = Callable[[Request, str], None]
"""Gets a request and the name of the file that is about to be sent in answer to it."""

_FILE = re.compile(r"/file[=/]")


class Downloads:
    """ASGI middleware that says of each file that is sent to be kept; one not noted is not sent."""

    def __init__(self, app: ASGIApp, note: Note) -> None:
        self._app = app
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and _hands_out(scope, message):
                name = re.split(r"[/\\=]", scope["path"])[-1]
                await run_in_threadpool(self._note, Request(scope), name)
            await send(message)

        await self._app(scope, receive, noted)


def _hands_out(scope: Scope, message: Message) -> bool:
    headers = {key.lower(): value for key, value in message.get("headers", ())}
    attached = headers.get(b"content-disposition", b"").startswith(b"attachment")
    return message["status"] in (200, 206) and (attached or bool(_FILE.search(scope["path"])))
