"""Themes from headings: which passages count, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eval import themes
from index.archive import Archive, create_archive, open_archive
from index.lexical import LexicalIndex
from index.lock import writing
from index.records import Passage
from ingest.job import LEXICAL_FOLDER
from tests.fakes import HashingEmbedder
from tests.index.stored import embed, made, put

HEADINGS = (
    "(一)修缮道路桥梁", "二、道路桥梁更加整洁", "3.改善道路桥梁", "(四)道路桥梁持续好转",
    "五是桥梁加固、道路养护",
)  # fmt: skip


def section(report: str, heading: str, *texts: str, start: int = 0) -> list[Passage]:
    return [
        Passage(report, start + n, ("一、工作回顾", heading), 0, len(text), text)
        for n, text in enumerate(texts)
    ]


def passages() -> Iterator[Passage]:
    for n, heading in enumerate(HEADINGS):
        bare = heading.split("、")[-1]
        yield from section(f"r{n}", heading, f"{bare}。植树{n}亩。", f"关停污染企业{n + 3}家。")
        # Enough other headings that a word of every report is no common one.
        for other in range(40):
            yield from section(f"r{n}", f"第{other}项杂事{n}", f"办事{other}件。", start=10 + other)


def test_a_theme_is_two_words_of_headings_of_several_reports() -> None:
    [theme] = themes.themes(passages())

    assert set(theme.words) == {"道路", "桥梁"}
    assert theme.question == "修缮道路桥梁"
    assert theme.relevant == {(f"r{n}", at) for n in range(5) for at in (0, 1)}


def test_four_reports_make_no_theme() -> None:
    assert themes.themes(one for one in passages() if one.report_id != "r2") == []


@pytest.fixture
def stored(archive: Archive) -> Archive:
    for n, heading in enumerate(HEADINGS):
        bare = heading.split("、")[-1]
        texts = [f"{bare}。植树{n}亩。", f"关停污染企业{n + 3}家。"]
        put(archive, made(f"r{n}", *texts, heading=["一、工作回顾", heading]))
        others = [f"办事{other}件。" for other in range(40)]
        put(archive, made(f"x{n}", *others, heading=[f"杂事{n}"]))
    embed(archive, HashingEmbedder())
    LexicalIndex(archive.folder / LEXICAL_FOLDER).catch_up(archive)
    return archive


def test_the_copy_has_no_headings_and_everything_else(stored: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "无标题"
    for _ in range(2):  # made once, then kept
        themes.headless(stored, folder, HashingEmbedder())

    with closing(open_archive(folder)) as copy:
        assert copy.counts() == (10, 210, 0)
        assert {one.passage.heading for one in copy.passages_of("r1")} == {()}
        texts = [one.passage.text for one in copy.passages_of("r1")]
    assert texts == [one.passage.text for one in stored.passages_of("r1")]


def test_headings_that_are_not_indexed_are_no_help(stored: Archive, tmp_path: Path) -> None:
    relevant = frozenset((f"r{n}", 1) for n in range(5))  # 关停污染企业 says nothing of the heading
    theme = themes.Theme(("道路", "桥梁"), "道路桥梁", relevant)
    folder = tmp_path / "无标题"
    themes.headless(stored, folder, HashingEmbedder())
    searcher = themes._searcher(stored, stored.folder, HashingEmbedder())
    shown = themes.measure("shown", searcher, [theme])
    with writing(folder), closing(create_archive(folder)) as copy:
        searcher = themes._searcher(copy, folder, HashingEmbedder())
        hidden = themes.measure("hidden", searcher, [theme])

    assert shown.means()["words"].value > 0.5  # type: ignore[operator]
    assert hidden.means()["words"].value == 0
    assert set(shown.gains()) == {"hybrid", "hybrid + scorer"}
    assert f"over {shown.better_half}" in shown.table()
