"""Lines to passages: headings above, offsets exact, nothing lost and nothing twice."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.chinese.sentences import clauses
from index.positions import Position
from index.records import Passage
from ingest.lines import Line
from ingest.split import LONGEST, TARGET, marks_of, split, text_of

FILLER = "村两委班子团结有力,各项工作扎实推进,群众满意度不断提高。"


def passages(*texts: str) -> list[Passage]:
    return list(split("r1", [Line(text) for text in texts]))


def heading_of(found: list[Passage], words: str) -> tuple[str, ...]:
    return next(p.heading for p in found if words in p.text)


def test_headings_nest_by_their_markers() -> None:
    found = passages(
        "一、基本情况",
        "全村共有487户。",
        "二、主要做法",
        "(一)发展产业",
        "1.种植大棚",
        "①香菇大棚10座。",
        "一是带动贫困户20户。",
        "2.养殖",
        "养羊300只。",
        "(二)修路",
        "硬化道路3公里。",
        "三、下一步打算",
        "再脱贫30户。",
    )

    assert heading_of(found, "487户") == ("一、基本情况",)
    assert heading_of(found, "养羊300只") == ("二、主要做法", "(一)发展产业", "2.养殖")
    assert heading_of(found, "硬化道路") == ("二、主要做法", "(二)修路")
    assert heading_of(found, "再脱贫30户") == ("三、下一步打算",)
    assert heading_of(found, "香菇大棚")[:3] == ("二、主要做法", "(一)发展产业", "1.种植大棚")


def test_of_two_lists_in_each_other_the_first_contains_the_second() -> None:
    points = passages(
        "一、做法", "一是抓产业", "1.种植", "建大棚10座。", "2.养殖", "二是修路", "修路3公里。"
    )

    assert heading_of(points, "建大棚")[1:] == ("一是抓产业", "1.种植")
    assert heading_of(points, "修路3公里") == ("一、做法", "二是修路")


def test_a_heading_at_the_head_of_its_paragraph() -> None:
    found = passages("二、主要做法", f"(一)逐户补齐到户台账。先后完成158套到户台账。{FILLER}")

    assert found[-1].heading == ("二、主要做法", "(一)逐户补齐到户台账")
    assert "158套" in found[-1].text


def test_counted_points_inside_a_section() -> None:
    found = passages("一、做法", f"一是抓产业。建大棚10座。{FILLER}", f"二是抓党建,{FILLER}")

    assert heading_of(found, "建大棚10座") == ("一、做法", "一是抓产业")
    assert heading_of(found, "抓党建") == ("一、做法", "二是抓党建")


def test_a_line_that_begins_with_a_figure_is_no_heading() -> None:
    found = passages("一、脱贫情况", "15户贫困户脱贫,共48人。", "3.5公里道路硬化,2019年完工。")

    assert {p.heading for p in found} == {("一、脱贫情况",)}


def test_a_heading_stays_with_the_text_below_it() -> None:
    found = passages("一、基本情况", "(一)人口", "全村共有487户。")

    assert len(found) == 1
    assert found[0].heading == ("一、基本情况", "(一)人口")


def test_headings_that_the_file_format_marks() -> None:
    lines = [Line("总结", 1), Line("基本情况", 2), Line("全村共有487户。"), Line("做法", 2)]

    found = list(split("r1", [*lines, Line("修路3公里。")]))

    assert heading_of(found, "修路") == ("总结", "做法")


def test_offsets_are_exact_and_ordinals_count() -> None:
    lines = [
        Line("一、基本情况"),
        *(Line(FILLER * 4) for _ in range(6)),
        Line("二、做法"),
        Line("完。"),
    ]

    found = list(split("r7", lines))

    assert [p.ordinal for p in found] == list(range(len(found)))
    assert all(text_of(lines)[p.start : p.end] == p.text for p in found)
    assert {p.report_id for p in found} == {"r7"}


def test_passages_are_about_as_long_as_the_target() -> None:
    found = passages("一、基本情况", *[FILLER] * 40)

    assert len(found) > 3
    assert all(TARGET // 2 < len(p.text) <= LONGEST for p in found[:-1])


def test_each_passage_knows_where_its_lines_stand() -> None:
    lines = [
        Line("一、基本情况", page=1, sure=0.999),
        Line(FILLER * 15, page=1, sure=0.29),
        Line(FILLER * 30, page=2, sure=0.5),
    ]
    text = text_of(lines)

    found = list(split("r1", lines))

    assert len(found) > 2
    for passage in found:
        for at in range(passage.start, passage.end):
            page = 1 if at < len(text) - len(lines[2].text) - 1 else 2
            sure = 0.99 if at < 7 else 0.29 if page == 1 else 0.5
            if text[at] != "\n":
                assert passage.position(at, at + 1) == Position(page=page, sure=sure)
    assert [passage.marks[0].start for passage in found] == [passage.start for passage in found]
    assert marks_of([Line(FILLER)]) == passages(FILLER)[0].marks == ()


def test_a_sentence_over_the_limit_is_divided_at_commas() -> None:
    found = passages("修" * 30 + ("," + "路" * 60) * 20 + "。")

    assert len(found) > 2
    assert all(len(p.text) <= LONGEST for p in found)


def test_a_table_row_stays_whole_and_opens_no_section() -> None:
    row = Line("一、项目:修路。长度:3公里。", row=True)

    found = list(split("r1", [Line("一、明细"), row, Line(FILLER)]))

    assert any(row.text in p.text for p in found)
    assert {p.heading for p in found} == {("一、明细",)}


MARKERS = [
    "一、",
    "二、",
    "(一)",
    "(二)",
    "1.",
    "2、",
    "①",
    "一是",
    "二是",
    "第一,",
    "",
    "",
    "",
    "",
]
WORDS = ["全村", "487户", "3.5公里", "修路", "大棚", "、", ",", "。", ";", ":", " ", "“", "”", "("]
line_texts = st.builds(
    lambda marker, words, times: marker + "".join(words) * times,
    st.sampled_from(MARKERS),
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from([1, 1, 1, 4, 30]),
)
lines_of_any_kind = st.lists(
    st.builds(Line, line_texts, st.sampled_from([None, None, 1, 2]), st.booleans()), max_size=30
)


@settings(max_examples=300, deadline=None)
@given(lines_of_any_kind)
def test_every_character_is_in_exactly_one_passage_in_order(lines: list[Line]) -> None:
    text = text_of(lines)

    found = list(split("r1", lines))

    at = 0
    for passage in found:
        assert not text[at : passage.start].strip()
        assert at <= passage.start < passage.end
        assert text[passage.start : passage.end] == passage.text
        at = passage.end
    assert not text[at:].strip()


@settings(max_examples=300, deadline=None)
@given(lines_of_any_kind)
@example([Line("①" + 30 * ("全村" * 3 + "3.5公里" * 8 + ", "), None, True)])
def test_no_passage_is_over_the_limit_but_a_clause_that_cannot_be_divided(
    lines: list[Line],
) -> None:
    text = text_of(lines)

    for passage in split("r1", lines):
        if len(passage.text) > LONGEST:
            assert len(list(clauses(text, passage.start, passage.end))) == 1


def test_short_items_are_the_section_s_own_and_not_the_next_one_s() -> None:
    found = passages(
        "五、问题与不足", "1. 流动党员管理不规范;", "2. 阵地作用发挥不明显;", "3. 品牌不够响亮。",
        "六、明年打算", "再建阵地2处。",
    )  # fmt: skip

    assert heading_of(found, "阵地作用") == ("五、问题与不足",)
    assert heading_of(found, "品牌") == ("五、问题与不足",)
    assert heading_of(found, "再建阵地") == ("六、明年打算",)


def test_a_heading_without_text_is_not_the_next_section_s() -> None:
    found = passages("一、基本情况", "二、主要做法", "修路3公里。", "三、问题", "资金不足。")

    assert heading_of(found, "修路") == ("二、主要做法",)
    assert heading_of(found, "资金不足") == ("三、问题",)
