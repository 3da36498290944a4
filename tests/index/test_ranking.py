"""The order of hits: versions of one report, neighbours joined, a configured reranker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.archive import Archive, ReportInfo, open_archive
from index.duplicates import Pair
from index.errors import ModelUnavailable
from index.positions import Mark, Position
from index.ranking import Parts, fused, joined
from index.records import Described, Hit, Passage, StoredPassage
from index.search import Searcher
from index.versions import superseded, without_older
from ingest.job import LEXICAL_FOLDER, ingest

_TEXT = "第一段说产业。\n第二段说核桃。\n第三段说道路。\n另一节说党建。"


def hit(number: int, text: str, report: str = "r1", heading: str = "一、产业") -> Hit:
    start = max(_TEXT.find(text), 0)
    passage = Passage(report, number, (heading,), start, start + len(text), text)
    stored = StoredPassage(number, passage, Described(title="总结"), f"{report}.txt")
    return Hit(number + 1, 1.0, stored, (("words", 0.1),))


def info(report: str, source: str, dated: date | None = None) -> ReportInfo:
    return ReportInfo(report, source, Described(title="青杠村总结", dated=dated), 3)


def excerpt(report: str, start: int, end: int) -> str:
    return _TEXT[start:end]


def test_ranks_are_fused_by_their_reciprocals() -> None:
    ranked = fused({"words": [(1, 9.0), (2, 8.0)], "meaning": [(2, 0.9)]}, 10)
    assert [number for number, _, _ in ranked] == [2, 1]
    assert ranked[0][1] == pytest.approx(1 / 12 + 0.3 / 11)
    assert dict(ranked[0][2]) == {
        "words": pytest.approx(1 / 12),
        "meaning": pytest.approx(0.3 / 11),
    }


def test_neighbouring_passages_of_one_section_become_one_hit() -> None:
    first, second, third = "第一段说产业。", "第二段说核桃。", "第三段说道路。"
    other = hit(3, "另一节说党建。", heading="二、党建")
    one, two = joined([hit(1, second), other, hit(0, first), hit(2, third)], excerpt, 900)
    assert one.stored.passage.text == f"{first}\n{second}\n{third}"
    passage = one.stored.passage
    assert _TEXT[passage.start : passage.end] == passage.text
    assert ("joined", 3.0) in one.why
    assert (one.rank, two.rank) == (1, 2)
    assert two == replace(other, rank=2)


def test_each_part_of_a_joined_hit_still_says_where_it_stands() -> None:
    def on_page(one: Hit, page: int) -> Hit:
        marks = (Mark(one.stored.passage.start, Position(page=page)),)
        passage = replace(one.stored.passage, marks=marks)
        return replace(one, stored=replace(one.stored, passage=passage))

    first, second = on_page(hit(0, "第一段说产业。"), 1), on_page(hit(1, "第二段说核桃。"), 2)

    [one] = joined([second, first], excerpt, 900)

    passage = one.stored.passage
    at = second.stored.passage.start
    assert passage.position(passage.start, passage.end).page == 1
    assert passage.position(at, at + 3).page == 2


def test_what_would_be_too_long_or_lies_apart_is_not_joined() -> None:
    first, second, third = (
        hit(0, "第一段说产业。"),
        hit(1, "第二段说核桃。"),
        hit(2, "第三段说道路。"),
    )
    assert len(joined([first, third], excerpt, 900)) == 2
    assert len(joined([first, second], excerpt, 10)) == 2


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        (("总结(定稿).docx", None), ("总结.docx", date(2022, 8, 1)), 0),
        (("总结初稿.docx", date(2022, 8, 1)), ("总结.docx", date(2022, 7, 1)), 1),
        (("总结.docx", date(2022, 8, 1)), ("总结2.docx", date(2022, 7, 1)), 0),
        (("总结1.docx", None), ("总结2.docx", None), 1),
    ],
)
def test_which_of_two_versions_is_the_later(
    one: tuple[str, date | None], other: tuple[str, date | None], newer: int
) -> None:
    infos = {"r1": info("r1", *one), "r2": info("r2", *other)}
    later = superseded([Pair("r1", "r2", 0.9)], infos)
    assert later == ({"r2": "r1"} if newer == 0 else {"r1": "r2"})


def test_the_older_version_is_left_out_where_the_later_says_the_same() -> None:
    draft, final = hit(0, "全村种植核桃300亩。", "r1"), hit(0, "全村种植核桃320亩。", "r2")
    only_draft = hit(1, "村里还有一座老油坊。", "r1")
    kept = without_older([draft, final, only_draft], {"r1": "r2"})
    assert kept == [final, only_draft]


_REPORTS = {
    "青杠村2022年上半年工作总结(初稿).txt": "脱贫户41户150人",
    "青杠村2022年上半年工作总结(定稿).txt": "脱贫户42户153人",
}
_BODY = (
    "青杠村2022年上半年工作总结\n一、基本情况\n青杠村位于石门镇东部,辖6个村民小组,共有410户1630人,"
    "其中{}。耕地面积1200亩,林地3000亩。\n二、产业发展\n全村种植核桃300亩,养殖肉牛86头,新建油坊一座,"
    "投资45万元,5月投入使用。村集体经济收入12万元,主要来自茶园和光伏。\n三、下步打算\n继续抓好核桃管护,"
    "计划新修产业路3公里。"
)


@pytest.fixture
def archive_of_versions(
    archive_folder: Path, reports: Path, put: Callable[..., Path]
) -> Iterator[Archive]:
    for name, said in _REPORTS.items():
        put(name, _BODY.format(said))
    ingest([str(reports)], archive_folder, None, workers=1)
    with closing(open_archive(archive_folder)) as opened:
        yield opened


def test_search_prefers_the_later_version(archive_of_versions: Archive) -> None:
    searcher = Searcher(archive_of_versions, archive_of_versions.folder / LEXICAL_FOLDER, None)
    found = searcher.search(searcher.understand("青杠村2022年上半年有多少脱贫户"))
    assert len(archive_of_versions.duplicates()) == 1
    assert {one.stored.source.rpartition("(")[2] for one in found.hits} == {"定稿).txt"}
    assert all("定稿" in one.candidate.hit.stored.source for one in found.sentences)


class _Short:
    """Likes the shortest passage best."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        return [-float(len(passage)) for passage in passages]


