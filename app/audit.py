"""The audit trail: who asked what, what a model wrote, what was shown; who logged in; as JSON.

Each line carries the SHA-256 of the line before it, so that a line that was changed, taken out or
put in between is found. Whoever may write the file can make a whole new chain: an office that
must exclude this notes the last line's hash, which `huibao audit verify` prints, elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from app import audit_texts as texts
from app.answer.answer import Answer
from index.errors import UsageError, in_words

if TYPE_CHECKING:
    from app.answer.calls import Exchange
    from app.draft.draft import Draft

FILE = "audit.jsonl"
_BLOCK = 1 << 16


class AuditLog:
    """audit.jsonl in an archive folder; several processes and threads may add to it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = FileLock(f"{self._path}.lock")

    def keep(
        self, answer: Answer, model: str | None, exchanges: Sequence[Exchange], who: str = ""
    ) -> None:
        """Add one answer and who asked for it, on disk before this returns."""
        row = {
            "time": _now(),
            "who": who,
            "model": model,
            **asdict(answer),
            "exchanges": [asdict(exchange) for exchange in exchanges],
        }
        self._add(row)

    def keep_draft(
        self, draft: Draft, model: str, exchanges: Sequence[Exchange], who: str = ""
    ) -> None:
        """Add what a model was sent for a draft and wrote; the draft itself is kept as versions."""
        row = {
            "time": _now(),
            "who": who,
            "model": model,
            "draft": draft.title,
            "mode": draft.mode,
            "notices": list(draft.notices),
            "exchanges": [asdict(exchange) for exchange in exchanges],
        }
        self._add(row)

    def keep_event(self, event: str, who: str, address: str = "", of: Sequence[str] = ()) -> None:
        """Add what is no answer: a login from an address, a report opened, a change of what."""
        row = {"time": _now(), "event": event, "who": who, "address": address, "of": list(of)}
        self._add(row)

    def _add(self, row: dict[str, Any]) -> None:
        with self._lock:
            # Questions may name people: only the archive's owner reads what was asked.
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(file).st_size
                whole = size == 0 or os.pread(file, 1, size - 1) == b"\n"
                # What a crash left half written stays, hashed as it stands: the chain goes on.
                before = _hash(_last_line(file, size - 1 if whole else size))
                line = json.dumps({"before": before, **row}, ensure_ascii=False).encode() + b"\n"
                os.write(file, line if whole else b"\n" + line)
                os.fsync(file)
            finally:
                os.close(file)


@dataclass(frozen=True)
class Verified:
    """What the chain of an audit trail says."""

    lines: int
    unchained: int
    """Lines at the start that were written before there was a chain; nothing is known of them."""
    torn: tuple[int, ...]
    """Lines, from 1, that a crash left half written."""
    broken: int | None
    """The first line, from 1, that does not name the line before it; None if all do."""
    last: str
    """The hash of the last line; empty without lines."""


def lines(folder: Path) -> Iterator[bytes]:
    """Yield the lines as they stand now; one that is just being written is not among them."""
    path = folder / FILE
    if not path.is_file():
        return
    left = whole_size(path)
    with path.open("rb") as file:
        for line in file:
            left -= len(line)
            if left < 0:
                return
            yield line


def whole_size(path: Path) -> int:
    """The length of a trail up to its last whole line."""
    try:
        with FileLock(f"{path}.lock"):
            return path.stat().st_size
    except PermissionError:  # whoever checks may only read the folder
        return path.stat().st_size


def verify(folder: Path, exported: Path | None = None) -> Verified:
    """Go along the chain, of the archive's trail or of one that was exported as .jsonl.

    A folder without a trail has no lines.
    """
    number = unchained = 0
    torn: list[int] = []
    broken: int | None = None
    before = ""
    chained = False
    for number, line in enumerate(lines(folder) if exported is None else _of(exported), 1):
        row = _row(line)
        if row is None:
            torn.append(number)
        elif "before" in row or chained:
            chained = True
            if broken is None and row.get("before") != before:
                broken = number
        else:
            unchained += 1
        before = _hash(line.removesuffix(b"\n"))
    return Verified(number, unchained, tuple(torn), broken, before)


def _last_line(file: int, end: int) -> bytes:
    """The bytes before `end` back to a line break; empty for an empty file."""
    found = b""
    while end > 0:
        start = max(0, end - _BLOCK)
        block = os.pread(file, end - start, start)
        _, newline, tail = block.rpartition(b"\n")
        found = tail + found
        if newline:
            return found
        end = start
    return found


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest() if line else ""


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries, the oldest first; a line that a crash left half written is passed over."""
    for line in lines(folder):
        row = _row(line)
        if row is not None:
            yield row


def _of(exported: Path) -> Iterator[bytes]:
    try:
        with exported.open("rb") as file:
            yield from file
    except OSError as error:
        raise UsageError(texts.not_read(str(exported), in_words(error))) from error
