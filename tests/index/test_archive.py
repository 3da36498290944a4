"""The record store: what is committed, what is seen of it, and what is said when it fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.exc import IntegrityError

from index.archive import Archive, Source, create_archive, exists, open_archive
from index.errors import ArchiveBusy, ArchiveUnusable, DiskFull
from index.lock import writing
from index.positions import Mark, Position
from index.records import Described, Origin, Period, Report
from tests.fakes import HashingEmbedder
from tests.index.stored import embed, made, put

VILLAGE = made(
    "r1", "全村共有536户。", "修路3公里。", place="石梁村", period="2018H1", heading=("一、基本",)
)
TOWN = made("r2", "全镇脱贫320户。", place="清溪镇", period="2018")


# ---- reports and passages


def test_a_report_comes_back_as_it_was_stored(archive: Archive) -> None:
    described = Described(
        title="石梁村总结",
        place="石梁村",
        within=("清溪镇", "青川县"),
        unit="石梁村村委会",
        period=Period.half(2018, 1),
        genre="总结",
        dated=date(2018, 7, 13),
        dated_span=(3, 13),
        origins=(("title", Origin.HEAD), ("place", Origin.TITLE)),
    )
    report = Report("r9", "报告/a.txt", described, "全村\U0002a6a5536户。")
    archive.put_source(Source("/报告/a.txt", "报告/a.txt", "s", 1), [(report, [])])

    assert archive.report("r9") == report
    assert archive.report("r0") is None


def test_passages_carry_their_exact_text_and_their_report_s_description(archive: Archive) -> None:
    put(archive, VILLAGE)

    stored = archive.passages_of("r1")

    assert [one.passage for one in stored] == VILLAGE[1]
    assert {one.described for one in stored} == {VILLAGE[0].described}
    assert {one.source for one in stored} == {"r1.txt"}


def test_passages_and_their_report_know_where_they_stand_in_the_file(archive: Archive) -> None:
    report, (first, second) = VILLAGE
    one, two = Position(page=1, sure=0.97), Position(page=2, sheet="表", row=3)
    first = replace(first, marks=(Mark(0, one),))
    second = replace(second, marks=(Mark(second.start, one), Mark(second.start + 2, two)))
    archive.put_source(Source("/a.pdf", "a.pdf", "s", 1), [(report, [first, second])])

    assert [one.passage for one in archive.passages_of("r1")] == [first, second]
    stored = archive.report("r1")
    assert stored is not None
    assert stored.marks == (Mark(0, one), Mark(second.start + 2, two))
    assert stored.position(second.start + 3, second.end) == two


def test_offsets_count_characters_beyond_the_basic_plane(archive: Archive) -> None:
    report, passages = made("r1", "\U0002a6a5村536户。", "第二段\U0001f600。")
    put(archive, (report, passages))

    assert [one.passage.text for one in archive.passages_of("r1")] == [
        "\U0002a6a5村536户。",
        "第二段\U0001f600。",
    ]


def test_stored_gives_passages_by_number_and_leaves_out_what_is_gone(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN)
    first, second = (one.id for one in archive.passages_of("r1"))

    found = archive.stored([second, first, first, 10_000])

    assert {number: one.passage.text for number, one in found.items()} == {
        first: "全村共有536户。",
        second: "修路3公里。",
    }


def test_more_numbers_than_a_query_may_hold(archive: Archive) -> None:
    put(archive, VILLAGE)
    embed(archive, HashingEmbedder())

    assert len(archive.stored(range(100_000))) == 2
    assert len(archive.vectors(range(100_000))) == 2


def test_infos_list_every_report_with_its_passages_counted(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN, made("r3"))

    infos = archive.infos()

    assert [(info.id, info.source, info.passages) for info in infos] == [
        ("r1", "r1.txt", 2),
        ("r2", "r2.txt", 1),
        ("r3", "r3.txt", 0),
    ]
    assert infos[0].described == VILLAGE[0].described


# ---- changes


def test_generation_grows_with_every_report_written_or_removed(archive: Archive) -> None:
    assert archive.generation() == 0
    put(archive, VILLAGE, TOWN)
    assert archive.generation() == 2
    archive.remove_source("/报告/r1.txt")
    assert archive.generation() == 3
    archive.remove_source("/报告/r1.txt")  # gone already
    assert archive.generation() == 3


def test_changed_since_names_each_report_once_by_its_last_change(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN, VILLAGE)

    assert archive.changed_since(0) == ["r2", "r1"]
    assert archive.changed_since(2) == ["r1"]
    assert archive.changed_since(archive.generation()) == []


def test_a_file_read_again_replaces_what_it_brought(archive: Archive) -> None:
    put(archive, VILLAGE)
    before = {one.id for one in archive.passages_of("r1")}
    newer = made("r5", "全村共有540户。", place="石梁村")
    archive.put_source(Source("/报告/r1.txt", "r1.txt", "sha-2", 1), [newer])

    assert archive.report("r1") is None
    assert archive.report_ids("/报告/r1.txt") == ["r5"]
    # A number is never given again, or a stale index would name another passage.
    assert not before & {one.id for one in archive.passages_of("r5")}
    assert set(archive.changed_since(1)) == {"r1", "r5"}


def test_a_report_that_came_from_a_file_of_another_name_moves(archive: Archive) -> None:
    put(archive, VILLAGE)
    archive.put_source(Source("/新/石梁.txt", "石梁.txt", "sha-r1", 1), [VILLAGE])

    assert [source.path for source in archive.sources()] == ["/新/石梁.txt"]
    assert archive.report_ids("/新/石梁.txt") == ["r1"]


def test_a_failing_transaction_leaves_everything_as_it_was(archive: Archive) -> None:
    put(archive, VILLAGE)
    report, passages = made("r7", "甲。", "乙。")
    broken = [replace(passages[0]), replace(passages[1], report_id="no such report")]

    with pytest.raises(IntegrityError):
        archive.put_source(Source("/报告/r1.txt", "r1.txt", "sha-9", 1), [(report, broken)])

    assert archive.report_ids("/报告/r1.txt") == ["r1"]
    assert archive.report("r7") is None
    assert archive.generation() == 1


def test_removing_one_report_keeps_its_file_known(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN)

    assert archive.remove_report("r1")
    assert not archive.remove_report("r1")

    assert archive.report("r1") is None
    assert len(archive.sources()) == 2
    assert archive.changed_since(2) == ["r1"]
    assert archive.counts() == (1, 1, 1)


def test_a_reader_sees_what_another_connection_commits(archive: Archive) -> None:
    with closing(open_archive(archive.folder)) as reader:
        assert reader.generation() == 0
        put(archive, VILLAGE)
        assert reader.generation() == 1
        assert reader.report("r1") == VILLAGE[0]


# ---- vectors


def test_passages_wait_until_they_have_a_vector(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN)
    embedder = HashingEmbedder()

    assert archive.counts() == (2, 3, 3)
    assert sorted(archive.pending().values()) == sorted(
        [
            "石梁村 2018年上半年 石梁村工作总结 一、基本\n全村共有536户。",
            "石梁村 2018年上半年 石梁村工作总结 一、基本\n修路3公里。",
            "清溪镇 2018年 清溪镇工作总结\n全镇脱贫320户。",
        ]
    )
    embed(archive, embedder)
    assert archive.pending() == {}
    assert archive.counts() == (2, 3, 0)


def test_vectors_come_back_by_passage(archive: Archive) -> None:
    put(archive, VILLAGE)
    embedder = HashingEmbedder()
    texts = archive.pending()
    embed(archive, embedder)
    numbers, keys, name = archive.vector_keys()

    found = archive.vectors([*numbers.tolist(), 999])

    assert sorted(found) == numbers.tolist()
    assert name == "bigrams"
    for number, key in zip(numbers.tolist(), keys, strict=True):
        np.testing.assert_array_equal(found[number], embedder.embed_passages([texts[key]])[0])


def test_an_unchanged_passage_keeps_its_vector_when_its_file_changes(archive: Archive) -> None:
    put(archive, VILLAGE)
    embed(archive, HashingEmbedder())
    changed = made(
        "r1b",
        "全村共有536户。",
        "修路5公里。",
        place="石梁村",
        period="2018H1",
        heading=("一、基本",),
    )
    archive.put_source(Source("/报告/r1.txt", "r1.txt", "sha-2", 1), [changed])

    assert [text.splitlines()[1] for text in archive.pending().values()] == ["修路5公里。"]


def test_vectors_that_no_passage_has_are_dropped(archive: Archive) -> None:
    put(archive, VILLAGE, TOWN)
    embed(archive, HashingEmbedder())
    archive.remove_source("/报告/r1.txt")
    archive.drop_unused_vectors()
    put(archive, VILLAGE)

    assert archive.counts() == (2, 3, 2)


def test_a_new_embedder_begins_without_vectors(archive: Archive) -> None:
    put(archive, VILLAGE)
    embed(archive, HashingEmbedder("one"))
    before = archive.vector_version()
    archive.begin_vectors("two")

    assert archive.embedder() == "two"
    assert archive.vector_version() != before
    assert archive.counts() == (1, 2, 2)


def test_putting_no_vectors_changes_nothing(archive: Archive) -> None:
    before = archive.vector_version()
    archive.put_vectors({})

    assert archive.vector_version() == before


# ---- seeing that something changed


def test_the_version_is_another_one_after_every_commit_and_only_then(archive: Archive) -> None:
    with closing(open_archive(archive.folder)) as reader:
        before = reader.version(), archive.version()
        assert (reader.version(), archive.version()) == before
        put(archive, VILLAGE)
        after = reader.version(), archive.version()
        assert after[0] != before[0]
        assert after[1] != before[1]
        embed(archive, HashingEmbedder())
        assert reader.version() != after[0]


# ---- opening


@pytest.mark.parametrize("name", ["a b", "50%", "问?#号", "a&mode=ro", "汇报(2018年)", "a'b\"c"])
def test_folder_names_of_any_kind(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with writing(folder), closing(create_archive(folder)) as made_here:
        put(made_here, VILLAGE)

    assert exists(folder)
    with closing(open_archive(folder)) as reader:
        assert reader.report("r1") is not None


def test_an_archive_that_is_not_there_is_not_made_by_opening_it(archive_folder: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="huibao ingest"):
        open_archive(archive_folder)

    assert not exists(archive_folder)


def test_an_archive_opened_for_reading_cannot_be_written(archive: Archive) -> None:
    with closing(open_archive(archive.folder)) as reader, pytest.raises(ArchiveUnusable):
        reader.set("a", "b")


def test_another_version_is_refused_with_what_to_do(archive: Archive) -> None:
    archive.set("schema_version", "99")

    with pytest.raises(ArchiveUnusable, match=r"99.*--archive"):
        open_archive(archive.folder)


def test_a_file_that_is_no_database_is_refused(archive_folder: Path) -> None:
    archive_folder.mkdir()
    (archive_folder / "archive.db").write_bytes("不是数据库".encode() * 500)

    with pytest.raises(ArchiveUnusable, match="损坏"):
        open_archive(archive_folder)


def test_another_program_s_database_is_refused(archive_folder: Path) -> None:
    archive_folder.mkdir()
    with closing(sqlite3.connect(archive_folder / "archive.db")) as other:
        other.execute("CREATE TABLE notes (text)")

    with pytest.raises(ArchiveUnusable, match="不是本程序的档案"):
        open_archive(archive_folder)


def test_damage_found_while_reading_is_explained(archive: Archive) -> None:
    put(archive, *(made(f"r{n}", "全村共有536户。" * 200, place="石梁村") for n in range(40)))
    archive.close()
    path = archive.folder / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xaa" * (len(data) - 8192)
    path.write_bytes(data)

    with pytest.raises(ArchiveUnusable, match="备份"):
        open_archive(archive.folder).infos()


def test_a_full_disk_is_called_that_and_undoes_the_transaction(archive: Archive) -> None:
    put(archive, TOWN)
    big = made("r1", "全村共有536户。" * 50_000)
    with archive._db.reading() as db:
        # SQLite's own limit gives the same error as a disk without room; it is a connection's.
        pages = db.exec_driver_sql("PRAGMA page_count").scalar()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(DiskFull, match="磁盘已满"):
        put(archive, big)

    assert archive.report("r1") is None
    assert archive.report("r2") is not None


def test_a_second_writer_is_told_to_wait(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.database._BUSY_SECONDS", 0.05)
    with (
        closing(open_archive(archive.folder, write=True)) as other,
        archive._db.changing(),
        pytest.raises(ArchiveBusy),
    ):
        other.set("a", "b")


def test_the_lock_is_held_by_one_at_a_time(archive: Archive) -> None:
    with pytest.raises(ArchiveBusy), writing(archive.folder):
        pass


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")

    with pytest.raises(ArchiveUnusable, match="不能在"), writing(tmp_path / "文件"):
        pass


def test_leftovers_of_a_killed_or_deleted_archive_do_not_come_back(archive_folder: Path) -> None:
    with writing(archive_folder), closing(create_archive(archive_folder)) as first:
        put(first, VILLAGE)
        log = (archive_folder / "archive.db-wal").read_bytes()
    assert log
    # Deleted by hand while a program had it open: its log stays behind.
    (archive_folder / "archive.db").unlink()
    (archive_folder / "archive.db-wal").write_bytes(log)
    (archive_folder / "archive.new").write_bytes(b"half")
    (archive_folder / "archive.new-wal").write_bytes(log)

    with writing(archive_folder), closing(create_archive(archive_folder)) as second:
        assert second.counts() == (0, 0, 0)
        assert second.generation() == 0


def test_two_archives_are_told_apart(tmp_path: Path) -> None:
    with (
        closing(create_archive(_made(tmp_path / "a"))) as one,
        closing(create_archive(_made(tmp_path / "b"))) as two,
    ):
        assert one.identity() != two.identity()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
