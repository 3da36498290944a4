"""`python -m eval.divide [FOLDER …]`: files of several reports, made by joining, divided again.

A folder holds reports that are one each: `whole` counts those that stay so, the joined files
tell how many of the true borders are found, and how many of the borders found are true.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases import SAMPLE
from eval.metrics import Share, share
from index.errors import UnreadableFile
from ingest.clean import clean
from ingest.divide import divide
from ingest.lines import Line
from ingest.readers import load, read, readable

_JOINED = 200
_HEAD_MAX = 30
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,3}[、.．]|[(（第①◎]")

Report = Sequence[Line]


@dataclass(frozen=True)
class Result:
    """The files that stay whole, and the borders of joined files by how they were joined."""

    whole: Share
    torn: tuple[Path, ...]
    found: dict[str, Share]
    """Way of joining -> share of the true borders that were found."""
    right: dict[str, Share]
    """Way of joining -> share of the borders found that are true."""

    def table(self) -> str:
        lines = [f"whole {self.whole}", *(f"  torn: {path}" for path in self.torn)]
        for way in self.found:
            lines.append(f"{way:12} found {self.found[way]}   right {self.right[way]}")
        return "\n".join(lines)


def run(folders: Sequence[Path], seed: int = 1) -> Result:
    """Measure the division of the reports below `folders`."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    reports = {path: lines for path in files if (lines := _lines(path))}
    torn = tuple(path for path, lines in reports.items() if len(divide(lines)) != 1)
    chance = random.Random(seed)
    whole = [lines for path, lines in reports.items() if path not in torn]
    found: dict[str, Share] = {}
    right: dict[str, Share] = {}
    for way in ("whole", "no title", "text alone"):
        true: list[tuple[set[int], set[int]]] = []
        for _ in range(_JOINED):
            parts = [_cut(lines, way) for lines in chance.sample(whole, chance.randint(2, 6))]
            true.append((set(_borders(parts)), set(_divided(parts))))
        found[way] = share(border in got for gold, got in true for border in gold)
        right[way] = share(border in gold for gold, got in true for border in got)
    return Result(share(path not in torn for path in reports), torn, found, right)


def _lines(path: Path) -> Report:
    if not readable(path):
        return ()
    try:
        return clean(read(load(path), path.suffix))
    except UnreadableFile:
        return ()


def _cut(lines: Report, way: str) -> Report:
    """The report as another would paste it: whole, without title, without signature too."""
    if way == "whole":
        return lines
    texts = [line.text for line in lines]
    body = (n for n, text in enumerate(texts) if len(text) > _HEAD_MAX or _NUMBERED.match(text))
    first, last = next(body, 0), len(lines)
    while way == "text alone" and last > first + 1 and len(texts[last - 1]) < _HEAD_MAX:
        last -= 1
    return lines[first:last]


def _borders(parts: Sequence[Report]) -> Iterator[int]:
    at = 0
    for part in parts[:-1]:
        at += len(part)
        yield at


def _divided(parts: Sequence[Report]) -> Iterator[int]:
    return _borders([one.lines for one in divide([line for part in parts for line in part])])


def main(arguments: Sequence[str]) -> None:
    folders = [Path(name) for name in arguments] or [SAMPLE / "reports"]
    print(run(folders).table())


if __name__ == "__main__":
    main(sys.argv[1:])
