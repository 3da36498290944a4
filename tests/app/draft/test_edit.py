"""Edits of a draft: what follows them, and what is found wrong right after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.draft.check import checked
from app.draft.draft import ComparedFigure, DraftSection, DraftSentence, SentenceKind, ToFill
from app.draft.edit import change_text, elsewhere, fill, reject, sentence_of
from app.draft.figures import change_said
from index.chinese.fold import fold
from index.errors import NotFound, UsageError
from tests.app.draft.test_word import DRAFT as WHOLE

SENTENCES = (
    DraftSentence("s1", "全村共有6个村民小组。", SentenceKind.STANDING, (1,)),
    DraftSentence("s2", "养牛【待补充:养牛,上期30头】。", SentenceKind.TO_FILL, (2,)),
    DraftSentence("s3", "【待补充:硬化道路,上期1.2公里】。", SentenceKind.TO_FILL, (2,)),
    DraftSentence("s4", "共有6个村民小组。", SentenceKind.STANDING, (1,)),
)
LAST = replace(WHOLE.citations[0], n=2, quote="养牛30头,硬化道路1.2公里")
DRAFT = checked(
    replace(
        WHOLE,
        citations=(*WHOLE.citations, LAST),
        sections=(DraftSection("一、基本情况", 1, SENTENCES),),
        figures=(
            ComparedFigure("养牛", "头", None, "30", None, ()),
            ComparedFigure("村民小组", "个", "6", "6", "持平", (1,)),
        ),
        to_fill=(ToFill("养牛", "头", "30", 2, "s2"), ToFill("硬化道路", "公里", "1.2", 2, "s3")),
    )
)


def test_a_filled_value_stands_in_the_text_the_table_and_the_sources() -> None:
    done = fill(DRAFT, {0: " 35 ", 1: ""})
    sentence = sentence_of(done, "s2")
    assert (sentence.text, sentence.kind) == ("养牛35头。", SentenceKind.NEW)
    assert [item.indicator for item in done.to_fill] == ["硬化道路"]
    row = done.figures[0]
    assert (row.this, row.last, row.change) == ("35", "30", "增加5头")
    assert done.citations[-1].quote == "养牛35头"
    assert sentence.citations == (done.citations[-1].n,)
    assert not done.verification.unsupported


def test_a_gap_on_its_own_is_filled_with_its_name() -> None:
    done = fill(DRAFT, {0: "35", 1: "1500米"})
    assert sentence_of(done, "s3").text == "硬化道路1500米。"
    assert done.to_fill == ()
    assert done.figures[-1].change == "增加0.3公里"


def test_a_number_that_no_source_has_is_doubted_until_it_goes() -> None:
    wrong = change_text(DRAFT, "s1", "全村共有7个村民小组。")
    assert sentence_of(wrong, "s1").edited
    assert [one.text for one in wrong.verification.unsupported] == ["全村共有7个村民小组。"]
    assert (wrong.figures[1].this, wrong.figures[1].change) == ("7", "增加1个")
    right = change_text(wrong, "s1", "全村有6个村民小组。")
    assert not right.verification.unsupported
    assert right.figures[1].change == "持平"


def test_a_changed_figure_is_found_where_it_still_stands() -> None:
    found = elsewhere(DRAFT, "全村共有6个村民小组。", "全村共有7个村民小组。", "s1")
    assert [one.sentence for one in found] == ["s4"]
    assert not elsewhere(DRAFT, "全村共有6个村民小组。", "全村有6个村民小组。", "s1")


def test_a_rejected_sentence_can_be_taken_back() -> None:
    out = reject(DRAFT, "s1")
    assert sentence_of(out, "s1").rejected
    assert reject(out, "s1", rejected=False) == DRAFT


def test_writing_over_a_gap_takes_it_off_the_list() -> None:
    done = change_text(DRAFT, "s2", "养牛情况较上期稳定。")
    assert [item.indicator for item in done.to_fill] == ["硬化道路"]
    assert sentence_of(done, "s2").kind is SentenceKind.NEW


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_sentence_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        change_text(DRAFT, "s1", text)


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        change_text(DRAFT, "s9", "有。")
    with pytest.raises(NotFound):
        fill(DRAFT, {7: "1"})


@pytest.mark.parametrize(
    ("this", "last", "unit", "said"),
    [
        ("97.5%", "98%", "%", "下降0.5个百分点"),
        ("1.5", "1.2", "万亩", "增加0.3万亩"),
        ("约30", "30", "户", None),
        ("完成", "30", "户", None),
    ],
)
def test_change_in_words(this: str, last: str, unit: str, said: str | None) -> None:
    assert change_said(this, last, unit) == said


def test_one_gap_that_asks_for_several_things_is_filled_one_by_one() -> None:
    asked = ("脱贫完成数,计划148户", "修路完成数,计划3公里")
    sentence = DraftSentence(
        "s1", f"完成情况:【待补充:{'、'.join(asked)}】。", SentenceKind.TO_FILL, (1,)
    )
    items = (
        ToFill(asked[0], "户", "148户", 1, "s1"),
        ToFill(asked[1], "公里", "3公里", 1, "s1"),
    )
    draft = replace(DRAFT, sections=(DraftSection("二", 1, (sentence,)),), to_fill=items)
    half = fill(draft, {0: "140"})
    assert (
        fold(sentence_of(half, "s1").text) == f"完成情况:脱贫完成数140户、【待补充:{asked[1]}】。"
    )
    whole = fill(draft, {0: "140", 1: "2.5"})
    assert sentence_of(whole, "s1").text == "完成情况:脱贫完成数140户、修路完成数2.5公里。"
    assert whole.to_fill == ()
    assert whole.figures == DRAFT.figures


def test_a_section_that_is_asked_for_takes_a_sentence() -> None:
    sentence = DraftSentence("s1", "【待补充:本期产业情况】。", SentenceKind.TO_FILL)
    draft = replace(
        DRAFT,
        sections=(DraftSection("二", 1, (sentence,)),),
        to_fill=(ToFill("产业", "", "", None, "s1"),),
    )
    done = fill(draft, {0: "新种茶20亩。"})
    assert sentence_of(done, "s1").text == "新种茶20亩。"
    assert not done.verification.unsupported
