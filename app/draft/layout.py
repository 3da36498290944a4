"""The numbers and fonts of GB/T 9704-2012, and what a copy of a draft is to hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import floor

from index.chinese.words import tagged


class Citations(StrEnum):
    """How the sources of a sentence are shown in a Word file."""

    COMMENTS = "comments"
    ENDNOTES = "endnotes"
    NONE = "none"


@dataclass(frozen=True)
class Font:
    """A font by the name the standard uses, and what most computers have in its place."""

    name: str
    fallbacks: tuple[str, ...]


TITLE = Font("方正小标宋简体", ("方正小标宋_GBK", "华文中宋", "宋体"))
BODY = Font("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋"))
HEADING_1 = Font("黑体", ("SimHei", "华文黑体"))
HEADING_2 = Font("楷体_GB2312", ("楷体", "KaiTi", "华文楷体"))
PAGE_NUMBER = Font("宋体", ("SimSun", "华文宋体"))
FONTS = (TITLE, BODY, HEADING_1, HEADING_2, PAGE_NUMBER)

# Sizes in points, with the names that offices use.
ERHAO, SANHAO, SIHAO, WUHAO = 22.0, 16.0, 14.0, 10.5
TABLE_LINE = 16.0
"""Line spacing in the tables of the annexes, whose text is 五号 as that of notes."""
LINE = 28.0
"""Exact line spacing in points."""
SIGNED_IN = 4
"""Characters between the day at the end and the right edge of the text."""
PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
LINES, CHARACTERS = 22, 28
_POINTS_A_MM = 72 / 25.4

LINE_PITCH = int((PAGE_MM[1] - TOP_MM - BOTTOM_MM) * _POINTS_A_MM / LINES * 20)
"""Height of a line of the grid in twentieths of a point."""
CHARACTER_SPACE = floor(
    ((PAGE_MM[0] - LEFT_MM - RIGHT_MM) * _POINTS_A_MM / CHARACTERS - SANHAO) * 20
)
"""What stands between characters of the body, in twentieths of a point; rounded down, or the
28th would not fit. Not a grid of characters: LibreOffice gives a character that is wider than
its cell two cells, and sixteen fill a line."""


def width(line: str, size: float = SANHAO) -> float:
    """How wide a line is in points; figures and Latin letters take half a character."""
    return sum(size / (2 if sign.isascii() else 1) + CHARACTER_SPACE / 20 for sign in line)


def title_indent(title: str) -> float:
    """Points to leave on each side of a title of two lines, so that it breaks between words.

    The upper line is the longer one. 0 for a title of one line, or of more than two.
    """
    whole, text = title_width(title), (PAGE_MM[0] - LEFT_MM - RIGHT_MM) * _POINTS_A_MM
    # Figures are wider in some fonts: a title that just fits is one that may not.
    if not text - ERHAO / 2 < whole <= 2 * text:
        return 0.0
    upper = ""
    for word in _words(title):
        upper += word
        if 2 * title_width(upper) >= whole:
            break
    # So much is left that the line holds no more.
    return max(0.0, (text - title_width(upper) - 0.7 * ERHAO) / 2)


def title_width(title: str) -> float:
    """How wide a title is in points; a quarter stands between figures and characters."""
    turns = sum(a.isascii() != b.isascii() for a, b in pairwise(title))
    return width(title, ERHAO) + turns * ERHAO / 4


def _words(title: str) -> list[str]:
    """The words of a title: 2023年 is one, 磨刀溪村 too, and 同 goes with what follows it."""
    result: list[str] = []
    joins = False
    for word, kind in tagged(title):
        if result and (joins or (len(word) == 1 and kind[:1] not in "vpc")):
            result[-1] += word
            joins = False
        else:
            result.append(word)
        joins = joins or (len(word) == 1 and kind[:1] in "vpc")
    return result


@dataclass(frozen=True)
class Layout:
    """What a copy is to hold besides the text."""

    citations: Citations = Citations.COMMENTS
    annexes: bool = True
    clean: bool = False
    """The copy that is sent: neither citations nor annexes, whatever the others say."""

    @property
    def comments(self) -> bool:
        return self.citations is Citations.COMMENTS and not self.clean

    @property
    def endnotes(self) -> bool:
        return self.citations is Citations.ENDNOTES and not self.clean

    @property
    def with_annexes(self) -> bool:
        return self.annexes and not self.clean
