"""Outlines: an office's own folder, one subject, those of another report; the command's options."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from app.cli import main
from app.draft.desk import draft
from app.draft.draft import Draft
from app.draft.outline import BUILT_IN, named_outline
from index.archive import Archive, open_archive
from index.drafts import DraftStore
from index.errors import NotFound, UsageError
from ingest.job import ingest

LAST = """石梁村2018年上半年工作总结

一、基本村情
石梁村位于清溪镇东部。党员41人。
二、主要做法
(一)发展产业
种植花椒120亩。
(二)办好教育
在校学生32人。
三、下半年打算
花椒扩种到150亩。
"""
OTHER = """柳沟村2017年全年工作总结

一、村里的底子
党员20人。
二、一年的工作
修路2公里。
三、明年工作打算
修路3公里。
"""


@pytest.fixture
def folder(archive_folder: Path, put: Callable[..., Path]) -> Path:
    put("一.txt", LAST)
    put("二.txt", OTHER)
    put(
        "三.txt",
        "柳沟村2016年工作总结\n\n一、成绩取得了突破\n修路1公里。\n二、实现了增收\n收入3万元。\n",
    )
    ingest((str(archive_folder.parent / "报告"),), archive_folder, None)
    return archive_folder


@pytest.fixture
def opened(folder: Path) -> Archive:
    return open_archive(folder)


def headings(found: Draft) -> list[str]:
    return [one.heading for one in found.sections]


def id_of(opened: Archive, period: str) -> str:
    return next(
        one.id
        for one in opened.infos()
        if one.described.period and one.described.period.key == period
    )


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_outline_has_plans_at_its_end(name: str) -> None:
    heads = named_outline(name)
    assert len(heads) >= 4
    assert "打算" in heads[-1].title


def test_one_subject_keeps_to_it(opened: Archive) -> None:
    found = draft(opened, "石梁村", "2018H2", outline="产业")
    assert found.title == "石梁村2018年下半年产业工作总结"
    asked = {one.last for one in found.to_fill}
    assert "120亩" in asked
    assert not asked & {"41人", "32人"}
    assert not [row for row in found.figures if row.last in ("41人", "32人")]


def test_an_office_keeps_outlines_in_a_folder(opened: Archive, tmp_path: Path) -> None:
    own = tmp_path / "提纲"
    own.mkdir()
    (own / "教育.txt").write_text("# 只写:学生\n一、学校\n二、打算\n", encoding="utf-8")
    found = draft(opened, "石梁村", "2018H2", outline="教育", outlines=own)
    assert headings(found) == ["一、学校", "二、打算"]
    assert {one.last for one in found.to_fill if one.last} == {"32人"}
    with pytest.raises(UsageError, match="教育"):
        draft(opened, "石梁村", "2018H2", outline="没有的", outlines=own)


def test_another_reports_headings_are_taken(opened: Archive) -> None:
    found = draft(opened, "石梁村", "2018H2", like=id_of(opened, "2017"))
    assert headings(found) == ["一、村里的底子", "二、一年的工作", "三、下一步工作打算"]
    with pytest.raises(UsageError, match="不能当提纲"):
        draft(opened, "石梁村", "2018H2", like=id_of(opened, "2016"))
    with pytest.raises(NotFound):
        draft(opened, "石梁村", "2018H2", like="没有")


def test_the_command_keeps_what_it_makes_unless_told_not_to(folder: Path, tmp_path: Path) -> None:
    args = ["draft", "--archive", str(folder), "--place", "石梁村", "--period", "2018H2", "--json"]
    made = json.loads(CliRunner().invoke(main, args).stdout)
    assert made["key"]
    CliRunner().invoke(main, [*args, "--no-keep"])
    with closing(DraftStore(folder)) as store:
        assert [one.draft for one in store.kept()] == [made["key"]]


def test_citations_can_be_left_out_of_the_file(folder: Path, tmp_path: Path) -> None:
    args = ["draft", "--archive", str(folder), "--place", "石梁村", "--period", "2018H2"]
    counts = []
    for how in ("comments", "none"):
        out = tmp_path / f"{how}.docx"
        CliRunner().invoke(main, [*args, "--out", str(out), "--citations", how])
        counts.append(len(list(docx.Document(str(out)).comments)))
    assert counts[0] > 0
    assert counts[1] == 0
    both = CliRunner().invoke(main, [*args, "--like", "x", "--outline", "产业"])
    assert both.exit_code == 2
