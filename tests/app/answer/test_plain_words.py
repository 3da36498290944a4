"""Questions in an official's own words: each rule on fiction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_VILLAGE = """枧头村2022年上半年工作总结
一、基本情况
枧头村由上枧头组、桐子坪、磨盘湾三个自然村组成,下辖11个村民小组,耕地面积2030亩(人均1.3亩)。现有党员64人,其中流动党员9人。
去年脱贫37户,还有未脱贫户6户14人。
二、主要做法
(一)大力推进产业发展。以青禾农业公司为依托,种植核桃310亩。新建晒场2处。
(二)用好帮扶资金。向帮扶单位争取资金7万元,修建便民桥护栏90米;利用整合资金64万,改造饮水管道3处。
(三)发展养殖。养羊大户郎玉成养羊140只,龙天禄养羊26只。
(四)抓好护林。聘用脱贫群众12名为护林员,每年发放补助9.6万元。
三、存在问题
一是外出党员管理不够规范;二是产业链条短。
四、下步打算
(一)抓好产业提升。做强核桃加工。
(二)抓好“底线”工作。按月走访排查,调处矛盾纠纷。
对白沙村投入45万元,用于道路加宽。
枧头村村民委员会
2022年7月4日
"""
_UNDATED = """双枧镇帮扶工作汇报
我镇现辖9个村,帮扶小组由镇里统一组织。
成立结对帮扶工作领导小组:
组 长:何守田
副组长:吴春芳 郑立山
重点落实好三项制度。一是走访制度。每月走访一次。二是台账制度。三是例会制度。
截至5月底全镇享受大病补助312人次。林地xx亩,其中耕地560亩。
青枫、白沙两个村分别投入30万元成立了服务公司。
"""

_OFFICE = """县交通运输局2021年度驻枧头村帮扶工作汇报
一、压实责任
局长杜启明全年到村6次。选派骆秋生同志任驻村第一书记,工作队员为向田、何小禾。
二、修路
通村公路由县水利局协助测量,全长4.3公里,比去年同期多投工320人。
三、关心群众冷暖
两次慰问,支出慰问金1.7万元;请来专家唐柏生,在村里住了三天。新增监测户2户5人,监测户共7户19人。争取了彩票公益金项目88万元。落实营养改善计划,每生每天补助5元。发动22名青年外出务工。
第一党小组12名,第二党小组15名,第三党小组9名。
存在的问题:职工走访不平衡;产业办法不多。
县交通运输局
2022年1月10日
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("枧头村.txt", _VILLAGE)
    put("交通局.txt", _OFFICE)
    ingest([put("镇.txt", _UNDATED).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


def test_the_point_that_is_asked_about_is_told_and_no_other(ask: Callable[[str], Answer]) -> None:
    told = ask("枧头村产业发展是怎么做的")
    assert "核桃310亩" in told.text
    assert "护栏" not in told.text
    assert "走访排查" in (later := ask("枧头村下一步底线工作怎么抓").text)
    assert "核桃" not in later


def test_this_year_is_the_last_that_was_reported_and_says_so(ask: Callable[[str], Answer]) -> None:
    told = ask("枧头村今年产业发展是怎么做的")
    assert "核桃310亩" in told.text
    assert "2022年" in told.notices[0]
    assert ask("枧头村2021年产业发展是怎么做的").refused


def test_holders_of_an_office_stand_behind_it(ask: Callable[[str], Answer]) -> None:
    assert ask("双枧镇结对帮扶领导小组组长是谁").direct == "何守田"
    both = ask("双枧镇结对帮扶领导小组副组长有哪些人").text
    assert "吴春芳" in both
    assert "郑立山" in both


def test_a_list_asked_for_by_its_number_has_all_its_items(ask: Callable[[str], Answer]) -> None:
    told = ask("双枧镇帮扶要落实哪三项制度")
    assert [s.text for s in told.sentences] == [
        "一是走访制度。",
        "二是台账制度。",
        "三是例会制度。",
    ]


def test_a_month_without_its_year_in_a_report_without_one(ask: Callable[[str], Answer]) -> None:
    assert ask("截至5月底双枧镇享受大病补助多少人次").direct == "312人次"


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("枧头村人均耕地多少亩", "1.3亩"),
        ("枧头村耕地有多少亩", "2030亩"),
        ("枧头村还有几户没脱贫", "6户14人"),
        ("龙天禄养了几只羊", "26只"),
        ("枧头村改造饮水管道花了多少钱", "64万"),
        ("枧头村党员有几个", "64人"),
        ("枧头村流动党员有几个", "9人"),
        ("枧头村聘了多少名护林员,每年补助多少", "12名、9.6万元"),
        ("对白沙村打算投入多少钱修路", "45万元"),
        ("双枧镇有几个村", "9个村"),
        ("枧头村有几个自然村,几个村民小组", "三个、11个"),
    ],
)
def test_values_in_plain_words(ask: Callable[[str], Answer], question: str, direct: str) -> None:
    assert ask(question).direct == direct


def test_who_paid_is_told_with_the_sum(ask: Callable[[str], Answer]) -> None:
    assert "帮扶单位" in ask("枧头村护栏修了多长,钱是谁出的").text
    assert "整合资金" in ask("枧头村改造饮水管道的钱是哪里来的").text


def test_what_a_place_is_made_up_of(ask: Callable[[str], Answer]) -> None:
    assert "磨盘湾" in ask("枧头村由哪几个自然村组成").text


def test_one_number_that_is_each_ones_is_told_of_each(ask: Callable[[str], Answer]) -> None:
    told = ask("青枫村和白沙村成立服务公司各投了多少")
    assert [s.text for s in told.sentences] == ["青枫村：30万元", "白沙村：30万元"]


def test_a_figure_that_is_destroyed_is_not_another(ask: Callable[[str], Answer]) -> None:
    assert ask("双枧镇林地有多少亩").refused


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("交通局慰问花了多少钱", "1.7万元"),
        ("交通局局长去了枧头村几趟", "6次"),
        ("交通局2021年谁是驻枧头村的第一书记", "骆秋生"),
        ("交通局2021年驻枧头村的工作队员是谁", "向田、何小禾"),
        ("枧头村2021年新增了几户监测户", "2户5人"),
        ("枧头村2021年第二党小组有多少党员", "15名"),
        ("交通局2021年请的专家是谁", "唐柏生"),
        ("枧头村2021年通村公路多长", "4.3公里"),
        ("交通局2021年争取了多少彩票公益金", "88万元"),
        ("枧头村2021年发动多少年轻人出去打工", "22名"),
    ],
)
def test_values_of_an_office_by_its_short_name(
    ask: Callable[[str], Answer], question: str, direct: str
) -> None:
    assert ask(question).direct == direct


def test_the_sections_of_an_office_by_its_short_name(ask: Callable[[str], Answer]) -> None:
    told = ask("交通局驻村帮扶有哪些不足")
    assert "走访不平衡" in told.text
    assert "产业办法不多" in told.text
    assert "慰问金" in ask("交通局关心群众冷暖做了哪些事").text
