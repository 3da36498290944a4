"""`python -m eval.reading FOLDER`: how fast files become passages, with one process and with more.

Reading, cleaning, dividing, describing, splitting and cutting into words; nothing is stored.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from contextlib import nullcontext
from pathlib import Path

from index.errors import UnreadableFile
from ingest.scan import scan, sha256_of
from ingest.workers import Task, Workers


def megabytes_a_second(folder: Path, processes: int) -> tuple[float, int, int]:
    """(million bytes of files a second, files, passages) for `processes` reading side by side."""
    found = scan([str(folder)], Path("/nonexistent")).sorted()
    tasks = [Task(file, sha256_of(file.path)) for file in found]
    size = sum(file.path.stat().st_size for file in found)
    passages = 0
    with Workers(processes) if processes > 1 else nullcontext(Workers(1)) as workers:
        begun = time.monotonic()
        for _, result in workers.run(tasks):
            if not isinstance(result, UnreadableFile):
                passages += sum(len(one.passages) for one in result)
        seconds = time.monotonic() - begun
    return size / 1e6 / seconds, len(tasks), passages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for processes in sorted({1, os.cpu_count() or 1}):
        speed, files, passages = megabytes_a_second(folder, processes)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{processes} process(es): {speed:.2f} MB/s, {files} files, {passages} passages, "
            f"peak {own:.0f} MB, a worker {workers:.0f} MB"
        )


if __name__ == "__main__":
    main()
