"""Sentences that set this period's figure beside the last one's, and how they are held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.answer import ReportRef
from app.draft.check import checked
from app.draft.comparing import reckoned
from app.draft.desk import draft
from app.draft.draft import Draft, DraftCitation, Origin, SentenceKind
from index.archive import Archive, open_archive
from index.chinese.fold import fold
from ingest.job import ingest

LAST = """清溪镇石梁村2018年上半年工作总结

一、基本村情
全村党员41人,脱贫户22户。今年硬化道路3.5公里。
二、存在问题
一是缺少技术人员。
"""


@pytest.fixture
def opened(archive_folder: Path, put: Callable[..., Path]) -> Archive:
    put("一.txt", LAST)
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return open_archive(archive_folder)


def comparisons(found: Draft) -> list[str]:
    return [
        one.text
        for section in found.sections
        for one in section.sentences
        if one.kind is SentenceKind.COMPARISON
    ]


def test_this_periods_figure_stands_beside_the_last_one(opened: Archive) -> None:
    found = draft(opened, "石梁村", "2018H2", typed=("党员43人,脱贫户22户。",))
    assert [fold(one) for one in comparisons(found)] == [
        "党员比2018年上半年的41人增加2人,脱贫户与2018年上半年的22户持平。"
    ]
    assert found.verification.unsupported == ()
    cited = {one.n: one for one in found.citations}
    sentence = next(
        one
        for section in found.sections
        for one in section.sentences
        if one.kind is SentenceKind.COMPARISON
    )
    assert {cited[n].origin for n in sentence.citations} == {Origin.ARCHIVE, Origin.NOTES}


def test_what_is_about_or_of_another_length_of_time_is_not_compared(opened: Archive) -> None:
    assert comparisons(draft(opened, "石梁村", "2018H2", typed=("党员40余人。",))) == []
    year = draft(opened, "石梁村", "2019", typed=("2019年硬化道路5公里。",))
    assert comparisons(year) == []


def test_a_difference_that_was_changed_is_found(opened: Archive) -> None:
    found = draft(opened, "石梁村", "2018H2", typed=("党员43人。",))
    wrong = tuple(
        replace(
            section,
            sentences=tuple(
                replace(one, text=one.text.replace("增加2", "增加3")) for one in section.sentences
            ),
        )
        for section in found.sections
    )
    doubts = checked(replace(found, sections=wrong)).verification.unsupported
    assert ["3" in doubt.reason for doubt in doubts] == [True]


def cited(origin: Origin, quote: str) -> DraftCitation:
    return DraftCitation(1, origin, ReportRef("r", "题", None, None, "一.txt"), "", quote, 0, 9)


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(-3, 3))
def test_only_the_true_difference_holds(last: int, this: int, off: int) -> None:
    said = this - last + off
    word = "增加" if said > 0 else "减少"
    text = (
        f"党员比2018年上半年的{last}人{word}{abs(said)}人。"
        if said
        else f"党员与2018年上半年的{last}人持平。"
    )
    sources = [cited(Origin.NOTES, f"党员{this}人。"), cited(Origin.ARCHIVE, f"党员{last}人。")]
    assert reckoned(text, sources) is (off == 0)
