"""Quantities: every form they are written in, and the numbers that are none."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold
from index.chinese.numbers import UNIT_CLASS, UNITS, chinese_integer, quantities


def _found(text: str) -> list[tuple[str, Decimal | int, str]]:
    return [(q.surface, q.value, q.unit) for q in quantities(fold(text))]


def _values(text: str) -> list[str]:
    """Value and unit of each, 万 resolved and trailing zeros left out: 35000元."""
    return [f"{q.value.normalize():f}{q.unit}" for q in quantities(fold(text))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("贫困户81户247 人", ["81户", "247人"]),
        ("共1036户、计2987人", ["1036户", "2987人"]),
        ("易地搬迁 16户 54 人", ["16户", "54人"]),
        ("到位资金31.46万元", ["314600元"]),
        ("每户补助4.8千元", ["4800元"]),
        ("发放6000元", ["6000元"]),
        ("总产值3。52亿元", ["352000000元"]),
        ("总产值3．52亿元", ["352000000元"]),
        ("计3.\n6万元", ["36000元"]),
        ("贫困发生率降为0.52%.。", ["0.52%"]),
        ("增长８．５％", ["8.5%"]),
        ("耕地1,983亩", ["1983亩"]),
        ("投入3,000,000元", ["3000000元"]),
        ("粮食1.2亿斤", ["120000000斤"]),
        ("建5.6千瓦电站", ["5.6千瓦"]),
        ("高标准农田100万亩", ["1000000亩"]),
        ("提高2.5个百分点", ["2.5个百分点"]),
        ("翻修122平方米", ["122平方米"]),
        ("广场300平方", ["300平方"]),
        ("13 个自然村", ["13个"]),
        ("走遍10个村", ["10个村"]),
        ("硬化路3公里,5座桥", ["3公里", "5座"]),
        ("户数10户,人数31人", ["10户", "31人"]),
        ("办好3件实事", ["3件"]),
        ("人均1.41亩", ["1.41亩"]),
    ],
)
def test_arabic_numbers(text: str, values: list[str]) -> None:
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一百二十一户", ["121户"]),
        ("两千零五十元", ["2050元"]),
        ("三万五元", ["35000元"]),
        ("三万五千元", ["35000元"]),
        ("一亿三千万元", ["130000000元"]),
        ("十二项", ["12项"]),
        ("十户", ["10户"]),
        ("一〇五户", ["105户"]),
        ("百分之六点五", ["6.5%"]),
        ("百分之3.5", ["3.5%"]),
        ("百分之百", ["100%"]),
        ("千分之一", ["1‰"]),
        ("二十三点五亿元", ["2350000000元"]),
        ("一点五万元", ["15000元"]),
        ("零点五公里", ["0.5公里"]),
        ("两镇三村", ["2镇", "3村"]),
        ("三成", ["3成"]),
    ],
)
def test_numbers_in_characters(text: str, values: list[str]) -> None:
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三万五", []),
        ("增收20xx元以上", []),
        ("投资x万元", []),
        ("投资x.5万元", []),
        ("*3户", []),
        ("_5户", []),
        ("12.34.56元", []),
        ("5 000元", []),
        ("几十户", []),
        ("好几户", []),
        ("数百人", []),
        ("户数十余户", []),
        ("第3季度", []),
        ("第12次", []),
        ("第 3 次", []),
        ("第一批", []),
    ],
)
def test_what_is_destroyed_open_or_an_ordinal_is_none(text: str, values: list[str]) -> None:
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("接对接近10次", ("近10次", 10, "次")),
        ("约三百人", ("约三百人", 300, "人")),
        ("至少5项", ("至少5项", 5, "项")),
        ("最近3年", ("3年", 3, "年")),
        ("30000多元", ("30000多元", 30000, "元")),
        ("200余份", ("200余份", 200, "份")),
        ("二十多户", ("二十多户", 20, "户")),
        ("十几户", ("十几户", 10, "户")),
        ("七百来人", ("七百来人", 700, "人")),
        ("1.5万余元", ("1.5万余元", 15000, "元")),
        ("3亿多元", ("3亿多元", 300_000_000, "元")),
        ("百余户", ("百余户", 100, "户")),
        ("万余亩", ("万余亩", 10_000, "亩")),
        ("近千人", ("近千人", 1000, "人")),
        ("超百亿元", ("超百亿元", 10_000_000_000, "元")),
        ("80岁以上老人", ("80岁以上", 80, "岁")),
        ("3%左右", ("3%左右", 3, "%")),
        ("两三个", ("两三个", 2, "个")),
        ("三四十户", ("三四十户", 30, "户")),
        ("十五六个", ("十五六个", 15, "个")),
        ("五六万元", ("五六万元", 50_000, "元")),
    ],
)
def test_words_of_about_belong_to_the_surface(
    text: str, found: tuple[str, Decimal | int, str]
) -> None:
    assert _found(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("增7.5%-8%", [("7.5%-8%", Decimal("7.5"), "%")]),
        ("补助3—5万元", [("3-5万元", 30_000, "元")]),
        ("补助5万元至10万元", [("5万元至10万元", 50_000, "元")]),
        ("补助3000-1万元", [("3000-1万元", 3000, "元")]),
        ("选2至3名", [("2至3名", 2, "名")]),
        ("走访3次到5个村", [("3次", 3, "次"), ("5个村", 5, "个村")]),
    ],
)
def test_a_range_counts_by_its_lower_end(text: str, found: list[tuple[str, Decimal, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2018年", []),
        ("2018年12月5日", []),
        ("二〇一八年", []),
        ("三月三日", []),
        ("7月5日至8日", []),
        ("2018-2020年", []),
        ("18年底", []),
        ("18年1-6月", []),
        ("二月", []),
        ("上世纪80年代", []),
        ("“十四五”年均、十三五年均", []),
        ("降到100。2017年再降", []),
        ("45周年", ["45周年"]),
        ("3年来", ["3年"]),
        ("历时两年", ["2年"]),
        ("12个月", ["12个月"]),
        ("3日内办结", ["3日"]),
        ("60周岁", ["60周岁"]),
    ],
)
def test_dates_are_none_and_durations_are(text: str, values: list[str]) -> None:
    assert _values(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "五保户", "三保障", "两不愁三保障", "三会一课", "四议两公开", "一是抓党建", "七一慰问",
        "八一村", "十里铺", "党的十九届五中全会", "四个全面", "两个维护", "五个一批", "三个一",
        "五位一体", "一户一档", "一村一名大学生", "一家一户", "一对一", "一件件实事", "一批项目",
        "一度停工", "一方面", "三方协议", "统一种植", "同一个目标", "双十条", "二期工程",
        "三年级", "一次性补助", "七部门联合", "双向四车道", "做到“两不愁三保障”",
        "推进“六个到位”", "实行“三项制度”",
    ],
)  # fmt: skip
def test_numbers_inside_set_phrases_are_none(text: str) -> None:
    assert _values(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("五保户3户", ["3户"]),
        ("1家5人退出", ["1家", "5人"]),
        ("引进企业一家", ["1家"]),
        ("新建一座卫生室", ["1座"]),
        ("一度电", ["1度"]),
        ("三项制度", ["3项"]),
        ("四个体系", ["4个"]),
        ("三个一般村", ["3个"]),
        ("“扶贫车间3个”", ["3个"]),
        ("39个村民小组", ["39个"]),
        ("3个组织", ["3个"]),
        ("5家具备条件的企业", ["5家"]),
        ("1. 5户危房", ["5户"]),
    ],
)
def test_counts_beside_set_phrases_stay(text: str, values: list[str]) -> None:
    assert _values(text) == values


def test_kinds() -> None:
    kinds = {q.surface: q.kind for q in quantities("3口人住12亩,挣5万元,占7%,走4次")}
    assert kinds == {
        "3口人": "person", "12亩": "area", "5万元": "money", "7%": "ratio", "4次": "times",
    }  # fmt: skip
    assert set(UNIT_CLASS.values()) == set(UNITS)


_WORDS = st.sampled_from(
    ["12", "3.5", "0", "1,983", "一", "二十三", "百", "万", "亿", "百分之",
     "点", "多", "余", "几", "近", "约", "-", "至", "户", "人", "元", "个",
     "%", "年", "月", "日", "第", "x", "*", "“", "”", "。", "\n"]
)  # fmt: skip
_PHRASES = st.lists(_WORDS, max_size=14).map("".join)


@given(_PHRASES | st.text())
def test_spans_hold_their_surface_in_order(text: str) -> None:
    folded = fold(text)
    found = list(quantities(folded))
    for quantity in found:
        assert folded[quantity.start : quantity.end] == quantity.surface
        assert quantity.surface
        assert quantity.value >= 0
        assert quantity.kind in UNITS
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "万", "亿"]))
def test_arabic_values_are_exact(value: Decimal, scale: str) -> None:
    times = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    (quantity,) = quantities(f"共{value}{scale}元")
    assert quantity.value == value * times


_HAN = "零一二三四五六七八九"


def _write(number: int, ling: str = "零", two: str = "二", bare_ten: bool = False) -> str:
    """`number` below 10^16 in characters; the styles are those people write."""
    if number == 0:
        return ling
    text = ""
    for power, unit in ((8, "亿"), (4, "万"), (0, "")):
        part = number // 10**power % (10**8 if power == 8 else 10**4)
        if part == 0:
            continue
        if text and (part < 1000 or number // 10 ** (power + 4) % 10 == 0):
            text += ling
        text += _write_section(part, ling, two) if part < 10**4 else _write(part, ling, two)
        text += unit
    return text.removeprefix("一") if bare_ten and text.startswith("一十") else text


def _write_section(part: int, ling: str, two: str) -> str:
    text, gap = "", False
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = part // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ling if gap else ""
        text += two if digit == 2 and power >= 2 else _HAN[digit]
        text += unit
        gap = False
    return text


@given(
    st.integers(0, 10**8) | st.sampled_from([10**n for n in range(13)]) | st.integers(0, 10**12),
    st.sampled_from("零〇"),
    st.sampled_from("二两"),
    st.booleans(),
)
def test_chinese_integers_read_back(number: int, ling: str, two: str, bare_ten: bool) -> None:
    assert chinese_integer(_write(number, ling, two, bare_ten)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("二十", 20), ("十二", 12), ("一百二", 120),
        ("一百零二", 102), ("两千五", 2500), ("三万五", 35_000), ("一万零五", 10_005),
        ("三亿五", 350_000_000), ("二〇一八", 2018),
        ("一千二十", 1020), ("一百十二", 112), ("百", 100), ("千万", 10_000_000), ("零", 0),
        ("二万五千亿", 2_500_000_000_000), ("一万亿", 10**12),
    ],
)  # fmt: skip
def test_chinese_integers_as_people_say_them(text: str, value: int) -> None:
    assert chinese_integer(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "12", "一百二千", "十十", "十三五", "一万二万", "几十", "三点五", "一百 二", "零百", "户"],
)
def test_no_chinese_integers(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese integer"):
        chinese_integer(text)


@given(st.text(alphabet="零〇一二两九十百千万亿", max_size=12))
def test_any_other_string_is_refused_and_nothing_else_raised(text: str) -> None:
    try:
        value = chinese_integer(text)
    except ValueError:
        return
    assert value >= 0
