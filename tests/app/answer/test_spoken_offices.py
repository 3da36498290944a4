"""Spoken questions to offices and firms: each rule on its own fiction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from index.chinese.synonyms import Synonyms
from ingest.job import ingest

_WOMEN = """青浦坝县妇女联合会2022年工作总结
选树全国三八红旗手1名(葛秀珍)。
开展家政、刺绣等技能培训18期940人,其中720人取得证书、531人实现就业。
接待来信来访96件次,其中家庭暴力28件,婚姻纠纷41件。两癌免费检查1.2万人,确诊17人。
2023年重点:建设县妇女儿童活动中心,预算投资2900万元。
"""
_PARK = """青浦坝产业园区管委会2022年上半年工作总结
一、指标
税收3.62亿元,同比增长5.7%。
二、重点工作
(一)招商。新签约项目9个:恒岳轴承项目20亿元、粟丰饲料项目8亿元。
(二)建设。标准厂房二期已完成主体工程的70%。
(三)用工。举办用工招聘会11场,为企业招工1940人。
三、问题
企业用工缺口约860人。
"""
_TRAFFIC = """青浦坝县公安局交警大队2021年工作报告
全年共发生道路交通事故73起,死亡22人。县城早晚高峰中心小学门口拥堵严重。
年初在册车辆1.6万辆,年末在册车辆1.9万辆。
追回赔偿款:拖欠农民工工资23件,涉及金额540万元,目前已追回390万元。
下一步,将开展专项行动,确保剩余4件积案年底前全部化解;包案化解积案21件,已化解17件。
"""
_WATER = """# 青浦坝县自来水公司2022年上半年工作总结

居民水价每吨1.85元,非居民水价每吨2.6元。为低保户、五保户减免水费9.4万元。

水厂2座(城南水厂、城北水厂)。

| 工程名称 | 总投资(万元) |
|---|---|
| 城北水厂扩建 | 3900 |
| 管网改造 | 1800 |
"""
_VILLAGE = """芦坪村2022年上半年工作小结
芦坪至石桥公路拓宽工程5.4公里,3月开工,预计年底完工,总投资760万元。
下半年:打深水井一眼。
"""
_YEAR = """芦坪村2021年工作总结
村集体收入18.7万元。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("妇联.txt", _WOMEN)
    put("产业园.txt", _PARK)
    put("交警.txt", _TRAFFIC)
    put("自来水.md", _WATER)
    put("芦坪村21.txt", _YEAR)
    ingest([put("芦坪村.txt", _VILLAGE).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("评上全国三八红旗手的是谁", "葛秀珍"),
        ("技能培训以后有多少人找到了工作", "531人"),
        ("家暴的信访有多少件", "28件"),
        ("两癌筛查查出来几个人", "17人"),
        ("妇女儿童活动中心准备投多少钱", "2900万元"),
        ("园区上半年交了多少税", "3.62亿元"),
        ("园区企业还差多少工人", "约860人"),
        ("2021年车祸死了多少人", "22人"),
        ("县城哪里堵车最厉害", "中心小学门口"),
        ("年底还有多少车辆在册", "1.9万辆"),
        ("农民工工资追回来多少", "390万元"),
        ("积案还剩几件没化解", "4件"),
        ("居民用水多少钱一吨", "1.85元"),
        ("自来水公司给困难户免了多少水费", "9.4万元"),
        ("芦坪到石桥的路什么时候修好", "年底"),
        ("芦坪到石桥的路什么时候开工的", "3月"),
    ],
)
def test_offices_are_asked_in_spoken_words(
    ask: Callable[[str], Answer], question: str, direct: str
) -> None:
    assert ask(question).direct == direct


@pytest.mark.parametrize(
    "question",
    ["粟丰饲料招了多少工人", "城南水厂扩建投了多少钱", "芦坪村深水井打了多深"],
)
def test_of_another_firm_or_side_nothing_is_told(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).refused


def test_how_far_a_work_is(ask: Callable[[str], Answer]) -> None:
    assert "70%" in ask("标准厂房二期干到什么程度了").text


def test_of_two_times_asked_for_the_silent_one_is_named(ask: Callable[[str], Answer]) -> None:
    told = ask("芦坪村2021年和2022年上半年村集体收入分别是多少").text
    assert "芦坪村（2021年）：18.7万元" in told
    assert "2022年上半年" in told


def test_a_word_may_be_told_by_another_and_not_the_other_way_round() -> None:
    synonyms = Synonyms([["困难户", ">", "低保户"]])
    assert synonyms.of("困难户") == ("困难户", "低保户")
    assert synonyms.of("低保户") == ("低保户",)
