"""Files, questions and vectors of any size to measure speed on, the same for each pipeline."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.cases import CaseSet
from index.errors import UnreadableFile
from ingest.clean import clean
from ingest.describe import describe
from ingest.readers import load, read
from ingest.split import split, text_of

_COPIES = "甲乙丙丁戊己庚辛壬癸"
_YEAR = re.compile(r"(?:20)?\d\d年(?:上半年|下半年|全年|底)?")
_NOISE = 0.02
"""Standard deviation added to each dimension of a vector of length 1 to make another."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Questions:
    """The same questions with their place and year, and without."""

    scoped: tuple[str, ...]
    open: tuple[str, ...]


def questions(cases: CaseSet, most: int) -> Questions:
    """Up to `most` answerable questions, spread over the set."""
    answerable = [case for case in cases.cases if case.answerable]
    step = max(1, len(answerable) // most)
    chosen = answerable[::step][:most]
    bare = [_YEAR.sub("", case.question.replace(case.place or "\0", "")) for case in chosen]
    return Questions(tuple(case.question for case in chosen), tuple(bare))


def write_reports(source: Path, target: Path, passages: int) -> int:
    """Write reports as text files until they have `passages` passages; returns how many.

    Where `source` has too few they are written again under other places' names, so that a
    question's scope stays as narrow as it is.
    """
    target.mkdir(parents=True)
    written = 0
    for n, (name, text, count) in enumerate(_reports(source)):
        if written >= passages:
            break
        (target / f"{n:05d}{name}.txt").write_text(text, "utf-8")
        written += count
    return written


def _reports(source: Path) -> Iterator[tuple[str, str, int]]:
    """(name, text, passages) of each report, then of ten copies of each."""
    originals: list[tuple[str, str, str, int]] = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        try:
            lines = clean(read(load(path), path.suffix))
        except UnreadableFile:
            continue
        text = text_of(lines)
        place = describe([line.text for line in lines], path.name).place
        count = sum(1 for _ in split("r", lines))
        if place:
            originals.append((path.stem, text, place, count))
        yield path.stem, text, count
    for copy in range(len(_COPIES)):
        for name, text, place, count in originals:
            yield name, text.replace(place, _other(place, copy)), count


def _other(place: str, copy: int) -> str:
    """A place that there is not: 石梁村 becomes 石梁甲村."""
    return f"{place[:-1]}{_COPIES[copy]}{place[-1]}"


class SomeReal:
    """Embeds about `real` of the texts, evenly spread, and makes the other vectors from those.

    `seconds` is what the real ones took; vectors that were made are real ones with noise.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Vectors], texts: int, real: int) -> None:
        self._embed = embed
        self._stride = max(1, -(-texts // max(real, 1)))
        self._batches = 0
        self._known: list[Vectors] = []
        self._chance = np.random.default_rng(1)
        self.real = 0
        self.seconds = 0.0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self._batches += 1
        if (self._batches - 1) % self._stride and self._known:
            return self._made(len(texts))
        begun = time.perf_counter()
        vectors = self._embed(texts)
        self.seconds += time.perf_counter() - begun
        self.real += len(texts)
        self._known.append(vectors)
        return vectors

    @property
    def rate(self) -> float:
        """Texts really embedded a second."""
        return self.real / self.seconds if self.seconds else 0.0

    def _made(self, count: int) -> Vectors:
        known = self._known[int(self._chance.integers(len(self._known)))]
        rows = known[self._chance.integers(len(known), size=count)]
        rows = rows + self._chance.normal(scale=_NOISE, size=rows.shape).astype(np.float32)
        made: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return made
