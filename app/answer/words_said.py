"""The words of a text that name things and doings, and how far another text says them."""

from __future__ import annotations

from functools import lru_cache

from index.chinese.synonyms import Synonyms, load_synonyms
from index.chinese.words import cut, tag

_PARTLY = 0.6
"""How far a word counts as said of which half the pairs of characters are."""
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
_NOT_CONTENT = "pcudrqmftyeoxzgwk"


def content_words(text: str) -> list[str]:
    """The words of folded text that name things and doings, each once."""
    return list(_content_words(text))


@lru_cache(maxsize=2048)  # a clause is held to several quotes, one after the other
def _content_words(text: str) -> tuple[str, ...]:
    words = (word for word in cut(text) if len(word) > 1 and word not in _FRAME)
    return tuple(
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


@lru_cache(maxsize=1)
def _synonyms() -> Synonyms:
    return load_synonyms()
