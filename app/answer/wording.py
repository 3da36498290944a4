"""Holds the words of a sentence to its quotes: things, names, negations, labels of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.answer.evidence import Read
from app.answer.findings import Cited, Finding, Kind
from app.answer.own_words import own_word_findings
from app.answer.stated import Figure, shown_sums
from app.answer.turns import named_by_turn
from app.answer.words_said import content_words, said
from index.chinese.fold import fold
from index.chinese.people import people_in
from index.chinese.sentences import clauses
from index.chinese.words import cut, tag

SUPPORTED = 0.7
"""Share of a sentence's words that its quotes, headings and titles must say."""
_QUOTED = 0.34
"""Share of them that the quotes themselves must say: a title alone carries no sentence."""


_FUNCTION = frozenset(
    "的了是在有和与及等为由对到从共各个名把被将该此其这那并又也都还已后前中内外上下时年月日末底"
    "户人元亩座处所家项条公里米约近超多余以至于之则且或但而就才只仅全本均每再很更最可能会要应需"
)
_NEGATIONS = frozenset(
    (
        "未 没 没有 无 不 非 未能 尚未 并未 从未 不能 不会 不得 不再 无法 未曾 未有 不予 毫无 "
        "并非 暂无 暂未"
    ).split()
)
_LIMITS = frozenset("基本 初步 部分 大部分 少数 少部分 几乎 有望 可能 或许 接近 逐步".split())
_CELL_STOP = re.compile(r"[,;。!?|\n]")
_OF_SUMS = "\n增加 减少 增长 下降 相差 之和 总和"
_LABEL_STOP = re.compile(r"[,;。:!?|\n]")
_BETWEEN = re.compile(r"[^\u4e00-\u9fffa-z]+")
_LABEL_BEHIND = 8
_PAIR_GAP = 3
_ENDS = "。;,!?、: "


