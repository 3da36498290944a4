"""Punctuation of a draft: full width among Chinese words, as it is among letters and digits."""

from __future__ import annotations

import pytest

from app.draft.marks import full_width

_WIDE = {ord(mark): chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"}


def wide(text: str) -> str:
    return text.translate(_WIDE)


@pytest.mark.parametrize(
    "text",
    ["党员43人,增加2人;", "(一)产业", "完成情况:", "增长5%,其中", "共建3座(改建)。", "(2018年)"],
)
def test_marks_of_chinese_sentences_are_full_width(text: str) -> None:
    assert full_width(text) == wide(text)
    assert full_width(wide(text)) == wide(text)


@pytest.mark.parametrize("text", ["投入13,420元", "上午8:30开会", "A(B), C", "比例为1:3"])
def test_marks_among_letters_and_digits_stay(text: str) -> None:
    assert full_width(text) == text
