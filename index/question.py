"""A question's text to a Query: scope, the words asked about, and what kind of answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from index.asked_periods import periods_asked
from index.asked_places import blank, each_level, places_named
from index.chinese.fold import fold
from index.chinese.genres import genre_asked
from index.chinese.synonyms import Synonyms, load_synonyms
from index.intent import intent_of
from index.place_book import PlaceBook
from index.query import PlaceScope, Query, Term, Wanted
from index.terms import head_of, terms_of
from index.wanted import SOMEBODY, wanted_of

_OWN_PERIOD = re.compile(r"当年|今年|本年|本期|当期")
_PLAN = re.compile(
    r"计划|目标|预期|预计|打算|(?<!我)想(?!知道|了解|问|请|看)|拟|争取(?!了|到|多少)|后续(?=还|将|再|要)|预(?=脱|出列|退出|摘帽)|力争|下步|下一步|将(?=[要建修完])|准备|(?<!各)安排(?!了|几|多少|到|在)"
)
_EITHER = re.compile(
    r"(?:什么时候|何时|几月|多久)(?:就)?[能会可将要]|(?:要|会|需要|可以)(?!求|点)[\u4e00-\u9fff]{1,4}?(?:多少|几)|"
    r"[能可](?:以)?[^,。]{0,4}?(?:多少|几)|要[\u4e00-\u9fff]{1,3}?多[大长宽高]|"
    r"(?:什么时候|啥时候|何时|几月)[^,。了]{0,2}?(?:[修建弄搞盖][好完成]|完工|竣工|建成|投产|投用|开通)(?!了|的)|"
    r"(?:什么时候|啥时候|何时|几月)[^,。了的过]{1,4}(?=[?,。]|$)"
)
_ABOUT = re.compile(r"大概|大约|差不多|估计")
"""什么时候能建成 and 最高能贷多少 ask for what is to be as well."""
_PLAN_WORD = re.compile(
    r"(?:主要|控制|预期|工作|年度)?(?:计划|目标|预期|预计|打算|安排|力争|争取|准备)(?:目标|任务)?"
)
_GOT = re.compile(r"争取(?:了|到|多少|几)")
"""争取了多少钱 asks for what was got, not for what is hoped for."""
_VALUES = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})
_REPORT = r"[^,。?里中]{0,8}?(?:报告|总结|汇报|材料)(?!会)"
_TIME = "\0"
_OF_REPORT = re.compile(r"报告|总结|汇报|材料")
_SIGNED = re.compile(r"落款|署名|写|写成|写好|写的|形成|作出|出具|报送|上报|提交|印发|日期|时间")
_WHERE = "位置"
"""What 在什么地方 asks for where the question has no other word."""


def understand(
    text: str,
    book: PlaceBook,
    mentioned: Callable[[str], bool],
    today: date,
    synonyms: Synonyms | None = None,
    reporters: Iterable[str] = (),
    genres: Iterable[str] = (),
) -> Query:
    """Understand a question; `mentioned` tells whether the archive's passages hold a string.

    Relative times (去年, 今年上半年, 近三年) count from `today`, unless the question names a
    year. `reporters` are the offices whose reports the archive has, `genres` their kinds.
    """
    synonyms = synonyms or load_synonyms()
    folded = fold(text.strip())
    asked, without_times = periods_asked(folded, today)
    places, blanked = places_named(without_times, book, mentioned)
    wanted, units = wanted_of(blanked)
    kind = genre_asked(blanked, map(fold, genres))
    # 述职 in 述职报告里 is nothing that the report says.
    terms = terms_of(blank(blanked, *kind[1]) if kind else blanked, synonyms, mentioned)
    if wanted in _VALUES:
        # Whether a plan or a result is asked for is held separately: see Query.plan.
        got = bool(_GOT.search(blanked))
        terms = tuple(
            term
            for term in terms
            if not _PLAN_WORD.fullmatch(term.word) or (got and term.word == "争取")
        )
        if wanted is Wanted.PLACE and not terms and places:
            terms = (Term(_WHERE, synonyms.of(_WHERE)),)
    if wanted is Wanted.DATE and _OF_REPORT.search(blanked):
        # 汇报落款是哪天 asks for nothing in the report but its date.
        terms = tuple(term for term in terms if not _SIGNED.fullmatch(term.word))
    each = each_level(blanked)
    whole = any(place.inside for place in places)
    marked = _marked(folded, asked.spans)
    return Query(
        text=text.strip(),
        places=places,
        periods=asked.periods,
        named_report=asked.named_report,
        own_period=bool(_OWN_PERIOD.search(folded)) and asked.explicit,
        plan=bool(_PLAN.search(blanked)),
        wanted=wanted,
        units=units,
        terms=terms,
        intent=intent_of(blanked, wanted, every=asked.every, each=each is not None, whole=whole),
        own_report=asked.named_report and any(_names_report(marked, place) for place in places),
        each=each,
        every=asked.every,
        latest=asked.latest,
        half=asked.half,
        bare=asked.bare,
        either=bool(_EITHER.search(blanked) or _ABOUT.search(folded)),
        head=head_of(blanked, terms),
        counted=_counted(blanked, terms) if wanted is Wanted.FIGURE else None,
        elsewhere=_elsewhere(blanked, mentioned),
        reporter=_reporter(marked, reporters),
        genre=kind[0] if kind else None,
    )


_SUBJECT = re.compile(
    r"^\s*(?P<name>[\u4e00-\u9fff]{1,10}?(?:基地|空间站|车站|电站|岛|城|港|园|景区|馆|院|大学|中学|小学|学校|公司|厂|国|洲|机场|码头|"
    r"山|湖|河|江|海|市场|商场|大厦|大桥|水库))(?:的|有|在|里|共|一共|总共|今年|去年|叫|是)"
)


_PERSONS = re.compile(rf"(?:多少|几)[个名位]?(?P<who>{SOMEBODY})")


def _counted(folded: str, terms: Iterable[Term]) -> str | None:
    """The word for the persons that are counted, where it is one of the terms."""
    asked = _PERSONS.search(folded)
    return next((t.word for t in terms if asked and t.word == asked["who"]), None)


def _elsewhere(folded: str, mentioned: Callable[[str], bool]) -> bool:
    """Whether a question opens with a subject like a place that the archive never names."""
    subject = _SUBJECT.match(folded)
    return subject is not None and not mentioned(subject["name"])


def _marked(folded: str, times: Iterable[tuple[int, int]]) -> str:
    """The question with one mark for each time that it names."""
    for start, end in sorted(times, reverse=True):
        folded = folded[:start] + _TIME + folded[end:]
    return folded


def _names_report(marked: str, place: PlaceScope) -> bool:
    """Whether place and time name a report: 双河市2019年政府工作报告, not 2019年报告里的双河市."""
    return any(
        re.search(rf"{re.escape(name)}的?{_TIME}的?{_REPORT}", marked) for name in place.names
    )


def _reporter(marked: str, reporters: Iterable[str]) -> str | None:
    """The office whose report the question names, the longest name that fits."""
    fitting = [
        name
        for name in reporters
        if len(name) >= 4 and re.search(rf"{re.escape(fold(name))}的?{_TIME}?的?{_REPORT}", marked)
    ]
    return max(fitting, key=len, default=None)
