"""Lets nobody in who has not logged in: ASGI middleware around the whole page.

Everything is closed but /health and /login, whatever Gradio offers now or later. A request that
changes something and comes from another site's page is refused, besides what the cookie's
SameSite=Strict already keeps out.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.rights import texts
from app.rights.desks import COOKIE
from app.rights.people import LONGEST, LoginRefused, People, Person
from app.rights.roles import NEEDS, NotAllowed, check
from app.web.login_page import HEADERS, login_html, logout_html

_BODY_MAX = 4096
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Hands a request on to `app` once it is known who sends it."""

    def __init__(self, app: ASGIApp, people: People) -> None:
        self._app = app
        self._people = people

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
        token = request.cookies.get(COOKIE)
        person = await run_in_threadpool(self._people.person, token)
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

    async def _login(self, request: Request) -> Response:
        if request.method in _SAFE:
            return _html(login_html())
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
        if person is None:
            return _to("/login")
        if request.method in _SAFE:
            return _html(logout_html(person.name))
        await run_in_threadpool(self._people.log_out, request.cookies[COOKIE], _address(request))
        answer = _to("/login")
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
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
