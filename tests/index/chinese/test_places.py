"""Names of places: levels, short forms, and where they stand in a text."""

from __future__ import annotations

import pytest

from index.chinese.places import aliases, chain_at, level, named_in, speaks_of, stem


def _named(text: str) -> list[str]:
    return [text[start:end] for start, end in named_in(text)]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("贵州省", 1),
        ("宁夏回族自治区", 1),
        ("杭州市", 2),
        ("玉屏侗族自治县", 3),
        ("宁远县", 3),
        ("双枧镇", 4),
        ("苗圃街道", 4),
        ("三都水族乡", 4),
        ("焦岭村", 5),
        ("柏林社区", 5),
        ("机关事务管理局", None),
        ("", None),
    ],
)
def test_level(name: str, wanted: int | None) -> None:
    assert level(name) == wanted


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("柏树湾社区", "柏树湾"),
        ("焦岭村", "焦岭"),
        ("宁夏回族自治区", "宁夏"),
        ("玉屏侗族自治县", "玉屏"),
        ("村", "村"),
        ("扶贫办", "扶贫办"),
    ],
)
def test_stem(name: str, short: str) -> None:
    assert stem(name) == short


def test_aliases_are_the_name_and_its_stem() -> None:
    assert aliases("柏树湾社区") == ("柏树湾社区", "柏树湾")
    assert aliases("杭州市") == ("杭州市", "杭州")


@pytest.mark.parametrize("name", ["团结村", "幸福社区", "向村"])
def test_a_common_word_or_one_character_is_no_short_form(name: str) -> None:
    assert aliases(name) == (name,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("位于双枧镇东南部", ["双枧镇"]),
        ("帮扶焦岭村发展产业", ["焦岭村"]),
        ("焦岭村、柘溪村和黄泥社区", ["焦岭村", "柘溪村", "黄泥社区"]),
        ("dd镇今年", ["dd镇"]),
    ],
)
def test_named_in(text: str, names: list[str]) -> None:
    assert _named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "全村共有81户",
        "该村党支部",
        "贫困村出列",
        "我镇建立了机制",
        "xx镇",
        "市场监管",
        "乡村振兴",
        "全国文明城市",
        "",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert _named(text) == []


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("双枧镇焦岭村工作总结", ("双枧镇", "焦岭村")),
        ("杭州市余杭区良渚街道汇报", ("杭州市", "余杭区", "良渚街道")),
        ("焦岭村双枧镇", ("焦岭村",)),
        ("工作总结", ()),
    ],
)
def test_chain_at_goes_down_the_levels(text: str, chain: tuple[str, ...]) -> None:
    assert chain_at(text) == chain


def test_chain_at_starts_where_told() -> None:
    assert chain_at("2018年双枧镇焦岭村", 5) == ("双枧镇", "焦岭村")


def test_an_institution_of_a_town_goes_by_the_town_s_short_name_too() -> None:
    assert aliases("大坪镇中心小学") == ("大坪镇中心小学", "大坪中心小学")
    assert aliases("沙溪小学") == ("沙溪小学",)


def test_a_place_whose_name_was_taken_out_may_be_what_is_spoken_of() -> None:
    about = ["柳树村新修水渠2公里。", "柳树村有党员31名。"]
    assert speaks_of(("柳树村",), about)
    taken_out = [
        "xx村和柳树村新修水渠2公里。",
        "xx村有低保户7户,柳树村修桥1座。",
        "某村栽茶62亩,xx村栽桑9亩。",
    ]
    assert not speaks_of(("柳树村",), taken_out)
