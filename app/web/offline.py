"""Keeps the page on this computer: what Gradio would fetch or name elsewhere is taken out here.

Three layers, because the office has no network and a request that hangs is a page that hangs:
settings (`analytics_enabled`, system fonts, no footer) stop what settings can stop, `Offline`
takes out of Gradio's HTML template what no setting reaches, and the content security policy makes
the browser refuse whatever is left, including what an overlooked document might smuggle in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio writes its configuration into inline scripts, and gr.HTML compiles its templates.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

# The template's social-media cards name raw.githubusercontent.com and gradio.app.
_CARDS = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
# Only for installing the page as an app, which is switched off: it would be a 404 in every log.
_MANIFEST = re.compile(rb'<link rel="manifest"[^>]*>\s*')
# The template says English, whereupon browsers offer to send the page to a translation service.
_LANGUAGE = re.compile(rb'(<html\s+)lang="en"')


def cleaned(html: bytes) -> bytes:
    """Gradio's page without the outside addresses of its template, and said to be Chinese."""
    html = _MANIFEST.sub(b"", _CARDS.sub(b"", html))
    return _LANGUAGE.sub(rb'\1lang="zh-CN" translate="no"', html, count=1)


class Offline:
    """ASGI middleware: cleans every HTML response and sends the policy with every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Compression saves nothing on loopback, and `cleaned` must see the page's own bytes.
        plain = {**scope, "headers": _without(scope["headers"], {b"accept-encoding"})}
        await self._app(plain, receive, _Cleaner(send))


class _Cleaner:
    """Holds an HTML response back until it is whole; passes anything else on at once."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            message = {**message, "headers": [*headers, *HEADERS]}
            kind = dict(headers).get(b"content-type", b"")
            if kind.startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send(self._resized(self._start, body := cleaned(self._body)))
            message = {"type": "http.response.body", "body": body}
        await self._send(message)

    @staticmethod
    def _resized(start: Message, body: bytes) -> Message:
        length = (b"content-length", str(len(body)).encode())
        return {**start, "headers": [*_without(start["headers"], {b"content-length"}), length]}


def _without(
    headers: Iterable[tuple[bytes, bytes]], names: set[bytes]
) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in names]
