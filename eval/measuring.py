"""`python -m eval.measuring [FOLDER]`: what reading figures adds to ingest without embedding.

The same files are taken in with figures and without, in turn, each time in a process of its own
and into a fresh archive; processor time, so that other jobs on the machine matter less.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import ingest.prepare
import ingest.settle
from eval.cases import SAMPLE
from index.records import Measured, Passage, Report
from ingest.job import ingest as take_in
from ingest.measure import rules_of

ROUNDS = 5


@dataclass(frozen=True)
class Rounds:
    """Seconds of processor time, one of each a round."""

    without: tuple[float, ...]
    with_figures: tuple[float, ...]

    @property
    def added(self) -> tuple[float, ...]:
        """What the figures add in each round, as a share of ingest without them."""
        pairs = zip(self.without, self.with_figures, strict=True)
        return tuple((more - less) / less for less, more in pairs)

    def table(self) -> str:
        """The medians and the spread, two lines."""
        return (
            f"without figures {median(self.without):.2f} s, with them "
            f"{median(self.with_figures):.2f} s of processor time (medians, {len(self.added)} "
            f"rounds in turn)\n"
            f"figures add {median(self.added):.1%} "
            f"({min(self.added):.1%} to {max(self.added):.1%})"
        )


def run(folder: Path, rounds: int = ROUNDS) -> Rounds:
    """Take a folder in `rounds` times each way."""
    found: dict[bool, list[float]] = {False: [], True: []}
    for number in range(rounds):
        for figures in (False, True) if number % 2 == 0 else (True, False):
            found[figures].append(_in_a_process(folder, figures))
    return Rounds(tuple(found[False]), tuple(found[True]))


def _in_a_process(folder: Path, figures: bool) -> float:
    command = [sys.executable, "-m", "eval.measuring", str(folder), "--once"]
    done = subprocess.run(
        [*command, "yes" if figures else "no"], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def once(folder: Path, *, figures: bool) -> float:
    """Seconds of processor time of one ingest in this process; without figures it reads none."""
    if not figures:
        vars(ingest.prepare)["measure"] = vars(ingest.settle)["measure"] = _nothing
    with tempfile.TemporaryDirectory(prefix="huibao-measuring-") as name:
        begun = time.process_time()
        take_in([str(folder)], Path(name), None, workers=1)
        return time.process_time() - begun


def _nothing(
    report: Report, passages: Sequence[Passage], indicators: Path | None = None
) -> Measured:
    return Measured(rules_of(indicators), ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE / "reports")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--once", choices=("yes", "no"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(once(given.folder, figures=given.once == "yes"))
    else:
        print(run(given.folder, given.rounds).table())


if __name__ == "__main__":
    main()
