"""Words that only the quotes may say: they turn, widen, rank, join or move what is said.

A sentence may be worded anew, but none of these may come from whoever words it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.answer.evidence import MODAL, PLAN
from app.answer.findings import Cited, Finding, Kind
from app.answer.stated import shown_sums
from app.answer.words_said import content_words, said
from index.chinese.sentences import clauses

_WIDER = (
    r"全部|全面|全体|所有|一律|无一|大部分|大多数|多数|部分|少数|唯一|率先|领先|翻番|最(?![近后终初])"
    r"|半数|[过大近多小]半|大都|若干|成倍|许多|众多|大量|不少|(?<!不)仅|只有|每[户人座个家村亩]|至少|起码|累计"
)
_RANKS = (
    r"首[次个位]|第一(?!书记|次|批)|榜首|前列|前茅|居首|名列|位居|位列|排名|倒数|垫底|末位|超额"
    r"|翻[一两几]番"
)
_CAUSES = (
    r"由于|因为|因此|因而|所以|从而|以致|致使|导致|使得|得益于|归功于|带动|造成|促成|引发|归因"
)
_STRESS = re.compile(f"{_WIDER}|{_RANKS}|{_CAUSES}")

_TIMES = re.compile(
    r"去年|上年|昨年|前年|明年|后年|此前|先前|早前|早年|往年|历年|历来|以往|过去|近年|近期|日前|不久|届时|随后|今后|将来|未来|来年"
    r"|次年|翌年|同年|同期|同月|次月|至今|迄今|年初|年中|环比|同比"
)
"""Times without a date, which no period can be held to, or counted from a day left unsaid."""

_ELSEWHERE = re.compile(
    r"(?:其[他它余]|别的|邻近?|临近|相邻|周边|附近|兄弟|外)(?:各个?|几个|的)?(?:省|市|县|区|州|镇|乡|村|社区|街道|地区|地方)"
)

_TURNS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(turns), re.compile(ground))
    for turns, ground in (
        (r"增加|增长|上升|提高|提升|上涨|扩大|增多", r"增|涨|升|提高|扩|壮大"),
        (
            r"减少|下降|降低|下滑|回落|缩减|缩小|萎缩",
            r"减(?!排|灾|税|负|贫|值)|降(?!碳|雨|水|温|本)|下滑|回落|缩|少(?![数年儿先])",
        ),
        (r"停止|暂停|终止|中止|停[工产建办业]|叫停", r"停|终止|中止"),
        (r"取消|撤销|废除|废止|放弃", r"取消|撤|废|放弃"),
        (r"拆除|拆掉|推倒|拆毁", r"拆"),
        (r"返贫|致贫", r"返贫|致贫"),
        (r"反对|拒绝|否决|驳回", r"反对|拒绝|否决|驳回"),
        (r"推迟|延期|延后|滞后", r"推迟|延|滞后"),
        (r"提前|超前", r"提前|超前"),
        (r"失败|亏损|恶化|落空|逾期", r"失败|亏|恶化|落空|逾期"),
        (r"支出|开支", r"支|花|费"),
        (r"虚报|瞒报|伪造|违规|违法|挪用", r"虚报|瞒报|伪造|违|挪用"),
        (r"死亡|流失|损失", r"亡|死|流失|损"),
    )
)
"""(a word, what of its kind the quotes must say of the same): none may stand for its opposite."""
_ENOUGH = 0.34
"""Share of the words beside such a word that a quote must say up to it."""

_NUMERALS = re.compile(
    r"[壹贰叁肆柒捌玖佰仟廿卅]|(?<![队入退落])伍|(?<![大着登])陆(?![续地军基港路海])|(?<!收)拾(?!遗)"
)
"""Numerals of cheques; 队伍, 陆续 and 收拾 are none."""


def own_word_findings(cited: Sequence[Cited], ground: str) -> Iterator[Finding]:
    """Yield the words that are not the quotes' own; `ground` is folded quotes and headings."""
    folded = cited[0].sentence.folded
    for kind, words in ((Kind.WORDS, _STRESS), (Kind.PERIOD, _TIMES), (Kind.PLACE, _ELSEWHERE)):
        for match in words.finditer(folded):
            word = match.group()
            once_more = kind is Kind.PERIOD and folded.count(word) > ground.count(word)
            if word not in ground or once_more:
                yield Finding(kind, word)
    for run in _odd_numerals(folded):
        if run not in ground:
            yield Finding(Kind.NUMBER, run)
    yield from _done(folded, [one.quote.folded for one in cited])
    yield from _turned(folded, [one.quote.folded for one in cited])


def _done(folded: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """已 in place of a word for the future: 计划初见成效 is not 已初见成效."""
    planned = max(_planned(quote) for quote in quotes)
    added = folded.count("已") > sum(quote.count("已") for quote in quotes)
    if added and _planned(folded) < planned:
        yield Finding(Kind.PLAN, "已")


def _planned(folded: str) -> int:
    return len(PLAN.findall(folded)) + len(MODAL.findall(folded))


def _turned(folded: str, quotes: Sequence[str]) -> Iterator[Finding]:
    # What the difference of a sum that is shown says of more and less is held to its terms.
    shown = any(True for _ in shown_sums(folded))
    for turns, there in _TURNS[2 if shown else 0 :]:
        for start, end in clauses(folded, 0, len(folded)):
            turned = turns.search(folded, start, end)
            if turned is None:
                continue
            words = content_words(folded[start : turned.start()] + " " + folded[turned.end() : end])
            grounds = [ground for quote in quotes for ground in _leading_to(quote, there)]
            if not any(_says_enough(words, ground) for ground in grounds):
                yield Finding(Kind.NEGATION, turned.group())
                break


def _leading_to(quote: str, there: re.Pattern[str]) -> Iterator[str]:
    """For each clause with such a word: the clause, from its sentence's beginning without subject.

    群众收入增加,支出减少 says nothing of 收入减少; 监测户有9户,后减少到6户 does of 监测户减少.
    """
    for start, end in clauses(quote, 0, len(quote)):
        if (turned := there.search(quote, start, end)) is not None:
            first = max(quote.rfind(stop, 0, start) for stop in "。!?\n") + 1
            subject = content_words(quote[start : turned.start()])
            yield quote[start if subject else first : end]


def _says_enough(words: Sequence[str], ground: str) -> bool:
    return not words or sum(said(word, ground) for word in words) / len(words) >= _ENOUGH


def _odd_numerals(folded: str) -> Iterator[str]:
    """Numbers in other digits than those that are read as figures: ⑦, Ⅶ, 柒拾, ٧."""
    odd = {match.start() for match in _NUMERALS.finditer(folded)}
    odd |= {
        at
        for at, char in enumerate(folded)
        if not char.isascii() and unicodedata.category(char) in ("Nd", "Nl", "No")
    }
    for at in sorted(odd - {one + 1 for one in odd}):
        end = at + 1
        while end in odd:
            end += 1
        yield folded[at:end]
