"""Sums that a changed figure counted in, found by arithmetic among its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.history.amounts import plain
from app.history.statements import Statement
from index.records import Figure

_PARTS_MAX = 40
"""Figures of one sentence or section among which sums are looked for."""

Stands = tuple[Statement, str, Figure]
"""A figure, the sentence that it was read of, and that sentence's id."""


@dataclass(frozen=True)
class Total:
    """A sum as it stands in a sentence, from `start`, and what it has to be now."""

    sentence: str
    start: int
    text: str
    """The sentence."""
    old: str
    new: str
    told: str
    """The arithmetic."""


def of_unit(statements: Sequence[tuple[str, Statement]], own: Figure) -> list[Stands]:
    """The exact figures of these sentences that are counted in the unit of another one."""
    return [
        (statement, key, one)
        for key, statement in statements
        for one in statement.figures
        if one.base_unit == own.base_unit and one.high is None and not one.approx
    ][:_PARTS_MAX]


@dataclass(frozen=True)
class Change:
    """A part that changed by so much, in base units; `done` if its sentence says so already."""

    part: Figure
    difference: Decimal
    done: bool

    def value(self, one: Figure, *, after: bool) -> Decimal:
        if one is not self.part or after == self.done:
            return one.base
        return one.base + (self.difference if after else -self.difference)


def totals(group: Sequence[Stands], changed: Change) -> Iterator[Total]:
    """The sums of neighbours, the changed figure among them, that stand in the group, too."""
    figures = [one for _, _, one in group]
    summed = {
        n: parts
        for n, whole in enumerate(figures)
        if whole is not changed.part and (parts := _parts(figures, whole, changed))
    }
    for n, parts in summed.items():
        statement, key, whole = group[n]
        # 4+1+3=8: that 4 is 1+3, too, is chance.
        longer = (other for other in summed.values() if len(other) > len(parts))
        if any(part is whole for other in longer for part in other):
            continue
        first, last = statement.span(whole)
        surface = statement.text[first:last]
        values = [changed.value(one, after=True) for one in parts]
        total = sum(values, Decimal(0))
        written = _in_words(whole, total, surface)
        if written is not None:
            terms = "+".join(_number(value, whole) for value in values)
            told = f"{terms}={_number(total, whole)}"
            yield Total(key, first, statement.text, surface, written, told)


def _parts(figures: Sequence[Figure], whole: Figure, changed: Change) -> list[Figure] | None:
    """Neighbours, the changed figure among them, that added up to the whole before."""
    at = next((n for n, one in enumerate(figures) if one is changed.part), None)
    if at is None:
        return None
    w = next(n for n, one in enumerate(figures) if one is whole)
    low, high = (w + 1, len(figures)) if w < at else (0, w)
    for length in range(high - low, 1, -1):
        for first in range(max(low, at - length + 1), min(at, high - length) + 1):
            run = list(figures[first : first + length])
            before = sum((changed.value(one, after=False) for one in run), Decimal(0))
            if before == whole.base:
                return run
    return None


def _number(base: Decimal, like: Figure) -> str:
    return plain(base * like.value / like.base) if like.base else plain(base)


def _in_words(whole: Figure, total: Decimal, surface: str) -> str | None:
    """The new total as the old one was written; None for one in Chinese numerals."""
    was, now = plain(whole.value), _number(total, whole)
    return surface.replace(was, now, 1) if was in surface else None
