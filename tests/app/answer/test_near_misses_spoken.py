"""Questions in spoken words whose answer the archive lacks, though a figure stands near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_TOWN = """苍耳镇2022年工作总结
景区门票收入146万元。种植油茶830亩。办起渔家乐7家,平均每家毛收入9万元。添置救护车2辆。
现有党员61名,其中女党员18名。新建停车场3处。调解纠纷208件。发生森林火灾4起,过火面积120亩。
乌龙特大桥8月合龙,桥长410米。口袋公园面积700平方米,花费58万元。邻里中心占地1900平方米。
镇中心卫生院有职工35人,院长柯以宁。
白芷中学19名学生送医。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    ingest([put("苍耳镇/苍耳镇.txt", _TOWN).parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    "question",
    [
        "苍耳镇景区门票一张多少钱",
        "苍耳镇油茶亏了多少",
        "苍耳镇渔家乐一家亏了多少",
        "苍耳镇救护车有几辆是新的",
        "苍耳镇停车场有几个在建",
        "苍耳镇调解了多少医疗纠纷",
        "苍耳镇森林火灾死了几个人",
        "苍耳镇乌龙特大桥什么时候通车的",
        "苍耳镇口袋公园种了多少树",
        "苍耳镇邻里中心盖了几层",
        "苍耳镇卫生院副院长是谁",
        "苍耳镇二中有多少学生",
    ],
)
def test_refused(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).refused


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("苍耳镇景区门票收入多少钱", "146万元"),
        ("苍耳镇调解了多少纠纷", "208件"),
        ("苍耳镇党员有多少是女的", "18名"),
        ("苍耳镇卫生院院长是谁", "柯以宁"),
        ("苍耳镇森林火灾几起", "4起"),
    ],
)
def test_told(ask: Callable[[str], Answer], question: str, direct: str) -> None:
    assert ask(question).direct == direct


def test_those_who_do_something_are_not_all_that_there_are(
    put: Callable[..., Path], archive_folder: Path
) -> None:
    text = (
        "石笋村2022年工作总结\n一、今年干的事\n种油茶310亩,有83户脱贫户种。\n"
        "二、我村的底子\n耕地1405亩。全村有脱贫户121户438人,占总户数的26.8%。\n"
    )
    ingest([put("石笋村.txt", text).parent], archive_folder, None)
    desk = ArchiveDesk(archive_folder, None, date(2026, 3, 1))
    assert (desk.ask("石笋村2022年脱贫户多少户?").direct or "").startswith("121户")
    assert desk.ask("石笋村2022年种油茶的脱贫户有多少户?").direct == "83户"
