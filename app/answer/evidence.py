"""A quotation as evidence: what it says at each of its characters, of which place and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.answer.stated import Figure, Token, figures, tokens
from index.chinese.fold import fold
from index.chinese.periods import PeriodMention, as_reporting_period, find_periods
from index.chinese.places import LEVELS, aliases, is_known, level, named_in, stem
from index.chinese.words import cut, tag
from index.records import Period

PLAN = re.compile(
    r"计划|规划|预计|预期|拟(?!定)|目标|力争|(?<!已)(?<!已经)争取|打算|下一步|下步|准备|预脱|预出|确保|任务是|应(?=[参缴享])|"
    r"将(?=[于在要完建修新投实达再继进])"
)
DONE = re.compile(r"已|实际(?!工作)|目前|截[至止]|完成了")
_CLAUSE = re.compile(r"[,;。:!?\n]")
MODAL = re.compile(r"将(?!军)|要(?![求素点闻道害件])")
_WIDEST = 9
WHOLE = re.compile(
    r"(?:全|我|本|整个)(?P<kind>省|市|县|区|州|旗|镇|乡|街道|社区|村)(?![场域委级民庄长办政干组])"
)
"""全镇 and 本村, which say of how much something is said."""
_SUBJECT_AFTER = re.compile(r"(?:^|[\s,;。:!?()年月日底末半度来前中])$")
"""What stands before them where they open a clause, and govern it: not 被评为全县先进."""


@dataclass(frozen=True)
class Source:
    """One quotation with what its report and the words before it say; all as written."""

    quote: str
    place: str | None = None
    """The place that the report speaks for."""
    period: Period | None = None
    """The period that the report covers."""
    within: tuple[str, ...] = ()
    """Places that contain `place`."""
    context: str = ""
    """Title and headings: words that may be said, no figures."""
    subject: str = ""
    """The place last named before the quotation in its paragraph."""
    lead: str = ""
    """What opens the enumeration that it is an item of: 今年主要目标是."""
    anchor: date | None = None
    """The day that 今年 counts from."""


@dataclass(frozen=True)
class Read:
    """A text with what it states; every offset counts in `folded`."""

    folded: str
    figures: tuple[Figure, ...]
    dates: tuple[PeriodMention, ...]
    tokens: tuple[Token, ...]
    names: tuple[tuple[int, int], ...]
    """Spans of places' names, in order."""

    def named_before(self, at: int) -> list[tuple[int, int]]:
        return [span for span in self.names if span[0] < at]

    def dated(self, at: int) -> PeriodMention | None:
        """The date that holds at an offset: the last one named before it."""
        before = [mention for mention in self.dates if mention.start <= at]
        return before[-1] if before else None

    def planned(self, at: int, covered: Period | None, lead: str = "") -> bool:
        """Whether what stands at an offset is said of the future; the last word on it counts."""
        if PLAN.search(lead):
            return True
        first = max(self.folded.rfind(stop, 0, at) for stop in "。!?\n") + 1
        plans = [match.start() for match in PLAN.finditer(self.folded, first, at)]
        plans += [
            date.start
            for date in self.dates
            if first <= date.start < at and covered and date.period.start > covered.end
        ]
        done = [match.start() for match in DONE.finditer(self.folded, first, at)]
        return bool(plans) and max(plans) > max(done, default=-1)

    def clause(self, at: int) -> str:
        """The clause at an offset, to the next comma."""
        first = max((m.end() for m in _CLAUSE.finditer(self.folded, 0, at)), default=0)
        last = _CLAUSE.search(self.folded, at)
        return self.folded[first : last.start() if last else len(self.folded)]


@lru_cache(maxsize=512)
def read(text: str, anchor: date | None, known: tuple[str, ...] = ()) -> Read:
    """What a text states, relative dates counted from `anchor`; `known` names count as places."""
    folded = fold(text)
    stated = tuple(figures(folded))
    dates = tuple(find_periods(folded, anchor))
    covered = [(one.start, one.end) for one in stated]
    covered += [(date.start, date.end) for date in dates]
    return Read(folded, stated, dates, tuple(tokens(folded, covered)), tuple(_names(folded, known)))


