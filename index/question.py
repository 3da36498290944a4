"""A question's text to a Query: scope, the words asked about, and what kind of answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from index.asked_places import PlaceBook, blank, places_named
from index.chinese.fold import fold
from index.chinese.periods import as_reporting_period, find_periods
from index.chinese.synonyms import Synonyms, load_synonyms
from index.query import Query, Wanted
from index.terms import terms_of
from index.wanted import wanted_of

_NAMED_REPORT = re.compile(r"^[^,。?]{0,8}?(?:报告|总结|汇报|报送的?材料|上报的?材料)")
_OWN_PERIOD = re.compile(r"当年|今年|本年|本期|当期")
_PLAN = re.compile(r"计划|目标|预期|预计|打算|拟|力争|下步|下一步|将(?=[要建修完])|准备|安排")
_PLAN_WORD = re.compile(
    r"(?:主要|控制|预期|工作|年度)?(?:计划|目标|预期|预计|打算|安排)(?:目标|任务)?"
)
_VALUES = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})


def understand(
    text: str,
    book: PlaceBook,
    mentioned: Callable[[str], bool],
    today: date,
    synonyms: Synonyms | None = None,
) -> Query:
    """Understand a question; `mentioned` tells whether the archive's passages hold a string.

    Relative times (去年, 今年上半年) count from `today`, unless the question names a year.
    """
    synonyms = synonyms or load_synonyms()
    folded = fold(text.strip())
    mentions = list(find_periods(folded, today, short_years=True))
    if any(mention.explicit for mention in mentions):
        mentions = [mention for mention in mentions if mention.explicit]
    blanked = folded
    named_report = False
    for mention in mentions:
        named_report |= bool(_NAMED_REPORT.match(folded[mention.end :]))
        blanked = blank(blanked, mention.start, mention.end)
    places, blanked = places_named(blanked, book, mentioned)
    wanted, units = wanted_of(blanked)
    terms = terms_of(blanked, synonyms, mentioned)
    if wanted in _VALUES:
        # Whether a plan or a result is asked for is held separately: see Query.plan.
        terms = tuple(term for term in terms if not _PLAN_WORD.fullmatch(term.word))
    return Query(
        text=text.strip(),
        places=places,
        periods=tuple(dict.fromkeys(as_reporting_period(mention.period) for mention in mentions)),
        named_report=named_report,
        own_period=bool(_OWN_PERIOD.search(folded)) and any(m.explicit for m in mentions),
        plan=bool(_PLAN.search(blanked)),
        wanted=wanted,
        units=units,
        terms=terms,
    )
