"""What is searched first, for speed, never hides what the whole pattern would have found."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese import numbers, periods

_COUNTING = (
    "0123456789一二三十百千万亿两零点多余几来分之,.。．  \n-~～至到约近超户人亩元个村%公里米名以上"
)
_DATING = (
    "0123456789一二三四五六七八九十零○o年月日号季度半上下前第今去本当明来底末初至到-~.、和/ "
    "规划个\n"
)


@given(st.text(_COUNTING, max_size=60))
def test_no_quantity_is_passed_over(text: str) -> None:
    found = list(numbers.quantities(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_FIRST", re.compile("[0-9零〇一二三四五六七八九两十百千万亿]"))
        assert found == list(numbers.quantities(text))


@given(st.text(_DATING, max_size=60), st.sampled_from((None, date(2019, 6, 30))))
def test_no_period_is_passed_over(text: str, anchor: date | None) -> None:
    found = list(periods.find_periods(text, anchor))
    with pytest.MonkeyPatch.context() as patch:
        first = re.compile("[0-9一二三四五六七八九十前第上下今本当去明来年]")
        patch.setattr(periods, "_FIRST", first)
        assert found == list(periods.find_periods(text, anchor))
