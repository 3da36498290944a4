"""Canonical indicators: which phrases mean one, and what an office's own file may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.chinese.fold import fold
from index.chinese.indicators import GROWTH, load_indicators
from index.chinese.numbers import UNITS
from index.errors import SettingsError
from index.records import FigureKind


@pytest.mark.parametrize(
    ("phrase", "unit", "name"),
    [
        ("贫困户", "household", "建档立卡贫困户"),
        ("农村低保", "person", "低保"),
        ("枧头村党员", "person", "党员"),
        ("女党员", "person", "女党员"),
        ("全县地区生产总值", "money", "地区生产总值"),
        ("gdp增长", "ratio", "地区生产总值增速"),
        ("社会消费品零售总额下降", "ratio", "社会消费品零售总额增速"),
        ("居民消费价格总水平涨幅", "ratio", "居民消费价格涨幅"),
        ("城镇新增就业人数", "person", "城镇新增就业"),
        ("安装太阳能路灯", "piece", "路灯"),
        ("党员", "money", None),
        ("党员活动室", "piece", None),
        ("规模以上工业增加值", "money", "规模以上工业增加值"),
        ("高技术产业增加值增长", "ratio", None),
        ("非贫困户", "household", None),
        ("", "person", None),
    ],
)
def test_phrases_that_mean_an_indicator(phrase: str, unit: str, name: str | None) -> None:
    assert load_indicators().name_of(phrase, unit) == name


@pytest.mark.parametrize(
    "behind",
    "数 数量 总量 总额 总数 人数 户数 个数 目标任务 目标 任务 指标 规模 工作 项目 工程 人口 人员 "
    "对象 家庭 达标 约".split(),
)
def test_what_stands_behind_an_indicator_is_taken_off(behind: str) -> None:
    assert load_indicators().name_of(f"女党员{behind}", "person") == "女党员"


def test_what_shrank_is_told_from_what_grew() -> None:
    known = load_indicators()
    assert known.falls("财政收入下降")
    assert not known.falls("财政收入增长")


def test_every_name_means_itself() -> None:
    known = load_indicators()
    for name, indicator in known.by_name.items():
        if name.endswith(GROWTH):
            continue
        assert {known.name_of(fold(name), unit) for unit in indicator.units} == {name}
        assert set(indicator.units) <= {*UNITS, "scale"}


def test_an_office_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text(
        '["茶业"]\n"茶园面积" = { aliases = ["茶园", "茶山"], units = ["area"], kind = "stock" }\n'
        '"党员" = { aliases = ["同志"], units = ["person"], kind = "stock" }\n',
        "utf-8",
    )
    known = load_indicators(own)
    assert known.name_of("茶山", "area") == "茶园面积"
    assert known.name_of("同志", "person") == "党员"
    assert known.name_of("中共党员", "person") is None
    assert known.by_name["茶园面积"].subject == "茶业"
    assert known.digest != load_indicators().digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("茶园 = 3", "格式不对"),
        ("[a]\nb = 3", "应写成"),
        ("a = 3", "一节"),
        ('[a]\nb = { units = ["area"], kind = "stock", unit = 1 }', "没有 unit"),
        ('[a]\nb = { units = ["mu"], kind = "stock" }', "units"),
        ('[a]\nb = { units = ["area"], kind = "many" }', "kind"),
        ('[a]\nb = { units = ["area"], kind = "stock", growth = 1 }', "growth"),
        ('[a]\nb = { units = ["area"], kind = "stock", aliases = "x" }', "aliases"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, text: str, reason: str) -> None:
    own = tmp_path / "my.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=reason):
        load_indicators(own)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no\.toml"):
        load_indicators(tmp_path / "no.toml")


def test_kinds_are_those_of_figures() -> None:
    assert {one.kind for one in load_indicators().by_name.values()} <= set(FigureKind)
