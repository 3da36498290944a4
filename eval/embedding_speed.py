"""Embedding throughput: ours beside sentence-transformers' default, and what the cores can do.

The roof is measured, not looked up: the encoder's own matrix products, alone, at the same number
of tokens and with the same operators, one on each core.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models import bundled_folder
from eval.isolated import isolated
from index.bundled_tokenizer import ModelTokenizer
from index.embedder import OnnxEmbedder
from index.errors import UnreadableFile
from index.rows import embedded_text
from ingest.clean import clean
from ingest.describe import describe
from ingest.readers import load, read
from ingest.split import split

_ROUNDS = 3
_TIMES = 300


@dataclass(frozen=True)
class Shape:
    """What decides the arithmetic of an encoder of the BERT kind."""

    hidden: int
    wide: int
    layers: int

    @property
    def matrices(self) -> dict[str, tuple[int, int]]:
        """A layer's products by name: (inputs, outputs)."""
        return {
            "q, k, v": (self.hidden, 3 * self.hidden),
            "attention out": (self.hidden, self.hidden),
            "feed-forward in": (self.hidden, self.wide),
            "feed-forward out": (self.wide, self.hidden),
        }

    def operations(self, tokens: int) -> float:
        """10⁹ operations of a text's products: two a weight and token, and attention's own."""
        weights = sum(rows * columns for rows, columns in self.matrices.values())
        return 2 * self.layers * (tokens * weights + 2 * tokens**2 * self.hidden) / 1e9


def shape_of(folder: Path) -> Shape:
    """The shape that a model folder's config.json states."""
    stated = json.loads((folder / "config.json").read_text("utf-8"))
    return Shape(stated["hidden_size"], stated["intermediate_size"], stated["num_hidden_layers"])


@dataclass(frozen=True)
class Throughput:
    """Passages a second of both, median of alternating rounds, and the roof."""

    passages: int
    tokens: float
    """Mean tokens a passage."""
    ours: float
    theirs: float
    operations: float
    """A passage's multiplications and additions in matrix products, in 10⁹."""
    roof: float
    """10⁹ operations a second of the products alone, int8, on all cores."""
    products: dict[str, float]
    """The same for each shape of product."""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def used(self) -> float:
        """Share of the roof that the whole encoder reaches."""
        return self.ours * self.operations / self.roof

    def table(self) -> str:
        shapes = ", ".join(f"{name} {speed:.0f}" for name, speed in self.products.items())
        return "\n".join(
            [
                f"embedding {self.passages} passages of {self.tokens:.0f} tokens on average",
                f"  ours {self.ours:.1f} passages/s, sentence-transformers (float32 torch) "
                f"{self.theirs:.1f}: {self.ratio:.2f} times",
                f"  {self.operations:.2f}e9 operations a passage; the int8 products alone "
                f"{self.roof:.0f}e9 operations/s ({shapes}), "
                f"so {self.roof / self.operations:.0f} passages/s at most; reached {self.used:.0%}",
            ]
        )

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "used": self.used}


def measure(reports: Path, count: int) -> Throughput:
    """Embed the same `count` passages with both, in turn, each in a process of its own."""
    folder = bundled_folder()
    texts = _texts(reports, count)
    tokens = [len(ids) for ids in ModelTokenizer(folder, 512).encode(texts)]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(_ROUNDS):
        ours.append(isolated(_ours, folder, texts)[0])
        theirs.append(isolated(_theirs, folder, texts)[0])
    mean_tokens = float(np.mean(tokens))
    shape = shape_of(folder)
    products, _ = isolated(_products, shape, round(mean_tokens))
    weights = {name: rows * columns for name, (rows, columns) in shape.matrices.items()}
    # The time of a layer's products one after the other; each shape counts with its own speed.
    roof = sum(weights.values()) / sum(weights[name] / products[name] for name in weights)
    a_passage = float(np.mean([shape.operations(n) for n in tokens]))
    return Throughput(
        len(texts), mean_tokens, median(ours), median(theirs), a_passage, roof, products
    )


def _texts(reports: Path, count: int) -> list[str]:
    """The texts that ingest would embed of evenly chosen passages."""
    found: list[str] = []
    for path in sorted(path for path in reports.rglob("*") if path.is_file()):
        try:
            lines = clean(read(load(path), path.suffix))
        except UnreadableFile:
            continue
        described = describe([line.text for line in lines], path.name)
        found += [embedded_text(described, passage) for passage in split("r", lines)]
    step = max(1, len(found) // count)
    return found[::step][:count]


def _ours(folder: Path, texts: Sequence[str]) -> float:
    embedder = OnnxEmbedder(folder)
    embedder.embed_passages(texts[:16])
    begun = time.perf_counter()
    embedder.embed_passages(texts)
    return len(texts) / (time.perf_counter() - begun)


def _theirs(folder: Path, texts: Sequence[str]) -> float:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.encode_document(list(texts[:16]), show_progress_bar=False)
    begun = time.perf_counter()
    model.encode_document(list(texts), show_progress_bar=False)
    return len(texts) / (time.perf_counter() - begun)


def _products(shape: Shape, tokens: int) -> dict[str, float]:
    """10⁹ operations a second of each shape of int8 product, one thread a core."""
    cores = os.cpu_count() or 1
    found: dict[str, float] = {}
    for name, (rows, columns) in shape.matrices.items():
        run = _product(tokens, rows, columns)
        run(50)
        with ThreadPoolExecutor(cores) as pool:
            begun = time.perf_counter()
            list(pool.map(run, [_TIMES] * cores))
            seconds = time.perf_counter() - begun
        found[name] = 2 * tokens * rows * columns * _TIMES * cores / seconds / 1e9
    return found


def _product(tokens: int, rows: int, columns: int) -> Callable[[int], None]:
    """A function that does the product so many times: quantise, multiply, scale, as shipped."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    chance = np.random.default_rng(1)
    constants: dict[str, NDArray[Any]] = {
        "w": chance.integers(-64, 65, (rows, columns)).astype(np.int8),
        "s": np.full(columns, 0.01, np.float32),
        "z": np.zeros(columns, np.int8),
        "b": np.zeros(columns, np.float32),
    }
    node = helper.make_node(
        "DynamicQuantizeMatMul", ["x", *constants], ["y"], domain="com.microsoft"
    )
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, tokens, rows])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, tokens, columns])],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)],
        ir_version=10,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    x = chance.normal(size=(1, tokens, rows)).astype(np.float32)

    def run(times: int) -> None:
        for _ in range(times):
            session.run(None, {"x": x})

    return run
