"""Values whose own clause is at odds with the question are not told for what is asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

YEAR = """柏杨镇2023年工作总结
一、产业发展
全镇整治农田,新建高标准农田6500亩,改造低产茶园2600亩。
二、水利
全镇现有水库47座,其中小型水库45座。
年内完成除险加固水库6座。
三、残疾人
有劳动能力和有部分劳动能力的残疾人155人,完全丧失劳动能力的残疾人32人。
四、集体经济
村集体经济收入由去年的11.5万元增加到23.8万元。
扶贫单位落实资金10万元,5万元用于机耕桥建设,4.6万元用于慰问。
五、后进村
每支工作队要给后进村办成1件致富实事,全镇78个后进村面貌改观。
六、资金
全镇安排衔接资金3800万元,其中中央1865万元、县级1120万元。
春季学期发放资助金9.3万元;秋季学期发放资助金9.6万元。
下辖36个村民小组,682个农户。
柏杨镇人民政府
2024年1月5日
"""
PLACE = """青杠镇石梁村2023年工作汇报
石梁村辖9个村民小组,426户 1658人 ,耕地1860亩,低保户41户76人,监测户7户23人。
硬化产业路3公里,42户受益。
引线占地,有6户不太愿意;监测户新增1户4人,现为3户9人。
石梁村村民委员会
2023年12月30日
"""
UNTOLD = """青杠镇茅坪村2023年工作汇报
一、户情
监测户因灾新增1户4人,现为3户9人;引线占地,有6户不太愿意。
修路涉及4个小组,38户120人,已经补偿。
二、务工
务工脱贫人口,2022年24人,2023年27人。
指标:其中脱贫户用工（人） | 2022年:24 | 2023年:27
三、班子
全村一手抓防返贫,一手抓产业,县工商联驻茅坪村帮扶两年。
四、明年打算
1.建图书室1间。
2.消费帮扶10万元。
青杠镇茅坪村村民委员会
2023年12月20日
"""
COUNTED = """青杠镇杨岭村2023年工作汇报
指标:总户数（户） | 2022年:210 | 2023年:208
指标:监测户（户） | 2022年:5 | 2023年:3
杨岭村村民委员会
2023年12月30日
"""
TOWNS = """青杠镇2022年易地搬迁工作汇报
一、后续产业
我镇有安置点2个。红岩村安置点种植太子参260亩,带动搬迁群众15户,同时通过光伏带动搬迁群众5户;黄泥村安置点种植香梨,带动搬迁群众12户。
青杠镇人民政府
2022年12月30日
"""
HALF = """云屏社区2023年上半年工作汇报
一、后续帮扶
社区工厂由去年的3家增加到4家。
旧房拆除21户,剩余5户正在做工作。
二、收益
上半年光伏收益13.1万元。
云屏社区居委会
2023年7月5日
"""
LAST = """云屏社区2022年工作汇报
社区工厂3家,吸纳就业213人。
云屏社区居委会
2022年12月30日
"""
HOSPITAL = """柏杨镇卫生院2023年工作总结
一、医疗业务
全年门急诊31256人次,出院病人1875人次。
二、明年计划
门诊楼改扩建,争取资金400万元。
院长:何启文
2023年12月28日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("at_odds")
    (folder / "in").mkdir()
    for name, text in (
        ("年", YEAR),
        ("半年", HALF),
        ("上年", LAST),
        ("院", HOSPITAL),
        ("搬", TOWNS),
        ("村", PLACE),
        ("未报", UNTOLD),
        ("表", COUNTED),
    ):
        (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
    ingest([str(folder / "in")], folder / "archive", None, workers=1)

    def asked(question: str) -> Answer:
        with closing(ArchiveDesk(folder / "archive", None)) as desk:
            return desk.ask(question)

    return asked


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("柏杨镇2023年新建了多少亩高标准农田", "6500亩"),
        ("柏杨镇2023年加固了几座水库", "6座"),
        ("柏杨镇完全没有劳动能力的残疾人有多少", "32人"),
        ("柏杨镇2023年村集体经济收入多少", "23.8万元"),
        ("柏杨镇机耕桥建设花了多少钱", "5万元"),
        ("柏杨镇后进村有多少个", "78个"),
        ("云屏社区社区工厂有几家", "4家"),
        ("云屏社区还有多少户旧房没拆", "5户"),
        ("柏杨镇卫生院院长是谁", "何启文"),
        ("柏杨镇衔接资金县里出了多少", "1120万元"),
        ("柏杨镇有几个村民小组", "36个"),
        ("红岩村的光伏带动了多少户", "5户"),
        ("红岩村太子参带动了多少户", "15户"),
        ("石梁村有多少户", "426户1658人"),
        ("石梁村一共多少人", "426户1658人"),
        ("杨岭村2023年有多少户", "208户"),
        ("县工商联帮扶了哪个村", "茅坪村"),
        ("柏杨镇卫生院2023年有多少门急诊", "31256人次"),
    ],
)
def test_the_value_of_the_clause_that_agrees(
    ask: Callable[[str], Answer], question: str, value: str
) -> None:
    assert ask(question).direct == value


@pytest.mark.parametrize("question", ["云屏社区2023年全年光伏收益多少"])
def test_a_half_year_s_sum_is_not_the_year_s(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).direct is None
    assert ask(question.replace("全年", "上半年")).direct == "13.1万元"


@pytest.mark.parametrize(
    "question",
    [
        "红岩村有多少户",
        "茅坪村有多少户",
        "茅坪村有多少人",
        "茅坪村有没有人返贫",
        "黄泥村的光伏带动了多少户",
        "柏杨镇春秋两季一共发放了多少资助金",
    ],
)
def test_what_is_said_of_another_or_of_a_part_is_refused(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).refused


def test_who_signed_when_is_no_point_of_the_last_section(ask: Callable[[str], Answer]) -> None:
    told = [one.text for one in ask("茅坪村下一步怎么打算").sentences]
    assert told == ["1.建图书室1间。", "2.消费帮扶10万元。"]
