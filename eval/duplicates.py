"""`python -m eval.duplicates FOLDER`: are versions of one report told from neighbouring years?

Versions are made: edited (2–10 % of the characters), cut off by a tenth, read by a scanner that
errs in 1–3 % of the characters. Others are the same place's reports of all other years.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from eval.metrics import share
from index.duplicates import THRESHOLD, Sketched, pairs
from index.errors import NotFound
from index.sketch import sketch_of
from ingest.clean import clean
from ingest.readers import load, read
from ingest.split import text_of

_THRESHOLDS = sorted({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, THRESHOLD})


def edited(text: str, chance: random.Random) -> str:
    """Phrases replaced, taken out and put in, as between a draft and what is sent."""
    left = int(len(text) * chance.uniform(0.02, 0.10))
    while left > 0:
        length = min(left, chance.randint(2, 20))
        at = chance.randrange(max(1, len(text) - length))
        source = chance.randrange(max(1, len(text) - length))
        new = chance.choice(("", text[source : source + length]))
        text = text[:at] + new + text[at + (length if chance.random() < 0.7 else 0) :]
        left -= length
    return text


def cut_off(text: str, chance: random.Random) -> str:
    """Without its first or last tenth."""
    tenth = len(text) // 10
    return text[tenth:] if chance.random() < 0.5 else text[:-tenth]


def scanned(text: str, chance: random.Random) -> str:
    """With characters taken for others, each on its own."""
    rate = chance.uniform(0.01, 0.03)
    return "".join(chance.choice(text) if chance.random() < rate else char for char in text)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "edited": edited,
    "cut off": cut_off,
    "scanned": scanned,
}


def run(folder: Path, seed: int = 1) -> str:
    """A table: by threshold, how many versions are found and how many found pairs are versions."""
    chance = random.Random(seed)
    reports = dict(_texts(folder))
    if not reports:
        raise NotFound(f"报告集里缺少 {folder / 'index.csv'}")
    known = {name: (place, sketch_of(text)) for name, (place, text) in reports.items()}
    made = {
        (name, way): sketch_of(change(text, chance))
        for name, (_, text) in reports.items()
        for way, change in WAYS.items()
    }
    by_place: dict[str, list[str]] = defaultdict(list)
    for name, (place, _) in known.items():
        by_place[place].append(name)
    lines = []
    neighbours = sum(len(names) * (len(names) - 1) // 2 for names in by_place.values())
    lines.append(f"{len(reports)} reports, {len(made)} versions, {neighbours} neighbour pairs")
    for threshold in _THRESHOLDS:
        # No place, no period: only the texts may tell.
        wrong = sum(
            bool(_pair(known[one][1], known[other][1], threshold))
            for names in by_place.values()
            for one, other in combinations(names, 2)
        )
        found = {
            way: share(_pair(known[name][1], made[name, way], threshold) for name in reports)
            for way in WAYS
        }
        hits = sum(one.hits for one in found.values())
        precision = f"{hits}/{hits + wrong} ({hits / max(1, hits + wrong):.1%})"
        lines.append(
            f"threshold {threshold}: precision {precision}  recall "
            + "  ".join(f"{way} {value}" for way, value in found.items())
        )
    return "\n".join(lines)


def _pair(one: object, other: object, threshold: float) -> bool:
    two = [Sketched("a", one, None, None), Sketched("b", other, None, None)]  # type: ignore[arg-type]
    return any(True for _ in pairs(two, {"a", "b"}, threshold))


def _texts(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            path = folder / "docs" / f"{row['id']}.txt"
            yield row["id"], (row["place"], text_of(clean(read(load(path), path.suffix))))


def main(arguments: Sequence[str]) -> None:
    print(run(Path(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
