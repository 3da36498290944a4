"""Files that the page hands out are noted: exports and original files, of whatever tab."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Note = Callable[[Request, str], None]
"""Gets a request and the name of the file that is about to be sent in answer to it."""

_FILE = re.compile(r"/file[=/]")
_SENT_AS = re.compile(r"filename\*=utf-8''(?P<encoded>[^;]+)|filename=\"(?P<plain>[^\"]+)\"", re.I)


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
                await run_in_threadpool(self._note, Request(scope), _name(scope, message))
            await send(message)

        await self._app(scope, receive, noted)


def _hands_out(scope: Scope, message: Message) -> bool:
    attached = _disposition(message).startswith("attachment")
    return message["status"] in (200, 206) and (attached or bool(_FILE.search(scope["path"])))


def _name(scope: Scope, message: Message) -> str:
    """The name that the file is sent under, else the last part of its address."""
    found = _SENT_AS.search(_disposition(message))
    if found is None:
        return re.split(r"[/\\=]", scope["path"])[-1]
    return unquote(found["encoded"] or found["plain"])


def _disposition(message: Message) -> str:
    headers: dict[bytes, bytes] = dict(message.get("headers", ()))
    return headers.get(b"content-disposition", b"").decode("latin-1")
