"""What is asked for by which name, and what of an earlier report is carried over."""

from __future__ import annotations

import pytest

from app.draft.asking import called
from app.draft.carry import measure_part, sentence_like, standing_part
from app.draft.material import written
from app.draft.notes import read_notes
from index.records import Period


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("种植朝天椒615亩。", ["种植朝天椒"]),
        ("改厕16户。", ["改厕"]),
        ("孩子们在村口送他三十多位。", [""]),
        ("340亩黄精靠1名技术员看管。", [""]),
        ("老人把钱数了三遍。", [""]),
        ("幼儿园在园60人。", ["幼儿园在园"]),
        ("全村263户。", ["全村户数"]),
        ("新增婴幼儿托位69个。", ["新增婴幼儿托位"]),
    ],
)
def test_a_figure_is_asked_for_by_a_whole_name_or_not_at_all(text: str, names: list[str]) -> None:
    said = read_notes((), (text,), "石梁村", Period.parse("2018H2"))[0]
    found = [called(one, said.text, written(said, one)) for one in said.figures]
    assert [name for name in found if name] == [name for name in names if name]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("石梁村位于青溪镇东部，土地肥沃。", "石梁村位于青溪镇东部，土地肥沃。"),
        ("张三接替李四任第一书记。", None),
        ("老人们起初不习惯，后来都说省心。", None),
        ("书记王五，副书记赵六。", None),
    ],
)
def test_only_what_describes_the_place_stands_from_report_to_report(
    text: str, kept: str | None
) -> None:
    assert standing_part(text, 0, (), basic=True) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一是坚持每月一次评比环境卫生，新增垃圾桶20个。", "坚持每月一次评比环境卫生。"),
        ("（一）持续推进全村河道治理工作，", "持续推进全村河道治理工作。"),
        ("一是以村口、渡口、晒场为重点，新增路灯12盏。", None),
        ("坚持把八成左右的村级支出用于民生。", None),
        ("按照上述安排，全村要做好三件事：", None),
    ],
)
def test_a_measure_is_carried_over_as_a_whole_sentence(text: str, kept: str | None) -> None:
    found = measure_part(text)
    assert (found or "") == (kept or "")


def test_a_note_becomes_a_sentence() -> None:
    assert sentence_like("(三)硬化道路5公里；") == "硬化道路5公里。"
    assert sentence_like("1.5万元资金到位") == "1.5万元资金到位。"
    assert sentence_like("⑧ 党员43人！") == "党员43人！"
