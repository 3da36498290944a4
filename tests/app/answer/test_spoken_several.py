"""Several things asked at once in spoken words, and figures that look like the one asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_TOWN = """荻芦镇2022年工作总结
一、经济发展。财政收入960万元,农民人均可支配收入13210元,比上年增加870元。新开民宿5家,全镇民宿达到31家。
二、基础设施。沙湾村至苇塘村的联网路全长4.8公里,总投资350万元,3月6日开工,10月22日建成通车。改厕206户。集镇污水处理厂日处理能力由300吨提高到800吨。
三、水毁工程。6月14日凌晨遭受特大暴雨,冲毁便桥2座,直接经济损失97万元。上坝便桥已重建,造价21万元;下坝便桥正在施工,预计11月底交付。
四、集体经济
全年收入52万元,其中光伏发电17万元、门面出租20万元。
五、安全生产。排查隐患88处,已整改83处,其余5处限期整改。全年出生64人,死亡71人。养殖合作社亏损12万元。
六、班子。镇长鲁向东8月到任,前任镇长范思齐调任县供销社。老年食堂停工,由县建工集团接手,明年5月交付。
七、2023年设想
新建冷库1座,容量300吨;办好敬老院食堂。
"""
_BUREAU = """芦河县农业局2022年工作总结
全年粮食播种面积31.5万亩,总产12.6万吨。查处赌博案9起41人。孤儿22人,每人每月1400元。
有两件事没办成:一个是六组的通组路,原因是占地没有谈拢;一个是垃圾焚烧炉,环保没有批。
办了三个节,分别为采茶节、油菜花节、丰收节。每个节都有农户、商户、游客参加。
"""
_CLINIC = """荻芦镇中心卫生院2022年工作总结
现有职工31人,院长裴长青。业务收入512万元,化验室装修是校友捐的9万元。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("荻芦镇/卫生院.txt", _CLINIC)
    put("农业局.txt", _BUREAU)
    ingest([put("荻芦镇/荻芦镇.txt", _TOWN).parent.parent], archive_folder, None)
    return ArchiveDesk(archive_folder, None, date(2026, 3, 1)).ask


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("荻芦镇人均收入比上年多了多少", "870元"),
        ("荻芦镇的民宿有多少家", "31家"),
        ("沙湾村到苇塘村的路什么时候修通", "10月22日"),
        ("荻芦镇厕所改了多少户", "206户"),
        ("荻芦镇污水处理厂一天能处理多少水", "800吨"),
        ("荻芦镇集体收入里光伏占多少", "17万元"),
        ("荻芦镇查出多少安全隐患,还有几处没改", "88处、5处"),
        ("荻芦镇22年生了几个死了几个", "64人、71人"),
        ("荻芦镇养殖合作社亏了多少", "12万元"),
        ("荻芦镇镇长现在是谁,原来那个去哪了", "鲁向东"),
        ("荻芦镇冷库要建多大", "300吨"),
        ("农业局22年打了多少粮食", "12.6万吨"),
        ("农业局抓了多少赌博的", "41人"),
        ("农业局孤儿一个月补多少", "1400元"),
        ("荻芦卫生院院长叫什么", "裴长青"),
        ("荻芦卫生院收入多少,职工多少人", "512万元、31人"),
    ],
)
def test_value(ask: Callable[[str], Answer], question: str, direct: str) -> None:
    assert ask(question).direct == direct


def test_which_and_how_much_are_told_by_the_one_sentence_that_says_both(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("荻芦镇哪座便桥修好了,花了多少")
    assert answer.direct == "21万元"
    assert [c.quote for c in answer.citations if c.n in answer.sentences[1].citations] == [
        "上坝便桥已重建,造价21万元;"
    ]
    assert len(answer.sentences) == 2


def test_who_and_when(ask: Callable[[str], Answer]) -> None:
    answer = ask("荻芦镇老年食堂谁接手,什么时候交")
    assert "5月" in (answer.direct or "")
    assert "县建工集团" in answer.text


def test_what_is_to_come_is_told_of_the_year_asked_for(ask: Callable[[str], Answer]) -> None:
    assert "新建冷库1座" in ask("荻芦镇23年打算干啥").text


def test_who_paid(ask: Callable[[str], Answer]) -> None:
    assert "校友捐的9万元" in ask("荻芦卫生院化验室装修谁出的钱").text


@pytest.mark.parametrize(
    "question",
    [
        "下坝便桥花了多少钱",  # 上坝便桥's
        "荻芦镇2023年新建冷库投资多少",
        "没影村有多少户",
    ],
)
def test_refused(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).refused


def test_what_was_lost_is_not_what_was_spent(ask: Callable[[str], Answer]) -> None:
    assert "97万元" not in (ask("荻芦镇便桥花了多少钱").direct or "")


def test_items_behind_the_first_one_are_told_with_it(ask: Callable[[str], Answer]) -> None:
    answer = ask("农业局22年哪些事没办成")
    assert "通组路" in answer.text
    assert "焚烧炉" in answer.text


def test_a_sentence_that_names_all_is_the_whole_list(ask: Callable[[str], Answer]) -> None:
    answer = ask("农业局22年办了哪些节")
    assert [c.quote for c in answer.citations] == ["办了三个节,分别为采茶节、油菜花节、丰收节。"]
