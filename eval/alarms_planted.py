"""`python -m eval.alarms_planted FOLDER…`: how many wrong sums are noticed, of those put in.

In every list of an ingested folder that adds up to its total, the largest part is made a
fourteenth larger, one list at a time; a list whose sentence raises an alarm then was noticed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from app.history.statements import Statement, statements
from app.history.sums import sum_alarms
from index.archive import open_archive
from index.records import Figure
from ingest.job import ingest

_MORE = Decimal(15) / 14


def lists(statement: Statement) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each total of a sentence with its parts, where they add up exactly."""
    groups: dict[tuple[int, int], list[Figure]] = {}
    for one in statement.figures:
        if one.part_of is not None:
            groups.setdefault((one.part_of, statement.bracket(one)), []).append(one)
    for (ordinal, _), parts in groups.items():
        for whole in statement.figures:
            total = sum((one.base for one in parts), Decimal(0))
            if whole.ordinal == ordinal and len(parts) > 1 and total == whole.base:
                yield whole, parts


def spoiled(statement: Statement, parts: list[Figure]) -> Statement:
    """The sentence with the largest part larger, by three of its last digit at least."""
    largest = max(parts, key=lambda one: one.base)
    exponent = largest.value.as_tuple().exponent
    digit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    value = max((largest.value * _MORE).quantize(digit), largest.value + 3 * digit)
    changed = largest._replace(value=value, base=largest.base * value / largest.value)
    figures = tuple(changed if one is largest else one for one in statement.figures)
    return replace(statement, figures=figures)


def run(folder: Path) -> tuple[int, int]:
    """(lists that were noticed, all lists) of the reports in a folder."""
    noticed = count = 0
    with tempfile.TemporaryDirectory() as data:
        ingest([str(folder)], Path(data), None)
        with closing(open_archive(Path(data))) as archive:
            for statement in statements(archive):
                for _, parts in () if statement.is_row else lists(statement):
                    count += 1
                    noticed += any(sum_alarms(spoiled(statement, parts)))
    return noticed, count


if __name__ == "__main__":
    for name in sys.argv[1:]:
        noticed, count = run(Path(name))
        print(f"{name}: {noticed} of {count}")
