"""Web archives, .mht and .mhtml: the page in the mail-like envelope of Word and browsers."""

from __future__ import annotations

import email
from email.message import Message

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.html import decode_page, lines_of
from ingest.readers.text import decode


def read(data: bytes) -> list[Line]:
    """Read the first page of a web archive; raises UnreadableFile where there is none."""
    # compat32, the default, never raises over what a real envelope may be.
    parts = list(email.message_from_bytes(data.lstrip()).walk())
    for part in parts:
        if part.get_content_type() == "text/html":
            return lines_of(decode_page(_body(part), part.get_content_charset()))
    for part in parts:
        if (
            part.get_content_type() == "text/plain"
            and "mime-version" in data[:4096].decode("latin-1").lower()
        ):
            return [Line(line) for line in decode(_body(part)).splitlines()]
    raise UnreadableFile("不是有效的网页归档（.mht）文件，或已损坏")


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body:
        raise UnreadableFile("网页归档（.mht）里没有内容，或已损坏")
    return body
