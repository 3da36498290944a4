"""Numbers asked for in spoken words: parts, prices, what is left, what changed by how much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_TOWN = """芰荷镇2021年财政和农业工作总结
一、收入
全年完成总收入3120万元,其中税收收入1980万元(增值税890万元),非税收入1140万元。最大纳税户永旺砖厂一家占税收的31%。
二、支出
全年支出3050万元,其中民生1100万元,还债65万元。
三、债务
年初债务1730万元,化解310万元,年末余额1420万元。三公经费24.5万元,比上年下降9%。
四、农业
油菜收获面积6400亩,平均亩产127公斤。犬只狂犬病免疫930只。图斑整改41个,剩下的3个因涉及宅基地纠纷还没改完。
尿素由年初每吨2300元涨到2960元。垃圾清运隔两天来一回。
芰荷镇人民政府
2021年12月30日
"""
_VILLAGE = """洲头村2021年工作总结
手套厂进村,招了37个妇女,计件发工资,每月拿1800块到2900块。黄鳝出塘20万斤,毛收入310万元。
洲头村村民委员会
2021年12月28日
"""
_HOME = """# 芰荷镇敬老院2021年工作情况

我院入住老人74人,全年去世6人。工作人员12人(护理员8人、厨师2人)。医生每周四上门查房。每人每天伙食标准20元。

| 护理等级 | 床位费(元/月) | 护理费(元/月) |
|---|---|---|
| 自理 | 550 | 280 |
| 全失能 | 750 | 1400 |
"""
_COURT = """洞庭湾县人民法院2021年工作报告
全年受理各类案件5120件,审结4980件。判处罪犯410人,其中电信网络诈骗63人。
洲头法庭新办公楼9月投入使用,建筑面积1500平方米,造价560万元。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("洲头村.txt", _VILLAGE)
    put("敬老院.md", _HOME)
    put("法院.txt", _COURT)
    ingest([put("芰荷镇.txt", _TOWN).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("芰荷镇2021年税收多少", "1980万元"),
        ("芰荷镇还欠多少债", "1420万元"),
        ("三公经费比上年降了多少", "9%"),
        ("油菜一亩打多少", "127公斤"),
        ("给多少条狗打了狂犬疫苗", "930只"),
        ("图斑还有几个没改完", "3个"),
        ("尿素涨到多少钱一吨了", "2960元"),
        ("手套厂招了多少妇女", "37个"),
        ("手套厂一个月能挣多少", "1800块到2900块"),
        ("洲头村黄鳝卖了多少钱", "310万元"),
        ("敬老院护理员有几个", "8人"),
        ("敬老院一天伙食费多少", "20元"),
        ("全失能老人一个月护理费多少", "1400元"),
        ("敬老院2021年走了几个老人", "6人"),
        ("医生星期几来敬老院查房", "每周四"),
        ("法院2021年一共结了多少案子", "4980件"),
        ("诈骗犯判了多少人", "63人"),
        ("洲头法庭新楼花了多少钱", "560万元"),
    ],
)
def test_numbers_are_those_asked_for(
    ask: Callable[[str], Answer], question: str, direct: str
) -> None:
    assert ask(question).direct == direct


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("那几个图斑为什么没改完", "宅基地"),
        ("垃圾多久来一次", "隔两天"),
        ("哪个企业交税最多", "永旺砖厂"),
    ],
)
def test_a_sentence_that_says_it_is_told(
    ask: Callable[[str], Answer], question: str, part: str
) -> None:
    assert part in ask(question).text
    assert not ask(question).refused


@pytest.mark.parametrize("question", ["芰荷镇欠了多少工资", "手套厂招了多少大学生"])
def test_a_number_of_something_else_is_not_told(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).refused
