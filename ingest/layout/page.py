"""What a page of print is made of; all lengths in one unit of the format, from the top left."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that stand side by side: a letter of a PDF, a line of a scan."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float | None = None
    spaced: bool = False
    """Whether white space stands in front of it."""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        """The width of one Chinese character of it, as far as that can be told."""
        width = (self.right - self.left) / max(units(self.text), 0.5)
        return min(max(width, 0.6 * self.height), 1.1 * self.height)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, drawn across (top == bottom) or down (left == right)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page; `rough` where places were measured in a picture."""

    number: int
    height: float
    pieces: Sequence[Piece]
    rules: Sequence[Rule] = ()
    rough: bool = False


def units(text: str) -> float:
    """The width of a text in Chinese characters; a Latin letter or digit is half of one."""
    return sum(1.0 if is_wide(char) else 0.5 for char in text)


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def joined(before: str, after: str) -> str:
    """Two parts of one sentence; white space between words of letters only."""
    if not before or not after:
        return before + after
    first, last = after[0], before[-1]
    letters = first.isascii() and last.isascii() and first.isalnum() and last.isalnum()
    return before + " " + after if letters and not (first + last).isdigit() else before + after
