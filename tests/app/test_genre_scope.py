"""The kind of document as a condition of search, answers and sums, chosen or said in a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from app.answer.answer import Scope
from app.desk import ArchiveDesk
from index.chinese.genres import genre_asked
from ingest.job import ingest

_REPORTS = {
    "沙坪村工作总结.txt": "沙坪村2023年上半年工作总结\n"
    "一、基本村情\n沙坪村有党员31名。全村种植核桃300亩。\n",
    "沙坪村述职报告.txt": "沙坪村支部书记2023年上半年述职报告\n"
    "一、履职情况\n沙坪村有党员33名。走访群众120户。\n",
    "水田村工作总结.txt": "水田村2023年上半年工作总结\n"
    "一、基本村情\n水田村有党员52名。走访群众80户。\n",
    "水田村情况说明.txt": "水田村2023年上半年情况\n一、修路\n水田村硬化道路4公里。\n",
}
KIND = "述职报告"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    base = tmp_path_factory.mktemp("kinds")
    (base / "报告").mkdir()
    for name, text in _REPORTS.items():
        (base / "报告" / name).write_text(text, "utf-8")
    ingest([str(base / "报告")], base / "档案", None, workers=1)
    with closing(ArchiveDesk(base / "档案", None, date(2024, 1, 1))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "genre", "direct", "genres"),
    [
        ("沙坪村述职报告里说有多少党员", None, "33名", (KIND,)),
        ("沙坪村2023年上半年述职报告中提到走访群众多少户", None, "120户", (KIND,)),
        ("沙坪村有多少党员", KIND, "33名", (KIND,)),
        ("沙坪村有多少党员", "工作总结", "31名", ("工作总结",)),
        # A wider name covers the narrower ones.
        ("沙坪村有多少党员", "总结", "31名", ("总结",)),
        # A theme of that name, and a paper that officials call by several names, are no condition.
        ("沙坪村述职报告会开了几次", None, None, ()),
        ("沙坪村工作总结里有多少党员", None, "31名", ()),
    ],
)
def test_the_kind_of_document_is_a_condition_where_it_is_sure(
    desk: ArchiveDesk, question: str, genre: str | None, direct: str | None, genres: tuple[str, ...]
) -> None:
    answer = desk.ask(question, genre=genre)
    assert answer.scope.genres == genres
    if genres or direct:
        assert answer.direct == direct


def test_nothing_of_another_kind_is_given_and_what_there_is_is_said(desk: ArchiveDesk) -> None:
    answer = desk.ask("沙坪村种植核桃多少亩", genre=KIND)
    assert answer.refused
    answer = desk.ask("水田村有多少党员", genre=KIND)
    assert answer.refused
    assert answer.note == "档案里没有水田村的述职报告，有：工作总结。"
    assert not desk.search("沙坪村述职报告里种植核桃多少亩").sentences


def test_a_report_whose_kind_is_not_known_may_be_the_one_that_is_meant(desk: ArchiveDesk) -> None:
    answer = desk.ask("水田村述职报告里硬化道路多少公里")
    assert answer.scope.genres == ()
    assert answer.direct == "4公里"


def test_a_sum_counts_the_documents_of_the_kind_only(desk: ArchiveDesk) -> None:
    question = "2023年上半年各村走访群众合计多少户"
    assert desk.ask(question).direct == "200户"
    assert desk.ask(question, genre="工作总结").direct == "80户（未含沙坪村）"


def test_a_follow_up_keeps_the_kind_until_another_is_spoken_of(desk: ArchiveDesk) -> None:
    first = "沙坪村述职报告里有多少党员"
    *_, kept = desk.answers("走访群众多少户", before=[first])
    assert (kept.direct, kept.scope.genres) == ("120户", (KIND,))
    *_, gone = desk.answers("工作总结里种植核桃多少亩", before=[first])
    assert (gone.direct, gone.scope.genres) == ("300亩", ())
    *_, anyhow = desk.answers("不限文种,种植核桃多少亩", before=[first])
    assert (anyhow.direct, anyhow.scope.genres) == ("300亩", ())
    *_, cut = desk.answers(first, without=[Scope(genres=(KIND,))])
    assert cut.scope.genres == ()


def test_only_what_a_document_says_names_its_kind() -> None:
    known = ["述职报告", "工作总结", "通报"]
    assert genre_asked("述职报告里写了什么", known) == ("述职报告", (0, 4))
    assert genre_asked("述职报告提出的目标", known) is not None
    for other in ("《述职报告》里", "写述职报告的有几人", "述职报告中心", "工作总结里", "通报里"):
        assert genre_asked(other, known) is None
    assert genre_asked("调研报告里", known) is None
