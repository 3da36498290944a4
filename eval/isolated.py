"""Work in a process of its own, with the most memory that it held."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def isolated(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> tuple[T, float]:
    """(what `work` returns, peak resident memory of its process in MB).

    A fresh interpreter: what another pipeline loaded or freed does not count. Processes that
    `work` starts are not counted.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, partial(work, *arguments, **named)).result()


def _measured(work: Callable[[], T]) -> tuple[T, float]:
    return work(), peak_mb()


def peak_mb() -> float:
    """Peak resident memory of this process in MB (VmHWM, proc(5); getrusage elsewhere)."""
    try:
        # getrusage would still know of the memory that the starting process had before exec.
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
