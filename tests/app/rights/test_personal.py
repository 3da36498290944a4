"""Personal numbers are masked in place; figures are left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rights.personal import masked

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(region: int, born: str, order: int) -> str:
    """A valid identity number by the standard's own table of weights."""
    body = f"{region}{born}{order:03d}"
    rest = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def card(body: str) -> str:
    """The number with its check digit, which is the one that makes the Luhn sum end in 0."""
    total = 0
    for at, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


identities = st.builds(
    identity,
    st.integers(110000, 659999),
    st.dates(
        date(1920, 1, 1),
        date(2025, 12, 31),
    ).map(lambda day: day.strftime("%Y%m%d")),
    st.integers(0, 999),
)
cards = st.from_regex(r"62\d{13,16}", fullmatch=True).filter(str.isascii).map(card)
mobiles = st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii)
around = st.text("村民张某某,。:：;（）()、 \n", max_size=12)


@given(around, identities | cards | mobiles, around)
def test_a_personal_number_is_masked_in_place(before: str, number: str, after: str) -> None:
    text = before + number + after
    shown = masked(text)
    assert number not in shown
    assert len(shown) == len(text)
    assert shown.startswith(before)
    assert shown.endswith(number[-2:] + after)
    assert shown.count("*") >= 4
    assert masked(shown) == shown


@given(
    st.text("全村共有建档立卡户年收入增长,。、", max_size=10),
    st.decimals(min_value=0, max_value=99_999_999_999, places=2)
    | st.integers(0, 99_999_999_999)
    | st.integers(10_000_000_000, 99_999_999_999_999),
    st.sampled_from(["元", "万元", "亿元", "人", "户", "亩", "吨", "公斤", "%", "平方米", "公里"]),
)
def test_a_figure_with_its_unit_is_left_alone(before: str, value: object, unit: str) -> None:
    text = f"{before}{value}{unit}。"
    assert masked(text) == text


@given(st.lists(st.integers(0, 9_999_999), max_size=8))
def test_a_row_of_a_table_is_left_alone(row: list[int]) -> None:
    for between in ("\t", " | ", "、"):
        text = between.join(map(str, row))
        assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系电话：13812345678", "联系电话：138****5678"),
        ("手机 138 1234 5678 李某", "手机 138 **** 5678 李某"),
        ("电话0739-5123456。", "电话0739-*****56。"),
        ("(0739)5123456", "(0739)*****56"),
        ("+86 13812345678", "+86 138****5678"),
        ("8613812345678", "86138****5678"),
        ("座机:5123456", "座机:51***56"),
        ("身份证号码430500199001011230", "身份证号码430*************30"),
        ("一卡通账号:6222 0210 0100 1234", "一卡通账号:**** **** **** 1234"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
    ],
)
def test_numbers_as_reports_write_them(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2018年7月6日",
        "20180706",
        "2018-2020年",
        "文号:双政发〔2018〕12号",
        "总投资13800000000元",
        "总投资13,812,345,678",
        "138 1234 5678",
        "6200 3100 4500 1200",
        "服务热线12345",
        "电话费5000元",
        "电话费支出3212345元",
        "邮编422000",
        "账户资金余额12345678901元",
        "统一社会信用代码91430500MA4L12345X",
    ],
)
def test_what_is_no_personal_number_is_left_alone(text: str) -> None:
    assert masked(text) == text
