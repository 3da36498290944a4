"""`python -m eval.describe FOLDER`: place and year read from texts, held against index.csv."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotFound
from index.records import Described
from ingest.clean import clean
from ingest.describe import describe
from ingest.readers import load, read


@dataclass(frozen=True)
class Field:
    """One field of one report; `found` is None where the program does not know."""

    report: str
    name: str
    gold: str
    found: str | None
    origin: str | None

    @property
    def verdict(self) -> str:
        if self.found is None:
            return "unknown"
        return "right" if self.found == self.gold else "wrong"


_HEAD = 12
"""Lines of a report's head, where it names its place if it does so at all."""


def run(folder: Path, headless: bool = False) -> list[Field]:
    """Describe every report of a folder with index.csv (id, place, year) and docs/ID.txt.

    Where `headless`, without its first lines: as texts come whose title was lost.
    """
    index = folder / "index.csv"
    if not index.is_file():
        raise NotFound(f"报告集里缺少 {index}")
    with index.open(encoding="utf-8-sig", newline="") as file:
        return [field for row in csv.DictReader(file) for field in _fields(folder, row, headless)]


def _fields(folder: Path, row: dict[str, str], headless: bool) -> Iterator[Field]:
    path = folder / "docs" / f"{row['id']}.txt"
    lines = clean(read(load(path), path.suffix))
    texts = [line.text for line in lines][_HEAD if headless else 0 :]
    described = describe(texts, path.name)
    origins = {name: origin.value for name, origin in described.origins}
    yield Field(row["id"], "place", row["place"], described.place, origins.get("place"))
    yield Field(row["id"], "year", row["year"], _year(described), origins.get("period"))


def _year(described: Described) -> str | None:
    return str(described.period.start.year) if described.period else None


def table(fields: Sequence[Field]) -> str:
    """Right, wrong and unknown by field and by origin, then what is not right."""
    lines: list[str] = []
    for name in ("place", "year"):
        own = [field for field in fields if field.name == name]
        lines.append(f"{name:6} {_counts(own)}")
        for origin in sorted({field.origin for field in own if field.origin}):
            lines.append(
                f"  from {origin:10} {_counts([field for field in own if field.origin == origin])}"
            )
    lines += [
        f"{field.report} {field.name}: {field.found or 'unknown'}, gold {field.gold}"
        for field in fields
        if field.verdict != "right"
    ]
    return "\n".join(lines)


def _counts(fields: Sequence[Field]) -> str:
    return "  ".join(
        f"{verdict} {sum(field.verdict == verdict for field in fields)}/{len(fields)}"
        for verdict in ("right", "wrong", "unknown")
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m eval.describe", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--headless", action="store_true", help="cut off the first lines")
    given = parser.parse_args()
    print(table(run(given.folder, given.headless)))