def _names(folded: str, known: Sequence[str]) -> list[tuple[int, int]]:
    spans = {span for span in named_in(folded) if _surely(folded[slice(*span)])}
    for alias in sorted({a for name in known for a in aliases(fold(name))}, key=len, reverse=True):
        for match in re.finditer(re.escape(alias), folded):
            inside = [one for one in spans if one[0] < match.end() and match.start() < one[1]]
            before = folded[inside[0][0] : match.start()] if inside else ""
            if not inside or (before and inside[0][1] == match.end() and _are_words(before)):
                spans -= set(inside)  # 比枧头村 is 枧头村, but 上枧头村 is another village
                spans.add(match.span())
    return sorted(spans)


def _are_words(text: str) -> bool:
    """Whether what stands before a name is no part of it: verbs, prepositions and the like."""
    return all(tag(word)[:1] in tuple("vpcdrum") for word in cut(text))


def _surely(name: str) -> bool:
    """Whether a name in running text is no chance: the wide places are all in the dictionary."""
    return (level(name) or 0) > 3 or is_known(name)


def same_place(one: str, other: str) -> bool:
    """Whether two folded names are of one place: 枧头 and 枧头村, 双枧镇枧头村 and 枧头村."""
    if one == other or stem(one) == stem(other):
        rank, other_rank = level(one), level(other)
        return rank is None or other_rank is None or rank == other_rank
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if not longer.endswith(shorter) or len(shorter) < 3:
        return False
    # 上枧头村 is another village than 枧头村; 双枧镇枧头村 is not.
    return level(longer[: -len(shorter)]) is not None


def whole_at(source: Source, said: Read, at: int) -> str | None:
    """The folded name of the place that 全镇 or 本村 before an offset means; None without one.

    全县 of a village whose county is not known stays 全县.
    """
    found = [
        match
        for match in WHOLE.finditer(said.folded, 0, at)
        if _SUBJECT_AFTER.search(said.folded[max(0, match.start() - 1) : match.start()])
    ]
    if not found or any(found[-1].end() <= start < at for start, _ in said.names):
        return None
    rank = LEVELS[found[-1]["kind"]]
    named = [said.folded[slice(*span)] for span in said.named_before(found[-1].start())]
    known = (source.subject, source.place or "", *source.within)
    return next(
        (name for name in (*reversed(named), *map(fold, known)) if name and level(name) == rank),
        found[-1].group(),
    )


def place_at(source: Source, said: Read, at: int) -> str | None:
    """The folded name of the place that the quotation speaks of at an offset; None for unknown."""
    if (whole := whole_at(source, said, at)) is not None:
        return whole
    own = fold(source.place) if source.place else None
    wide = (level(own) or _WIDEST) if own else 0
    for start, end in reversed(said.named_before(at)):
        name = said.folded[start:end]
        if (level(name) or _WIDEST) >= wide or (own and same_place(name, own)):
            # A village's report that mentions its county goes on to speak of the village.
            return name
    if source.subject and wide < (level(source.subject) or _WIDEST):
        return source.subject
    return own


def dates_of(source: Source, said: Read) -> tuple[PeriodMention, ...]:
    """The dates that hold for the quotation: what opens its enumeration, then its own."""
    return (*find_periods(fold(source.lead), source.anchor), *said.dates)


def both_planned(source: Source, quote: Read, at: int, sentence: Read, here: int) -> bool:
    """Whether sentence and quote agree at two offsets on what is planned and what is done."""
    planned = quote.planned(at, source.period, source.lead)
    there, told = quote.clause(at), sentence.clause(here)
    if DONE.search(told) and not DONE.search(there) and (planned or MODAL.search(there)):
        return False  # 预计10月底完工 told as 已10月底完工
    return planned == sentence.planned(here, source.period)


def same_time(stated: Period, other: Period) -> bool:
    """Whether two periods name one reporting date: 2022年6月底 and 2022年上半年."""
    return as_reporting_period(stated) == as_reporting_period(other)
