"""Sentence and clause boundaries: nothing lost, nothing twice, no number cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.sentences import clauses, sentences

Spans = Iterator[tuple[int, int]]


def _all_clauses(text: str) -> Spans:
    return clauses(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全村有81户。其中低保5户。", ["全村有81户。", "其中低保5户。"]),
        ("修路3公里；建桥1座;装灯20盏", ["修路3公里；", "建桥1座;", "装灯20盏"]),
        ("他说：“路通了。”大家笑了。", ["他说：“路通了。”", "大家笑了。"]),
        ("（办公楼已完工。）随后搬迁。", ["（办公楼已完工。）", "随后搬迁。"]),
        ("总产值3。52亿元，增长8．1%。下一步", ["总产值3。52亿元，增长8．1%。", "下一步"]),
        ("贫困人口降到100。2017年又减12人。", ["贫困人口降到100。", "2017年又减12人。"]),
        ("发生率降为0.47%.。完成任务", ["发生率降为0.47%.。", "完成任务"]),
        ("成效明显！！继续努力", ["成效明显！！", "继续努力"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("　　一、概况\n\n  全村81户 \n", ["一、概况", "全村81户"]),
        ("没有句号的标题", ["没有句号的标题"]),
        ("1.5公里 3.2公里", ["1.5公里 3.2公里"]),
        ("", []),
        (" \n　", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全村81户,312人，党员9人。", ["全村81户,", "312人，", "党员9人。"]),
        ("耕地1,983亩,林地4,798亩", ["耕地1,983亩,", "林地4,798亩"]),
        ("投资1，200元，已拨付", ["投资1，200元，", "已拨付"]),
        ("分别为10,5户", ["分别为10,", "5户"]),
        ("截至2018,300户达标", ["截至2018,", "300户达标"]),
        ("师生比1:3，达标：是", ["师生比1:3，", "达标：", "是"]),
        ("产值3。52亿元，增8%", ["产值3。52亿元，", "增8%"]),
        ("修路；建桥。完成", ["修路；", "建桥。", "完成"]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in _all_clauses(text)] == parts


def test_both_count_in_the_whole_text() -> None:
    text = "甲。乙村12户,丙村8户。丁。"
    assert [text[s:e] for s, e in sentences(text, 2, 13)] == ["乙村12户,丙村8户。"]
    assert [text[s:e] for s, e in clauses(text, 2, 13)] == ["乙村12户,", "丙村8户。"]


_REPORT = st.text(alphabet="村户12。．.,，:：；;！？”）\n 年", max_size=60)


@pytest.mark.parametrize("divide", [sentences, _all_clauses])
@given(text=_REPORT | st.text())
def test_cover_everything_once_in_order(divide: Callable[[str], Spans], text: str) -> None:
    spans = list(divide(text))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)


@pytest.mark.parametrize("divide", [sentences, _all_clauses])
@given(text=_REPORT)
def test_never_cut_a_decimal_number(divide: Callable[[str], Spans], text: str) -> None:
    edges = {edge for span in divide(text) for edge in span}
    for match in re.finditer(r"\d[.。．](?=\d)(?!(?:19|20)\d\d年)", text):
        assert match.end() not in edges


@given(st.integers(0, 9_999_999), st.integers(0, 999))
def test_never_cut_thousands(whole: int, thousandths: int) -> None:
    text = f"共{whole:,}.{thousandths:03d}元"
    assert list(_all_clauses(text)) == [(0, len(text))]
    assert list(sentences(text)) == [(0, len(text))]
