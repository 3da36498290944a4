"""What is asked for by which name, and what of an earlier report is carried over."""

from __future__ import annotations

import pytest

from app.draft.calling import called, planned_as
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
        ("全村263户。", ["总户数"]),
        ("新增婴幼儿托位69个。", ["新增婴幼儿托位"]),
        # How and when it was done is no part of its name.
        ("全年力争引进苗圃8家。", ["引进苗圃"]),
        ("充分利用好水利维修资金20万元。", ["水利维修资金"]),
        ("羊绒出口额首次突破3000万元。", ["羊绒出口额"]),
        ("羊绒销售额连跨千万元台阶达5400万元。", ["羊绒销售额"]),
        ("票决实事项目全部高质量完成12件。", ["票决实事项目"]),
        # Words that jieba cuts into single characters are whole all the same.
        ("新设养蜂合作社6个。", ["新设养蜂合作社"]),
        ("实际到账扶持资金12万元。", ["实际到账扶持资金"]),
        ("向镇人大主席团提交修缮古渡口石阶议案4件。", ["镇人大主席团提交修缮古渡口石阶议案"]),
        # Latin letters stay as they are written.
        ("建成5G基站12座。", ["5G基站"]),
        # No thing, no name; nor where the number cannot be what is named.
        ("最高的村18.6万元。", [""]),
        ("其中表现突出3名。", [""]),
        ("企业达到12家。", [""]),
        ("3个村送水40吨。", ["送水"]),
        ("产业链总产值达到8条。", [""]),
    ],
)
def test_a_figure_is_asked_for_by_a_whole_name_or_not_at_all(text: str, names: list[str]) -> None:
    said = read_notes((), (text,), "石梁村", Period.parse("2018H2"))[0]
    found = [called(one, said.text, written(said, one)) for one in said.figures]
    assert [name for name in found if name] == [name for name in names if name]


@pytest.mark.parametrize(
    ("clause", "value", "name"),
    [
        ("新建20家育苗基地和晒场，", "20家", "新建育苗基地和晒场"),
        ("对不少于52名环卫工人发放高温津贴；", "52名", "环卫工人发放高温津贴"),
        ("羊绒收购价占比控制在20%以内。", "20%", "羊绒收购价占比"),
        ("分别提高17个、6个和11个百分点。", "6个", ""),
        ("15个总投资超2亿元的项目，", "2亿元", ""),
    ],
)
def test_a_plan_without_a_name_is_called_by_its_own_words(
    clause: str, value: str, name: str
) -> None:
    assert planned_as(clause, value) == name


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
