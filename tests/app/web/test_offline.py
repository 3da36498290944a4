"""The middleware that keeps Gradio's page from naming or reaching another computer."""

from __future__ import annotations

import anyio
from starlette.types import Message, Receive, Scope, Send

from app.web.offline import Offline, cleaned


def respond(kind: bytes, *chunks: bytes) -> tuple[dict[bytes, bytes], list[Message], Scope]:
    """Sends the chunks through the middleware; headers, messages and scope as they came out."""
    seen: list[Scope] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        size = str(sum(map(len, chunks))).encode()
        headers = [(b"content-type", kind), (b"content-length", size)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for i, chunk in enumerate(chunks):
            more = i + 1 < len(chunks)
            await send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": [(b"accept-encoding", b"br"), (b"host", b"x")]}
    anyio.run(Offline(app), scope, receive, send)
    return dict(sent[0]["headers"]), sent[1:], seen[0]


def test_html_is_cleaned_even_when_it_comes_in_pieces() -> None:
    headers, body, _ = respond(
        b"text/html; charset=utf-8",
        b'<html\n lang="en"><meta property="og:image" content="https://raw.gith',
        b'ubusercontent.com/x.jpg" /><p>\xe6\xb1\x87</p>',
    )
    assert len(body) == 1
    assert body[0]["body"] == '<html\n lang="zh-CN" translate="no"><p>汇</p>'.encode()
    assert headers[b"content-length"] == str(len(body[0]["body"])).encode()


def test_other_responses_pass_piece_by_piece_and_unchanged() -> None:
    _, body, _ = respond(b"text/event-stream", b'<meta name="twitter:card">', b"b")
    assert [message["body"] for message in body] == [b'<meta name="twitter:card">', b"b"]


def test_every_response_carries_the_policy() -> None:
    headers, _, _ = respond(b"application/javascript", b"1")
    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy


def test_the_page_is_asked_for_uncompressed() -> None:
    _, _, scope = respond(b"text/html", b"")
    assert scope["headers"] == [(b"host", b"x")]


def test_other_metadata_stays() -> None:
    page = b'<meta name="viewport" content="width=device-width" /><link rel="icon" href="data:,">'
    assert cleaned(page) == page
