"""Lists, reasons and points without the sentences around them."""

from __future__ import annotations

import pytest

from app.answer.section_points import Point, own_points, told_points
from index.chinese.sentences import sentences
from tests.app.answer.test_extract import answer, hits


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "青杠村成立了哪些合作社",
            ("成立了养蜂合作社、茶叶合作社和竹编合作社。", "合作社成立后带动20户。"),
        ),
        (
            "青杠村的重点村民小组是哪两个",
            ("重点村民小组两个,即上湾组、下湾组。", "重点村民小组修路、治水、植树都已动工。"),
        ),
        (
            "青杠村冷库为什么停工",
            ("冷库因占用耕地停工。", "冷库停工后设备已封存。"),
        ),
    ],
)
def test_only_what_says_it_is_cited(question: str, texts: tuple[str, ...]) -> None:
    said = answer(question, hits(*texts))
    assert said is not None
    assert [citation.quote for citation in said.citations] == [texts[0]]


def test_a_list_spread_over_sentences_is_told_whole() -> None:
    texts = (
        "成立了养蜂合作社、茶叶合作社、竹编合作社。",
        "又成立了药材合作社、蔬菜合作社和养鱼合作社。",
    )
    said = answer("青杠村成立了哪些合作社", hits(*texts))
    assert said is not None
    assert len(said.citations) == 2


def points(text: str) -> list[Point]:
    stored = hits(text)[0].stored
    return [(stored, start, end) for start, end in sentences(text)]


def quotes(some: list[Point]) -> list[str]:
    said = told_points(some)
    return [citation.quote for citation in said.citations] if said else []


def test_the_next_number_in_a_paragraph_begins_another_point() -> None:
    text = "3、在医疗上,救助40人。其中大病6人。4、在光伏上,建成电站1座。已并网发电。"
    assert quotes(own_points(points(text))) == ["3、在医疗上,救助40人。", "其中大病6人。"]


def test_what_is_to_come_is_no_part_of_what_was_done() -> None:
    text = "配备干部6名。结对帮扶210户。下一步我村将加大力度,继续选派。"
    assert quotes(own_points(points(text))) == ["配备干部6名。", "结对帮扶210户。"]


def test_what_only_announces_is_not_told() -> None:
    text = "现将有关情况汇报如下:\n硬化道路3公里。\n拟再建。\n安装路灯40盏。"
    assert quotes(points(text)) == ["硬化道路3公里。", "安装路灯40盏。"]
    assert quotes(points("现将有关情况汇报如下:")) == ["现将有关情况汇报如下:"]
