"""Reading files in several processes: segmenting Chinese text is the slow part."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType

from index.errors import HuibaoError, UnreadableFile, in_words
from ingest.prepare import PreparedReport, prepare
from ingest.scan import Found

_SELDOM = 100_000
"""Objects made before garbage is looked for: Python's 700 cost 0.3 s of a run over 342 reports,
this 0.06 s; figures are many and none of them is in a cycle."""

Result = Sequence[PreparedReport] | UnreadableFile


@dataclass(frozen=True)
class Task:
    """A file to read, with the hash of its content."""

    file: Found
    sha256: str
    allow_secret: bool = False
    indicators: Path | None = None


def read_task(task: Task) -> Result:
    """The reports of one file, or why it cannot be read."""
    try:
        return prepare(
            task.file.path, task.file.shown, task.sha256, task.allow_secret, task.indicators
        )
    except UnreadableFile as error:
        return error
    except OSError as error:
        return UnreadableFile(f"无法读取：{in_words(error)}")
    except HuibaoError:
        raise  # not the file's fault
    except Exception as error:  # noqa: BLE001
        # A dozen parsers of others read damaged files here, and what the next release of one
        # raises over them is not ours to know: it must cost one file, never the run.
        return UnreadableFile(f"读取时出错，文件可能已损坏（{type(error).__name__}）")


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage seldom in this process, while it reads and stores reports."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Workers:
    """Runs `read` over tasks and gives the results in the order of the tasks.

    As a context it uses `count` processes, else the caller's own.
    """

    def __init__(
        self, count: int | None = None, read: Callable[[Task], Result] = read_task
    ) -> None:
        self._count = count or os.cpu_count() or 1
        self._read = read
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        self._pool = _pool(self._count)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        for task in tasks:
            if self._pool is None:
                yield task, self._read(task)
                continue
            waiting.append((task, self._submit(task)))
            # A bounded queue: the results of a whole archive would fill the memory.
            if len(waiting) > 4 * self._count:
                first, future = waiting.popleft()
                yield first, self._result(first, future)
        for task, future in waiting:
            yield task, self._result(task, future)

    def _submit(self, task: Task) -> Future[Result]:
        assert self._pool is not None
        try:
            return self._pool.submit(self._read, task)
        except BrokenProcessPool:
            self._pool = _pool(self._count)
            return self._pool.submit(self._read, task)

    def _result(self, task: Task, future: Future[Result]) -> Result:
        """A task's result; where a worker died, the task is read again in a process of its own.

        A file that takes its reader down with it (all memory, say) is one file's failure: the
        run would otherwise end at the same file every time.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            with _pool(1) as alone:
                try:
                    return alone.submit(self._read, task).result()
                except BrokenProcessPool:
                    return UnreadableFile("读取这个文件时程序异常退出（文件可能过大或已损坏）")


def _pool(count: int) -> ProcessPoolExecutor:
    # spawn: a fork of a process with running threads (a web server's) can hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, initializer=_begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the run, and end with it: a worker would wait for tasks for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # the modules stay
    gc.set_threshold(_SELDOM)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()
