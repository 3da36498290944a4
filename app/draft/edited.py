"""A draft that was edited in Word or WPS, as read from its file: title, sections, signature.

The file is read as every report is (`ingest/readers`): tracked changes count as accepted, comments
are no text. Our own annexes and notes are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from app.draft import texts
from app.draft.annexes import ANNEXES
from app.draft.dating import undated
from app.draft.draft import Draft, paragraphs
from app.draft.material import NUMBERING
from app.draft.word import BOOKMARK
from index.chinese.fold import fold
from index.errors import UnreadableFile, UsageError
from ingest.lines import Line
from ingest.readers import load, read
from ingest.readers.office import DAMAGED, check_size

_ANNEX = re.compile(rf"附件\s?\d*\s?(?:{'|'.join(ANNEXES)})$")
"""Its heading and its title, which stand on two lines."""
_NOTE = re.compile(r"注\d+:")
_DATED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NAME = re.compile(r"([0-9a-f]{6,32})[-_](\d{1,6})")
_STOPS = "。!?;:,、】|"
_LONGEST_HEADING = 40
_LONGEST_UNIT = 40


@dataclass(frozen=True)
class Part:
    """A heading (empty for what stands before the first one) and the paragraphs below it."""

    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edited:
    """What the file says; `draft` and `number` name the version it was written from, if known."""

    draft: str | None
    number: int | None
    title: str
    parts: tuple[Part, ...]
    unit: str | None
    dated: date | None


def read_edited(path: Path, draft: Draft | None = None) -> Edited:
    """The edited file; headings that lost their style are known by those of `draft`.

    Raises UsageError, in Chinese, for a file that nobody can read.
    """
    try:
        data = load(path)
        lines = read(data, path.suffix)
    except (UnreadableFile, OSError) as error:
        raise UsageError(texts.bad_edited(path.name, str(error))) from error
    key, number = named_in(data)
    known = _Known(draft)
    body = [one for one in _body(lines) if not _NOTE.match(fold(one.text))]
    title = body.pop(0).text if body and not _level(body[0], known) else ""
    unit, dated = _signature(body, known)
    parts: list[Part] = [Part("", 1)]
    for line in body:
        if level := _level(line, known):
            parts.append(Part(line.text, level))
        else:
            last = parts[-1]
            parts[-1] = Part(last.heading, last.level, (*last.paragraphs, line.text))
    kept = tuple(one for one in parts if one.heading or one.paragraphs)
    return Edited(key, number, title, kept, unit, dated)


def named_in(data: bytes) -> tuple[str | None, int | None]:
    """Draft and version that a Word file names in its properties or its hidden bookmark."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.ns import qn

    try:
        check_size(data)
        document: Any = docx.Document(BytesIO(data))
        names = [document.core_properties.identifier or ""]
        for mark in document.element.body.iter(qn("w:bookmarkStart")):
            name = mark.get(qn("w:name")) or ""
            if name.startswith(BOOKMARK):
                names.append(name.removeprefix(BOOKMARK))
    except (OpcError, PythonDocxError, UnreadableFile, *DAMAGED):
        return None, None  # no Word file, but one that the readers could read
    for name in names:
        if match := _NAME.fullmatch(name):
            return match[1], int(match[2])
    return None, None


def _body(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        text = " ".join(line.text.split())
        if _ANNEX.match(fold(text)):
            break  # as earlier versions wrote it, in one line
        if found and _ANNEX.match(fold(found[-1].text + text)):
            found.pop()
            break
        if text:
            found.append(Line(text, line.level, line.row))
    return found


def _level(line: Line, known: _Known) -> int:
    """1 for 一、, 2 for (一), 3 for 1.; 0 for what is no heading."""
    bare = _bare(line.text)
    if line.row or not bare:
        return 0
    if bare in known.headings:
        return known.headings[bare]
    if _plain(line.text) in known.paragraphs:
        return 0
    short = len(line.text) <= _LONGEST_HEADING and fold(line.text)[-1] not in _STOPS
    if line.level is not None and line.level <= 3 and short:
        return line.level
    if short and (match := NUMBERING.match(line.text)):
        return 2 if fold(match[0]).strip().startswith("(") else 1
    return 0


class _Known:
    """What the draft has as a heading, as a paragraph, and as who signs it."""

    def __init__(self, draft: Draft | None) -> None:
        parts = draft.sections if draft is not None else ()
        self.unit = draft.unit if draft is not None else None
        self.headings = {_bare(one.heading): one.level for one in parts}
        self.paragraphs = {
            _plain("".join(one.text for one in some)) for part in parts for some in paragraphs(part)
        }


def _plain(text: str) -> str:
    return "".join(text.split())


def _bare(heading: str) -> str:
    return fold(NUMBERING.sub("", heading)).strip("。: ")


def _signature(body: list[Line], known: _Known) -> tuple[str | None, date | None]:
    """The unit and the day at the end, which are taken out of `body`."""
    dated = unit = None
    ended = bool(body) and undated(body[-1].text)
    if ended:
        body.pop()  # nobody has dated it yet
    if body and (match := _DATED.fullmatch("".join(fold(body[-1].text).split()))):
        try:
            dated = date(int(match[1]), int(match[2]), int(match[3]))
            body.pop()
        except ValueError:
            dated = None  # 2月30日: a line of text, for whoever reads it to see
    if body and not _level(body[-1], known):
        last = body[-1].text
        own = known.unit is not None and fold(known.unit) == fold(last)
        short = len(last) <= _LONGEST_UNIT and fold(last)[-1] not in _STOPS
        if own or ((ended or dated is not None) and short and _plain(last) not in known.paragraphs):
            unit = body.pop().text
    return unit, dated