def test_a_configured_reranker_decides_the_order(archive_of_versions: Archive) -> None:
    folder = archive_of_versions.folder / LEXICAL_FOLDER
    searcher = Searcher(archive_of_versions, folder, None, reranker=_Short())
    found = searcher.search(searcher.understand("青杠村核桃种植产业路"), join=False)
    lengths = [len(one.stored.passage.text) for one in found.hits]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 1
    assert all("reranker" in dict(one.why) for one in found.hits)
    assert found.sentences  # answers are still told by sentence


class _Missing:
    """A model that cannot be had."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        raise ModelUnavailable("没有")


def test_without_its_reranker_search_goes_on(archive_of_versions: Archive) -> None:
    folder = archive_of_versions.folder / LEXICAL_FOLDER
    searcher = Searcher(archive_of_versions, folder, None, reranker=_Missing())
    assert searcher.search(searcher.understand("青杠村有多少脱贫户")).hits


def test_each_part_can_be_left_out(archive_of_versions: Archive) -> None:
    searcher = Searcher(archive_of_versions, archive_of_versions.folder / LEXICAL_FOLDER, None)
    query = searcher.understand("上坪村有多少脱贫户")
    assert searcher.search(query).hits == ()
    assert searcher.search(query, parts=Parts(scope=False)).hits
    query = searcher.understand("青杠村有多少脱贫户")
    assert "sentence" not in dict(searcher.search(query, parts=Parts(scorer=False)).hits[0].why)
    nothing = searcher.search(query, parts=Parts(words=False, meaning=False))
    assert {name for one in nothing.hits for name, _ in one.why} <= {"scope", "sentence", "joined"}
