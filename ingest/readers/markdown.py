"""Markdown as offices write it: # headings, tables of | cells |, the rest as text."""

from __future__ import annotations

import re

from ingest.lines import Line
from ingest.readers.tables import row_lines
from ingest.readers.text import decode

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read(data: bytes) -> list[Line]:
    lines: list[Line] = []
    table: list[list[str]] = []
    for raw in decode(data).splitlines():
        if raw.lstrip().startswith("|"):
            if not _RULE.fullmatch(raw):
                table.append([cell.strip() for cell in raw.strip().strip("|").split("|")])
            continue
        lines.extend(row_lines(table))
        table = []
        heading = _HEADING.fullmatch(raw)
        if heading:
            lines.append(Line(_plain(heading[2]), level=len(heading[1])))
        else:
            lines.append(Line(_plain(raw)))
    return [*lines, *row_lines(table)]


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", text)
