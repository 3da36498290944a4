"""Holds the words of a sentence to its quotes: things, names, negations, labels of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.answer.evidence import Read
from app.answer.findings import Cited, Finding, Kind
from app.answer.stated import Figure, shown_sums
from index.chinese.fold import fold
from index.chinese.people import people_in
from index.chinese.synonyms import Synonyms, load_synonyms
from index.chinese.words import cut, tag

SUPPORTED = 0.7
"""Share of a sentence's words that its quotes, headings and titles must say."""
_QUOTED = 0.34
"""Share of them that the quotes themselves must say: a title alone carries no sentence."""
_PARTLY = 0.6

_FRAME = frozenset(
    (
        "根据 报告 显示 资料 其中 目前 共有 分别 达到 属于 情况 包括 主要 相关 方面 "
        "该村 本村 全村 该镇 全镇 "
        "档案 记载 提到 指出 介绍 此外 同时 以及 截至 截止 当年 期间 总共 共计 合计 "
        "一共 数量 进行 具体 如下 "
        "来看 表示 说明 为止 相比 相较 上述 该项 另外 已经 具有 拥有 达 "
        "计划 规划 预计 预期 目标 力争 打算 准备 争取"
    ).split()
)
"""Words that report what a document says; whether it plans is held separately."""
_FUNCTION = frozenset(
    "的了是在有和与及等为由对到从共各个名把被将该此其这那并又也都还已后前中内外上下时年月日末底"
    "户人元亩座处所家项条公里米约近超多余以至于之则且或但而就才只仅全本均每再很更最可能会要应需"
)
_NOT_CONTENT = "pcudrqmftyeoxzgwk"
_NEGATIONS = frozenset(
    (
        "未 没 没有 无 不 非 未能 尚未 并未 从未 不能 不会 不得 不再 无法 未曾 未有 不予 毫无 "
        "并非 暂无 暂未"
    ).split()
)
_LIMITS = frozenset("基本 初步 部分 大部分 少数 少部分 几乎 有望 可能 或许 接近 逐步".split())
_STRESS = re.compile(
    r"全部|全面|全体|所有|一律|无一|大部分|大多数|多数|部分|少数|唯一|首次|首个|率先|领先|翻番|最[^近后终初]"
)
_OF_SUMS = "\n增加 减少 增长 下降 相差 之和 总和"
_LABEL_STOP = re.compile(r"[,;。:!?|\n]")
_BETWEEN = re.compile(r"[^\u4e00-\u9fffa-z]+")
_LABEL_BEHIND = 8
_PAIR_GAP = 3
_ENDS = "。;,!?、: "


@lru_cache(maxsize=1)
def _synonyms() -> Synonyms:
    return load_synonyms()


def wording_findings(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Yield what the sentence says that its quotes do not; `cited` is not empty."""
    sentence = cited[0].sentence
    ground = "\n".join(map(_ground, cited))
    if any(True for _ in shown_sums(sentence.folded)):
        ground += _OF_SUMS  # what the arithmetic says is held there
    yield from _unknown_names(sentence, ground)
    quotes = [one.quote.folded for one in cited]
    yield from _turned(sentence.folded, quotes, _NEGATIONS)
    yield from _turned(sentence.folded, quotes, _LIMITS)
    yield from _stressed(sentence.folded, ground)
    blanked = _blanked(sentence)
    words = content_words(blanked)
    if not words:
        # A value alone says of nothing what it is; a heading or a cell may be no more than that.
        whole = any(sentence.folded.strip(_ENDS) == one.strip(_ENDS) for one in quotes)
        rest = "".join(blanked.split()).strip(_ENDS)
        if not sentence.folded.strip(_ENDS) or not (whole or (rest and rest[-1] in ground)):
            yield Finding(Kind.WORDS, sentence.folded)
        return
    shares = [said(word, ground) for word in words]
    quoted = "\n".join(quotes)
    quoted_share = sum(said(word, quoted) for word in words) / len(words)
    if sum(shares) / len(shares) < SUPPORTED or quoted_share < _QUOTED:
        missing = [word for word, share in zip(words, shares, strict=True) if not share]
        yield Finding(Kind.WORDS, "、".join(missing))


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


def content_words(text: str) -> list[str]:
    """The words of folded text that name things and doings, each once."""
    words = (word for word in cut(text) if len(word) > 1 and word not in _FRAME)
    return list(
        dict.fromkeys(
            word
            for word in words
            if not word.isascii() and (tag(word)[:1] or "n") not in _NOT_CONTENT
        )
    )


def said(word: str, ground: str) -> float:
    """How far a text says a word, 0–1: itself or a synonym, else by its pairs of characters."""
    if any(alike in ground for alike in _synonyms().of(word)) or word in ground:
        return 1.0
    if len(word) <= 2:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    there = sum(pair in ground for pair in pairs) / len(pairs)
    return _PARTLY if there >= 0.5 else 0.0


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


def _stressed(folded: str, ground: str) -> Iterator[Finding]:
    """全部, 首次, 最: what makes a statement wider or stronger must be the quotes' own."""
    for match in _STRESS.finditer(folded):
        if match.group() not in ground:
            yield Finding(Kind.WORDS, match.group())


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


def _polarity(folded: str, turning: frozenset[str]) -> tuple[set[str], set[str]]:
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
    return turned, plain


def label_likeness(sentence: Read, figure: Figure, quote: Read, other: Figure) -> float:
    """How far the words at a figure are those at a quote's figure, 0–1.

    Words that the quote says elsewhere count a half: 外出务工172人,其中县外138人.
    """
    words = content_words(_label(sentence, figure))
    label = _label(quote, other)
    if not words:
        # 有12户 says less than 低保户12户, and may be meant of anything.
        return 0.0 if content_words(label) else 1.0
    shares = [max(said(word, label), 0.5 * said(word, quote.folded)) for word in words]
    return sum(shares) / len(shares)


def _label(read: Read, figure: Figure) -> str:
    """The words around a figure: its clause, between the figures before and after it."""
    start, end = figure.start, figure.end
    for one in reversed([one for one in read.figures if one.end <= figure.start]):
        if start - one.end > _PAIR_GAP:
            break
        start = one.start  # 88户302人 share what stands before them
    first = max((m.end() for m in _LABEL_STOP.finditer(read.folded, 0, start)), default=0)
    first = max([first, *(one.end for one in read.figures if one.end <= start)])
    stop = _LABEL_STOP.search(read.folded, end)
    last = min(stop.start() if stop else len(read.folded), end + _LABEL_BEHIND)
    last = min([last, *(one.start for one in read.figures if one.start >= end)])
    return read.folded[first:start] + " " + read.folded[end:last]
