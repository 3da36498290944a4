"""Words of a question that name the very body whose report is read: every sentence is of it."""

from __future__ import annotations

from itertools import pairwise

from index.chinese.fold import fold
from index.chinese.places import stem
from index.evidence.belonging import is_office, names_office
from index.query import Query

OWN_WEIGHT = 0.25
"""What such a word weighs beside the others: 水务局罚了多少 is told by 罚款, not by 水务局."""
_KINDS = {
    "学校": ("小学", "中学", "学校", "学院"),
    "学生": ("小学", "中学", "学校", "学院"),
    "医院": ("医院", "卫生院"),
    "林场": ("林场",),
    "农场": ("农场",),
    "社区": ("社区",),
    "园区": ("园区", "开发区"),
    "公司": ("公司",),
}
"""How a question calls a body by its kind alone, and what the title of its report then says."""


def own_words(query: Query, title: str, place: str = "") -> frozenset[str]:
    """The terms that name the body whose report has this folded title; none if all of them do.

    So does the short name of its own folded place that is a plain word: 东门 of 东门街道.
    """
    own = {
        term.word
        for term in query.terms
        if (
            is_office(term.word)
            and not term.word.endswith("工作队")
            and names_office(term.word, title)
        )
        or any(kind in title for kind in _KINDS.get(term.word, ()))
        or (len(term.word) > 1 and term.word == stem(place) != place)
    }
    asked = fold(query.text)
    for one, other in pairwise(query.terms):
        joined = one.word + other.word
        if is_office(joined) and joined in asked and names_office(joined, title):
            own |= {one.word, other.word}
    return frozenset() if len(own) == len(query.terms) else frozenset(own)
