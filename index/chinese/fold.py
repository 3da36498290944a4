"""One written form for matching: Simplified, half width, lower case, the same length."""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

# The blocks in which Traditional characters stand: CJK Unified, Extension A, Compatibility.
_BLOCKS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF))

# 3—5万元 is written with any of these: hyphens, dashes, minus, and the box-drawing line.
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0x2500, 0xFF0D)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {0x3000: " ", 0xA0: " ", 0x3007: "零"} | dict.fromkeys(_DASHES, "-")
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF21, 0xFF3B)}
    han = [chr(code) for first, last in _BLOCKS for code in range(first, last + 1)]
    # A line break between characters keeps OpenCC's phrase rules out: they change lengths.
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table |= {ord(a): b for a, b in zip(han, simple, strict=True) if a != b and len(b) == 1}
    # 薴 folds to 苧, which is itself a Traditional character: folding twice must change nothing.
    return {code: character.translate(table) for code, character in table.items()}


@lru_cache(maxsize=1)
def _codes() -> NDArray[np.uint32]:
    """The same table as an array: the code of every character there is -> that of its form."""
    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    for code, character in _table().items():
        codes[code] = ord(character)
    return codes


_LONG = 100
"""Characters from which on the array is faster: twenty times for a whole report."""


def fold(text: str) -> str:
    """Fold for matching; `len(fold(text)) == len(text)`, so offsets stay valid."""
    if len(text) < _LONG:
        return text.translate(_table())
    # Half of a surrogate pair, from a damaged file, stays what it is.
    written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: bytes = _codes()[written].tobytes()
    return folded.decode("utf-32-le", "surrogatepass")
