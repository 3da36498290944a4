"""How alike two texts are, from a kilobyte each: the smallest hashes of their 5-character pieces.

The share of common values among the smallest of both estimates the Jaccard similarity of the
pieces (Broder 1997), as the permutations of a MinHash do, for one pass over the text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.chinese.fold import fold

Sketch = NDArray[np.uint32]

_PIECE = 5
_SIZE = 256
"""Values kept: the estimate's standard deviation is at most 0.03."""
_LEFT_OUT = str.maketrans("", "", " \t\n\r,。;:、.!?\"'“”‘’()《》-—_")


def sketch_of(text: str) -> Sketch:
    """The sketch of a text, ascending; spaces and punctuation count for nothing."""
    plain = fold(text).translate(_LEFT_OUT)
    codes = np.frombuffer(plain.encode("utf-32-le"), "<u4").astype(np.uint64)
    if len(codes) < _PIECE:
        codes = np.pad(codes, (0, _PIECE - len(codes)))
    hashes = np.zeros(len(codes) - _PIECE + 1, np.uint64)
    for offset in range(_PIECE):
        hashes = hashes * np.uint64(0x100000001B3) + codes[offset : offset + len(hashes)]
    # Neighbouring pieces have neighbouring numbers until they are mixed (splitmix64).
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (hashes >> np.uint64(32)).astype("<u4")
    if len(mixed) > 8 * _SIZE:
        # Sorting all of a long text would be most of the work.
        few = np.unique(np.partition(mixed, 4 * _SIZE)[: 4 * _SIZE])
        if len(few) >= _SIZE:
            return few[:_SIZE]
    return np.unique(mixed)[:_SIZE]


def likeness(one: Sketch, other: Sketch) -> float:
    """The estimated share of pieces that two texts have in common, 0–1."""
    size = min(_SIZE, max(len(one), len(other)))
    smallest = np.union1d(one, other)[:size]
    common = np.intersect1d(np.intersect1d(one, other, assume_unique=True), smallest)
    return len(common) / len(smallest)


def packed(sketch: Sketch) -> bytes:
    return sketch.astype("<u4").tobytes()


def unpacked(data: bytes) -> Sketch:
    return np.frombuffer(data, "<u4")
