"""Markdown of a draft: footnotes for sources, nothing that was rejected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.draft.dating import GAP
from app.draft.markdown import write_markdown
from index.chinese.fold import fold
from tests.app.draft.test_word import DRAFT


def test_sources_are_footnotes(tmp_path: Path) -> None:
    write_markdown(DRAFT, tmp_path / "a.md")
    blocks = (tmp_path / "a.md").read_text("utf-8").strip().split("\n\n")
    assert blocks[:4] == [
        f"# {DRAFT.title}",
        "## 一、基本情况",
        "全村共有6个村民小组。[^1]",
        "养牛【待补充:养牛,上期30头】。",
    ]
    assert fold(blocks[-1]).startswith("[^1]: 枧头村2021年上半年工作总结,一、基本情况:「")
    assert "被删去" not in "".join(blocks)


def test_the_clean_copy_has_no_footnotes(tmp_path: Path) -> None:
    write_markdown(DRAFT, tmp_path / "a.md", clean=True)
    assert "[^" not in (tmp_path / "a.md").read_text("utf-8")


def test_the_day_or_its_gap_ends_the_text(tmp_path: Path) -> None:
    for draft, day in ((DRAFT, "2021年12月31日"), (replace(DRAFT, dated=None), GAP)):
        write_markdown(draft, tmp_path / "a.md", clean=True)
        assert (tmp_path / "a.md").read_text("utf-8").rstrip().split("\n\n")[-1] == day
