"""`huibao eval speed`: ours beside LangChain's stock pipeline, in one run over the same files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from eval import embedding_speed, speed_ours, speed_stock
from eval.cases import gold, sample
from eval.isolated import isolated
from eval.machine import setting
from eval.speed_corpus import Questions, questions, write_reports
from index.errors import NotFound

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 50
REAL = 1_000
"""Passages really embedded by each pipeline; its other vectors are made from those."""
_STOCK = ("langchain_community", "langchain_classic", "langchain_text_splitters", "rank_bm25")


@dataclass(frozen=True)
class Latency:
    """Milliseconds a question."""

    p50: float
    p95: float
    n: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms (n={self.n})"


@dataclass(frozen=True)
class Side:
    """One pipeline's figures at one size."""

    passages: int
    real: int
    """How many of the vectors are a model's."""
    searchable_s: float
    embedded_s: float
    """Measured where all vectors are real; else reckoned from the rate of those that are."""
    asking: dict[str, Latency]
    building_mb: float
    asking_mb: float


@dataclass(frozen=True)
class Size:
    """Both pipelines at one size; `stock` is None where only ours was asked for."""

    wanted: int
    ours: Side
    stock: Side | None

    def ratios(self) -> dict[str, float]:
        """Theirs over ours: how many times faster, or smaller, ours is."""
        if self.stock is None:
            return {}
        ours, stock = self.ours, self.stock
        ask = stock.asking["ensemble"]
        return {
            "time to searchable": stock.searchable_s / ours.searchable_s,
            "time to embedded": stock.embedded_s / ours.embedded_s,
            "question p50, with scope": ask.p50 / ours.asking["with scope"].p50,
            "question p50, without": ask.p50 / ours.asking["without scope"].p50,
            "question p95, with scope": ask.p95 / ours.asking["with scope"].p95,
            "peak memory, asking": stock.asking_mb / ours.asking_mb,
        }


@dataclass(frozen=True)
class Result:
    """One run of `huibao eval speed` with everything that it depended on."""

    sizes: tuple[Size, ...]
    embedding: embedding_speed.Throughput | None
    setting: dict[str, Any]

    def table(self) -> str:
        lines = [f"{self.setting['processor']}, load {self.setting['load']} at the start"]
        for size in self.sizes:
            lines.append(f"\n{size.wanted} passages")
            for name, side in (("ours", size.ours), ("stock", size.stock)):
                if side is not None:
                    lines += _lines(name, side)
            lines += [f"  stock / ours: {name:26} {x:.1f}" for name, x in size.ratios().items()]
        if self.embedding is not None:
            lines += ["", self.embedding.table()]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        return {
            "setting": self.setting,
            "sizes": [{**asdict(size), "ratios": size.ratios()} for size in self.sizes],
            "embedding": self.embedding.as_json() if self.embedding else None,
        }


def _lines(name: str, side: Side) -> Iterator[str]:
    made = "" if side.real >= side.passages else f", {side.passages - side.real} synthetic"
    reckoned = " (reckoned)" if made else ""
    yield f"  {name}: {side.passages} passages, {side.real} vectors of the model{made}"
    yield f"    searchable {side.searchable_s:.1f} s, embedded {side.embedded_s:.0f} s{reckoned}"
    for kind, latency in side.asking.items():
        yield f"    {kind}: {latency}"
    yield f"    peak memory: building {side.building_mb:.0f} MB, asking {side.asking_mb:.0f} MB"


def main(
    reports: Path | None,
    sizes: Sequence[int],
    out: Path | None,
    *,
    stock: bool = True,
    embedding: bool = False,
    real: int = REAL,
    asked: int = QUESTIONS,
    say: Callable[[str], None] = lambda line: None,
) -> Result:
    """Measure each size on files made from the sample archive or the gold folder `reports`."""
    if stock and any(find_spec(name) is None for name in _STOCK):
        raise NotFound(
            "对比要用的软件包没有装全：pip install -e '.[stock]'，或加 --no-stock 不对比"
        )
    before = {**setting(), "real": real, "questions": asked, "chunk": speed_stock.CHUNK}
    cases = gold(reports) if reports is not None else sample()
    some = questions(cases, asked)
    found: list[Size] = []
    with tempfile.TemporaryDirectory(prefix="huibao-speed-") as name:
        for wanted in sizes:
            files = Path(name) / f"files-{wanted}"
            write_reports(cases.reports, files, wanted)
            say(f"{wanted}: ours")
            ours = _ours(files, Path(name) / f"archive-{wanted}", real, some)
            say(f"{wanted}: stock")
            found.append(Size(wanted, ours, _stock(files, real, some) if stock else None))
        throughput = None
        if embedding:
            say("embedding")
            throughput = embedding_speed.measure(cases.reports, real)
    result = Result(tuple(found), throughput, before)
    if out is not None:
        out.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1), "utf-8")
    return result


def _ours(files: Path, folder: Path, real: int, some: Questions) -> Side:
    built, building = isolated(speed_ours.build, files, folder, real)
    asked, asking = isolated(speed_ours.ask, folder, some)
    return Side(
        built.passages,
        built.real,
        built.searchable,
        built.searchable + built.passages / built.rate,
        {
            "with scope": latency(asked.scoped),
            "without scope": latency(asked.open),
            "the question's vector alone": latency(asked.embedding),
        },
        building,
        asking,
    )


def _stock(files: Path, real: int, some: Questions) -> Side:
    built, memory = isolated(speed_stock.run, files, real, some.scoped)
    return Side(
        built.passages,
        built.real,
        built.searchable,
        built.searchable + built.passages / built.rate,
        {"ensemble": latency(built.seconds)},
        memory,
        memory,
    )


def latency(seconds: Sequence[float]) -> Latency:
    """Median and 95th percentile of seconds, in milliseconds."""
    p50, p95 = np.quantile(np.array(seconds) * 1000, [0.5, 0.95])
    return Latency(round(float(p50), 2), round(float(p95), 2), len(seconds))
