"""Street offices, forest farms and funds asked of by the names that people use for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_STREET = """北门街道办事处2022年工作总结
一、民生。为困难商户减免房租215万元,涉及商铺96间。建成社区食堂2家,70岁以上老人每餐补贴4元。
二、平安。电信诈骗案52起,群众损失640万元,追回118万元。发生火灾3起,死亡2人。
三、城市管理。拆除违法建设29处。街道有独居老人418人。
四、人事。5月,乔国梁接任街道党工委书记。
五、不足。物业纠纷多,5个小区没有物业;拆迁片区签约640户,剩下17户没有签;过渡群众还有860户在外租房。
"""
_COMMUNITY = """柳荫社区2022年度工作总结
柳荫社区地处北门街道东南角,共有小区6个、居民楼71栋,住户3105户,60岁以上老人1502人。社区食堂4月开业,早餐4元、午餐11元。
困难:2栋楼的消防水管没有水压。
"""
_FARM = """国有乌石岭林场2023年工作总结
全场经营面积6.1万亩,在职职工133人,场长霍远山。种树造林920亩。林下种黄精430亩,卖了58万元。还有14户没分到房。
聘用护林员25人,人均年补助1.2万元。
"""
_FUND = """溪口市住房公积金管理中心2022年工作报告
全年归集公积金9.7亿元。提取6.1亿元,其中买房提取2.4亿元、租房提取0.5亿元。
内设科室6个,在编人员58人,主任慕容川。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("北门街道.txt", _STREET)
    put("柳荫社区.txt", _COMMUNITY)
    put("林场.txt", _FARM)
    ingest([put("公积金.txt", _FUND).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("北门给商户免了多少房租", "215万元"),
        ("北门22年拆了多少违建", "29处"),
        ("北门社区食堂老人吃一顿补几块", "4元"),
        ("北门22年电信诈骗骗走多少钱,追回来多少", "640万元、118万元"),
        ("北门有几个小区没物业", "5个"),
        ("北门还有几户没签", "17户"),
        ("北门独居老人有多少", "418人"),
        ("北门书记是谁", "乔国梁"),
        ("柳荫社区有多少栋楼多少户", "71栋、3105户"),
        ("柳荫社区食堂午饭多少钱", "11元"),
        ("乌石岭林场黄精卖了多少钱", "58万元"),
        ("乌石岭林场场长是谁", "霍远山"),
        ("乌石岭林场种树种了多少亩", "920亩"),
        ("乌石岭林场护林员一年拿多少钱", "1.2万元"),
        ("公积金22年买房取走多少钱", "2.4亿元"),
        ("公积金中心主任是谁", "慕容川"),
    ],
)
def test_value(ask: Callable[[str], Answer], question: str, direct: str) -> None:
    assert ask(question).direct == direct


@pytest.mark.parametrize(
    "question",
    [
        "北门街道有几个社区",  # beds or shops counted are no communities
        "柳荫社区低保户有几户",
        "乌石岭林场黄精产量多少斤",
        "南门22年拆了多少违建",
    ],
)
def test_refused(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).refused
