"""Directions, how often, sums for the whole and values at odds, asked in plain words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

VILLAGE = """清溪镇白果村2023年工作总结
一、基本情况
白果村位于清溪镇政府西北部,距镇政府4公里,距县城中心南部12公里。耕地1200亩;水面面积45亩,其中大湾塘30亩(小二型),小山塘面积15亩。
二、主要工作
由县人民政府副县长陆明远出面协调30多万元,已建成白果村健身广场。
每季度召开1次议事会,及时公开账目。理事会研究用水。
公益林补偿兑现到户15元/亩·年。
新建和改造茶园800亩。新建柑橘园300亩,改造柑橘园120亩。
计划总投资260万元在白果村建设烘干车间一处。
一户多老的现象普遍。例如:白果村村民田有根和妻子吴桂花都已年迈。
白果村安排40多位群众在清江砖瓦公司月亮湾项目部就业,人均可增收2000元。
将就业优惠政策宣传到村民家中。白果村现有贫困户35户96人,因地制宜种植核桃。
白果村村民委员会
2023年12月30日
"""
TOWN = """石门镇2022年易地搬迁工作汇报
一、后续产业
红岩村安置点种植太子参260亩,带动搬迁群众15户,同时通过光伏带动搬迁群众6户;黄坪村安置点成立合作社,带动搬迁群众36户,同时通过光伏带动搬迁群众14户。
从整体看,石门镇贫困户致贫原因主要是缺少技术。
石门镇人民政府
2022年12月30日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("plainly")
    (folder / "in").mkdir()
    for name, text in (("村", VILLAGE), ("镇", TOWN)):
        (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
    ingest([str(folder / "in")], folder / "archive", None, workers=1)

    def asked(question: str) -> Answer:
        with closing(ArchiveDesk(folder / "archive", None)) as desk:
            return desk.ask(question)

    return asked


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("白果村在镇政府哪个方向", "清溪镇政府西北部"),
        ("白果村的水塘水库一共有多少水面", "45亩"),
        ("白果村的健身广场是哪位县领导协调的资金", "陆明远"),
        ("白果村公益林补偿兑现多少钱", "15元/亩·年"),
        ("白果村新建了多少亩柑橘园", "300亩"),
        ("白果村烘干车间总投资要多少", "260万元"),
        ("白果村一户多老的例子说的是谁家", "田有根"),
        ("白果村有多少人在月亮湾那边干活", "40多位"),
    ],
)
def test_the_value_is_told(ask: Callable[[str], Answer], question: str, value: str) -> None:
    assert ask(question).direct == value


def test_how_often_is_told_by_the_sentence_that_says_it(ask: Callable[[str], Answer]) -> None:
    answer = ask("白果村多长时间开一次议事会")
    assert [sentence.text for sentence in answer.sentences] == [
        "每季度召开1次议事会,及时公开账目。"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "白果村多久开一次理事会",  # nothing says how often
        "白果村在县政府哪个方向",  # told from the town's office alone
        "白果村的健身广场是哪位省领导协调的资金",
        "白果村新建了多少亩茶园",  # 800亩 are new and old ones together
        "白果村烘干车间总投资已完成多少",
        "白果村贫困户是因为什么穷的",  # that there are poor ones does not say why
        "白果村村民看病有哪些优惠",  # told is what there is for jobs
    ],
)
def test_what_is_not_said_is_refused(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).refused


def test_why_people_are_poor_is_told_by_the_cause(ask: Callable[[str], Answer]) -> None:
    answer = ask("石门镇贫困户主要是因为什么穷的")
    assert [sentence.text for sentence in answer.sentences] == [
        "从整体看,石门镇贫困户致贫原因主要是缺少技术。"
    ]


def test_a_second_village_may_be_named_in_short(ask: Callable[[str], Answer]) -> None:
    answer = ask("红岩村和黄坪的搬迁户靠光伏带动了各多少户")
    assert [sentence.text for sentence in answer.sentences] == ["红岩村：6户", "黄坪村：14户"]