def wording_findings(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Yield what the sentence says that its quotes do not; `cited` is not empty."""
    sentence = cited[0].sentence
    ground = "\n".join(map(_ground, cited))
    if any(True for _ in shown_sums(sentence.folded)):
        ground += _OF_SUMS  # what the arithmetic says is held there
    bare = sentence.folded.strip(_ENDS)
    if not any(bare in one.quote.folded for one in cited) and any(
        bare in fold(one.source.context) for one in cited
    ):
        yield Finding(Kind.WORDS, bare)  # a heading states nothing
    yield from _unknown_names(sentence, ground)
    quotes = [one.quote.folded for one in cited]
    yield from _turned(sentence.folded, quotes, _NEGATIONS)
    yield from _turned(sentence.folded, quotes, _LIMITS)
    yield from own_word_findings(cited, ground)
    blanked = _blanked(sentence)
    words = content_words(blanked)
    if not words:
        # A value alone says of nothing what it is; a heading or a cell may be no more than that.
        whole = any(sentence.folded.strip(_ENDS) == one.strip(_ENDS) for one in quotes)
        rest = "".join(blanked.split()).strip(_ENDS)
        if not sentence.folded.strip(_ENDS) or not (whole or (rest and rest[-1] in ground)):
            yield Finding(Kind.WORDS, sentence.folded)
        return
    yield from _strange_clauses(blanked, ground)
    shares = [said(word, ground) for word in words]
    quoted = "\n".join(quotes)
    quoted_share = sum(said(word, quoted) for word in words) / len(words)
    if sum(shares) / len(shares) < SUPPORTED or quoted_share < _QUOTED:
        missing = [word for word, share in zip(words, shares, strict=True) if not share]
        yield Finding(Kind.WORDS, "、".join(missing))


def _strange_clauses(blanked: str, ground: str) -> Iterator[Finding]:
    """A clause of which nothing is said there: praise behind a long sentence that is right."""
    for start, end in clauses(blanked, 0, len(blanked)):
        words = content_words(blanked[start:end])
        if len(words) > 1 and not any(said(word, ground) for word in words):
            yield Finding(Kind.WORDS, "、".join(words))


def _ground(one: Cited) -> str:
    source = one.source
    around = (source.lead, source.context, source.place or "", source.subject, *source.within)
    return "\n".join((one.quote.folded, *map(fold, around)))


def _blanked(read: Read) -> str:
    """The folded text without its figures, dates and places: those are held separately."""
    text = read.folded
    spans = [(figure.start, figure.end) for figure in read.figures]
    spans += [(date.start, date.end) for date in read.dates]
    for start, end in (*spans, *read.names):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _unknown_names(sentence: Read, ground: str) -> Iterator[Finding]:
    """Persons, and what jieba does not know and cuts to pieces, as it does with names."""
    blanked = _blanked(sentence)
    names = {sentence.folded[start:end] for start, end in people_in(sentence.folded)}
    names |= set(_pieces(blanked))
    for name in sorted(names):
        pairs = [name[i : i + 2] for i in range(len(name) - 1)]
        if not all(pair in ground for pair in pairs):
            yield Finding(Kind.NAME, name)


def _pieces(folded: str) -> Iterator[str]:
    """Runs of single characters, at least one of them a noun, that are no words of the frame."""
    run = ""
    words = (word for part in _BETWEEN.split(folded) for word in (*cut(part), ""))
    for word in words:
        if len(word) == 1 and word not in _FUNCTION and not word.isascii():
            run += word
            continue
        if len(run) > 1 and any(tag(char)[:1] in ("n", "") for char in run):
            yield run
        run = ""


def _turned(folded: str, quotes: Iterable[str], turning: frozenset[str]) -> Iterator[Finding]:
    """未完成 and 基本完成 are not 完成: a word so turned must be turned in a quote, and back."""
    turned, plain = _polarity(folded, turning)
    turned_there: set[str] = set()
    plain_there: set[str] = set()
    for quote in quotes:
        no, yes = _polarity(quote, turning)
        turned_there |= no
        plain_there |= yes
    for word in sorted(turned):
        if not any(word in other or other in word for other in turned_there):
            yield Finding(Kind.NEGATION, word)
    for word in sorted(turned_there & plain - plain_there):
        yield Finding(Kind.NEGATION, word)


def negated(clause: str) -> bool:
    """Whether folded words deny something: 该进未进58户 is not 该进58户."""
    return any(word in _NEGATIONS for word in cut(clause))


@lru_cache(maxsize=1024)
def _polarity(folded: str, turning: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """(words of folded text that a word of `turning` stands before, the others)."""
    turned: set[str] = set()
    plain: set[str] = set()
    open_ = False
    for word in cut(folded):
        if word in turning:
            open_ = True
            continue
        if open_ and tag(word)[:1] == "d":
            continue
        (turned if open_ else plain).add(word)
        open_ = False
    return frozenset(turned), frozenset(plain)


def label_likeness(sentence: Read, figure: Figure, quote: Read, other: Figure) -> float:
    """How far the words at a figure are those at a quote's figure, 0–1.

    Words that the quote says elsewhere count a half: 外出务工172人,其中县外138人.
    """
    words = content_words(_by_turn(sentence, figure) or _label(sentence, figure))
    label = _by_turn(quote, other) or _label(quote, other)
    if not words and (words := content_words(_before(sentence, figure))):
        label += _before(quote, other)
    if not words:
        # 有12户 says less than 低保户12户, and may be meant of anything.
        return 0.0 if content_words(label) else 1.0
    # A whole is not labelled by its part: 收入4.8千元,其中光伏占六成 is no 光伏收入4.8千元.
    part = quote.folded.find("其中", other.end)
    beside = quote.folded[: part if part >= 0 else None]
    shares = [max(said(word, label), 0.5 * said(word, beside)) for word in words]
    return sum(shares) / len(shares)


def _by_turn(read: Read, figure: Figure) -> str:
    return named_by_turn(read.folded, read.figures, figure)


def _before(read: Read, figure: Figure) -> str:
    """What stands between a figure and the one before it: 脱贫户:60户 has its label there."""
    ends = [one.end for one in read.figures if one.end <= figure.start]
    first = max(read.folded.rfind(stop, 0, figure.start) for stop in "。;!?\n") + 1
    return read.folded[max([first, *ends]) : figure.start]


def _label(read: Read, figure: Figure) -> str:
    """The words around a figure: its clause, between the figures before and after it."""
    start, end = figure.start, figure.end
    for one in reversed([one for one in read.figures if one.end <= figure.start]):
        if start - one.end > _PAIR_GAP or content_words(read.folded[one.end : start]):
            break
        start = one.start  # 88户302人 share what stands before them
    # In a row of a table 脱贫户:36户 is a cell with its head.
    stops = _CELL_STOP if "|" in read.folded else _LABEL_STOP
    first = max((m.end() for m in stops.finditer(read.folded, 0, start)), default=0)
    first = max([first, *(one.end for one in read.figures if one.end <= start)])
    stop = _LABEL_STOP.search(read.folded, end)
    last = min(stop.start() if stop else len(read.folded), end + _LABEL_BEHIND)
    last = min([last, *(one.start for one in read.figures if one.start >= end)])
    return read.folded[first:start] + " " + read.folded[end:last]
