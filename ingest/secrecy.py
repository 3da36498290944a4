"""The secrecy mark that GB/T 9704 puts at the head of a document: such a file is not taken in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from ingest.lines import Line
from ingest.readers.tables import CELLS

_HEAD_LINES = 8
_MARK = re.compile(
    r"(?:\d{1,8}\s+|份号[:：]?\s*\d*\s*|№?\s*\d{6}\s*)?"  # the copy's number
    r"(?:密\s*级\s*[:：]?\s*)?"
    r"(?P<mark>(?:绝\s*密|机\s*密|秘\s*密)"
    r"(?:\s*(?:[★☆✩*]|保密期限\s*[:：]?)\s*"
    r"(?:长\s*期|启用前|解密前|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:年|个月|月|日|天))?)?)"
    r"(?:\s*(?:特急|特提|加急|平急|急件))?"
)


def mark(lines: Sequence[Line]) -> str | None:
    """The mark as it stands at the head (「机密★1年」), or None; prose never is one."""
    head = [line.text for line in lines if line.text.strip()][:_HEAD_LINES]
    for text in head:
        for part in text.split(CELLS):
            found = _MARK.fullmatch(fold(part).strip())
            if found:
                return "".join(found["mark"].split())
    return None
