"""Lets nobody in who has not logged in: ASGI middleware around the whole page.

Everything is closed but /health and /login, whatever Gradio offers now or later. A request that
changes something and comes from another site's page is refused, besides what the cookie's
SameSite=Strict already keeps out.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.rights import texts
from app.rights.desks import COOKIE, sender
from app.rights.people import LONGEST, LoginRefused, People, Person
from app.rights.roles import NEEDS, NotAllowed, check
from app.web.login_page import HEADERS, login_html, logout_html
from app.web.server import INSIDE

_BODY_MAX = 4096
_OUT = "huibao_out"
"""The cookie that tells the next login page that somebody has just logged out."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Hands a request on to `app` once it is known who sends it."""

    def __init__(self, app: ASGIApp, people: People, inside: str = "") -> None:
        self._app = app
        self._people = people
        self._inside = inside
        """What the page's own MCP server sends with what it fetches of the page; empty for none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope, receive)
            answer = await self._answer(request)
            await (answer or self._app)(scope, receive, send)
        else:  # the page opens no web sockets; what may come with one is not let in either
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, request: Request) -> Response | None:
        """What is answered in the page's stead; None lets the request through."""
        path = request.url.path
        if path == "/health" and request.method in _SAFE:
            return None
        if request.method not in _SAFE and not same_origin(request):
            return _refusal(texts.FOREIGN_ORIGIN, 403)
        if path == "/login":
            return await self._login(request)
        if self._is_own(request):
            return None
        person = await run_in_threadpool(sender, self._people, request.headers, request.cookies)
        if path == "/logout":
            return await self._logout(request, person)
        if person is None:
            wants_page = request.method == "GET" and "text/html" in request.headers.get(
                "accept", ""
            )
            return _to("/login") if wants_page else _refusal(texts.LOG_IN_FIRST, 401)
        if path.rstrip("/").endswith("/upload"):
            try:
                check(person.role, NEEDS["upload"])
            except NotAllowed as error:
                return _refusal(str(error), 403)
        return None

    def _is_own(self, request: Request) -> bool:
        """Whether the MCP server asks what the page is like, or how far a call of its own is.

        What it calls, it calls with the headers of whoever called it.
        """
        sent = request.headers.get(INSIDE, "")
        known = bool(self._inside) and secrets.compare_digest(sent.encode(), self._inside.encode())
        return known and request.method in _SAFE

    async def _login(self, request: Request) -> Response:
        if request.method in _SAFE:
            out = _OUT in request.cookies
            answer: Response = _html(login_html(out=out))
            if out:
                answer.delete_cookie(_OUT, path="/login", httponly=True, samesite="strict")
            return answer
        body = await _body(request)
        if body is None:
            return _html(login_html(texts.WRONG_LOGIN), 413)
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        name, password = fields.get("name", [""])[0], fields.get("password", [""])[0]
        try:
            token = await run_in_threadpool(self._people.log_in, name, password, _address(request))
        except LoginRefused as error:
            return _html(login_html(str(error), name[:32]), 401)
        answer = _to("/")
        answer.set_cookie(
            COOKIE,
            token,
            max_age=LONGEST,
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    async def _logout(self, request: Request, person: Person | None) -> Response:
        if person is not None and request.method in _SAFE:
            return _html(logout_html(person.name))
        answer = _to("/login")
        if person is not None:
            token = request.cookies.get(COOKIE, "")
            await run_in_threadpool(self._people.log_out, token, _address(request))
            answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        # Without https a browser wipes nothing for a header: the page after it does.
        answer.set_cookie(_OUT, "1", max_age=60, path="/login", httponly=True, samesite="strict")
        return answer


def same_origin(request: Request) -> bool:
    """Whether a browser says that a page of ours sent it; programs send no Origin at all."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")


async def _body(request: Request) -> bytes | None:
    """The whole body; None for one that is too long for a login."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY_MAX:
            return None
    return body


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303, headers={"cache-control": "no-store"})


def _html(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers=HEADERS)


def _refusal(message: str, status: int) -> JSONResponse:
    # `detail` is what Gradio's page shows of a failed request.
    return JSONResponse({"detail": message}, status, headers={"cache-control": "no-store"})
