"""What the zipped Office formats share: a look before unpacking, and how damage shows."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from lxml.etree import LxmlError

from index.errors import UnreadableFile

MAX_UNPACKED = 600 * 1024 * 1024
"""Bytes a file may unpack to: its libraries hold all of it in memory."""

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LxmlError,
    SyntaxError,  # of the XML inside, as the standard library's parser says it
    EOFError,
    LookupError,  # a part, a style or an encoding that is named but not there
    ValueError,
    TypeError,  # a value that is not there
    AttributeError,  # a part that is there but of another kind
    AssertionError,
    ArithmeticError,  # a size or a date beyond all bounds
    RecursionError,
    NotImplementedError,  # a way of compression
    RuntimeError,  # zipfile: a part is encrypted
    OSError,  # a seek to where nothing is
)
"""What the libraries raise over a file that is cut off or has wrong bytes in it."""


def damaged(kind: str, program: str, error: Exception) -> UnreadableFile:
    """The outcome for a file of this kind that its library stumbles over."""
    if isinstance(error, zipfile.BadZipFile):
        return UnreadableFile(f"不是有效的 {kind} 文件，或已损坏（请用 {program} 另存后重试）")
    # What the library says is for its makers: an official can do nothing with it.
    return UnreadableFile(f"{kind} 文件已损坏，请用 {program} 另存后重试")


def check_size(data: bytes) -> None:
    """Raises UnreadableFile where the zip would unpack to more than memory is meant for."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > MAX_UNPACKED:
        raise UnreadableFile(
            f"文件解压后过大（{size // 2**20} MB，上限 {MAX_UNPACKED // 2**20} MB）"
        )
