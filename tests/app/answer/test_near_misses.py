"""What is told of another deed, body or group is no answer; what is told in other words is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_RESCUE = """苍梧县消防救援大队2021年工作总结
一、接处警
全年共接警出动403起,其中火灾扑救151起,抢险救援118起,社会救助134起。电气原因引发的火灾59起。火灾直接财产损失176万元,死亡2人。
二、检查
对全县19家养老机构逐一过筛,其中6家存在电气线路老化问题。全县11个乡镇仅4个建有取水点。
三、队伍
新购置云梯消防车1台(价值395万元)。新建城东消防站占地10亩,总投资2100万元,计划2022年5月投入执勤。
"""
_TOWN = """榆沟镇2021年环境整治工作报告
每户每年收取卫生费48元,收缴率达88%。镇长挂帅,副镇长陶蕊任专班组长。
三、存在的主要问题
(1)管护经费不足,缺口约70万元。(2)部分群众习惯难改。(3)管网覆盖率低。
榆沟镇人民政府
2021年12月15日
"""
_VILLAGE = """榆沟镇碾盘村2021年工作总结
我局选派副科长顾一苇任碾盘村第一书记,与队员康宁进驻。光伏项目没有实施。年底村集体收入6.1万元。日产豆干700斤。
5月1日,五一假期接待游客3.1万人次。全年接待游客20万人次。全年销售豆干4.2万斤,购书两千册,花费1.1万元。
手艺人祝小满4月赴海城演出3场。
碾盘村村民委员会
2021年12月30日
"""
_CULTURE = """苍梧县文旅局2021年工作总结
县图书馆新馆6月开馆,藏书12.7万册。启动博物馆新馆建设。古塔修缮完成工程量的55%。
"""
_TABLE = """|项目|发放人数|月标准(元)|全年发放金额(万元)|
|---|---|---|---|
|农村低保|1034|360|446.7|
|高龄津贴|870|50|52.2|
|孤儿生活费|7|1000|8.4|

另外,全年因死亡等原因停发低保36人。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("消防.txt", _RESCUE)
    put("碾盘村.txt", _VILLAGE)
    put("文旅局.txt", _CULTURE)
    put("补贴.md", "# 榆沟镇2021年惠民补贴发放情况\n\n" + _TABLE)
    ingest([put("榆沟镇.txt", _TOWN).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    "question",
    [
        "城东消防站花了多少钱买地",
        "碾盘村2021年卖了多少斤豆腐乳",
        "碾盘村光伏一年收入多少钱",
        "博物馆新馆藏书多少册",
        "城市低保停发了多少人",
        "碾盘村国庆来了多少游客",
    ],
)
def test_another_deed_body_or_group_is_no_answer(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).refused


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("消防队2021年一共出了多少次警", "403起"),
        ("云梯车多少钱买的", "395万元"),
        ("养老院有几家电线老化", "6家"),
        ("苍梧县有几个乡镇有取水点", "4个"),
        ("卫生费一户一年交多少", "48元"),
        ("榆沟镇专班谁负责", "陶蕊"),
        ("碾盘村第一书记是谁", "顾一苇"),
        ("碾盘村五一来了多少游客", "3.1万人次"),
        ("碾盘村买了多少书,花了多少钱", "两千册、1.1万元"),
        ("祝小满去哪儿演出了", "海城"),
        ("城东消防站什么时候能用", "2022年5月"),
        ("农村低保一个月发多少钱", "360元"),
        ("哪项补贴发的钱最多", "农村低保"),
        ("哪项补贴发的钱最少", "孤儿生活费"),
        ("哪项补贴发放人数最少", "孤儿生活费"),
    ],
)
def test_what_is_told_in_other_words(
    ask: Callable[[str], Answer], question: str, direct: str
) -> None:
    assert ask(question).direct == direct


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("消防出警里头火灾、抢险、救助各多少起", ("火灾：151起", "抢险：118起", "救助：134起")),
        ("消防大队2021年火灾烧死人了没有", ("死亡2人",)),
        ("古塔修好了吗", ("55%",)),
        ("榆沟镇环境整治还有什么问题", ("70万元", "习惯难改", "管网")),
    ],
)
def test_all_of_it_is_told(
    ask: Callable[[str], Answer], question: str, parts: tuple[str, ...]
) -> None:
    told = ask(question)
    assert not told.refused
    assert all(part in told.text for part in parts)
