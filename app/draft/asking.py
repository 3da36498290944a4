"""What is asked for where nobody supplied it: names, values and times of the last figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.material import Said
from app.draft.placing import name_of
from app.history.amounts import shown
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.records import Figure, Period

_LABEL = 18
_NO_NAME = re.compile(r"^[比较占于]|[都没凡不了过里同由被把让]|全部|最|其中")


def clause_of(said: Said, figure: Figure) -> str:
    """The clause of a sentence that a figure stands in."""
    at = figure.start - said.start
    for first, last in clauses(said.text, 0, len(said.text)):
        if first <= at < last:
            return said.text[first:last]
    return said.text


def by_clause(said: Said, figures: Sequence[Figure]) -> list[tuple[list[Figure], str, int]]:
    """Each clause with its figures, without the mark at its end, and where it begins."""
    result: list[tuple[list[Figure], str, int]] = []
    for first, last in clauses(said.text, 0, len(said.text)):
        own = [one for one in figures if first <= one.start - said.start < last]
        if own:
            plan = re.sub(r"[,，。;；、:：]+$", "", said.text[first:last])
            result.append((own, plan, said.start + first))
    return result


def called(figure: Figure, clause: str) -> str:
    """What to call a figure when asking for it; empty where the report does not say."""
    name = name_of(figure) or fold(figure.indicator)
    name = re.sub(r"[\d【】\[\]::,。;|]", "", name)
    if not name:
        front = fold(clause)[: max(0, fold(clause).find(_digits(figure)))]
        front = re.sub(r"\d\S?|[,。;::]|[共现]有|共计?$|有$", "", front)
        name = front[-_LABEL:] + _COUNTED.get(figure.unit, "") if front else ""
    if figure.canonical is None and (len(name) > _LABEL - 6 or _NO_NAME.search(name)):
        return ""  # a clause or half of one, not the name of an indicator
    return name[:_LABEL]


_COUNTED = {"户": "户数", "人": "人数", "万元": "金额", "元": "金额"}


def _digits(figure: Figure) -> str:
    return shown(figure).removesuffix(figure.unit)


def long_ago(figure: Figure, told_of: Period | None) -> bool:
    """Whether it only tells what something was before the last period: 比上年的12.6万元多.

    `told_of` is what the last report looks back on.
    """
    when = figure.as_of
    if when is None or told_of is None or when.start == when.end:
        return False
    return when.end < told_of.start


def bound(figure: Figure) -> str:
    """以下 of 2%以下: a plan that is bounded is met differently."""
    return figure.approx if figure.approx in ("以上", "以下", "以内") else ""


def when_of(figure: Figure, reported: str) -> str:
    """The time of a last value in words: 2017年底; as `reported` where none is known."""
    when = figure.as_of
    if when is None:
        return reported
    if when.start == when.end == Period.months(when.end.year, when.end.month, when.end.month).end:
        month = "" if when.end.month == 12 else f"{when.end.month}月"
        return f"{when.end.year}年{month}底"
    return when.chinese
