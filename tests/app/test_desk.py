"""The desk over a small archive: search inside the scope, and an archive that changes meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.desk import ArchiveDesk
from app.draft.office import Order
from app.intake import Kept
from app.web import draft_versions
from index.archive import open_archive
from index.errors import ArchiveUnusable, EmbedderMismatch, UsageError
from index.lock import writing
from index.records import Period
from ingest.job import LEXICAL_FOLDER, ingest
from tests.fakes import HashingEmbedder
from tests.reports import PLACES, village_report, write_many


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_many(tmp_path / "报告", 10)
    archive = tmp_path / "档案"
    ingest([str(tmp_path / "报告")], archive, HashingEmbedder(), workers=1)
    return archive


@pytest.fixture
def desk(folder: Path) -> Iterator[ArchiveDesk]:
    with closing(ArchiveDesk(folder, HashingEmbedder(), date(2019, 1, 1))) as opened:
        yield opened


def test_hits_are_of_the_named_place_and_period_only(desk: ArchiveDesk) -> None:
    found = desk.search("柳沟村2017年上半年发展产业", 40)
    assert found.hits
    for hit in found.hits:
        assert hit.stored.described.place == "柳沟村"
        assert hit.stored.described.period is not None
        assert hit.stored.described.period.key == "2017H1"
    assert {name for hit in found.hits for name, _ in hit.why} == {"words", "meaning", "sentence"}


def test_without_a_scope_every_place_may_be_found(desk: ArchiveDesk) -> None:
    found = desk.search("安装路灯", 40)
    assert len({hit.stored.described.place for hit in found.hits}) == len(PLACES)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_place_finds_nothing(desk: ArchiveDesk) -> None:
    assert desk.search("王家坝村安装路灯", 10).hits == ()
    answer = desk.ask("王家坝村安装路灯多少盏")
    assert answer.refused
    assert "王家坝村" in answer.text


def test_every_citation_is_the_report_s_text(desk: ArchiveDesk) -> None:
    answer = desk.ask("石梁村2017年上半年硬化道路多少公里")
    assert answer.direct == "2.5公里"
    for citation in answer.citations:
        report = desk.report(citation.report.id)
        assert report is not None
        assert report.text[citation.start : citation.end] == citation.quote


def test_a_chosen_place_and_period_are_conditions(desk: ArchiveDesk) -> None:
    answer = desk.ask("安装路灯多少盏", "桃坪村", "2017H1")
    assert answer.direct == "42盏"
    assert answer.scope.places == ("桃坪村",)
    with pytest.raises(UsageError, match="2018H1"):
        desk.ask("安装路灯多少盏", None, "上半年")


def test_the_examples_are_answered(desk: ArchiveDesk) -> None:
    examples = desk.examples()
    assert len(examples) == 3
    assert not any(desk.ask(example).refused for example in examples)


def test_the_examples_are_looked_for_once_until_the_archive_changes(
    desk: ArchiveDesk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = desk.examples()
    with monkeypatch.context() as patched:
        patched.setattr(ArchiveDesk, "_quoted", lambda *_: pytest.fail("asked again"))
        assert desk.examples() == desk.signed("王强").examples() == examples
    (tmp_path / "报告" / "0.txt").unlink(missing_ok=True)
    for file in sorted((tmp_path / "报告").glob("*.txt"))[1:]:
        file.unlink()
    ingest([str(tmp_path / "报告")], folder, HashingEmbedder(), workers=1)
    assert len(desk.examples()) == 1


def test_an_open_desk_sees_what_an_ingest_brings(
    desk: ArchiveDesk, folder: Path, tmp_path: Path
) -> None:
    question = "白杨村2018年上半年安装路灯多少盏"
    assert desk.ask(question).refused
    (tmp_path / "报告" / "new.txt").write_text(village_report("白杨村", 2018, n=30), "utf-8")
    ingest([str(tmp_path / "报告")], folder, HashingEmbedder(), workers=1)
    assert desk.ask(question).direct == "70盏"
    (tmp_path / "报告" / "new.txt").unlink()
    ingest([str(tmp_path / "报告")], folder, HashingEmbedder(), workers=1)
    assert desk.ask(question).refused
    assert "白杨村" not in desk.overview().places


def test_a_lost_keyword_index_is_made_again_on_opening(folder: Path) -> None:
    shutil.rmtree(folder / LEXICAL_FOLDER)
    with closing(ArchiveDesk(folder, None)) as opened:
        assert opened.ask("石梁村2017年上半年硬化道路多少公里").direct == "2.5公里"


def test_a_lost_keyword_index_waits_while_another_process_writes(folder: Path) -> None:
    shutil.rmtree(folder / LEXICAL_FOLDER)
    with writing(folder), closing(ArchiveDesk(folder, HashingEmbedder())) as opened:
        assert opened.search("石梁村硬化道路", 5).query.places  # what is there is served


def test_another_model_is_refused_with_the_command_that_mends_it(folder: Path) -> None:
    with pytest.raises(EmbedderMismatch, match="huibao reembed"):
        ArchiveDesk(folder, HashingEmbedder("other"))


def test_a_folder_without_an_archive_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="huibao ingest"):
        ArchiveDesk(tmp_path / "none", None)


@pytest.mark.parametrize("question", ["", "  \n", "多" * 501])
def test_unusable_questions(desk: ArchiveDesk, question: str) -> None:
    with pytest.raises(UsageError):
        desk.ask(question)


def test_opening_writes_nothing(folder: Path) -> None:
    def state() -> dict[str, int]:
        kept = {".db-shm", ".db-wal"}  # SQLite's own, present while a reader is
        return {
            str(path): path.stat().st_mtime_ns
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in kept
        }

    before = state()
    with closing(ArchiveDesk(folder, HashingEmbedder())) as opened:
        opened.ask("石梁村2017年上半年硬化道路多少公里")
    assert state() == before
    with closing(open_archive(folder)) as archive:
        assert archive.counts()[2] == 0


def test_an_offices_own_outlines_can_be_chosen_and_no_other_file(
    folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "提纲"
    own.mkdir()
    (own / "镇里的.txt").write_text("本村概况\n这一期的工作\n", "utf-8")
    secret = tmp_path / "密.txt"
    secret.write_text("机密一\n机密二\n", "utf-8")
    with closing(ArchiveDesk(folder, None, kept=Kept(outlines=own))) as desk:
        office = desk.drafting()
        assert office.outlines()[0] == "镇里的"

        def headings(outline: str) -> list[str]:
            place = next(one.described.place for one in desk.infos() if one.described.place)
            order = Order(place, Period.parse("2019H2"), outline=outline)
            return [one.heading for one in office.compose(order, "甲").draft.sections]

        assert headings("镇里的") == ["一、本村概况", "二、这一期的工作"]
        assert headings("甲事\n乙事") == ["一、甲事", "二、乙事"]
        assert headings(str(secret)) == [f"一、{secret}"]


def test_of_two_villages_of_one_name_each_can_be_chosen(tmp_path: Path) -> None:
    for town, lights in (("松岭乡", 12), ("石桥镇", 34)):
        (tmp_path / "报告").mkdir(exist_ok=True)
        (tmp_path / "报告" / f"{town}.txt").write_text(
            f"{town}杨柳村2018年上半年工作总结\n\n一、基本情况\n杨柳村位于{town}东部。\n"
            f"二、主要做法\n安装路灯{lights}盏。\n\n{town}杨柳村村民委员会\n2018年7月6日\n",
            "utf-8",
        )
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None)) as desk:
        now = desk.overview()
        assert now.places == ("杨柳村",)
        offered = draft_versions.places(desk, now)
        assert offered == ["松岭乡杨柳村", "石桥镇杨柳村"]
        for place in offered:
            period = draft_versions.next_period(desk.intake().reports(), place)
            assert period == "2018H2"
            made = desk.drafting().compose(Order(place, Period.parse(period)), "甲").draft
            assert (made.around, made.place) == (place[:3], "杨柳村")
            assert {one.report.title for one in made.citations} == {f"{place}2018年上半年工作总结"}
