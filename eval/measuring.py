"""`python -m eval.measuring [FOLDER]`: what reading figures adds to ingest without embedding.

The same files are taken in with figures and without, in turn, each time in a process of its own
and into a fresh archive; processor time in one process, so that other jobs on the machine matter
less. As a machine's speed drifts by a tenth and more from run to run, what reading and storing
figures takes is counted inside the runs with figures, too. With `--clock`, what an office waits:
seconds by the clock with as many processes as the command uses, on a machine that does nothing
else.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

import ingest.job
import ingest.prepare
import ingest.settle
from eval.cases import SAMPLE
from index.archive import Archive
from index.records import Measured, Passage, Report
from index.rows import figure_rows
from ingest.job import ingest as take_in
from ingest.measure import rules_of
from ingest.workers import Result, Task, Workers, read_task

ROUNDS = 5

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Rounds:
    """Seconds, one of each a round; of processor time, or by the clock."""

    without: tuple[float, ...]
    with_figures: tuple[float, ...]
    clock: bool = False
    inside: tuple[float, ...] = ()
    """Of the seconds with figures those spent in reading and storing them; of one process."""

    @property
    def added(self) -> tuple[float, ...]:
        """What the figures add in each round, as a share of ingest without them."""
        pairs = zip(self.without, self.with_figures, strict=True)
        return tuple((more - less) / less for less, more in pairs)

    @property
    def added_inside(self) -> tuple[float, ...]:
        """The same by what was counted inside each run with figures."""
        pairs = zip(self.inside, self.with_figures, strict=True)
        return tuple(own / (whole - own) for own, whole in pairs)

    def table(self) -> str:
        """The medians and the spread, two or three lines."""
        seconds = "s by the clock" if self.clock else "s of processor time"
        lines = [
            f"without figures {median(self.without):.2f} s, with them "
            f"{median(self.with_figures):.2f} {seconds} (medians, {len(self.added)} "
            f"rounds in turn)",
            f"figures add {_spread(self.added)}",
        ]
        if self.inside:
            lines.append(
                f"counted inside the runs {median(self.inside):.2f} s: {_spread(self.added_inside)}"
            )
        return "\n".join(lines)


def _spread(shares: Sequence[float]) -> str:
    return f"{median(shares):.1%} ({min(shares):.1%} to {max(shares):.1%})"


def run(folder: Path, rounds: int = ROUNDS, *, clock: bool = False) -> Rounds:
    """Take a folder in `rounds` times each way."""
    found: dict[bool, list[float]] = {False: [], True: []}
    inside: list[float] = []
    for number in range(rounds):
        for figures in (False, True) if number % 2 == 0 else (True, False):
            seconds, own = _in_a_process(folder, figures, clock)
            found[figures].append(seconds)
            if figures and not clock:
                inside.append(own)
    return Rounds(tuple(found[False]), tuple(found[True]), clock, tuple(inside))


def _in_a_process(folder: Path, figures: bool, clock: bool) -> tuple[float, float]:
    command = [
        sys.executable,
        "-m",
        "eval.measuring",
        str(folder),
        "--once",
        "yes" if figures else "no",
    ]
    done = subprocess.run(command + ["--clock"] * clock, capture_output=True, text=True, check=True)
    seconds, inside = done.stdout.split()[-2:]
    return float(seconds), float(inside)


def once(folder: Path, *, figures: bool, clock: bool = False) -> tuple[float, float]:
    """Seconds of one ingest, run as the command runs it, and those of them for the figures.

    Without figures it reads none; what other processes take for figures is not counted.
    """
    own = _Stopwatch()
    for module, name in ((ingest.prepare, "measure"), (ingest.settle, "measure")):
        vars(module)[name] = own.timed(vars(module)[name])
    vars(ingest.prepare)["figure_rows"] = own.timed(figure_rows)
    setattr(Archive, "put_figures", own.timed(Archive.put_figures))  # noqa: B010
    if not figures:
        vars(ingest.prepare)["measure"] = vars(ingest.settle)["measure"] = _nothing
        vars(ingest.job)["Workers"] = partial(Workers, read=_read_without)
    now = time.monotonic if clock else time.process_time
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="huibao-measuring-") as name:
        begun = now()
        take_in([str(folder)], Path(name), None, workers=None if clock else 1)
        return now() - begun, own.seconds


class _Stopwatch:
    """Adds up the processor time of the functions that it is put around."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Callable[_P, _T]) -> Callable[_P, _T]:
        def run_timed(*args: _P.args, **named: _P.kwargs) -> _T:
            begun = time.process_time()
            try:
                return function(*args, **named)
            finally:
                self.seconds += time.process_time() - begun

        return run_timed


def _read_without(task: Task) -> Result:
    vars(ingest.prepare)["measure"] = _nothing
    return read_task(task)


def _nothing(
    report: Report, passages: Sequence[Passage], indicators: Path | None = None
) -> Measured:
    return Measured(rules_of(indicators), ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE / "reports")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--clock", action="store_true", help="by the clock, in all processes")
    parser.add_argument("--once", choices=("yes", "no"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(*once(given.folder, figures=given.once == "yes", clock=given.clock))
    else:
        print(run(given.folder, given.rounds, clock=given.clock).table())


if __name__ == "__main__":
    main()
