"""A paragraph's label, 集体经济。上半年收入10.8万元: of what its figures without a name are."""

from __future__ import annotations

import re

from index.chinese.words import tagged
from ingest.measure.phrases import only_verbs

_MARK = (
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、是.]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[、.\s]?|[①-⑳])"
)
_LABEL = re.compile(rf"^\s*{_MARK}?\s*(?P<label>[\u4e00-\u9fff]{{2,8}})[。:]$")
_HEADS = frozenset(
    "收入 总收入 纯收入 支出 余额 存量 总额 总量 产值 利润 收益 面积 人数 户数 规模 产量".split()
)


def label_of(sentence: str) -> str:
    """The label that a folded sentence at a paragraph's beginning is; empty where it is none."""
    found = _LABEL.match(sentence)
    if found is None or any(tag[:1] in "vdp" for _, tag in tagged(found["label"])):
        return ""
    return found["label"]


def named(label: str, phrase: str) -> str:
    """What a figure is of whose own phrase is only 收入 or 新增."""
    if not label or phrase.startswith(label) or not (phrase in _HEADS or only_verbs(phrase)):
        return phrase
    # 集体收入。收入3万元 and 低保户。新增2户.
    return label + phrase if not label.endswith(phrase) else label
