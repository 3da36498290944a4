"""What a question asks of and a sentence leaves unsaid, so that its number is of something else."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.places import stem
from index.chinese.words import tag
from index.evidence.candidate import Candidate
from index.query import Query, Term

_DONE = re.compile(r"(?:了|过|到|出|掉|成)?(?:大概|大约|一共|总共)?(?:多少|几)(?!个月|年)")
_FOR = re.compile(r"多少钱(?P<verb>[买租赔还雇聘请])")
_PLAIN = frozenset(
    "完成 达到 实现 投入 使用 安排 开展 进行 组织 落实 参加 参与 解决 涉及 覆盖 惠及 受益 带动 "
    "减少 增加 提高 增长 下降 新增 发展 建设 修建 建成 新建 发放 争取 到位 获得 剩余 包括 占有 "
    "收到 需要 容纳 可以 能够 支持 服务 享受 花费 支出 安置 吸纳 提供 举办 召开 推广 引进 "
    "回来 下来 上来 出来 起来 过来 回去 出去 进来 下去".split()
)
"""Verbs that a report may well leave out or say in other words."""
_MUST = frozenset("卖 买 拆 罚 贷 借 赔 退 停 欠 走 亏 赚 挣 死 涨 降 淹 烧 塌 骗 偷 抢 离".split())
"""Verbs of one character that no other can stand for, but their synonyms."""
_CONTRASTS = frozenset(
    "城市 城镇 女 男 女性 男性 城东 城西 城南 城北 五一 国庆 春节 清明 中秋 元旦 端午 "
    "国家级 省级 市级 县级".split()
)
"""Words that tell one of two groups from the other: 低保41人 does not say of 城市低保."""
_SCHOOL = re.compile(r"(?P<n>[一二三四五六七八九十])(?P<kind>[中小])")
"""二中 is the 第二中学, and no other school of its report."""
_KIND = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?P<kind>馆|站|院|桥|水库|公园|小区|小学|中学|厂|市场|码头)$"
)


def is_of_another(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence does not say what was done, or is of another thing of that kind."""
    deed = _deed(query, fold(query.text))
    return (
        (deed is not None and not _says(candidate, deed))
        or _is_other_body(query, candidate)
        or _counts_what_is_unsaid(query, candidate)
        or any(
            t.word in _CONTRASTS and not _says(candidate, t) and not _is_its_place(candidate, t)
            for t in query.terms
        )
    )


def _kind_of(term: Term, counted: Term, asked: str) -> bool:
    """Whether a term is the other half of what is counted: 医疗 and 纠纷 of 多少医疗纠纷."""
    return (
        len(term.word) > 1
        and tag(term.word)[:1] == "n"
        and f"多少{counted.word}{term.word}" in asked
    )


def _is_its_place(candidate: Candidate, term: Term) -> bool:
    """Whether a report is of the place whose short name a word is: 城南 of 城南街道."""
    place = fold(candidate.hit.stored.described.place or "")
    return term.word == stem(place) != place


def _counts_what_is_unsaid(query: Query, candidate: Candidate) -> bool:
    """Whether 多少案子 is asked of any unit and the sentence speaks of none: 1800平方米."""
    if query.units:
        return False
    asked = fold(query.text)
    counted = [
        t
        for t in query.terms
        if (len(t.word) > 1 or tag(t.word)[:1] in ("n", "v")) and f"多少{t.word}" in asked
    ]
    counted += [t for t in query.terms if any(_kind_of(t, one, asked) for one in counted)]
    above = " ".join(candidate.paragraph)
    return any(
        not _says(candidate, term)
        and not _says_head(candidate, term)
        and not (term.word[-1] in "客人民员生户者" and any(word in above for word in term.alike))
        for term in counted
    )


def _says_head(candidate: Candidate, term: Term) -> bool:
    """Whether what is counted and its kind are told apart: 安全检查64次,排查隐患 for 安全隐患."""
    head = term.parts[-1] if term.parts and term.word.endswith(term.parts[-1]) else ""
    kind = term.word.removesuffix(head)
    around = " ".join((*candidate.paragraph, candidate.folded))
    around += fold(" ".join(candidate.hit.stored.passage.heading))
    return len(head) > 1 and bool(kind) and kind in around and head in candidate.folded


def _says(candidate: Candidate, deed: Term) -> bool:
    """Whether the sentence itself, what opens its list or its heading says it."""
    own = f"{candidate.folded} {candidate.lead}"
    own += fold(" ".join(candidate.hit.stored.passage.heading))
    if deed.word == "卖" and "收入" in own:
        return True
    return any(word in own for word in deed.alike)


def _deed(query: Query, asked: str) -> Term | None:
    """The verb whose number is asked for, where only it will do: 停发了多少人, 多少钱买地."""
    if found := _FOR.search(asked):
        return next((term for term in query.terms if term.word == found["verb"]), None)
    for term in query.terms:
        at = asked.find(term.word)
        if at < 0 or not _DONE.match(asked, at + len(term.word)):
            continue
        if term.word in _MUST or (
            len(term.word) > 1
            and tag(term.word) == "v"
            and term.word not in _PLAIN
            and not term.word.endswith("有")
        ):
            return term
    return None


_SIDES = frozenset("上下东西南北前后新老旧左右")


def is_of_namesake(query: Query, candidate: Candidate) -> bool:
    """Whether what a sentence speaks of bears another mark before its name: 上湾桥 for 下湾桥."""
    asked = fold(query.text)
    for term in query.terms:
        at = asked.find(term.word)
        side = asked[at - 1] if at > 0 else ""
        if side not in _SIDES or len(term.word) < 2:
            continue
        told = [
            candidate.folded[m.start() - 1 : m.start()]
            for m in re.finditer(re.escape(term.word), candidate.folded)
        ]
        if told and all(one in _SIDES and one != side for one in told):
            return True
    return False


def _is_other_body(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence names another body of the kind asked about: 图书馆 for 博物馆."""
    heading = fold(" ".join(candidate.hit.stored.passage.heading))
    for term in query.terms:
        if (school := _SCHOOL.fullmatch(term.word)) is not None:
            full = f"第{school['n']}{school['kind']}学"
            if not any(way in candidate.folded for way in (*term.alike, full)):
                return True
        kind = _KIND.fullmatch(term.word)
        if kind is None or any(word in f"{candidate.folded} {heading}" for word in term.alike):
            continue
        if re.search(rf"(?<![该本我全各所两])[\u4e00-\u9fff]{{2}}{kind['kind']}", candidate.folded):
            return True
    return False
