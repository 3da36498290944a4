"""What a text pairs by turn: 脱贫户和监测户分别为60户、4户 gives each name its own value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from app.answer.stated import Figure

_BY_TURN = re.compile(r"分别|依次")
_AND = re.compile(r"、|以及|[和与及]")
_STOP = re.compile(r"[;。!?\n]")
_CLAUSE = re.compile(r"[,;。:!?\n|]")
_ROUND = " ,、:()"
_VERB = re.compile(
    r"^(?:[是为由有在叫任达]|担任|属于?)+|(?<=[\u4e00-\u9fff])(?:[的等共]|担任|[两三四五六七八九几\d]+[个户家类项人村镇种名者])+$"
)
_TOGETHER = re.compile(r"^[ (]*$")
"""What stands between two figures of one value: 3户9人, 3户(9人)."""
_ONLY_AND = re.compile(r"^[)\s]*(?:、|以及|[和与及])(?:约|近|达|为|是|有)?$")


@dataclass(frozen=True)
class Turn:
    """`names[i]` is given what stands at `items[i]`; without names it could not be read."""

    start: int
    end: int
    names: tuple[str, ...]
    items: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> str | None:
        """The name that is given what stands at an offset."""
        for name, (start, end) in zip(self.names, self.items, strict=True):
            if start <= offset < end:
                return name
        return None


@lru_cache(maxsize=1024)
def turns(folded: str, figures: tuple[Figure, ...]) -> tuple[Turn, ...]:
    """What folded text with these figures gives by turn, and where it does so unreadably."""
    told = list(_told(folded, figures))
    taken = [(turn.start, turn.end) for turn in told]
    silent = [
        turn
        for turn in _silent(folded, figures)
        if not any(start < turn.end and turn.start < end for start, end in taken)
    ]
    return tuple(sorted((*told, *silent), key=lambda turn: turn.start))


def named_by_turn(folded: str, figures: tuple[Figure, ...], figure: Figure) -> str:
    """The name to which a figure is given by turn; empty where it is not."""
    names = (turn.at(figure.start) for turn in turns(folded, figures) if turn.names)
    return next((name for name in names if name), "")


def _told(folded: str, figures: Sequence[Figure]) -> Iterator[Turn]:
    """Where 分别 or 依次 says so."""
    marks = list(_BY_TURN.finditer(folded))
    for mark, following in zip_longest(marks, marks[1:]):
        stop = _STOP.search(folded, mark.end())
        last = stop.start() if stop else len(folded)
        if following is not None:
            last = min(last, following.start())
        first, names = _names_before(folded, mark.start())
        values = _values(folded, figures, mark.end(), last)
        if len(values) > 1 and len(names) < 2:
            names = _listed(folded[mark.end() : values[0][0]])  # 分别比全国、全省低3元和2元
        if len(values) > 1:
            yield from _by_clause(folded, first, names, values)
        elif len(names) > 1 and not values:
            clause = _CLAUSE.search(folded, mark.end())
            last = min(last, clause.start() if clause else last)
            items = _spans(folded, mark.end(), last)
            if len(items) == len(names):
                yield _either_way(folded, figures, Turn(first, last, names, items))


def _by_clause(
    folded: str, first: int, names: tuple[str, ...], values: Sequence[tuple[int, int]]
) -> Iterator[Turn]:
    """One turn where there are as many values, else one for each clause that has as many."""
    whole = Turn(first, values[-1][1], names, tuple(values))
    if len(names) > 1 and len(values) == len(names):
        yield whole
        return
    clauses: list[list[tuple[int, int]]] = [[values[0]]]
    for before, value in pairwise(values):
        if _CLAUSE.search(folded, before[1], value[0]):
            clauses.append([])
        clauses[-1].append(value)
    if len(names) > 1 and all(len(some) == len(names) for some in clauses):
        for some in clauses:
            yield Turn(first, some[-1][1], names, tuple(some))
    elif len(names) > 1 and len(clauses[0]) == len(names):
        yield Turn(first, clauses[0][-1][1], names, tuple(clauses[0]))
    else:
        yield Turn(first, whole.end, (), ())


def _either_way(folded: str, figures: Sequence[Figure], turn: Turn) -> Turn:
    """60户、4户分别是脱贫户、监测户 has its values first."""
    before = _values(folded, figures, turn.start, turn.items[0][0])
    if len(before) != len(turn.names):
        return turn
    return Turn(turn.start, turn.end, tuple(folded[slice(*one)] for one in turn.items), before)


def _silent(folded: str, figures: Sequence[Figure]) -> Iterator[Turn]:
    """脱贫户、监测户:60户、4户 says the same without a word for it."""
    values = _values(folded, figures, 0, len(folded))
    runs: list[list[tuple[int, int]]] = []
    for value in values:
        if runs and _ONLY_AND.match(folded[runs[-1][-1][1] : value[0]]):
            runs[-1].append(value)
        else:
            runs.append([value])
    units = {one.start: one.unit for one in figures}
    for run in runs:
        if len(run) < 2 or len({units[start] for start, _ in run}) > 1:
            continue
        first, names = _names_before(folded, run[0][0])
        if len(names) == len(run):
            yield Turn(first, run[-1][1], names, tuple(run))


def _values(
    folded: str, figures: Sequence[Figure], first: int, last: int
) -> tuple[tuple[int, int], ...]:
    """The spans of the values between two offsets, 3户9人 as one."""
    found: list[tuple[int, int]] = []
    for one in figures:
        if not (first <= one.start and one.end <= last):
            continue
        if found and _TOGETHER.match(folded[found[-1][1] : one.start]):
            found[-1] = (found[-1][0], one.end)
        else:
            found.append((one.start, one.end))
    return tuple(found)


def _names_before(folded: str, at: int) -> tuple[int, tuple[str, ...]]:
    """(where they begin, the names of the list before an offset: of its clause or the last)."""
    end = at
    while True:
        start = max((m.end() for m in _CLAUSE.finditer(folded, 0, end)), default=0)
        names = _listed(folded[start:end])
        if len(names) > 1 or start == 0 or _STOP.match(folded[start - 1]):
            return start, names
        if folded[start:end].strip(_ROUND) and end != at:
            return start, names
        end = start - 1


def _listed(text: str) -> tuple[str, ...]:
    names = (_VERB.sub("", one.strip(_ROUND)).strip(_ROUND) for one in _AND.split(text))
    return tuple(name for name in names if name)


def _spans(folded: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The spans of what is listed between two offsets, without the verb before it."""
    found: list[tuple[int, int]] = []
    ends = [match.span() for match in _AND.finditer(folded, first, last)]
    for start, end in zip(
        [first, *(b for _, b in ends)], [*(a for a, _ in ends), last], strict=True
    ):
        text = folded[start:end]
        bare = _VERB.sub("", text.strip(_ROUND)).strip(_ROUND)
        if bare:
            at = start + text.index(bare)
            found.append((at, at + len(bare)))
    return tuple(found)
