"""What the page goes through for a question, a click on a source, an error."""

from __future__ import annotations

import pytest

from app.answer.answer import Scope
from app.web import ask_flow, texts
from app.web.ask_flow import QUESTION_MAX, Rating, Turns, View
from index.errors import HuibaoError, UsageError
from tests.app.web.desk import FakeDesk


def ask(desk: FakeDesk, question: str, turns: Turns = (), place: str = "") -> list[View]:
    return list(ask_flow.ask(desk, question, place, "", turns))


def last_reply(view: View) -> str:
    assert view.chat is not None
    return view.chat[-1]["content"]


def asked(question: str = "枧头村？") -> tuple[FakeDesk, Turns]:
    desk = FakeDesk()
    turns = ask(desk, question)[1].turns
    assert turns is not None
    return desk, turns


def test_the_views_of_a_question_in_order() -> None:
    looking, first, second, third = ask(FakeDesk(), " 枧头村？ ")
    assert "正在查找" in last_reply(looking)
    assert looking.question == looking.viewer == looking.notice == ""
    assert looking.turns is None
    assert "97户346人" in last_reply(first)
    assert first.sources is not None
    assert first.sources.count("data-n=") == 2
    assert first.turns is not None
    assert [turn.question for turn in first.turns] == ["枧头村？"]
    assert "其中贫困户" in last_reply(second)
    assert "5200" in last_reply(third)


def test_what_a_model_words_is_shown_as_it_is_verified() -> None:
    _, first, second, third, whole = ask(FakeDesk(), "让模型说说枧头村")
    for view, sentences in ((first, 1), (second, 2), (third, 3)):
        assert "正在组织语言" in last_reply(view)
        assert last_reply(view).count("<p") == sentences
        assert view.turns is None  # an answer that is not whole is not kept
    assert "正在组织语言" not in last_reply(whole)
    assert "1 句已删去" in last_reply(whole)
    assert "模型组织语言" in last_reply(whole)
    assert whole.turns is not None


def test_a_conversation_grows() -> None:
    desk, turns = asked()
    *_, last = ask(desk, "王家村？", turns)
    assert last.chat is not None
    assert [message["role"] for message in last.chat] == ["user", "assistant"] * 2
    assert last.turns is not None
    assert len(last.turns) == 2
    assert desk.before == ("枧头村？",)


def test_a_refusal_is_two_views() -> None:
    _, refused = ask(FakeDesk(), "王家村？")
    assert "hb-refusal" in last_reply(refused)


def test_chosen_place_and_period_reach_the_desk_and_empty_ones_do_not() -> None:
    desk = FakeDesk()
    ask(desk, "问", place="枧头村")
    ask(desk, "问")
    assert desk.asked == [("问", "枧头村", None), ("问", None, None)]


def test_an_expected_error_is_a_message_in_the_conversation() -> None:
    _, failed = ask(FakeDesk(), "忙吗")
    assert "档案正忙，请稍后再问。" in last_reply(failed)
    assert failed.turns is not None
    assert failed.turns[0].error is not None


def test_a_defect_is_not_swallowed() -> None:
    class Broken(FakeDesk):
        def overview(self) -> None:  # type: ignore[override]
            raise ZeroDivisionError

        def answers(self, *_: object) -> None:  # type: ignore[override]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(Broken(), "问")


def test_after_a_defect_the_conversation_so_far_remains() -> None:
    _, turns = asked()
    view = ask_flow.failed(turns)
    assert view.chat is not None
    assert len(view.chat) == 2
    assert view.notice


@pytest.mark.parametrize("question", ["", "  \n", "长" * (QUESTION_MAX + 1)])
def test_no_question_or_a_whole_document_is_answered_at_the_box(question: str) -> None:
    desk = FakeDesk()
    (view,) = ask(desk, question)
    assert view.notice
    assert view.question is None
    assert view.chat is None
    assert desk.asked == []
    with pytest.raises(UsageError):
        ask_flow.checked(desk, question, None, None)


