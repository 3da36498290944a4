"""How exactly each format is read: one fictional report in all of them, held to its source.

`python -m eval.readers` prints the character error rate and the share of table cells that stand
beside their column's name; `--make` writes the files anew (needs soffice, the packages for
development, and a Chinese font).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.metrics import Share, share
from eval.renderings import BEFORE, TABLE, source_lines
from index.chinese.fold import fold
from index.errors import UnreadableFile
from ingest.clean import clean
from ingest.containers import is_container
from ingest.lines import Line
from ingest.readers import READERS, load, read
from ingest.readers.tables import CELLS
from ingest.scan import scan

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "readers"


@dataclass(frozen=True)
class Measured:
    """One format's result; `cells` are table cells found beside their column's name."""

    name: str
    errors: float
    cells: Share
    paragraphs: Share
    seconds: float


def measure(path: Path) -> Measured:
    """Read one rendering and compare it with the source; raises UnreadableFile."""
    begun = time.monotonic()
    lines = clean(_lines(path))
    seconds = time.monotonic() - begun
    # In a worksheet each line is a row; those of one cell are the report's paragraphs.
    rows = [_key(line.text) for line in lines if line.row and CELLS in line.text]
    texts = [_key(line.text) for line in lines if not (line.row and CELLS in line.text)]
    source = [_key(text) for text in source_lines()]
    names, *records = TABLE
    found: list[bool | None] = [
        any(_key(f"{name}:{cell}") in row for row in rows)
        for record in records
        for name, cell in zip(names, record, strict=True)
    ]
    if path.suffix == ".txt":  # a table in it is lines of words, and no cell has a name
        found = [None]
        source[1 + len(BEFORE) : 1 + len(BEFORE)] = [_key("".join(row)) for row in TABLE]
    return Measured(
        path.name,
        error_rate("".join(texts), "".join(source)),
        share(found),
        share(text in texts for text in source),
        seconds,
    )


def _lines(path: Path) -> list[Line]:
    if is_container(path):
        (path,) = scan([str(path)], path.parent / "no archive").files
    return read(load(path), path.suffix)


def error_rate(text: str, source: str) -> float:
    """Insertions, deletions and substitutions for each character of the source."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(text, source) / max(len(source), 1)


def _key(text: str) -> str:
    # Half and full width are the same to search, and a scan does not tell them apart.
    return "".join(fold(text).split())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.readers", description=__doc__)
    parser.add_argument("--make", action="store_true", help="write the files anew")
    given = parser.parse_args(arguments)
    if given.make:
        # Here and not above: they need what only development installs.
        from eval.printings import make_prints
        from eval.renderings import make

        make(FOLDER)
        make_prints(FOLDER)
    print(f"{'file':22} {'characters wrong':>16}  {'cells':16} {'paragraphs':16} seconds")
    for path in sorted(FOLDER.glob("report*")):
        if path.suffix not in READERS and not is_container(path):
            print(f"{path.name:22} no reader")
            continue
        try:
            one = measure(path)
        except UnreadableFile as error:
            print(f"{path.name:22} {error}")
            continue
        print(
            f"{one.name:22} {one.errors:>15.2%}  {one.cells!s:16} {one.paragraphs!s:16}"
            f" {one.seconds:.1f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
