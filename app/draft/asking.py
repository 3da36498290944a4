"""What is asked for where nobody supplied it: names, values and times of the last figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.material import Said
from app.draft.placing import name_of
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.chinese.words import tagged
from index.records import Figure, Period

_LABEL, _LONG, _MIN = 14, 22, 2
_METRIC = re.compile(
    r"(?<=..)(?:率|总?额|[产总销]?量|[产总]值|收入|支出|投资|面积|余额|[占比]重|指数|水平|总数)"
    r"(?:增长|下降|增速|增加|减少|提高)?$"
)
"""What a thing that is measured is called, however long its name is."""
_NO_METRIC = re.compile(r"[我他她它你们了着]|比上年|同比")
_MARKS = re.compile(r"[\s“”\"'‘’《》【】\[\]()（）]")
_FRONT = re.compile(r"^(?:其中|首批|全年|今年|上半年|下半年|计划|拟|预计|力争|[、,:;])+")
_BEHIND = re.compile(r"(?:[到达至]|达到|力争|目标|任务|[、,:;])+$")
_WORTH = re.compile(r"[和及与](?=价值$)")
_NEARLY = re.compile(r"(?:接近|将近|近|约|超|逾)(?=\d)")
_BUILT = frozenset("建成 新建 修建 新修 投资 投入 完成 实施 开展 安装 实现".split())
"""What was done, without a word of what: no name."""
_WHOLE = re.compile(r"(全[村镇乡县市区]|[我本]村|社区)[共总现]?有?[^,。;:]{0,6}$")
_COUNTED = {"户": "户数", "人": "人数"}
_NO_PART = frozenset("pruyeofd")
"""Parts of speech that a name has none of: prepositions, pronouns, particles, adverbs …"""
_STAYING = re.compile(r"在(?=[园校职岗册])")
_NO_END = frozenset("mc")
_NO_WORDS = frozenset(
    "可以 要 想 会 能 每 说 喊 让 使 把 有 是 来 去 首批 第 上 下 全部 不足".split()
)
_CHANGES = frozenset("增加 减少 增长 下降 新增".split())


def clause_of(said: Said, figure: Figure) -> str:
    """The clause of a sentence that a figure stands in."""
    at = figure.start - said.start
    for first, last in clauses(said.text, 0, len(said.text)):
        if first <= at < last:
            return said.text[first:last]
    return said.text


def by_clause(said: Said, figures: Sequence[Figure]) -> list[tuple[list[Figure], str, int]]:
    """Each clause with its figures, without the mark at its end, and where it begins."""
    result: list[tuple[list[Figure], str, int]] = []
    for first, last in clauses(said.text, 0, len(said.text)):
        own = [one for one in figures if first <= one.start - said.start < last]
        if own:
            plan = re.sub(r"[,，。;；、:：]+$", "", said.text[first:last])
            result.append((own, plan, said.start + first))
    return result


def called(figure: Figure, clause: str, value: str) -> str:
    """What to call a figure when asking for it; empty where the report does not say.

    `value` is the figure as the report writes it, `clause` what it stands in, or more of it.
    """
    if figure.canonical is not None:
        return figure.canonical
    if not any(sign.isdigit() for sign in value):
        return ""  # 说了三遍: a way of telling, no indicator
    name, phrase = name_of(figure), fold(figure.indicator)
    if not name:
        whole = _WHOLE.search(fold(clause)[: max(0, fold(clause).find(fold(value)))])
        return whole[1] + _COUNTED[figure.unit] if whole and figure.unit in _COUNTED else ""
    for pattern in (_MARKS, _FRONT, _BEHIND, _WORTH):
        name, phrase = pattern.sub("", name), pattern.sub("", phrase)
    if _METRIC.search(name) and len(name) <= _LONG and not _NO_METRIC.search(name):
        return name
    fits = _MIN <= len(name) <= _LABEL
    if fits and _stands_before(phrase, value, fold(clause)):
        return name
    return name if fits and any(_is_name(one, fold(clause)) for one in (name, phrase)) else ""


def _stands_before(phrase: str, value: str, clause: str) -> bool:
    """Whether a clause is the phrase and its number and nothing else: 新增婴幼儿托位69个.

    Then it is whole however its words are cut; not so where somebody says or does something.
    """
    said = _MARKS.sub("", clause).rstrip(",;。、")
    front = said.removesuffix(fold(value))
    reached = front != said and re.fullmatch(rf"{re.escape(phrase)}(?:达到?|超过?|突破)?", front)
    words = tagged(phrase)
    return bool(reached) and not any(
        kind[:1] in "py" or (kind[:1] == "r" and word not in ("各类", "各级")) or word in _NO_WORDS
        for word, kind in words
    )


def _is_name(name: str, clause: str) -> bool:
    """Whether a phrase is whole words of its clause, a thing or a doing, and no half sentence."""
    words = tagged(_STAYING.sub("", name))
    if not words or all(word in _BUILT for word, _ in words):
        return False
    if any(kind[:1] in _NO_PART or word in _NO_WORDS for word, kind in words):
        return False
    if words[-1][1][:1] in _NO_END or any(
        len(word) == 1 and kind[:1] == "v" for word, kind in words[1:]
    ):
        return False
    if re.search(r"(?:第\d+|(?<!\d)\d+组)$", clause[: max(0, clause.find(name))]):
        return False  # 7组路灯 is not seven of them
    # Whole words, in this order: a phrase is put together of what stands around its number.
    of_clause = iter([word for word, _ in tagged(_NEARLY.sub(",", _MARKS.sub("", clause)))])
    return all(word in of_clause for word, _ in words)


def long_ago(figure: Figure, told_of: Period | None) -> bool:
    """Whether it only tells what something was before the last period: 比上年的12.6万元多.

    `told_of` is what the last report looks back on.
    """
    when = figure.as_of
    if when is None or told_of is None or when.start == when.end:
        return False
    return when.end < told_of.start


def bound(figure: Figure) -> str:
    """以下 of 2%以下: a plan that is bounded is met differently."""
    return figure.approx if figure.approx in ("以上", "以下", "以内") else ""


def months(period: Period) -> int:
    """How long a period is, as a measure to tell longer from shorter ones."""
    start, end = period.start, period.end
    return (end.year - start.year) * 12 + end.month - start.month


def period_said(period: Period) -> str:
    """A period as a report of it says: 2022年第三季度, 2018年上半年."""
    for quarter in (1, 2, 3, 4):
        if period == Period.months(period.start.year, 3 * quarter - 2, 3 * quarter):
            return f"{period.start.year}年第{'一二三四'[quarter - 1]}季度"
    return period.chinese


def when_of(figure: Figure, reported: str) -> str:
    """The time of a last value in words: 2017年底; as `reported` where none is known."""
    when = figure.as_of
    if when is None:
        return reported
    if when.start == when.end == Period.months(when.end.year, when.end.month, when.end.month).end:
        month = "" if when.end.month == 12 else f"{when.end.month}月"
        return f"{when.end.year}年{month}底"
    return period_said(when)
