"""Questions in spoken words over sentences that say a thing a little otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from index.asked_parts import parts_of
from index.evidence.belonging import another_turn
from index.place_book import PlaceBook
from index.question import understand
from tests.app.answer.test_extract import answer, direct, hits

_DAY = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("青杠村地盘有多大", "村域总面积9平方公里,耕地1400亩。", "9平方公里"),
        ("青杠村全村多少人口", "全村共有410户1630人。", "410户1630人"),
        ("青杠村拢共多少党员", "共有党员52名,其中女党员9名。", "52名"),
        (
            "青杠村有多少党员",
            "下设上青杠村、下青杠村、坪坝村三个支部,共有党员52名(上青杠村20名、坪坝村9名)。",
            "52名",
        ),
        ("青杠村的冷库完成了百分之多少", "冷库主体完成70%,设备尚未进场。", "70%"),
        ("青杠村一般干部一人帮几户", "组长每人联系3户,一般干部联系2户。", "2户"),
        ("青杠村驻村工作队的队员叫啥名", "何大成任工作队队长,吕文秀为队员。", "吕文秀"),
        (
            "青杠村既留守又残疾的儿童有多少",
            "村里有留守儿童40人,残疾儿童6人,既是残疾儿童,又是留守儿童的有2人。",
            "2人",
        ),
    ],
)
def test_the_value_is_found(question: str, text: str, value: str) -> None:
    assert direct(question, text) == value


def test_this_work_is_what_its_paragraph_opens_with() -> None:
    said = answer(
        "青杠村验收阶段什么时候搞完",
        hits(
            "1、摸底阶段。走访农户。此项工作于2022年2月底完成。",
            "2、验收阶段。逐户检查。此项工作于2022年6月20日完成。",
        ),
    )
    assert said is not None
    assert said.direct == "2022年6月20日"


def test_an_ordinal_behind_its_place_is_that_place_s() -> None:
    folded = "在考核中上坪村名列第一,青杠村名列第二。"
    query = understand("哪个村排第二", PlaceBook(["青杠村"]), lambda part: part in folded, _DAY)
    assert not another_turn(query, folded, folded.index("青杠村"))
    assert another_turn(query, folded, folded.index("名列第一") + 4)


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("青杠村有多少劳动力,在外打工的几个", [("人", "名", "位")] * 2),
        ("青杠村低保户有多少户,占几成", [("户",), ("%", "个百分点")]),
        ("青杠村残疾人有多少人,占百分之多少", [("人",), ("%", "个百分点")]),
    ],
)
def test_what_is_asked_for_second_has_its_own_unit(
    question: str, units: list[tuple[str, ...]]
) -> None:
    query = understand(question, PlaceBook(["青杠村"]), lambda part: len(part) == 2, _DAY)
    assert [part.units for part in parts_of(query)] == units
