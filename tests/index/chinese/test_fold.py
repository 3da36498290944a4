"""Folding: one written form, the same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("貧困戶１２戶", "贫困户12户"),
        ("鄉鎮易地搬遷", "乡镇易地搬迁"),
        ("增长８．５％", "增长8.5%"),
        ("ＧＤＰ和Wi-Fi", "gdp和wi-fi"),
        ("二〇一八年", "二零一八年"),
        ("3—5万元", "3-5万元"),
        ("3–5万元", "3-5万元"),
        ("3−5万元", "3-5万元"),
        ("3─5万元", "3-5万元"),
        ("（一）全镇，概况：", "(一)全镇,概况:"),
        ("全镇\u3000概\xa0况", "全镇 概 况"),
        ("“三会一课”。", "“三会一课”。"),
        ("", ""),
    ],
)
def test_folds_to_one_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_long_text_folds_as_its_characters_do(text: str) -> None:
    assert fold(text * 100) == "".join(map(fold, text)) * 100


def test_half_of_a_surrogate_pair_stays() -> None:
    assert fold("貧困\ud800戶" * 100) == "贫困\ud800户" * 100


def test_every_character_folds_to_one_that_stays() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x30000))))
    assert len(fold(everything)) == len(everything)
    assert fold(fold(everything)) == fold(everything)
