"""Answers without a language model, over passages written for the purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from app.answer.extract import Extract, extract
from index.chinese.fold import fold
from index.evidence.score import scored
from index.place_book import PlaceBook
from index.query import Query
from index.question import understand
from index.records import Described, Hit, Passage, Period, Report, StoredPassage

_HALF = Described(
    title="青杠村2022年上半年工作总结",
    place="青杠村",
    within=("石门镇",),
    period=Period.parse("2022H1"),
    dated=date(2022, 7, 2),
)
_TOWNSHIP = Described(title="石门镇2022年上半年总结", place="石门镇", period=Period.parse("2022H1"))


def hits(*texts: str, described: Described = _HALF, heading: Sequence[str] = ()) -> list[Hit]:
    found = []
    at = 0
    for rank, text in enumerate(texts, 1):
        passage = Passage("r1", rank - 1, tuple(heading), at, at + len(text), text)
        found.append(Hit(rank, 1 / rank, StoredPassage(rank, passage, described, "a.txt")))
        at += len(text) + 1
    return found


def told(
    query: Query, found: Sequence[Hit], rarity: Callable[[str], float], report: Report | None
) -> Extract | None:
    def earlier(hit: Hit) -> str:
        return report.text[: hit.stored.passage.start].rpartition("\n")[2] if report else ""

    return extract(query, scored(query, found, rarity, earlier), found, lambda _: report)


def answer(question: str, found: Sequence[Hit]) -> Extract | None:
    text = "\n".join(hit.stored.passage.text for hit in found)
    query = understand(
        question,
        PlaceBook(["青杠村", "上坪村", "石门镇", "双河市"]),
        lambda part: part in fold(text),
        date(2023, 3, 1),
    )
    report = Report("r1", "a.txt", found[0].stored.described, text)
    said = told(query, found, lambda word: 5.0 if word in fold(text) else 8.0, report)
    for citation in said.citations if said else ():
        assert text[citation.start : citation.end] == citation.quote
    return said


def direct(question: str, *texts: str, described: Described = _HALF) -> str | None:
    said = answer(question, hits(*texts, described=described))
    return said.direct if said else None


def test_the_value_stands_in_front_of_the_sentence_that_says_it() -> None:
    said = answer(
        "青杠村有多少脱贫户", hits("全村共有410户1630人,其中脱贫户88户302人。村里有党员52名。")
    )
    assert said is not None
    assert said.direct == "88户302人"
    assert [sentence.text for sentence in said.sentences] == [
        "88户302人",
        "全村共有410户1630人,其中脱贫户88户302人。",
    ]
    assert said.sentences[0].citations == said.sentences[1].citations == (1,)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("青杠村捐了几台电脑", "县里捐打印机2台,计算机9台,黑板10块。", "9台"),
        (
            "青杠村卫生室投资多少钱",
            "投资18万元,建成标准化卫生室;投资30万元,建成文化广场。",
            "18万元",
        ),
        ("青杠村黑山羊出栏多少只", "黑山羊年末存栏820只,全年出栏640只。", "640只"),
        ("青杠村外出务工的有多少人", "脱贫劳动力外出务工131人,其中省外92人。", "131人"),
        ("青杠村省外务工的有多少人", "脱贫劳动力外出务工131人,其中省外92人。", "92人"),
        ("青杠村加工厂用工多少人", "加工厂用工由40人增加到55人。", "55人"),
        ("青杠村核桃产值多少", "品种:核桃 | 面积（亩）:300 | 产值（万元）:41.5", "41.5万元"),
        ("青杠村核桃种植面积多少亩", "核桃种植面积达到512亩,挂果390亩。", "512亩"),
        ("青杠村有多少低保户", "全村低保23户41人,特困供养5人。", "23户41人"),
        ("青杠村贫困发生率是多少", "脱贫后贫困发生率降为0.41%,低于全镇。", "0.41%"),
    ],
)
def test_the_value_beside_the_asked_word(question: str, text: str, value: str) -> None:
    assert direct(question, text) == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("青杠村养了多少头牛", "全村养羊820只,养鸡3000只。"),
        ("青杠村种了多少亩花椒", "全村种植核桃300亩。"),
        ("青杠村2022年上半年脱贫多少户", "今年计划脱贫20户。"),
        ("青杠村2022年上半年脱贫多少户", "2021年脱贫31户110人。"),
        ("青杠村第一书记是谁", "第一书记每周走访两次。"),
        ("青杠村修路投资多少钱", "新修产业路3公里。"),
    ],
)
def test_refused_where_the_text_does_not_say_it(question: str, text: str) -> None:
    assert answer(question, hits(text)) is None


def test_a_date_in_the_sentence_counts_before_the_report_s_period() -> None:
    text = "2020年脱贫31户110人,2021年脱贫12户40人,今年上半年脱贫2户5人。"
    assert direct("青杠村2021年脱贫多少户", text) == "12户40人"
    assert direct("青杠村2022年上半年脱贫多少户", text) == "2户5人"


def test_a_plan_answers_a_question_about_the_plan() -> None:
    text = "已完成危房改造6户。下半年计划完成危房改造4户。"
    assert direct("青杠村完成危房改造多少户", text) == "6户"
    assert direct("青杠村计划危房改造多少户", text) == "4户"


def test_a_township_s_report_speaks_of_a_village_where_it_names_it() -> None:
    text = "青杠村种植核桃300亩,上坪村种植核桃120亩。"
    assert direct("上坪村种植核桃多少亩", text, described=_TOWNSHIP) == "120亩"
    assert direct("青杠村种植核桃多少亩", text, described=_TOWNSHIP) == "300亩"


def test_the_day_a_report_was_signed() -> None:
    text = "青杠村2022年上半年工作总结\n2022年7月2日"
    described = Described(
        title="青杠村2022年上半年工作总结",
        place="青杠村",
        period=Period.parse("2022H1"),
        dated=date(2022, 7, 2),
        dated_span=(text.index("\n") + 1, len(text)),
    )
    said = answer("青杠村2022年上半年的总结是哪一天写的", hits(text, described=described))
    assert said is not None
    assert said.direct == "2022年7月2日"
    assert said.citations[0].quote == "2022年7月2日"


def test_a_list_keeps_the_report_s_order() -> None:
    said = answer(
        "青杠村有哪些产业",
        hits("一是发展核桃产业。二是发展养蜂产业。三是发展油坊产业。", heading=["二、产业发展"]),
    )
    assert said is not None
    assert said.direct is None
    starts = [citation.start for citation in said.citations]
    assert starts == sorted(starts)
    assert len(starts) >= 2


def test_an_enumeration_stands_under_what_opens_it() -> None:
    text = "今年主要预期目标是:地区生产总值增长8%左右;城镇新增就业4万人;财政收入增长6%。"
    described = Described(
        title="双河市2022年政府工作报告", place="双河市", period=Period.year(2022)
    )
    question = "双河市2022年政府工作报告提出的当年城镇新增就业目标是多少"
    assert direct(question, text, described=described) == "4万人"
    # The same words of what came out are no target.
    result = "去年城镇新增就业5万人。"
    assert direct(question, result, described=described) is None


def test_an_enumeration_may_go_on_in_the_next_passage() -> None:
    opening = "今年主要预期目标是:地区生产总值增长8%左右;"
    item = "城镇新增就业4万人;财政收入增长6%。"
    described = Described(
        title="双河市2022年政府工作报告", place="双河市", period=Period.year(2022)
    )
    passage = Passage("r1", 1, (), len(opening), len(opening) + len(item), item)
    found = [Hit(1, 1.0, StoredPassage(1, passage, described, "a.txt"))]
    query = understand(
        "双河市2022年政府工作报告提出的当年城镇新增就业目标是多少",
        PlaceBook(["双河市"]),
        lambda part: part in item,
        date(2023, 3, 1),
    )
    report = Report("r1", "a.txt", described, opening + item)
    said = told(query, found, lambda word: 5.0, report)
    assert said is not None
    assert said.direct == "4万人"


def test_without_a_place_each_place_gets_its_line_and_none_is_picked() -> None:
    found = []
    for rank, (place, text) in enumerate(
        [("青杠村", "全村脱贫户88户302人。"), ("上坪村", "现有脱贫户41户150人。")], 1
    ):
        described = Described(title=f"{place}总结", place=place, period=Period.parse("2022H1"))
        passage = Passage(f"r{rank}", 0, (), 0, len(text), text)
        found.append(Hit(rank, 1.0, StoredPassage(rank, passage, described, f"{rank}.txt")))
    query = understand("有多少脱贫户", PlaceBook(["青杠村"]), lambda _: True, date(2023, 3, 1))
    said = told(query, found, lambda word: 5.0, None)
    assert said is not None
    assert said.direct is None
    assert [sentence.text for sentence in said.sentences] == [
        "青杠村（2022年上半年）：88户302人",
        "上坪村（2022年上半年）：41户150人",
    ]
    assert [citation.report.id for citation in said.citations] == ["r1", "r2"]


def test_a_sentence_that_breaks_off_in_a_fragment_is_no_answer() -> None:
    described = Described(title="青杠村总结", place="青杠村", fragment=True)
    broken = "全村有党员52名,脱贫户88户..."
    assert direct("青杠村有多少党员", broken, described=described) is None
    whole = "全村有党员52名。脱贫户88..."
    assert direct("青杠村有多少党员", whole, described=described) == "52名"
