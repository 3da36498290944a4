"""Tables ruled by columns only: the lines between their rows are added, by where text begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite

from ingest.layout.page import Piece, Rule
from ingest.layout.rows import rows

_ROWS = 3
"""So many at least, the names of the columns counted."""


def completed(rules: Sequence[Rule], pieces: Sequence[Piece], slack: float) -> list[Rule]:
    """The rules with those that such tables lack; lines may miss each other by `slack`."""
    across = [rule for rule in rules if rule.right - rule.left >= rule.bottom - rule.top]
    uprights = [
        rule
        for rule in rules
        if isfinite(rule.left + rule.top + rule.bottom)  # not so in a damaged file
        and rule.bottom - rule.top > max(rule.right - rule.left, 2 * slack)
        and not any(_meet(rule, other, slack) for other in across)
    ]
    groups: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in uprights:
        # In steps of several slacks: lines of one table end at one height.
        groups[round(rule.top / (6 * slack)), round(rule.bottom / (6 * slack))].append(rule)
    added = [rule for group in groups.values() for rule in _added(group, pieces)]
    return [*rules, *added]


def _meet(upright: Rule, across: Rule, slack: float) -> bool:
    return (
        across.left - slack <= upright.left <= across.right + slack
        and upright.top - slack <= across.top <= upright.bottom + slack
    )


def _added(uprights: Sequence[Rule], pieces: Sequence[Piece]) -> Iterator[Rule]:
    """The outer lines and those above each row that begins in the first column."""
    top, bottom = min(r.top for r in uprights), max(r.bottom for r in uprights)
    inside = [piece for piece in pieces if top <= piece.middle <= bottom]
    if not inside or any(_crosses(rule, piece) for rule in uprights for piece in inside):
        return
    drawn = sorted(rule.left for rule in uprights)
    left = min([*drawn, *(piece.left for piece in inside)])
    right = max([*drawn, *(piece.right for piece in inside)])
    lines = sorted({left, *drawn, right})
    if lines[-1] - lines[-2] < max(piece.height for piece in inside):
        lines.pop(-2)
    if lines[1] - lines[0] < max(piece.height for piece in inside):
        lines.pop(1)
    if len(lines) < 3:
        return
    columns = [[p for p in inside if a <= _middle(p) < b] for a, b in pairwise(lines)]
    heights = [top, *(row.top - 0.5 for row in rows(columns[0])[1:]), bottom]
    full = [
        all(any(above <= piece.middle < below for piece in own) for own in columns)
        for above, below in pairwise(heights)
    ]
    if not full[0] or sum(full) < _ROWS:
        return
    yield from (Rule(left, y, right, y) for y in heights)
    yield from (Rule(x, top, x, bottom) for x in lines)


def _crosses(upright: Rule, piece: Piece) -> bool:
    edge = 0.2 * (piece.right - piece.left)
    return piece.left + edge < upright.left < piece.right - edge


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2
