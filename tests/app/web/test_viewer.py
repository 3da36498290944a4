"""The viewer shows the report as it is and marks exactly the quoted characters."""

from __future__ import annotations

import dataclasses
import html
import re

import pytest

from app.web.viewer import QUOTE_ID, Mark, body_html, gone_html, marks_for, viewer_html
from tests.app.web.desk import HOSTILE, HOUSEHOLDS, NASTY, ROADS, VILLAGE, cite


def text_of(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment))


def marked(page: str, kind: str = "cited") -> str:
    return "".join(
        text_of(m) for m in re.findall(rf'<mark[^>]*class="hb-{kind}"[^>]*>(.*?)</mark>', page)
    )


def span(quote: str) -> Mark:
    start = VILLAGE.text.index(quote)
    return Mark(start, start + len(quote))


def test_marks_exactly_the_quotation() -> None:
    page = viewer_html(VILLAGE, marks_for(VILLAGE, HOUSEHOLDS, ()))
    assert marked(page) == HOUSEHOLDS.quote
    assert page.count(f'id="{QUOTE_ID}"') == 1


def test_shows_every_character_of_the_report_once() -> None:
    page = body_html(VILLAGE, [span("97户"), span("户97户346"), span("枧头村")])
    assert text_of(page) == VILLAGE.text.replace("\n", "")


def test_headings_are_kept() -> None:
    page = body_html(VILLAGE, [])
    assert page.startswith("<h3>枧头村脱贫情况报告</h3><h4>一、基本村情</h4><p>")
    assert "<strong>&#40;一&#41;规范建设。</strong>硬化道路" in page


@pytest.mark.parametrize("line", ["一、" + "长" * 60, "一、全村共有536户。", "1.全村", "三是修路"])
def test_a_sentence_that_begins_like_a_heading_is_a_paragraph(line: str) -> None:
    assert body_html(dataclasses.replace(VILLAGE, text=line), []).startswith("<p>")


def test_a_quotation_over_two_lines_is_marked_in_both_with_one_id() -> None:
    page = body_html(VILLAGE, marks_for(VILLAGE, ROADS, ()))
    assert marked(page) == ROADS.quote.replace("\n", "")
    assert page.count("<mark") == 2
    assert page.count(f'id="{QUOTE_ID}"') == 1


def test_a_quotation_that_begins_with_a_line_break_still_has_its_id() -> None:
    page = body_html(VILLAGE, [span("\n修建护栏")])
    assert re.search(rf'<mark id="{QUOTE_ID}"[^>]*>修建护栏</mark>', page)


def test_a_mark_over_a_run_in_heading_covers_both_parts() -> None:
    assert marked(body_html(VILLAGE, [span("(一)规范建设。硬化")])) == "(一)规范建设。硬化"


def test_overlapping_marks_nest_no_elements_and_the_first_wins() -> None:
    page = body_html(
        VILLAGE, [span("贫困户97户"), span("97户346人"), span("612户2321人。其中贫困户")]
    )
    assert marked(page) == "贫困户97户"
    assert marked(page, "also") == "612户2321人。其中346人"
    assert not re.search(r"<mark[^>]*>(?:(?!</mark>).)*<mark", page)


def test_other_quotations_of_the_same_answer_are_marked_more_lightly() -> None:
    page = viewer_html(VILLAGE, marks_for(VILLAGE, ROADS, [HOUSEHOLDS]))
    assert marked(page, "also") == HOUSEHOLDS.quote


def test_a_quotation_that_moved_is_found_again() -> None:
    newer = dataclasses.replace(VILLAGE, text="新增一行\n" + VILLAGE.text)
    assert marked(viewer_html(newer, marks_for(newer, HOUSEHOLDS, ()))) == HOUSEHOLDS.quote


def test_a_quotation_that_is_gone_is_said_so_and_nothing_else_is_marked() -> None:
    newer = dataclasses.replace(VILLAGE, text=VILLAGE.text.replace("97", "98"))
    page = viewer_html(newer, marks_for(newer, HOUSEHOLDS, [ROADS]))
    assert "没有找到原句" in page
    assert "<mark" not in page


def test_title_source_and_period_stand_at_the_top_with_a_way_back() -> None:
    head = viewer_html(VILLAGE, ()).split("</header>")[0]
    for shown in ("枧头村脱贫情况报告", "2018年上半年", "枧头村2018上半年.txt"):
        assert shown in text_of(head)
    assert "档案" not in text_of(head)  # the folders of the computer are nobody's business
    assert "data-back" in head
    assert "data-back" in gone_html()


def test_a_hostile_report_is_text() -> None:
    page = viewer_html(HOSTILE, marks_for(HOSTILE, cite(1, HOSTILE, NASTY), ()))
    tags = set(re.findall(r"</?([a-zA-Z][\w-]*)", page))
    assert tags <= {"a", "article", "header", "button", "h2", "p", "span", "div", "h3", "mark"}
    assert marked(page) == NASTY
