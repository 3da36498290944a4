"""Follow-up questions: what a question leaves out it takes from the one before.

Pure functions over understood questions; nothing is kept between calls, so nothing of one
person's conversation can reach another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.answer.answer import Scope
from index.chinese.fold import fold
from index.chinese.genres import names_kind
from index.query import Intent, Query, Term
from index.records import Period

REMEMBERED = 8
"""Questions back that still count."""

_ANYWHERE = re.compile(r"(?:不限|不分|所有|全部)(?:的)?(?:地点|地方|地区)|全部档案|整个档案")
_ANY_TIME = re.compile(r"(?:不限|不分|所有|全部)(?:的)?(?:时间|期次|年份|年度)|全部档案|整个档案")
_ANY_GENRE = re.compile(r"(?:不限|不分|所有|全部)(?:的)?(?:文种|报告|材料|文件)|全部档案|整个档案")
_OTHERS = re.compile(
    r"(?:其他|其它|其余|别|另外)的?(?:几个|各个?)?(?P<kind>村|社区|乡镇|镇|乡|县|市|区|地方|地点)"
)
_OTHER_LEVEL = {"村": 5, "社区": 5, "乡镇": 4, "镇": 4, "乡": 4, "县": 3, "区": 3, "市": 2}
_LEADING = re.compile(r"^(?:那么?|再|还有|接着|另外|换成|改成)+(?![些个里儿年月])")
_TRAILING = re.compile(r"(?:又|的?情况)?(?:呢|怎么?样|如何)[??。!!]*$")
_POINTING = re.compile(
    r"[这那该此](?:笔|些|个|项|条|座|户|批|件|段|处|家|位)?(?:资金|钱|款|项目|工程|路|产业|人|事|工作|数|户|合作社)?|"
    r"(?:它|他|她)们?的?|其中的?|上述的?|前面(?:说|提到)的|刚才(?:说|提到)的"
)
_WEAK = frozenset("那 这 再 其他 其它 别的 另外 其余 地方 地点 呢 钱 笔 事 数".split())


@dataclass(frozen=True)
class Spoken:
    """A question without the words that only tie it to the talk before."""

    text: str
    anywhere: bool = False
    any_time: bool = False
    any_genre: bool = False
    others: int | None = None
    """The level of the other places that are asked about; 0 for any."""
    points: bool = False
    """Whether it points at what was asked before: 这笔钱是谁出的."""


def spoken(text: str) -> Spoken:
    """What of a question's words is the question itself."""
    folded = fold(text.strip())
    found = _OTHERS.search(folded)
    rest = folded
    for pattern in (_ANYWHERE, _ANY_TIME, _ANY_GENRE, _OTHERS):
        rest = pattern.sub(" ", rest)
    rest = _LEADING.sub("", rest.strip(" ,。"))
    points = bool(_POINTING.search(rest))
    rest = _POINTING.sub("", rest)
    return Spoken(
        rest.strip(" ,。") or folded,
        bool(_ANYWHERE.search(folded)),
        bool(_ANY_TIME.search(folded)),
        bool(_ANY_GENRE.search(folded)),
        _OTHER_LEVEL.get(found["kind"], 0) if found else None,
        points,
    )


def follow_up(previous: Query | None, now: Query, said: Spoken) -> Query:
    """The question as it is meant after `previous`: place, time and matter until changed.

    那2017年呢 asks the same of another year, 其他村呢 of other places, 这笔钱是谁出的 goes on
    about the same thing. A place or time that the question names takes the old one's place.
    """
    if previous is None or (now.elsewhere and not said.points):
        return now  # 月球基地有多少人 is not asked of the village before
    terms = tuple(term for term in now.terms if term.word not in _WEAK)
    elliptic = not terms and (said.others is not None or _is_short(said.text, now))
    places, periods = now.places, now.periods
    if not places and not (said.anywhere or said.others is not None or now.each is not None):
        places = previous.places
    open_time = said.any_time or now.every or now.latest
    if not periods and not open_time:
        periods = previous.periods
    genre = now.genre
    if genre is None and not (said.any_genre or names_kind(said.text)):
        genre = previous.genre
    if now.half is not None:
        periods = _half_of(previous.periods, now.half) or periods
    kept = replace(now, places=places, periods=periods, genre=genre)
    if not now.periods and periods:
        kept = replace(kept, named_report=previous.named_report, own_period=previous.own_period)
    if elliptic:
        kept = _same_matter(previous, kept)
    elif said.points:
        joined = {term.word: term for term in (*previous.terms, *terms)}
        kept = replace(kept, terms=tuple(joined.values()), plan=now.plan or previous.plan)
    if said.others:
        kept = replace(kept, each=said.others, intent=Intent.LIST)
    return kept


def _half_of(periods: Sequence[Period], half: int) -> tuple[Period, ...]:
    """The half-year of the year that was spoken of: 那下半年呢 after 2022年上半年."""
    years = {period.end.year for period in periods}
    return (Period.half(years.pop(), half),) if len(years) == 1 else ()


def _is_short(text: str, now: Query) -> bool:
    """Whether a question only names a place or a time: 2017年呢, 青杠村呢."""
    named = bool(now.places or now.periods or now.every or now.latest)
    return named or bool(_TRAILING.search(text))


def _same_matter(previous: Query, now: Query) -> Query:
    """The earlier question's matter with the new question's scope."""
    terms: tuple[Term, ...] = previous.terms
    return replace(
        now,
        text=previous.text,
        terms=terms,
        wanted=previous.wanted,
        units=previous.units,
        plan=previous.plan,
        intent=now.intent if now.every else previous.intent,
        each=now.each,
    )


def taken_out(query: Query, without: Scope) -> Query:
    """The query without what of its scope somebody took out by hand."""
    places = tuple(place for place in query.places if place.name not in without.places)
    periods = tuple(period for period in query.periods if period.key not in without.periods)
    if query.genre in without.genres:
        query = replace(query, genre=None)
    if places == query.places and periods == query.periods:
        return query
    same_period = periods == query.periods
    return replace(
        query,
        places=places,
        periods=periods,
        own_report=False,
        named_report=query.named_report and same_period,
        latest=query.latest and same_period,
    )


def understood(
    questions: Sequence[str],
    understand: Callable[[str], Query],
    last: Callable[[str], Query],
    without: Sequence[Scope] = (),
) -> Query:
    """The last of the questions as it is meant after those before it.

    `understand` reads an earlier question by itself, `last` the present one, with the place
    and period that were chosen beside it; `without` is what was taken out of each question's
    scope by hand, in the order of the questions.
    """
    cuts = (*without, *(Scope() for _ in questions[len(without) :]))
    *before, (question, cut) = zip(questions, cuts, strict=True)
    query: Query | None = None
    for earlier, out in before[-REMEMBERED:]:
        said = spoken(earlier)
        query = taken_out(follow_up(query, understand(said.text), said), out)
    if query is None:
        return taken_out(last(question), cut)
    said = spoken(question)
    return taken_out(follow_up(query, last(said.text), said), cut)
