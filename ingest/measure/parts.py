"""Which number is a part of which: 其中, brackets, and lists that add up to their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.measure.numbers import Number, in_base
from ingest.measure.said import HIDDEN, Said

_OF_WHICH = re.compile(r"其中|(?<=[,(])(?:含|包括)")
_TOTAL = re.compile(r"共|合计|总")
_AMONG = re.compile(r"^中(?!学|小|央|国|药|型|心|职|医)")
_SPENT = re.compile(r"^(?:资金)?(?:主要)?用(?:于|来|在)")
_AGAIN = re.compile(r"[,;]\s*(?:全[村镇乡县市]|共|累计|合计|另|此外|同时)")


def wholes(sentence: str, numbers: Sequence[Number], said: Sequence[Said]) -> list[int | None]:
    """Of each number the index of the one that it is a part of; offsets relative."""
    result: list[int | None] = [None] * len(numbers)
    if len(numbers) == 1:
        return result
    values = _Values(numbers)
    if "(" in sentence:
        _in_brackets(sentence, numbers, values, result)
    if "其中" in sentence or "含" in sentence or "包括" in sentence:
        _of_which(sentence, numbers, values, result)
    _listed(numbers, values, said, result)
    for index in range(1, len(numbers)):
        if result[index] is not None or numbers[index].kind == "ratio":
            continue
        before = index - 1
        spent = numbers[index].bare == "元" and bool(_SPENT.match(said[index].right))
        if spent and (shared := result[before]) is not None and _SPENT.match(said[before].right):
            before = shared  # 10万元,5万元用于甲,4万元用于乙
        among = said[index].settled or _AMONG.match(said[index - 1].right) or spent
        if among and _fits(values, index, before):
            result[index] = before
    return result


class _Values:
    """(value, unit) of each number in its unit of comparison; reckoned when asked for."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self._numbers = numbers

    def __getitem__(self, index: int) -> tuple[Decimal, str]:
        one = self._numbers[index]
        return in_base(one.value, one.unit, one.bare)


def _in_brackets(
    sentence: str, numbers: Sequence[Number], values: _Values, result: list[int | None]
) -> None:
    """低保户38户120人(贫困户29户97人): each of the same unit in front of the bracket."""
    for match in re.finditer(r"\(([^()]*)\)", sentence):
        inside = [n for n, one in enumerate(numbers) if match.start() < one.start < match.end()]
        owners = [n for n, one in enumerate(numbers) if one.end <= match.start()]
        chain: list[int] = []
        edge = match.start()
        for n in reversed(owners):
            if len(sentence[numbers[n].end : edge].replace(HIDDEN, "").strip("、,计共 ")) > 6:
                break
            chain.append(n)
            edge = numbers[n].start
        for n in inside:
            if numbers[n].kind == "ratio":
                continue
            own = sentence[max(match.start(), numbers[n].start - 4) : numbers[n].start]
            if "均" in own or "每" in own:
                continue
            whole = next((o for o in chain if _fits(values, n, o)), None)
            if whole is not None:
                result[n] = whole


def _of_which(
    sentence: str, numbers: Sequence[Number], values: _Values, result: list[int | None]
) -> None:
    """耕地1986亩,其中水田1240亩、旱地746亩: until the whole is reached or something else begins."""
    marks = [match.end() for match in _OF_WHICH.finditer(sentence)]
    for at, mark in enumerate(marks):
        limit = marks[at + 1] if at + 1 < len(marks) else len(sentence)
        again = _AGAIN.search(sentence, mark)
        stop = min(limit, again.start() if again else limit)
        left = dict[int, Decimal]()
        for n, one in enumerate(numbers):
            if not mark <= one.start < stop or result[n] is not None or one.kind == "ratio":
                continue
            before = [o for o in range(n) if numbers[o].end <= mark and result[o] is None]
            whole = next((o for o in reversed(before) if _fits(values, n, o)), None)
            if whole is None:
                continue
            remaining = left.get(whole, values[whole][0]) - values[n][0]
            if left.get(whole) == 0:
                continue  # what follows is no part of a whole that is told already
            left[whole] = max(remaining, Decimal(0)) if remaining >= 0 else remaining
            result[n] = whole


def _listed(
    numbers: Sequence[Number], values: _Values, said: Sequence[Said], result: list[int | None]
) -> None:
    """共改造117户,翻建48户,重建69户: a list of the same unit that adds up to its total."""
    for n, one in enumerate(numbers):
        if one.kind == "ratio" or result[n] is not None or not _TOTAL.search(said[n].left):
            continue
        following: list[int] = []
        total = Decimal(0)
        for o in range(n + 1, len(numbers)):
            if values[o][1] != values[n][1] or result[o] is not None:
                break
            following.append(o)
            total += values[o][0]
            if total >= values[n][0]:
                break
        if len(following) > 1 and total == values[n][0]:
            for o in following:
                result[o] = n


def _fits(values: _Values, part: int, whole: int) -> bool:
    return values[part][1] == values[whole][1] and values[part][0] <= values[whole][0]
