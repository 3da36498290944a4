"""Which section a sentence that is handed in goes to, and what a report of a year looks back on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.draft.desk import draft
from app.draft.draft import SentenceKind
from app.draft.notes import read_notes
from app.draft.telling import Told, told_by, told_under
from index.archive import Archive, open_archive
from index.records import Period
from ingest.job import ingest

YEAR = """2019年青溪县政府工作报告

一、2018年工作回顾
2018年,完成造林3.2万亩,地区生产总值完成86.4亿元,新建校舍12所。
坚持绿色发展,持续推进河道治理,完成投资2.1亿元。
二、2019年重点工作
2019年造林4万亩。
三、政府自身建设
坚持依法行政,自觉接受监督。
"""


def told(text: str, place: str = "石梁村") -> Told:
    return told_by(read_notes((), (text,), place, Period.parse("2018H2"))[0])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全村共有310户1210人,党员41人。", Told.BASIC),
        ("党员41人,今年发展2人。", Told.BASIC),
        ("种植402亩,参与脱贫户94户。", Told.WORK),
        ("6月暴雨转移群众27户83人。", Told.WORK),
        ("集体收入发展不平衡,最低的只有5万元。", Told.PROBLEMS),
        ("帮助了3百户困难群众过冬。", Told.WORK),
        ("解决了120户饮水困难。", Told.WORK),
        ("下一步计划硬化道路3公里。", Told.PLANS),
    ],
)
def test_what_a_sentence_tells(text: str, kind: Told) -> None:
    assert told(text) is kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("四、下步打算", Told.PLANS),
        ("差距和不足", Told.PROBLEMS),
        ("解决群众困难", None),
        ("一、基本盘", Told.BASIC),
        ("稳住就业基本盘", None),
        ("产业", None),
    ],
)
def test_what_a_heading_opens(title: str, kind: Told | None) -> None:
    assert told_under(title) is kind


@pytest.fixture
def county(archive_folder: Path, put: Callable[..., Path]) -> Archive:
    put("一.txt", YEAR)
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return open_archive(archive_folder)


def test_a_report_that_looks_back_on_the_year_before_is_drafted_so(county: Archive) -> None:
    found = draft(county, "青溪县", "2020")
    assert [one.heading for one in found.sections] == [
        "一、2019年工作回顾",
        "二、2020年重点工作",
        "三、政府自身建设",
    ]
    assert {one.last for one in found.to_fill} >= {"3.2万亩", "86.4亿元", "2.1亿元"}
    due = [s.text for one in found.sections for s in one.sentences if "报告计划" in s.text]
    assert len(due) == 1
    assert "2019年造林4万亩" in due[0]


def test_a_numbered_line_that_is_handed_in_is_kept_without_its_number(county: Archive) -> None:
    found = draft(county, "青溪县", "2020", typed=("(一)造林3.5万亩\n二是新建校舍9所;",))
    new = [s.text for one in found.sections for s in one.sentences if s.kind is SentenceKind.NEW]
    assert new == ["造林3.5万亩。", "新建校舍9所。"]
    assert found.verification.unsupported == ()
