"""One writer at a time: a lock file in the archive folder, released by the system if we die."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ArchiveBusy, ArchiveUnusable, in_words


@contextmanager
def writing(folder: Path, wait: float = 0) -> Iterator[None]:
    """Hold the folder's write lock, waiting up to `wait` seconds; else raises ArchiveBusy.

    Makes the folder where there is none; raises ArchiveUnusable where nothing can be written.
    """
    lock = FileLock(folder / "writer.lock", timeout=wait)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise ArchiveBusy(f"另一个程序正在写入 {folder}，请等它结束后再试") from error
    except OSError as error:
        raise ArchiveUnusable(f"不能在 {folder} 写入：{in_words(error)}") from error
    try:
        yield
    finally:
        lock.release()
