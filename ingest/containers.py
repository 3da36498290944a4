"""Zip files as folders: each member is a file of its own, known as 「…/a.zip/内/名.docx」."""

from __future__ import annotations

import errno
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from index.errors import UnreadableFile, in_words

MAX_DEPTH = 2
"""Zips inside one another, the outermost counted."""
MAX_MEMBERS = 5_000
MAX_UNPACKED = 2 * 2**30
"""Bytes that one zip, with those inside it, may unpack to."""
MAX_RATIO, _SMALL = 100, 10 * 2**20
"""A member that unpacks to so many times its size, and over 10 MB, is a bomb: text gives 20."""
MAX_MEMBER = 300 * 2**20
"""Bytes of a member that is read, which is held in memory."""

_SUFFIX = ".zip"
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_NAME = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:")
_OUTSIDE = "文件名指向压缩包之外，已跳过"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,  # a name that is no UTF-8 though marked so
    ArithmeticError,
    NotImplementedError,  # a way of compression, a zip over several disks
    RuntimeError,  # encrypted after all
)


@dataclass(frozen=True)
class Refused:
    """A zip or a member that is not taken in; `skipped` where that is as it should be."""

    shown: str
    reason: str
    skipped: bool = False


@dataclass
class Members:
    """What one zip holds, nested ones included: paths below it, with `/` between."""

    names: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True)
class _Zip:
    file: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    outside: tuple[str, ...]


def is_container(path: Path) -> bool:
    return path.suffix.lower() == _SUFFIX


def members(path: Path, shown: str) -> Members:
    """The files that the zip at `path` holds; what is wrong with it or them is in `refused`."""
    found = Members()
    try:
        budget = _Budget()
        _list(_open(path), "", shown, 1, budget, found)
    except UnreadableFile as error:
        return Members(refused=[Refused(shown, str(error))])
    except OSError as error:
        return Members(refused=[Refused(shown, f"无法读取：{in_words(error)}")])
    if not found.names and not found.refused:
        found.refused.append(Refused(shown, "压缩包里没有文件"))
    return found


@dataclass
class _Budget:
    """What is left of the limits of one outermost zip."""

    count: int = MAX_MEMBERS
    size: int = MAX_UNPACKED

    def take(self, opened: _Zip) -> None:
        self.count -= len(opened.entries)
        self.size -= sum(entry.file_size for entry in opened.entries.values())
        if self.count < 0:
            raise UnreadableFile(f"压缩包里的文件超过 {MAX_MEMBERS} 个，请解压后放入文件夹")
        if self.size < 0:
            raise UnreadableFile(f"压缩包解压后超过 {MAX_UNPACKED // 2**30} GB，请解压后放入文件夹")


def _list(
    opened: _Zip, below: str, shown: str, depth: int, budget: _Budget, found: Members
) -> None:
    budget.take(opened)
    found.refused += [Refused(f"{shown}/{name}", _OUTSIDE, True) for name in opened.outside]
    for name, entry in sorted(opened.entries.items()):
        one = f"{shown}/{name}"
        if reason := _refusal(entry):
            found.refused.append(Refused(one, reason))
        elif not name.lower().endswith(_SUFFIX):
            found.names.append(below + name)
        elif depth == MAX_DEPTH:
            found.refused.append(Refused(one, f"压缩包嵌套超过 {MAX_DEPTH} 层"))
        else:
            try:
                inner = _inner(opened, entry)
            except UnreadableFile as error:
                found.refused.append(Refused(one, str(error)))
                continue
            _list(inner, f"{below}{name}/", one, depth + 1, budget, found)


