"""What a model pairs by turn: held name by name to what the quotes give each of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.answer.evidence import Source, read
from app.answer.turns import turns
from app.answer.verify import check
from index.records import Period


def village(quote: str) -> Source:
    return Source(quote, "枧头村", Period.parse("2022H1"), ("双枧镇",), anchor=date(2022, 6, 30))


TURN = "杨湾组和柳坪组分别有脱贫户3户、5户。"
PAIRS = "脱贫户60户180人、监测户4户9人,低保户12户。"
BEHIND = "全村有18户低保户、3户五保户。"
TWICE = "合作社和企业分别流转土地300亩、500亩,带动12户、20户。"
PEOPLE = "村书记张大山,主任李小河。"
NESTED = "上河组、河组分别有3户、5户脱贫。"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("杨湾、柳坪分别有脱贫户3户、5户。", TURN),
        ("杨湾、柳坪脱贫户分别为3户、5户。", TURN),
        ("杨湾:脱贫户3户。", TURN),
        ("脱贫、监测分别为60户180人、4户9人。", PAIRS),
        ("监测户、低保户、脱贫户依次为4户、12户、60户。", PAIRS),
        ("低保户、五保户分别为18户、3户。", BEHIND),
        ("合作社、企业分别带动12户、20户。", TWICE),
        ("河组、上河组分别有5户、3户脱贫。", NESTED),
    ],
)
def test_shortened_names_that_are_clear_keep_their_values(sentence: str, quote: str) -> None:
    assert check(sentence, [village(quote)]) == ()


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("杨湾、柳坪分别有脱贫户5户、3户。", TURN),
        ("杨湾、柳坪脱贫户:5户、3户。", TURN),
        ("杨湾和柳坪的脱贫户分别为5户、3户。", TURN),
        ("杨湾:脱贫户5户。", TURN),
        ("湾组、坪组、全村分别有脱贫户3户、5户。", TURN),
        ("脱贫、监测分别为4户9人、60户180人。", PAIRS),
        ("监测户、低保户、脱贫户依次为4户、60户、12户。", PAIRS),
        ("户、监测户分别为60户、4户。", PAIRS),
        ("低保户、五保户分别为3户、18户。", BEHIND),
        ("五保户:18户。", BEHIND),
        ("合作社、企业分别带动20户、12户。", TWICE),
        ("合作社流转土地500亩,企业流转300亩。", TWICE),
        ("书记、主任分别为李小河、张大山。", PEOPLE),
        ("河组、上河组分别有3户、5户脱贫。", NESTED),
        ("组、河组分别有3户、5户脱贫。", NESTED),
        ("上亿元的项目:13个。", "上10亿元的项目13个、上亿元的项目37个。"),
    ],
)
def test_exchanged_or_unclear_names_fail(sentence: str, quote: str) -> None:
    assert check(sentence, [village(quote)]) != ()


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("脱贫户和监测户分别为60户、4户。", ("脱贫户", "监测户"), ("60户", "4户")),
        ("脱贫户、监测户:60户180人、4户9人。", ("脱贫户", "监测户"), ("60户180人", "4户9人")),
        ("全村有养猪场、养鸡场两家,分别占地3亩、5亩。", ("全村有养猪场", "养鸡场"), ("3亩", "5亩")),
        ("收入分别比全县、全市低300元和200元。", ("比全县", "全市低"), ("300元", "200元")),
        ("3户、5户分别是脱贫户和监测户。", ("脱贫户", "监测户"), ("3户", "5户")),
        ("队长、会计分别由王有田、刘秋生担任。", ("队长", "会计"), ("王有田", "刘秋生")),
    ],
)
def test_turns_are_read(text: str, names: tuple[str, ...], values: tuple[str, ...]) -> None:
    said = read(text, None)
    (turn,) = turns(said.folded, said.figures)
    assert turn.names == names
    assert tuple(said.folded[slice(*span)] for span in turn.items) == values


@pytest.mark.parametrize("text", ["全村共有300户、1200人。", "分别于上半年和下半年培训3次。"])
def test_what_pairs_nothing_is_no_turn(text: str) -> None:
    said = read(text, None)
    assert [turn for turn in turns(said.folded, said.figures) if turn.names] == []


_NAMES = (
    ("脱贫户", "监测户", "低保户", "五保户"), ("杨湾组", "柳坪组", "大垭组", "石槽组"),
    ("种植合作社", "养殖合作社", "加工企业", "家庭农场"), ("小麦", "玉米", "红薯", "烤烟"),
    ("县级资金", "市级资金", "帮扶资金", "自筹资金"), ("王家院", "李家坝", "上坝", "下坝"),
)  # fmt: skip
_SAID = (
    lambda names, values: f"{'、'.join(names)}分别为{'、'.join(values)}。",
    lambda names, values: f"{'和'.join(names)}分别有{'和'.join(values)},比上年增加。",
    lambda names, values: f"全村{','.join(map(''.join, zip(names, values, strict=True)))}。",
    lambda names, values: f"{'、'.join(map(''.join, zip(values, names, strict=True)))}。",
    lambda names, values: f"{';'.join(map(':'.join, zip(names, values, strict=True)))}。",
    lambda names, values: f"{'和'.join(names)}:{'、'.join(values)}。",
)


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_values_exchanged_under_shortened_names_always_fail(data: st.DataObject) -> None:
    names = data.draw(
        st.lists(st.sampled_from(data.draw(st.sampled_from(_NAMES))), min_size=2, max_size=3,
                 unique=True)
    )  # fmt: skip
    unit = data.draw(st.sampled_from(("户", "人", "亩", "万元")))
    numbers = st.lists(st.integers(3, 400), min_size=len(names), max_size=len(names), unique=True)
    values = [f"{one}{unit}" for one in data.draw(numbers)]
    exchanged = data.draw(st.permutations(values))
    assume(exchanged != values)
    lengths = [data.draw(st.integers(1, len(name))) for name in names]
    shortened = [name[:length] for name, length in zip(names, lengths, strict=True)]
    quote = data.draw(st.sampled_from(_SAID))(names, values)
    sentence = data.draw(st.sampled_from(_SAID))(shortened, exchanged)
    assert check(sentence, [village(quote)]) != ()
