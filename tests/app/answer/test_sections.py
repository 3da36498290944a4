"""Sections asked for as a whole, several values in one question, reports without a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import Answer
from app.desk import ArchiveDesk
from ingest.job import ingest

_VILLAGE = """枧头村2022年上半年工作总结
一、基本情况
枧头村位于双枧镇北部,东与水磨湾村接壤,西与白沙村紧接。全村有412个农户,总人口1630人。低保户31户66人(脱贫户12户30人)。
书记秦若谷为全体党员讲了一堂专题党课。青石组道路硬化2公里、白岩组道路硬化5公里。
投入产业资金x万元,支持6家合作社。
二、存在问题
一是外出党员管理不够规范;二是产业链条短;三是部分群众内生动力不足。
三、下步打算
(一)抓好产业提升。做强核桃加工。
(二)抓好监测帮扶。按月走访排查。
枧头村村民委员会
2022年7月4日
"""
_SCHOOL = """我区教育帮扶工作汇报
一、基本情况
春晖学区现有320名学生,其中脱贫户学生96名。
二、工作措施
1、严格劝返复学。各校每学期家访,近年来春晖学区无一名学生失学。
三、存在问题
1、政策知晓率低。部分家长不了解资助政策。
2、结对帮扶不深。个别教师走访少。
"""


@pytest.fixture
def ask(put: Callable[..., Path], archive_folder: Path) -> Callable[[str], Answer]:
    put("枧头村.txt", _VILLAGE)
    put("学区.txt", _SCHOOL)
    ingest([put("镇.txt", _TOWN).parent], archive_folder, None)
    desk = ArchiveDesk(archive_folder, None, date(2026, 3, 1))

    def answer(question: str) -> Answer:
        told = desk.ask(question)
        for citation in told.citations:
            report = desk.report(citation.report.id)
            assert report is not None
            assert report.text[citation.start : citation.end] == citation.quote
        return told

    return answer


_TOWN = """双枧镇2022年上半年易地搬迁工作总结
我镇共建设安置点3个,分别为水磨湾村安置点、白沙村安置点、新桥安置点,共安置脱贫户318户1004人。
白沙村安置点种植百亩香梨,可带动12户群众增收。水磨湾村大棚基地12名群众就业,白沙村大棚基地安排15名群众就业。
双枧镇人民政府
2022年7月8日
"""


def test_a_section_is_told_point_by_point_in_order(ask: Callable[[str], Answer]) -> None:
    told = ask("枧头村下一步打算怎么干")

    assert [s.text for s in told.sentences] == ["(一)抓好产业提升。", "(二)抓好监测帮扶。"]
    assert all(s.citations for s in told.sentences)


def test_the_points_of_a_paragraph_are_its_sentences(ask: Callable[[str], Answer]) -> None:
    told = ask("枧头村存在哪些问题")

    assert len(told.sentences) == 3
    assert "产业链条短" in told.text


def test_a_half_without_its_year_is_the_last_that_was_reported(
    ask: Callable[[str], Answer],
) -> None:
    assert "外出党员" in ask("枧头村上半年工作存在什么问题").text
    assert "产业提升" in ask("枧头村下半年打算怎么抓").text


def test_several_values_are_told_together(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村有多少农户多少人").direct == "412个农户、1630人"


def test_each_of_two_places_has_its_line(ask: Callable[[str], Answer]) -> None:
    told = ask("水磨湾村和白沙村大棚基地各有多少名群众就业")

    assert [s.text for s in told.sentences] == ["水磨湾村：12名", "白沙村：15名"]


def test_what_several_places_have_together_is_no_one_s(ask: Callable[[str], Answer]) -> None:
    assert ask("白沙村安置了多少户").refused
    assert ask("双枧镇一共安置多少脱贫户").direct == "318户1004人"


def test_a_part_is_told_where_the_part_is_asked_for(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村低保户里头脱贫户有几户").direct == "12户30人"


def test_the_figure_beside_the_whole_name_counts(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村白岩组道路硬化了几公里").direct == "5公里"


def test_where_the_figure_was_taken_out_there_is_no_other(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村投入产业资金多少").refused


def test_who_did_it_stands_at_the_head_of_the_clause(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村的专题党课是谁讲的").direct == "秦若谷"


def test_a_report_that_speaks_of_a_place_answers_for_it(ask: Callable[[str], Answer]) -> None:
    assert "无一名学生失学" in ask("春晖学区有没有学生失学").sentences[0].text
    assert [s.text for s in ask("春晖学区教育帮扶存在什么问题").sentences] == [
        "1、政策知晓率低。",
        "2、结对帮扶不深。",
    ]


def test_where_a_place_lies_needs_no_other_word(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村在什么地方").direct == "双枧镇北部"


def test_the_closest_sentence_beside_a_refusal_is_no_answer(ask: Callable[[str], Answer]) -> None:
    told = ask("枧头村投入产业资金多少")

    assert told.refused
    assert (told.direct, told.sentences, told.citations) == (None, (), ())
    assert told.closest is not None
    assert told.closest.quote == "投入产业资金x万元,支持6家合作社。"
    assert told.closest.report.place == "枧头村"


def test_nothing_stands_beside_a_refusal_about_something_else(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村有几架无人机").closest is None
    assert ask("王家坝村投入产业资金多少").closest is None
    assert ask("枧头村有多少农户多少人").closest is None


def test_the_whole_and_its_part_are_told_together(ask: Callable[[str], Answer]) -> None:
    assert ask("春晖学区有多少学生,脱贫户学生多少").direct == "320名、96名"


def test_a_value_that_is_not_found_is_named_beside_the_one_that_is(
    ask: Callable[[str], Answer],
) -> None:
    told = ask("枧头村有多少农户,多少头牛")

    assert told.direct == "412个农户"
    assert len(told.notices) == 1
    assert "多少头牛" in told.notices[0]


def test_of_two_places_the_one_that_is_not_told_is_named(ask: Callable[[str], Answer]) -> None:
    told = ask("水磨湾村和枧头村大棚基地各有多少名群众就业")

    assert [s.text for s in told.sentences] == ["水磨湾村：12名"]
    assert "枧头村" in told.notices[0]


def test_the_neighbour_on_the_side_that_is_asked_for(ask: Callable[[str], Answer]) -> None:
    assert ask("枧头村西边挨着哪个村").direct == "白沙村"
    assert ask("枧头村东边是哪个村").direct == "水磨湾村"


def test_how_many_were_placed_is_not_how_many_there_are(ask: Callable[[str], Answer]) -> None:
    assert ask("白沙村有多少群众").refused
    assert ask("白沙村大棚基地安排了多少名群众就业").direct == "15名"
