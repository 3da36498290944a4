"""Of which time a report of a second half tells what happened: of that half, or of the year."""

from __future__ import annotations

import re
from enum import StrEnum

from index.records import Figure, FigureKind, Period


class Span(StrEnum):
    """What the words around a figure say of the time that it covers."""

    YEAR = "year"
    HALF = "half"
    UNSAID = "unsaid"


_SAID = re.compile(
    r"(?P<half>下半年|(?<!\d)(?:[789]|1[012]|七|八|九|十[一二]?)月|[三四]季度|"
    r"(?<!\d)20\d\d年(?=[上下]半|[底末初前]|\d|[一二三四]季|[^,。;]{0,2}月))|"
    r"(?P<year>全年|今年(?![底末初])|本年度?|一年来|(?<!\d)20\d\d年)"
)
_AGAINST_A_YEAR = re.compile(
    r"^[^,。;]{0,4}[,(](?:同?比|较)(?:上年|去年|(?:19|20)\d\d年)"
    r"(?!同期|[上下]半|[底末初]|年[底末初])"
)


def said_of(front: str, behind: str = "") -> Span:
    """What the folded words in front of a figure, else the ones behind it, say of its time.

    Of several times the last one counts: 下半年脱贫3户,全年共脱贫9户.
    """
    if said := list(_SAID.finditer(front)):
        return Span.YEAR if said[-1]["year"] else Span.HALF
    return Span.YEAR if _AGAINST_A_YEAR.match(behind) else Span.UNSAID


def of_second_half(figure: Figure) -> bool:
    """Whether it is stored as what happened in a second half: only then the words decide."""
    when = figure.as_of
    return (
        when is not None
        and figure.kind is not FigureKind.STOCK
        and when.end.month == 12
        and when == Period.half(when.end.year, 2)
    )


def when_of(figure: Figure, front: str, behind: str = "") -> Period | None:
    """The time of a figure; 全年 and 2022年 in the report of a second half are of the year."""
    when = figure.as_of  # of 由120元 none: an earlier time that nobody says
    if when is not None and of_second_half(figure):
        said = said_of(front, behind)
        if said is Span.YEAR or (said is Span.UNSAID and is_annual(figure)):
            return Period.year(when.end.year)
    return when


def is_annual(figure: Figure) -> bool:
    """Whether a report at the year's end tells it of the year where it says nothing: incomes."""
    return figure.kind is FigureKind.FLOW and (figure.canonical or "").endswith("收入")
