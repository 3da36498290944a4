"""Questions as people say them, asked of reports of other kinds: each rule on its own fiction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_TOWN = """荻塘镇2021年抗洪救灾工作总结
一、灾情
6月9日的一次过程雨量达到173毫米,为近年最大。全镇冲垮道路9处,倒塌房屋4间。
洪水期间,全镇转移群众148户502人。沙湾村转移人数最多,为190人;其次是坪头村,转移121人。
二、恢复重建
灾后争取县水利局修复资金64万元、县应急局资金21万元。目前已修复道路7处。
坪头码头项目总投资210万元,其中省级资金120万元,县交通局出资60万元,村民投劳折资30万元。
荻塘镇人民政府
2021年11月3日
"""
_VILLAGES = """坪头村2022年上半年乡村振兴工作总结
全村监测户7户25人,其中今年新识别3户11人,均落实了措施。集体收入4.4万元。
第一书记罗立春5月份任期届满,由成远航接任。
蚕茧厂因资金未到位,没有开工建设。
电动三轮车充电棚发生火情1起,未造成人员伤亡。
产业路全长3公里,资金90万元。村口产业路二期资金35万元。
坪头村村民委员会
2022年7月2日
"""
_EARLIER = """坪头村2021年乡村振兴工作总结
全村监测户4户14人。集体收入9.7万元。第一书记罗立春。
坪头村村民委员会
2021年12月26日
"""
_FOREST = """马尾坡国有林场2021年度工作总结
一、概况
马尾坡国有林场现有在职职工38人,退休职工52人。
二、造林
全年完成造林710亩,争取省级资金150万元,用于改造管护房。
三、2022年工作计划
计划造林900亩。新招聘技术人员5名。
"""
_SCHOOL = """河东中学2021—2022学年度工作总结
一、教学
2022年中考,我校参考学生412人,590分以上61人。普高上线率64.2%。最高分664分,由903班学生柏云舒取得。
二、资助
校友杜长庚捐赠18万元设立奖学金。近视率为57.9%。
2022年8月20日
"""
_WATER = """中共汀洲区水利局党组2022年上半年工作总结
查处非法采砂案件5起,罚款17.6万元;征收水资源费203万元。
整改巡察反馈问题14个,已完成12个,剩余2个分别是:车辆台账不全、房屋出租未清理。
存在的问题:青年党员少,学习不深。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("坪头村.txt", _VILLAGES)
    put("坪头村21.txt", _EARLIER)
    put("林场.txt", _FOREST)
    put("中学.txt", _SCHOOL)
    put("水利局.txt", _WATER)
    ingest([put("荻塘镇.txt", _TOWN).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        # A town goes by its short name, and what is told of its villages is not its own.
        ("荻塘洪水时转移了多少人", "148户502人"),
        ("荻塘镇最大的那场雨下了多少毫米", "173毫米"),
        ("荻塘镇冲毁的路修好了几处", "7处"),
        ("坪头村22年上半年新增监测户几户几人", "3户11人"),
        ("坪头的第一书记现在是谁", "成远航"),
        ("坪头村以前的第一书记是谁", "罗立春"),
        ("坪头村产业路二期资金多少", "35万元"),
        ("马尾坡林场有多少职工在岗", "38人"),
        ("林场2022年准备招几个人", "5名"),
        ("林场向省里争取了多少钱", "150万元"),
        ("河东中学中考最高分多少", "664分"),
        ("河东中学近视的学生比例", "57.9%"),
        ("杜长庚给学校捐了多少", "18万元"),
        ("水利局2022年上半年罚了多少钱", "17.6万元"),
    ],
)
def test_values_as_people_ask_for_them(
    ask: Callable[[str], Answer], question: str, direct: str
) -> None:
    assert ask(question).direct == direct


def test_two_things_asked_of_one_sentence(ask: Callable[[str], Answer]) -> None:
    assert ask("河东中学中考最高多少分,谁考的").direct == "664分、柏云舒"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("荻塘灾后都从哪些单位要到了钱,各多少", ("64万元", "21万元")),
        ("坪头码头各方出了多少钱", ("120万元", "60万元", "30万元")),
        ("坪头村这几次报的集体收入各是多少", ("4.4万元", "9.7万元")),
        ("2022年上半年坪头村蚕茧厂建起来没有", ("没有开工",)),
        ("坪头村电动三轮车着过火没有", ("火情1起",)),
        ("水利局还有哪几个问题没整改完", ("车辆台账", "房屋出租")),
    ],
)
def test_all_parts_are_told(
    ask: Callable[[str], Answer], question: str, parts: tuple[str, ...]
) -> None:
    told = ask(question)
    assert not told.refused
    assert all(part in told.text for part in parts)


@pytest.mark.parametrize(
    "question",
    [
        "沙湾村冲垮了几处道路",
        "水利局贷了多少钱",
        "坪头村产业路三期资金多少",
        "河东中学最高多少分贝",
        "林场2022年招了几个人",
    ],
)
def test_what_comes_near_is_not_told(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).refused


def test_of_each_body_its_own_name_is_its_place(ask: Callable[[str], Answer]) -> None:
    assert ask("河东中学普高上线率").scope.places == ("河东中学",)
    assert ask("马尾坡林场造林多少亩").scope.places == ("马尾坡国有林场",)
