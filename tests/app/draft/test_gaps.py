"""What a draft asks for: each thing once, by the last period's own value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.draft.dating import open_items
from app.draft.desk import draft
from app.draft.draft import Draft, asked
from app.draft.edit import leave_seldom
from index.archive import open_archive
from ingest.job import ingest

LAST = """石梁村2018年上半年工作总结

一、基本村情
石梁村位于清溪镇东部，辖7个村民小组。
二、主要做法
2016年底村民合作医疗参保率达到91%。
2017年上半年销售干笋3.1吨。今年上半年销售干笋4.2吨。
三、下半年工作打算
建设30户庭院果园示范点。帮助销售鲜笋，金额不低于40万元。

石梁村村民委员会
2018年7月13日
"""


@pytest.fixture
def made(archive_folder: Path, put: Callable[..., Path]) -> Draft:
    put("一.txt", LAST)
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return draft(open_archive(archive_folder), "石梁村", "2018H2")


def test_of_two_values_under_one_name_the_last_periods_is_asked_by(made: Draft) -> None:
    assert [one.last for one in made.to_fill if "干笋" in one.indicator] == ["4.2吨"]


def test_what_the_last_report_tells_of_an_earlier_time_only_is_asked_for_with_that_time(
    made: Draft,
) -> None:
    assert [one.last for one in made.to_fill if "参保率" in one.indicator] == ["91%"]
    text = "".join(one.text for part in made.sections for one in part.sentences)
    assert "91%（2016年底）" in text


def test_a_plan_is_asked_for_by_its_own_words(made: Draft) -> None:
    text = "".join(one.text for part in made.sections for one in part.sentences)
    assert "计划“帮助销售鲜笋，金额不低于40万元”" in text
    assert "建设庭院果园示范点完成数，计划30户" in [one.indicator for one in made.to_fill]


def test_what_only_the_last_report_tells_is_asked_for_apart(
    archive_folder: Path, put: Callable[..., Path]
) -> None:
    put("一.txt", LAST.replace("今年上半年销售干笋4.2吨。", "销售干笋4.2吨，修剪古茶树96株。"))
    put("零.txt", LAST.replace("2018", "2017").replace("2017年上半年销售干笋3.1吨。今年", ""))
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    made = draft(open_archive(archive_folder), "石梁村", "2018H2")
    usual = {one.indicator: one.usual for one in made.to_fill if one.last}
    assert usual["销售干笋"]
    assert not usual["修剪古茶树"]
    apart = {one.indicator: one.sentence for one in made.to_fill}
    assert apart["销售干笋"] != apart["修剪古茶树"]
    left = leave_seldom(made)
    assert "修剪古茶树" not in [one.indicator for _, one in asked(left)]
    assert "销售干笋" in [one.indicator for _, one in asked(left)]
    assert open_items(left) == open_items(made) - sum(not one.usual for one in made.to_fill)
