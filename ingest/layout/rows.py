"""Pieces to printed rows: what stands at one height, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.layout.page import Piece, is_wide

_SPACE = 0.8
"""In characters: a gap wider than this is white space between Chinese words."""
_WORD_SPACE = 0.15
"""The same between Latin letters or digits."""
_CELL = 1.6
"""What is further apart than this stands in another column."""


@dataclass(frozen=True)
class Row:
    """The pieces of one printed row; several where there are wide gaps between them."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def middle(self) -> float:
        return sum(piece.middle for piece in self.pieces) / len(self.pieces)

    @property
    def em(self) -> float:
        return max(self.pieces, key=lambda piece: len(piece.text)).em

    @property
    def sure(self) -> float | None:
        return mean_sure(self.pieces)


def mean_sure(pieces: Sequence[Piece | Row]) -> float | None:
    """How sure recognition is of all of them, by character; None where nothing was recognised."""
    known = [(one.sure, len(one.text)) for one in pieces if one.sure is not None]
    weight = sum(length for _, length in known)
    return sum(sure * length for sure, length in known) / weight if weight else None


def rows(pieces: Iterable[Piece]) -> list[Row]:
    """The printed rows from top to bottom."""
    bands: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        # A row may be begun by a small piece that stands a little above its neighbours.
        for band in reversed(bands[-3:]):
            anchor = band[len(band) // 2]
            if abs(anchor.middle - piece.middle) < 0.5 * min(anchor.height, piece.height):
                band.append(piece)
                break
        else:
            bands.append([piece])
    found = [Row(tuple(_merged(band))) for band in bands]
    return sorted(found, key=lambda row: row.middle)


def _merged(band: Iterable[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in sorted(band, key=lambda piece: piece.left):
        if not merged:
            merged.append(piece)
            continue
        last = merged[-1]
        gap = piece.left - last.right
        em = min(_em_beside(last), _em_beside(piece))
        if gap < -0.6 * em and last.text.endswith(piece.text):
            continue  # bold letters are often made by printing them twice
        if gap > _CELL * em:
            merged.append(piece)
            continue
        between = " " if _has_space(last, piece, gap / em) else ""
        merged[-1] = replace(
            last,
            text=last.text + between + piece.text,
            top=min(last.top, piece.top),
            right=max(last.right, piece.right),
            bottom=max(last.bottom, piece.bottom),
            sure=mean_sure([last, piece]),
        )
    return merged


def _em_beside(piece: Piece) -> float:
    return piece.em if any(map(is_wide, piece.text)) else 0.9 * piece.height


def _has_space(last: Piece, piece: Piece, gap: float) -> bool:
    before, after = last.text[-1], piece.text[0]
    if before.isascii() and after.isascii():
        if before.isalpha() or after.isalpha():
            return piece.spaced or gap > _WORD_SPACE
        return gap > _WORD_SPACE and (piece.spaced or (before + after).isalnum())
    return gap > _SPACE