def test_a_click_opens_the_report_at_the_quotation() -> None:
    desk, turns = asked()
    view = ask_flow.open_source(desk, turns, 0, 2)
    assert view.viewer is not None
    assert "硬化道路5200米" in view.viewer
    assert 'id="hb-quote"' in view.viewer
    assert view.sources is not None
    assert 'data-turn="0"' in view.sources


@pytest.mark.parametrize(
    ("turn", "n"), [(0, 9), (1, 1), (-1, 1), (None, None), ("0", "1"), (0.0, 1), ([], {})]
)
def test_a_click_on_nothing_known_changes_nothing(turn: object, n: object) -> None:
    desk, turns = asked()
    assert ask_flow.open_source(desk, turns, turn, n) == View()


def test_an_answer_that_the_server_has_forgotten_is_said_to_be_gone() -> None:
    assert ask_flow.open_source(FakeDesk(), (), 0, 1) == View(notice=texts.RESTARTED)


def test_a_click_on_an_error_or_a_refusal_changes_nothing() -> None:
    for question in ("忙吗", "王家村？"):
        desk, turns = asked(question)
        assert ask_flow.open_source(desk, turns, 0, 1) == View()


def test_a_report_that_was_removed_is_said_so() -> None:
    desk, turns = asked()
    desk.reports.clear()
    view = ask_flow.open_source(desk, turns, 0, 1)
    assert view.viewer is not None
    assert "已不在档案中" in view.viewer


def test_an_error_on_opening_is_said_at_the_box() -> None:
    class Busy(FakeDesk):
        def report(self, report_id: str) -> None:
            raise HuibaoError("档案打不开。")

    _, turns = asked()
    assert ask_flow.open_source(Busy(), turns, 0, 1) == View(notice="档案打不开。")


def test_clearing_empties_every_part() -> None:
    view = ask_flow.cleared()
    assert view.turns == ()
    assert view.chat == []
    assert view.viewer == view.question == view.notice == ""
    assert view.examples_shown


def test_a_rating_is_kept_with_what_was_asked_and_said_and_a_remark_joins_it() -> None:
    desk = FakeDesk()
    turns = list(ask_flow.ask(desk, "枧头村？", None, None, ()))
    done = next(view.turns for view in reversed(turns) if view.turns)
    bare = ask_flow.rate(desk, done, Rating("a", 0, good=False), "李", "2026-03-01T09:00:00+08:00")
    assert bare.remark
    ask_flow.rate(desk, done, Rating("a", 0, False, "旧的"), "李", "2026-03-01T09:01:00+08:00")
    first, second = desk.opinions
    assert (first.id, first.remark, first.good) == ("a", "", False)
    assert (second.id, second.remark, second.who) == ("a", "旧的", "李")
    assert first.question == "枧头村？"
    assert "97户346人" in first.answer
    assert len(first.sources) == 2


def test_what_was_clicked_away_goes_to_the_desk_beside_the_earlier_questions() -> None:
    desk = FakeDesk()
    done = next(v.turns for v in ask_flow.ask(desk, "枧头村？", None, None, ()) if v.turns)
    clicked = {"turn": 0, "kind": "place", "name": "枧头村"}
    views = ask_flow.without(desk, "枧头村", "", done, clicked)
    again = next(view.turns for view in views if view.turns)
    assert desk.without == (Scope(), Scope(places=("枧头村",)))
    assert desk.asked[-1] == ("枧头村？", None, None)
    assert again is not None
    assert list(ask_flow.ask(desk, "那2017年呢", None, None, again))
    assert desk.without == (Scope(), Scope(places=("枧头村",)), Scope())


@pytest.mark.parametrize("clicked", [{}, {"turn": 7, "kind": "place", "name": "x"}, {"turn": "0"}])
def test_a_click_that_makes_no_sense_asks_nothing(clicked: dict[str, object]) -> None:
    desk = FakeDesk()
    assert list(ask_flow.without(desk, "", "", (), clicked)) == []
    assert desk.asked == []
