"""One module a format; `read` picks it by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.errors import UnreadableFile
from ingest.lines import Line

READERS: dict[str, str] = {
    ".txt": "ingest.readers.text",
    ".md": "ingest.readers.markdown",
    ".docx": "ingest.readers.word",
}
"""Suffix -> the module whose `read(data)` returns lines; imported when first needed."""

MAX_BYTES = 300 * 1024 * 1024


def readable(path: Path) -> bool:
    """Whether some reader takes this kind of file; Word's own lock files are none."""
    return path.suffix.lower() in READERS and not path.name.startswith(("~$", "."))


def load(path: Path) -> bytes:
    """The whole file; raises UnreadableFile where it is empty or too large."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFile(f"文件过大({size // 2**20} MB,上限 {MAX_BYTES // 2**20} MB)")
    data = path.read_bytes()
    if not data:
        raise UnreadableFile("文件是空的(0 字节)")
    return data


def read(data: bytes, suffix: str) -> list[Line]:
    """The lines of a file of this kind; raises UnreadableFile with the reason in Chinese."""
    reader: Callable[[bytes], list[Line]] = import_module(READERS[suffix.lower()]).read
    lines = reader(data)
    if not any(line.text.strip() for line in lines):
        raise UnreadableFile("文件里没有文字")
    return lines
