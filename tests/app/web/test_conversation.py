"""Answers, sources and header as HTML: what is shown, and that untrusted text stays text."""

from __future__ import annotations

import html
import re
import string

import pytest

from app.answer.answer import REFUSAL
from app.web import names
from app.web.conversation import (
    Turn,
    header_html,
    messages,
    notice_html,
    sources_html,
    steps,
    welcome_html,
)
from app.web.escape import inert
from app.web.ports import Overview
from tests.app.web.desk import NASTY, FakeDesk

DESK = FakeDesk()
GOOD = Turn("枧头村？", DESK.ask("枧头村？"))
REFUSED = Turn("王家村？", DESK.ask("王家村？"))
HOSTILE = Turn(NASTY, DESK.ask("恶意"))


def reply(turn: Turn, shown: int | None = None) -> str:
    return messages([turn], shown)[1]["content"]


def text_of(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment))


def test_the_direct_answer_comes_first_and_bold() -> None:
    first = reply(GOOD, 1)
    assert "<strong>97户346人</strong>" in first
    assert "其中贫困户" not in text_of(first)
    assert "其中贫困户" in reply(GOOD, 2)
    assert "5200" not in text_of(reply(GOOD, 2))


def test_the_last_piece_is_the_whole_answer() -> None:
    assert GOOD.answer is not None
    assert reply(GOOD, steps(GOOD.answer)) == reply(GOOD)
    assert "原文摘录" in reply(GOOD)


def test_each_sentence_links_to_its_sources_by_turn_and_number() -> None:
    content = messages([REFUSED, GOOD])[3]["content"]
    assert re.findall(r'href="(#cite[^"]+)"', content) == ["#cite-1-1", "#cite-1-1", "#cite-1-2"]
    assert "[1]" in text_of(content)


def test_a_refusal_is_not_drawn_as_an_answer_nor_as_an_error() -> None:
    content = reply(REFUSED)
    assert "hb-refusal" in content
    assert "hb-answer" not in content
    assert "hb-error" not in content
    assert REFUSAL in text_of(content)
    assert "王家村2018年上半年" in text_of(content)


def test_an_error_shows_its_message() -> None:
    assert "档案正忙" in reply(Turn("问", error="档案正忙"))


def test_cards_show_title_place_period_heading_quote_and_file() -> None:
    panel = text_of(sources_html([GOOD]))
    for shown in ("枧头村脱贫情况报告", "枧头村 · 2018年上半年 · 一、基本村情", "97户346人"):
        assert shown in panel
    assert "枧头村2018上半年.txt" in panel
    assert "D:" not in panel


def test_sources_are_those_of_the_latest_turn_unless_another_is_asked_for() -> None:
    assert "hb-card" not in sources_html([GOOD, REFUSED])
    assert "王家村" in sources_html([GOOD, REFUSED])
    assert 'data-turn="0"' in sources_html([GOOD, REFUSED], 0)
    assert "hb-card" not in sources_html([GOOD, Turn("错", error="错")])


def test_the_scope_is_shown_in_words() -> None:
    panel = text_of(sources_html([GOOD]))
    assert "地点：枧头村" in panel
    assert "期次：2018年上半年" in panel


def test_the_header_says_how_large_the_archive_is_and_what_is_pending() -> None:
    shown = text_of(header_html(Overview(342, 9812, 1200, (), ())))
    assert "342 份报告" in shown
    assert "1,200 段还没有语义索引" in shown
    assert "语义索引" not in header_html(Overview(342, 9812, 0, (), ()))


def test_an_empty_archive_says_what_to_do() -> None:
    assert "huibao ingest" in welcome_html(Overview(0, 0, 0, (), ()))
    assert "huibao ingest" not in welcome_html(Overview(1, 1, 0, (), ()))


@pytest.mark.parametrize(
    "page",
    [
        reply(HOSTILE),
        messages([HOSTILE])[0]["content"],
        reply(Turn("问", error=NASTY)),
        sources_html([HOSTILE]),
        notice_html(NASTY),
        header_html(None, NASTY),
    ],
)
def test_hostile_text_is_shown_and_nothing_more(page: str) -> None:
    assert " ".join(NASTY.split()) in text_of(page)
    assert not re.search(r"<(script|img|iframe|b|a(?! class=\"hb-(?:cite|deed)\"))[\s>]", page)
    without_tags = re.sub(r"<[^>]+>", "", page)
    # What is left for a Markdown or formula renderer to act on: nothing.
    assert not set(re.sub(r"&#\d+;", "", without_tags)) & set("<>$*_`[]!\\{}|~")
    assert "http:" not in page


def test_markdown_sees_one_html_block() -> None:
    """A blank line would end the block, and what follows would be read as Markdown."""
    for message in messages([Turn("一\n\n    二\r\n# 三", error="甲\n\n乙")]):
        assert message["content"].startswith("<div")
        assert "\n" not in message["content"]


def test_every_ascii_sign_becomes_a_reference_and_comes_back_the_same() -> None:
    assert html.unescape(inert(string.printable.strip())) == string.printable.strip()
    assert not set(string.punctuation) - set("&#;") & set(inert(string.punctuation))


def test_direction_overrides_and_control_characters_are_dropped() -> None:
    assert inert("甲\u202e乙\x00\u200b丙\n丁") == "甲乙丙 丁"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("D:\\a\\报告.txt", "报告.txt"),
        ("/srv/a/报告.docx", "报告.docx"),
        ("报告", "报告"),
        ("", ""),
    ],
)
def test_a_file_is_named_by_its_last_part(source: str, name: str) -> None:
    assert names.file_name(source) == name


def test_an_unknown_period_key_stays_as_it_is() -> None:
    assert names.period_name("2018H1") == "2018年上半年"
    assert names.period_name("十二五") == "十二五"
    assert names.period_name(None) is None
