"""How far a sentence and what stands around it say the words that are asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.chinese.words import tag
from index.evidence.belonging import is_other_name, names_office
from index.query import Term

_IN_HEADING = 0.8
_IN_TITLE = 0.5
_IN_SENTENCE_BEFORE = 0.6
_IN_PARAGRAPH = 0.5
_ALIKE = 0.97
_IN_OPENING = 0.4
_FIRST_WORDS = 100
_PARTLY = 0.7
_SHORT = 0.85
_SHORTENED = re.compile(r"[\u4e00-\u9fff]{2}[车厂站所院校路桥园馆室场机房楼队]")
_NO_THING = 0.4
_NO_THING_MOST = 1.2
"""What a word counts that is said by one of its synonyms, that stands in the heading, the title,
the sentence before, the paragraph or the report's opening instead, or in parts; and what a verb or
another word that names no thing weighs beside one that does."""

_ANYBODY = frozenset("农户 群众 村民 人员 人口 居民 对象 工人 劳动力 户数 人数".split())


def weigh(terms: Sequence[Term], rarity: Callable[[str], float]) -> dict[str, float]:
    """Each term's weight: the rarity of the commonest way to say it, less for what is no thing.

    Who asks what was «spent on» or «built» may be told so in any verb; the thing must be said.
    """
    return {term.word: _weight(term, min(map(rarity, term.alike))) for term in terms}


def _weight(term: Term, rarity: float) -> float:
    return rarity if _thing(term) else min(rarity * _NO_THING, _NO_THING_MOST)


def _thing(term: Term) -> bool:
    if term.word in _ANYBODY:
        return False
    kind = tag(term.word)
    return kind == "" or kind[0] in "nijl" or kind in ("vn", "an")


def says(text: str, word: str) -> bool:
    """Whether folded text says a word; 7台 is not said by 17台, but by 7 台."""
    if not word[0].isdigit():
        return word in text
    digits = re.match(r"[\d.]+", word)
    assert digits is not None
    rest = re.escape(word[digits.end() :])
    return re.search(rf"(?<![\d.]){re.escape(digits[0])}\s?{rest}", text) is not None


@dataclass(frozen=True)
class Around:
    """What stands around a sentence, folded: it says in part what the sentence leaves out."""

    heading: str
    before: str
    opens: str
    """The sentence that opens its paragraph."""
    paragraph: str
    title: str
    about: str
    """How the report begins."""


_TURN = re.compile(
    r"第[一二三四五六七八九十\d]+(?=[届期批次轮季])|(?<![一二三四五六七八九十\d])[一二三四](?=期(?![间限满货末]))"
)


def _other_turn(word: str, sentence: str) -> bool:
    """Whether a sentence speaks of another turn of what is asked: 第二届 for 第一届花节."""
    asked = _TURN.search(word)
    if asked is None:
        return False
    counted = asked.group().startswith("第")
    told = [one for one in _TURN.findall(sentence) if one.startswith("第") is counted]
    told += ["第一"] * (counted and "首" in sentence)
    return bool(told) and asked.group() != told[0]


def _is_rare_name(term: Term) -> bool:
    return len(term.alike) == 1 and tag(term.word) == "" and not term.word[0].isdigit()


def in_full(word: str, sentence: str) -> str | None:
    """How a sentence says in full what a short word stands for: 云梯消防车 for 云梯车."""
    if len(word) == 2 and word[0] in "新老旧" and _SHORTENED.fullmatch(f"某{word}"):
        found = re.search(rf"{word[0]}[\u4e00-\u9fff]{{1,3}}{word[1]}", sentence)
        return found.group() if found else None
    if word.endswith("费") and len(word) > 2 and f"{word[:-1]}标准" in sentence:
        return f"{word[:-1]}标准"  # 伙食费
    if not _SHORTENED.fullmatch(word):
        return None
    found = re.search(rf"{word[:2]}[\u4e00-\u9fff]{{1,3}}{word[2]}", sentence)
    return found.group() if found else None


def said(term: Term, sentence: str, around: Around) -> float:
    """How far a text says the term, 0–1: itself, in its heading, or by its parts."""
    heading = around.heading
    # A firm that the first list names is not what the report is about.
    about = around.about
    if _is_rare_name(term):
        about = "\n".join(about.split("\n")[:2])[:_FIRST_WORDS]
    if _other_turn(term.word, sentence):
        return 0.0
    for text, share in (
        (sentence, 1.0),
        (heading, _IN_HEADING),
        (around.before, _IN_SENTENCE_BEFORE),
        (around.opens, _IN_SENTENCE_BEFORE),
        (around.title, _IN_TITLE),
        (around.paragraph, _IN_PARAGRAPH),
        (about, _IN_OPENING),
    ):
        if says(text, term.word):
            return share
        # Asked of every sentence: a plain word is looked for without a call.
        for word in term.alike:
            if says(text, word) if word[0].isdigit() else word in text:
                return share * _ALIKE
    if names_office(term.word, f"{around.title} {around.about}"):
        return _IN_HEADING
    if in_full(term.word, sentence):
        return _SHORT
    stem = term.word[:-1]
    counted = len(stem) > 1 and stem in sentence
    if counted and re.search(rf"{re.escape(stem)}[共计为达约有:]{{0,2}}\d", sentence):
        return _PARTLY  # 低保户: 低保36户; 总产量: 总产187吨
    if term.parts and not is_other_name(term.word, term.parts, f"{sentence} {heading}"):
        there = sum(part in sentence or part in heading for part in term.parts)
        return _PARTLY * there / len(term.parts)
    return 0.0
