"""`python -m eval.measuring [FOLDER]`: what reading figures adds to ingest without embedding.

The same files are taken in with figures and without, in turn, each time in a process of its own
and into a fresh archive; processor time in one process, so that other jobs on the machine matter
less. With `--clock`, what an office waits: seconds by the clock with as many processes as the
command uses, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import ingest.job
import ingest.prepare
import ingest.settle
from eval.cases import SAMPLE
from index.records import Measured, Passage, Report
from ingest.job import ingest as take_in
from ingest.measure import rules_of
from ingest.workers import Result, Task, Workers, read_task

ROUNDS = 5


@dataclass(frozen=True)
class Rounds:
    """Seconds, one of each a round; of processor time, or by the clock."""

    without: tuple[float, ...]
    with_figures: tuple[float, ...]
    clock: bool = False

    @property
    def added(self) -> tuple[float, ...]:
        """What the figures add in each round, as a share of ingest without them."""
        pairs = zip(self.without, self.with_figures, strict=True)
        return tuple((more - less) / less for less, more in pairs)

    def table(self) -> str:
        """The medians and the spread, two lines."""
        seconds = "s by the clock" if self.clock else "s of processor time"
        return (
            f"without figures {median(self.without):.2f} s, with them "
            f"{median(self.with_figures):.2f} {seconds} (medians, {len(self.added)} "
            f"rounds in turn)\n"
            f"figures add {median(self.added):.1%} "
            f"({min(self.added):.1%} to {max(self.added):.1%})"
        )


def run(folder: Path, rounds: int = ROUNDS, *, clock: bool = False) -> Rounds:
    """Take a folder in `rounds` times each way."""
    found: dict[bool, list[float]] = {False: [], True: []}
    for number in range(rounds):
        for figures in (False, True) if number % 2 == 0 else (True, False):
            found[figures].append(_in_a_process(folder, figures, clock))
    return Rounds(tuple(found[False]), tuple(found[True]), clock)


def _in_a_process(folder: Path, figures: bool, clock: bool) -> float:
    command = [
        sys.executable,
        "-m",
        "eval.measuring",
        str(folder),
        "--once",
        "yes" if figures else "no",
    ]
    done = subprocess.run(command + ["--clock"] * clock, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def once(folder: Path, *, figures: bool, clock: bool = False) -> float:
    """Seconds of one ingest, run as the command runs it; without figures it reads none."""
    if not figures:
        vars(ingest.prepare)["measure"] = vars(ingest.settle)["measure"] = _nothing
        vars(ingest.job)["Workers"] = partial(Workers, read=_read_without)
    now = time.monotonic if clock else time.process_time
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="huibao-measuring-") as name:
        begun = now()
        take_in([str(folder)], Path(name), None, workers=None if clock else 1)
        return now() - begun


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
        print(once(given.folder, figures=given.once == "yes", clock=given.clock))
    else:
        print(run(given.folder, given.rounds, clock=given.clock).table())


if __name__ == "__main__":
    main()
