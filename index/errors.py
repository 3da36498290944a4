"""What can go wrong, named by what the caller should do about it.

HuibaoError                 every expected failure; str(error) is a Chinese sentence for the user
├── UsageError              the request itself is wrong: correct it and call again
│   ├── SettingsError       huibao.toml or an option has an unknown key or an impossible value
│   └── NotFound            no such report, file or folder
│       └── SeveralPlaces   several bear the name: call again with one of `choices`
├── ArchiveBusy             another process is writing: wait, then call again
├── DiskFull                no room for the archive: make some, then run again
├── ArchiveUnusable         the archive folder is missing, newer than this program, or not ours
├── EmbedderMismatch        the archive was embedded by another model: re-embed it
├── ModelUnavailable        the embedding model cannot be had: install it or go on without
└── UnreadableFile          one input file cannot be read: the run goes on with the others
    └── HeldBack            it could be read, but the rules forbid keeping it
"""

from __future__ import annotations

import errno
from pathlib import Path


class HuibaoError(Exception):
    """An expected failure; the message is Chinese, complete, and says what to do."""


class UsageError(HuibaoError):
    """The request is wrong and would fail again."""


class SettingsError(UsageError):
    """A setting is unknown or impossible."""


class NotFound(UsageError):
    """What was named does not exist."""


class SeveralPlaces(NotFound):
    """Several places bear the name that was given; `choices` are their full ones."""

    def __init__(self, message: str, choices: tuple[str, ...]) -> None:
        super().__init__(message)
        self.choices = choices


class ArchiveBusy(HuibaoError):
    """Another process holds the archive's write lock."""


class DiskFull(HuibaoError):
    """The disk that holds the archive is full."""


class ArchiveUnusable(HuibaoError):
    """The folder holds no archive that this program can open."""


class EmbedderMismatch(HuibaoError):
    """The archive's vectors come from another model."""


class ModelUnavailable(HuibaoError):
    """The embedding model cannot be loaded."""


class UnreadableFile(HuibaoError):
    """One file cannot be read; the message says why."""


class HeldBack(UnreadableFile):
    """One file must not be taken in, for its secrecy mark; nothing of it is kept."""


FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when nothing more can be written."""

_WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件不存在",
    errno.EIO: "磁盘读写出错",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    **dict.fromkeys(FULL, "磁盘已满"),
}


def disk_full(folder: Path) -> DiskFull:
    return DiskFull(f"磁盘已满，{folder} 写不下了；请腾出空间后再次运行，已入库的内容都在")


def in_words(error: OSError) -> str:
    """The system's reason in Chinese, where it is a common one."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
