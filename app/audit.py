"""The audit trail: what was asked, sent to a model, written by it and shown, as lines of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from app.answer.answer import Answer

if TYPE_CHECKING:
    from app.answer.generate import Exchange

FILE = "audit.jsonl"


class AuditLog:
    """audit.jsonl in an archive folder; several processes and threads may add to it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = FileLock(f"{self._path}.lock")

    def keep(self, answer: Answer, model: str | None, exchanges: Sequence[Exchange]) -> None:
        """Add one answer, on disk before this returns."""
        row = {
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "model": model,
            **asdict(answer),
            "exchanges": [asdict(exchange) for exchange in exchanges],
        }
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        with self._lock:
            # Questions may name people: only the archive's owner reads what was asked.
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(file).st_size
                whole = size == 0 or os.pread(file, 1, size - 1) == b"\n"
                os.write(file, line if whole else b"\n" + line)
                os.fsync(file)
            finally:
                os.close(file)


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries, the oldest first; a line that a crash left half written is passed over."""
    path = folder / FILE
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row
