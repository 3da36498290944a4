"""A question that asks for several values at once, as the questions after each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.chinese.fold import fold
from index.chinese.words import tag
from index.query import Query, Term, Wanted
from index.wanted import wanted_of

_HOW_MUCH = re.compile(
    r"几月几[日号]?|多[长大远高宽]|多少|几(?=[个名户人家亩只头台月号日眼座处条栋盏公里米支期件次位张份本套所队批场项遍辆艘棵株袋间])|百分之[几多]|几成|几(?=[?？。]?$)"
)
_ASKS_ELSE = re.compile(
    r"谁|哪位|哪里|哪儿|去哪|什么时候|啥时候|何时|哪一?[天年]|哪[个几]?(?:单位|部门)|哪些|哪[座所条处栋](?!最)"
    r"|为什么|为啥|为何|因为(?:什么|啥)|(?:什么|啥)原因|怎么回事|叫(?:什么|啥)"
)
"""What else a clause of its own may ask, besides how much."""
_CLAUSE = re.compile(r"[^,;]+")
_BARE = re.compile(r"多少[?？。]?$")
_NEXT_DEED = re.compile(r"(?:多少|几)[\u4e00-\u9fff]?(?P<deed>[\u4e00-\u9fff]{1,3}了)")
_NEXT_ASKED = re.compile(r"(?<=、)[是由又都]?(?:谁|哪位|哪里|哪儿|什么时候)")
_VALUES = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.PLACE})
_MOST = 4
_EACH_THING = re.compile(
    r"[和与及、](?P<second>[^,。和与及、]{2,12}?)(?:各|分别|(?<=[点址处])[在是](?=哪|什么地方))"
)


_ITEMS = re.compile(r"(?P<items>(?:[^,。、和与及]{2,14}、)*[^,。、和与及]{2,14})[和与及、]$")


def parts_of(query: Query) -> tuple[Query, ...]:
    """The query for each value that is asked for; only itself where it is one.

    多少户多少人 asks for both of one thing, 有多少学生,贫困学生多少 for two things.
    """
    if query.wanted not in _VALUES or query.every:
        return (query,)
    text = fold(query.text)
    if asks_each_place(query):
        return tuple(replace(query, places=(one,), part=one.name) for one in query.places)
    if things := _each_thing(query, text):
        return things
    starts = _starts(text)
    if not 2 <= len(starts) <= _MOST:
        return (query,)
    framed = text[: starts[0]]
    bounds = [0, *(_begins(text, starts, at) for at in range(1, len(starts))), len(text)]
    pieces = [text[a:b].strip(" ,、和及与;") for a, b in pairwise(bounds)]
    shared = [term for term in query.terms if _said_at(text, term) < starts[0]]
    parts: list[Query] = []
    for number, piece in enumerate(pieces):
        own = _in_piece(query.terms, piece)
        terms = own if number == 0 else [*shared, *(t for t in own if t not in shared)]
        if number and not own:
            terms = list(query.terms)
        elif number and not any(map(_is_thing, own)):
            # 查出多少隐患,还有几处没改: what is left is of the same thing.
            first = [t for t in _in_piece(query.terms, pieces[0]) if _is_thing(t)]
            terms = list(dict.fromkeys((*shared, *first, *own)))
        wanted, units = wanted_of(piece)
        if number and units == ("个",) and piece.rstrip("?？。").endswith(("几个", "几")):
            units = parts[0].units  # 有多少劳动力,在外打工的几个 counts the same
        if number and not units and wanted is Wanted.FIGURE and _BARE.search(piece):
            # 骗走多少钱,追回来多少
            alike = parts[0].units != ("个",) and not any(map(_is_thing, own))
            units = parts[0].units if alike else ()
        head = query.head if query.head in {term.word for term in own} else None
        parts.append(
            replace(
                query,
                text=f"{framed},{piece}" if number else piece,
                wanted=wanted,
                units=units,
                terms=tuple(terms),
                head=head,
                part=piece,
            )
        )
    return tuple(parts) if any(part.wanted in _VALUES for part in parts) else (query,)


def _starts(text: str) -> list[int]:
    """Where the question asks for a value: how much, or one other thing in a clause of its own."""
    starts: list[int] = []
    for clause in _CLAUSE.finditer(text):
        found = [match.start() for match in _HOW_MUCH.finditer(text, *clause.span())]
        found += [match.start() for match in _NEXT_ASKED.finditer(text, *clause.span())]
        if not found and (other := _ASKS_ELSE.search(text, *clause.span())):
            found = [other.start()]
        starts += sorted(set(found))
    return starts


def _is_thing(term: Term) -> bool:
    return len(term.word) > 1 and tag(term.word)[:1] in ("n", "")


def _in_piece(terms: Sequence[Term], piece: str) -> list[Term]:
    """The terms that a piece of the question says: 中考 alone does not say 考."""
    found = set()
    for term in sorted(terms, key=lambda term: -len(term.word)):
        if term.word in piece:
            found.add(term.word)
            piece = piece.replace(term.word, " ")
    return [term for term in terms if term.word in found]


def _each_thing(query: Query, text: str) -> tuple[Query, ...]:
    """The query for each of two things of which the same is asked: 小学和中学各有多少学生."""
    asked = _EACH_THING.search(text)
    if asked is None:
        return ()
    earlier = text[: asked.start("second")]
    before = [t for t in query.terms if t.word in earlier and t.word not in asked["second"]]
    second = tuple(t for t in query.terms if t.word in asked["second"])
    if not before or not second:
        return ()
    if "、" in text[: asked.start("second")] and (listed := _listed(query, text, asked)):
        return listed
    first = max(before, key=lambda term: text.rfind(term.word, 0, asked.start("second")))
    others = tuple(t for t in query.terms if t is not first and t not in second)
    return tuple(
        replace(
            query,
            terms=(*others, *own),
            head=query.head or own[0].word,
            part="".join(t.word for t in own),
        )
        for own in ((first,), second)
    )


def _listed(query: Query, text: str, asked: re.Match[str]) -> tuple[Query, ...]:
    """The query for each of three things or more: 火灾、抢险、救助各多少起."""
    listed = _ITEMS.search(text[: asked.start("second")])
    if listed is None:
        return ()
    names = [*re.split("、", listed["items"]), asked["second"]]
    owns = [tuple(t for t in query.terms if t.word in name) for name in names]
    # What opens the first name frames them all: 出警里头火灾.
    if len(names) < 3 or not all(owns):
        return ()
    owns[0] = (max(owns[0], key=lambda term: text.rfind(term.word)),)
    each = {term.word for own in owns for term in own}
    others = tuple(t for t in query.terms if t.word not in each)
    return tuple(
        replace(
            query,
            terms=(*others, *own),
            head=query.head or own[0].word,
            part="".join(t.word for t in own),
        )
        for own in owns
    )


def asks_each_place(query: Query) -> bool:
    """Whether the same value is asked of each of several places by name: 甲村和乙村各有多少."""
    return len(query.places) > 1 and bool(re.search(r"各|分别", query.text))


def asks_each(query: Query) -> bool:
    """Whether the same value is asked of each of several places or things by name."""
    return asks_each_place(query) or bool(_each_thing(query, fold(query.text)))


def _begins(text: str, starts: list[int], at: int) -> int:
    """Where the part begins that asks at `starts[at]`: behind the mark that divides it, if any."""
    between = text[starts[at - 1] : starts[at]]
    divider = max(between.rfind(mark) for mark in ",、;和及与")
    if divider <= 0 and (deed := _NEXT_DEED.fullmatch(between)):
        return starts[at - 1] + deed.start("deed")  # 生了几个死了几个
    return starts[at - 1] + divider if divider > 0 else starts[at]


def _said_at(text: str, term: Term) -> int:
    found = text.find(term.word)
    return found if found >= 0 else len(text)
