"""Long work of a page: how far it is, a stop that ends it, an end of its own when nobody waits.

A page asks again and again: unlike a stream of Gradio's queue, that outlives a connection that
drops, and what is done within a moment comes with the first answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import Generic, TypeVar

from app.steps import Step
from index.errors import HuibaoError

T = TypeVar("T")
_AT_ONCE = 0.4
"""Seconds that a work may take before anything is said of it."""
_FORSAKEN = 15.0
"""Seconds after which nobody waits any more: the page was closed."""


class Stopped(HuibaoError):
    """Nobody wants the work any more; it ends where it is."""


@dataclass(frozen=True)
class Waiting:
    """How far a work is; of a total of nothing it is not known."""

    seconds: int
    done: int
    total: int


class _Task(Generic[T]):
    """One work in its thread; `step` is called by it, the rest by the page."""

    def __init__(self, run: Callable[[Step], T]) -> None:
        self.done = self.total = 0
        self.begun = self.asked = time.monotonic()
        self.stop = Event()
        pool = ThreadPoolExecutor(1)
        self.result: Future[T] = pool.submit(run, self.step)
        pool.shutdown(wait=False)

    def step(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self.stop.is_set() or time.monotonic() - self.asked > _FORSAKEN:
            raise Stopped


class Running(Generic[T]):
    """What a page has running, one work at a time; shared by the events that ask and stop."""

    def __init__(self) -> None:
        self._task: _Task[T] | None = None

    def __deepcopy__(self, memo: object) -> Running[T]:
        return Running()  # Gradio copies it for each page

    def begin(self, run: Callable[[Step], T]) -> T | Waiting:
        """Begin in place of what was running; what comes of it, or how far it is after a moment.

        Raises what the work raises.
        """
        self.stop()
        self._task = _Task(run)
        return self._after(self._task, _AT_ONCE)

    def look(self) -> T | Waiting | None:
        """What came of it, once; else how far it is. None where nothing is running."""
        task = self._task
        return None if task is None else self._after(task, 0.0)

    def stop(self) -> None:
        """End it; what came of it by then is lost."""
        if self._task is not None:
            self._task.stop.set()
        self._task = None

    def _after(self, task: _Task[T], seconds: float) -> T | Waiting:
        task.asked = time.monotonic()
        wait([task.result], seconds)
        if not task.result.done():
            return Waiting(round(task.asked - task.begun), task.done, task.total)
        if self._task is task:
            self._task = None
        return task.result.result()