def _refusal(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & _ENCRYPTED:
        return "压缩包里的文件有密码，请解压后放入文件夹"
    if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
        return f"压缩比超过 {MAX_RATIO}:1，疑为压缩炸弹，未解压"
    return None


# ---- reading a member by its path


def open_file(path: Path) -> IO[bytes]:
    """A file on disk or inside a zip, open for reading; raises UnreadableFile or OSError."""
    held = _held(path)
    if held is None:
        return path.open("rb")
    opened, entry = held
    return BytesIO(_bytes(opened, entry))


def size_of(path: Path) -> int:
    """The size of a file on disk or inside a zip; raises UnreadableFile or OSError."""
    held = _held(path)
    return path.stat().st_size if held is None else held[1].file_size


def may_hold(path: Path) -> bool:
    """Whether `path` lies in a zip that holds it, or that cannot be looked into just now."""
    try:
        return _held(path) is not None
    except FileNotFoundError:
        return False
    except (OSError, UnreadableFile):
        return True


def _held(path: Path) -> tuple[_Zip, zipfile.ZipInfo] | None:
    """The member that a path names; None where no part of the path is a zip file.

    Raises FileNotFoundError where the zip is there and the member is not.
    """
    for parent in path.parents:
        if is_container(parent) and parent.is_file():
            name = path.relative_to(parent).as_posix()
            if (found := _find(_open(parent), name, 1)) is None:
                raise FileNotFoundError(2, "not in the zip", str(path))
            return found
    return None


def _find(opened: _Zip, name: str, depth: int) -> tuple[_Zip, zipfile.ZipInfo] | None:
    entry = opened.entries.get(name)
    if entry is not None:
        return opened, entry
    parts = name.split("/")
    for n in range(1, len(parts)):
        entry = opened.entries.get("/".join(parts[:n]))
        if entry is not None and parts[n - 1].lower().endswith(_SUFFIX) and depth < MAX_DEPTH:
            return _find(_inner(opened, entry), "/".join(parts[n:]), depth + 1)
    return None


# ---- zips themselves


def _open(path: Path) -> _Zip:
    state = path.stat()
    return _opened(path, state.st_mtime_ns, state.st_size)


# Its members are read one after the other, several thousand at times; two, for a change of zip.
@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int, _size: int) -> _Zip:
    return _zip(path)


@lru_cache(maxsize=2)
def _inner_opened(outer: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Zip:
    return _zip(BytesIO(_read(outer, entry)))


def _inner(opened: _Zip, entry: zipfile.ZipInfo) -> _Zip:
    if entry.file_size > MAX_MEMBER:
        raise UnreadableFile(f"压缩包里的压缩包过大（上限 {MAX_MEMBER // 2**20} MB）")
    return _inner_opened(opened.file, entry)


def forget() -> None:
    """Close the zips that were kept open."""
    _opened.cache_clear()
    _inner_opened.cache_clear()


def _zip(source: Path | BytesIO) -> _Zip:
    try:
        opened = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise UnreadableFile("不是有效的压缩包，或已损坏（请重新压缩为 .zip 后重试）") from error
    entries: dict[str, zipfile.ZipInfo] = {}
    outside: list[str] = []
    for entry in opened.infolist():
        if entry.is_dir() or _is_link(entry):
            continue
        name = _name(entry)
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if ".." in parts or name.startswith("/") or _DRIVE.match(name) or not parts:
            outside.append(name)
        elif not any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
            entries["/".join(parts)] = entry
    return _Zip(opened, entries, tuple(outside))


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name: many programs write GBK, and some UTF-8 without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437")
        name = _unicode_name(entry.extra) or next(_readings(raw), name)
    # In GBK a character's second byte may be a backslash: only now it surely is one.
    return name.replace("\\", "/").replace("\0", "")


def _readings(raw: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue


def _unicode_name(extra: bytes) -> str | None:
    """The name in Unicode that some programs add beside the one in their own encoding."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_NAME and size > 5:
            try:
                return extra[9 : 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        extra = extra[4 + size :]
    return None


def _bytes(opened: _Zip, entry: zipfile.ZipInfo) -> bytes:
    if reason := _refusal(entry):
        raise UnreadableFile(reason)
    if entry.file_size > MAX_MEMBER:
        raise UnreadableFile(f"文件过大（上限 {MAX_MEMBER // 2**20} MB）")
    return _read(opened.file, entry)


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A member's content; its size is bounded by what `members` let through and by its CRC."""
    try:
        return opened.read(entry)
    except NotImplementedError as error:
        raise UnreadableFile("压缩包的压缩方式不支持，请解压后放入文件夹") from error
    except _BROKEN as error:
        raise UnreadableFile("压缩包里的这个文件已损坏") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        # Its place is in front of the beginning: the zip has lost its first bytes.
        raise UnreadableFile("压缩包里的这个文件已损坏") from error
