"""One module a format; `read` picks it by what the file is, its suffix where that is not told."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.errors import UnreadableFile
from ingest.containers import open_file, size_of
from ingest.lines import Line
from ingest.readers.kinds import XML_WORKBOOK, kind_of

READERS: dict[str, str] = {
    ".txt": "ingest.readers.text",
    ".md": "ingest.readers.markdown",
    ".docx": "ingest.readers.word",
    ".docm": "ingest.readers.word",
    ".dotx": "ingest.readers.word",
    ".dotm": "ingest.readers.word",
    ".pptx": "ingest.readers.slides",
    ".pptm": "ingest.readers.slides",
    ".xlsx": "ingest.readers.excel",
    ".xlsm": "ingest.readers.excel",
    ".xls": "ingest.readers.excel",
    ".et": "ingest.readers.excel",
    XML_WORKBOOK: "ingest.readers.sheet_xml",
    ".csv": "ingest.readers.sheet_text",
    ".tsv": "ingest.readers.sheet_text",
    ".html": "ingest.readers.html",
    ".htm": "ingest.readers.html",
    ".mht": "ingest.readers.mht",
    ".mhtml": "ingest.readers.mht",
    ".pdf": "ingest.readers.pdf",
    ".ofd": "ingest.readers.ofd",
    ".png": "ingest.readers.scan",
    ".jpg": "ingest.readers.scan",
    ".jpeg": "ingest.readers.scan",
    ".tif": "ingest.readers.scan",
    ".tiff": "ingest.readers.scan",
    ".bmp": "ingest.readers.scan",
    ".doc": "ingest.readers.libreoffice",
    ".wps": "ingest.readers.libreoffice",
    ".wpt": "ingest.readers.libreoffice",
    ".rtf": "ingest.readers.libreoffice",
    ".odt": "ingest.readers.libreoffice",
}
"""Suffix -> the module whose `read(data)` returns lines; imported when first needed."""

MAX_BYTES = 300 * 1024 * 1024


def readable(path: Path) -> bool:
    """Whether some reader takes this kind of file; Word's own lock files are none."""
    return path.suffix.lower() in READERS and not path.name.startswith(("~$", "."))


def load(path: Path) -> bytes:
    """The whole file; raises UnreadableFile where it is empty or too large."""
    size = size_of(path)
    if size > MAX_BYTES:
        raise UnreadableFile(f"文件过大（{size // 2**20} MB，上限 {MAX_BYTES // 2**20} MB）")
    with open_file(path) as file:
        data = file.read()
    if not data:
        raise UnreadableFile("文件是空的（0 字节）")
    return data


def read(data: bytes, suffix: str) -> list[Line]:
    """The lines of a file of this kind; raises UnreadableFile with the reason in Chinese."""
    kind = kind_of(data, suffix.lower())
    if kind not in READERS:
        raise UnreadableFile(f"文件内容其实是 {kind} 格式，暂不支持；请用 Office 或 WPS 另存后重试")
    reader: Callable[[bytes], list[Line]] = import_module(READERS[kind]).read
    lines = reader(data)
    if not any(line.text.strip() for line in lines):
        raise UnreadableFile("文件里没有文字")
    return lines
