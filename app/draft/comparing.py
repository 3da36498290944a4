"""Sentences that set this period's figure beside the last one's: 党员比上期的41人增加2人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answer.stated import figures
from app.draft import texts
from app.draft.asking import long_ago, months, period_said, when_of
from app.draft.compare import change_of
from app.draft.draft import DraftCitation, Origin
from app.draft.figures import held_figures
from app.draft.material import Earlier, Said, written
from app.draft.placing import name_of, same_thing
from app.history.comparable import plain_name
from index.chinese.fold import fold
from index.records import Figure, FigureKind, Period

_LEAP = 3
_UP, _DOWN = ("增加", "上升"), ("减少", "下降")
COMPARED = re.compile(
    rf"(?P<name>[^,。比与]*)[比与](?P<when>[^,。的]+)的(?P<old>[^,。]+?)"
    rf"(?P<change>{'|'.join((*_UP, *_DOWN))}|{texts.SAME})(?P<amount>[^,。]*)[,。]"
)
"""One comparison of such a sentence, in folded text; one without a name is of the name before."""


def comparison(
    note: Said, now: Sequence[Figure], earlier: Earlier, period: Period
) -> tuple[str, tuple[Said, ...]] | None:
    """How figures of a note stand to the last report's, and its sentences; None without any.

    `now` are the note's figures of this period. Only what is known exactly under one name and in
    one unit is compared; what was done in a time only with as long a time.
    """
    last = earlier.last
    if last is None or last.period is None:
        return None
    told: dict[int, str] = {}
    sources: dict[int, Said] = {}
    named = ""
    for figure in now:
        found = _before(figure, earlier, months(last.period) == months(period))
        if found is None:
            continue
        said, old = found
        change = change_of(old, figure)
        if change is None or old.ordinal in told or _leaps(old, figure):
            continue
        when = when_of(old, period_said(last.period))
        name = "" if said_as(figure) == named else said_as(figure)
        told[old.ordinal] = texts.compared_to(name, when, written(said, old), change)
        named = said_as(figure)
        sources[said.start] = said
    return (f"{','.join(told.values())}。", tuple(sources.values())) if told else None


def said_as(figure: Figure) -> str:
    """The name of a figure in a sentence; of what was done with the doing: 安装路灯, not 路灯."""
    name, full = name_of(figure), plain_name(figure.indicator)
    return full if figure.kind is FigureKind.FLOW and full.endswith(name) else name


def _before(figure: Figure, earlier: Earlier, as_long: bool) -> tuple[Said, Figure] | None:
    if figure.kind is FigureKind.TARGET or figure.part_of is not None or not name_of(figure):
        return None
    if figure.kind is FigureKind.FLOW and not as_long:
        return None
    if figure.unit == "个百分点":
        return None  # a change, not how much there is
    covered = earlier.covered(earlier.last.period) if earlier.last and earlier.last.period else None
    longest = months(covered) if covered else 0
    for said in earlier.said:
        for one in said.figures:
            alike = same_thing(figure, one) and name_of(figure) == name_of(one)
            if (
                alike
                and one.kind is figure.kind
                and one.part_of is None
                and one.unit == figure.unit
                and one.qualifier == figure.qualifier
                and one.place == figure.place
                and not long_ago(one, covered)
                and not _done_before(one, covered)
                and (one.as_of is None or months(one.as_of) <= longest)
            ):
                return said, one
    return None


def _done_before(figure: Figure, covered: Period | None) -> bool:
    """Whether it was done by a day before the last report's time: 截至2017年底脱贫26户."""
    when = figure.as_of
    early = when is not None and covered is not None and when.end < covered.start
    return early and figure.kind is FigureKind.FLOW


def _leaps(old: Figure, new: Figure) -> bool:
    """Whether one is many times the other: then they hardly count the same; the table shows it."""
    if not old.base or not new.base:
        return True
    return not 1 / _LEAP <= abs(new.base / old.base) <= _LEAP


def reckoned(text: str, cited: Sequence[DraftCitation]) -> bool:
    """Whether a sentence only compares, and each difference is that of what the sources state."""
    folded = fold(text)
    if COMPARED.sub("", folded):
        return False
    now = [f for c in cited if c.origin is Origin.NOTES for f in held_figures(c.quote)]
    before = [f for c in cited if c.origin is Origin.ARCHIVE for f in held_figures(c.quote)]
    for match in COMPARED.finditer(folded):
        stated = figures(match["old"])
        if len(stated) != 1 or not any(stated[0].same(one) for one in before):
            return False
        old = stated[0]
        amount = match["amount"].replace("个百分点", "%")
        difference = figures(amount)
        if match["change"] == texts.SAME:
            wanted = [old.low]
        elif len(difference) == 1 and difference[0].unit == old.unit:
            up = match["change"] in _UP
            wanted = [old.low + difference[0].low if up else old.low - difference[0].low]
        else:
            return False
        if not any(one.unit == old.unit and one.low == wanted[0] for one in now):
            return False
    return True
