"""The text that labels count in, and where a place of the stored text lies in it."""

from __future__ import annotations

import hashlib
import re
from difflib import SequenceMatcher
from pathlib import Path

from index.chinese.fold import fold
from ingest.readers.tables import CELLS

_STOPS = "。！？!?\n"
_STOP = re.compile(f"[{_STOPS}]")
_AHEAD = 400
"""How far ahead a short line or a cell is looked for, in characters."""
_LONG = 20
"""A line this long is taken wherever it stands."""


def raw_text(path: Path) -> str:
    r"""A file's decoded text with line ends as `\n`.

    Of a .docx its paragraphs and table rows in order, one a line, tabs between cells.
    """
    if path.suffix.lower() == ".docx":
        return _docx(path)
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _docx(path: Path) -> str:
    from docx import Document
    from docx.table import Table

    lines: list[str] = []
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += ("\t".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """The sentence that holds `text[at]`, cut at 。！？!? and line ends, without outer space."""
    start = max(text.rfind(stop, 0, at) for stop in _STOPS) + 1
    match = _STOP.search(text, at)
    end = match.end() if match else len(text)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_held(sentence: str) -> bool:
    """Whether labels of this sentence are kept from whoever writes rules: one of three is."""
    digest = hashlib.sha256("".join(sentence.split()).encode()).hexdigest()
    return int(digest, 16) % 3 == 0


class Alignment:
    """Where each character of a stored text lies in the raw text it was read from.

    Reading drops lines and white space, joins broken lines and names the columns in table
    rows. Lines are looked for in order; one that is not there as it stands is aligned by
    its longest common parts with what follows in the raw text, a table row cell by cell.
    """

    def __init__(self, raw: str, stored: str, begin: int = 0) -> None:
        """`begin`: where in the raw text this report may begin, in files of several."""
        self._raw = raw
        self._letters = [at for at in range(begin, len(raw)) if not raw[at].isspace()]
        self._plain = fold("".join(raw[at] for at in self._letters))
        self._at: dict[int, int] = {}
        self._cursor = start = 0
        for line in stored.split("\n"):
            if CELLS in line:
                self._row(line, start)
            else:
                self._line(line, start)
            start += len(line) + 1
        self.end = self._letters[self._cursor - 1] + 1 if self._cursor else begin
        """Behind the last character that was found."""

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The raw span of `stored[start:end]`; None where under half of it was found."""
        found = [self._at[at] for at in range(start, end) if at in self._at]
        if not found or 2 * len(found) < end - start:
            return None
        return min(found), max(found) + 1

    def _line(self, line: str, start: int) -> None:
        own, folded = _letters(line)
        if not own:
            return
        at = self._plain.find(folded, self._cursor)
        # A short line met far ahead is another's part: 双枧镇 in the signature.
        if at >= 0 and (at <= self._cursor + _AHEAD or len(folded) >= _LONG):
            self._found(own, start, at)
            return
        cursor = self._cursor
        ahead = self._plain[cursor : cursor + 2 * len(folded) + _AHEAD]
        for block in SequenceMatcher(None, folded, ahead, autojunk=False).get_matching_blocks():
            # One character met by chance far ahead would carry the cursor with it.
            if block.size > 1 or (block.size and folded[block.a].isdigit()):
                self._found(own[block.a : block.a + block.size], start, cursor + block.b)

    def _row(self, line: str, start: int) -> None:
        """A row says 面积:260亩 where the raw text has the cell alone."""
        for cell in line.split(CELLS):
            name, colon, _ = cell.partition(":")
            named = len(name) + 1 if colon else 0
            for skip in sorted({named, 0}, reverse=True):
                own, folded = _letters(cell[skip:])
                at = self._cell(folded)
                if own and at >= 0:
                    self._found(own, start + skip, at)
                    break
            start += len(cell) + len(CELLS)

    def _cell(self, folded: str) -> int:
        """Where a cell stands ahead, not inside a longer number; -1 where it does not."""
        at = self._plain.find(folded, self._cursor, self._cursor + _AHEAD)
        while at >= 0:
            first, last = self._letters[at], self._letters[at + len(folded) - 1]
            before, after = self._raw[first - 1 : first], self._raw[last + 1 : last + 2]
            if not (before.isdigit() and folded[0].isdigit()) and not (
                after.isdigit() and folded[-1].isdigit()
            ):
                break
            at = self._plain.find(folded, at + 1, self._cursor + _AHEAD)
        return at

    def _found(self, own: list[int], start: int, at: int) -> None:
        for ahead, letter in enumerate(own):
            self._at[start + letter] = self._letters[at + ahead]
        self._cursor = max(self._cursor, at + len(own))


def _letters(text: str) -> tuple[list[int], str]:
    """Where the characters of a text stand that are no white space, and they, folded."""
    own = [at for at, character in enumerate(text) if not character.isspace()]
    return own, fold("".join(text[at] for at in own))
