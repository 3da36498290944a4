"""Keyword search: the scope as documented, and an index that follows the archive."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.archive import Archive, Source, create_archive, open_archive
from index.chinese.words import index_words
from index.errors import ArchiveUnusable, DiskFull
from index.fields import document, period_keys, stated_keys
from index.lexical import Filter, LexicalIndex
from index.lexical_writer import LexicalWriter, explained, read_state
from index.lock import writing
from index.records import Described, Passage, Period
from tests.index.stored import made, put

P = Period.parse


@pytest.fixture
def folder(archive_folder: Path) -> Path:
    return archive_folder / "lexical"


@pytest.fixture
def index(archive: Archive, folder: Path) -> LexicalIndex:
    """An index over the archive's reports: a county's, two villages', one of nobody."""
    put(
        archive,
        made("county", "全县修路300公里。", "石梁村建成大棚。", place="青川县", period="2018"),
        made("town", "石梁村脱贫35户。", "2017年脱贫20户。", place="清溪镇", period="2018H1"),
        made("village", "修路3公里。", "建大棚10座。", place="石梁村", period="2018H1"),
        made("other", "石梁村来人参观大棚。", "修路5公里。", place="柳沟村", period="2017H2"),
        made("nobody", "石梁村的大棚修得好。", "今年修路。"),
    )
    lexical = LexicalIndex(folder)
    lexical.catch_up(archive)
    return lexical


def inside(index: LexicalIndex, archive: Archive, scope: Filter) -> set[str]:
    """report:ordinal of every passage inside the scope."""
    stored = archive.stored(index.inside(scope).tolist())
    return {f"{one.passage.report_id}:{one.passage.ordinal}" for one in stored.values()}


ALL = {
    f"{name}:{n}" for name in ("county", "town", "village", "other", "nobody") for n in (0, 1)
}  # fmt: skip


# ---- scope


def test_no_condition_is_everything(index: LexicalIndex, archive: Archive) -> None:
    assert inside(index, archive, Filter()) == ALL
    assert Filter().empty


def test_a_place_is_that_of_the_report(index: LexicalIndex, archive: Archive) -> None:
    assert inside(index, archive, Filter(places=("石梁村",))) == {"village:0", "village:1"}
    assert inside(index, archive, Filter(places=("没有村",))) == set()


def test_a_name_is_said_by_a_passage_of_a_report_not_for_a_smaller_or_other_place_below(
    index: LexicalIndex, archive: Archive
) -> None:
    # 柳沟村 is of the same level as 石梁村: what it says of it counts; wider ones and nobody too.
    assert inside(index, archive, Filter(names=("石梁村",))) == {
        "county:1",
        "town:0",
        "other:0",
        "nobody:0",
    }


def test_a_name_in_the_report_of_a_smaller_place_does_not_count(
    archive: Archive, folder: Path
) -> None:
    put(
        archive,
        made("town", "清溪镇修路。", place="清溪镇"),
        made("village", "清溪镇领导来村。", place="石梁村"),
        made("county", "清溪镇脱贫。", place="青川县"),
    )
    lexical = LexicalIndex(folder)
    lexical.catch_up(archive)

    assert inside(lexical, archive, Filter(names=("清溪镇",))) == {"town:0", "county:0"}


def test_place_or_name_is_enough(index: LexicalIndex, archive: Archive) -> None:
    scope = Filter(places=("石梁村",), names=("石梁村",))

    assert inside(index, archive, scope) == {
        "village:0",
        "village:1",
        "county:1",
        "town:0",
        "other:0",
        "nobody:0",
    }


def test_a_period_is_the_report_s_or_one_that_the_passage_states(
    index: LexicalIndex, archive: Archive
) -> None:
    assert inside(index, archive, Filter(periods=(P("2018H1"),))) == {
        "town:0",
        "town:1",
        "village:0",
        "village:1",
    }
    assert inside(index, archive, Filter(periods=(P("2017"),))) == {"town:1", "other:0", "other:1"}


def test_a_year_holds_its_halves_and_a_half_does_not_hold_the_year(
    index: LexicalIndex, archive: Archive
) -> None:
    assert {"county:0", "village:0"} <= inside(index, archive, Filter(periods=(P("2018"),)))
    assert "county:0" not in inside(index, archive, Filter(periods=(P("2018H1"),)))


def test_a_named_report_is_not_found_by_what_a_sentence_states(
    index: LexicalIndex, archive: Archive
) -> None:
    scope = Filter(periods=(P("2017"),), named_report=True)

    assert inside(index, archive, scope) == {"other:0", "other:1"}


def test_one_of_several_periods_is_enough_and_place_and_period_both_hold(
    index: LexicalIndex, archive: Archive
) -> None:
    both = Filter(places=("柳沟村", "石梁村"), periods=(P("2017"), P("2018H1")))

    assert inside(index, archive, both) == {"village:0", "village:1", "other:0", "other:1"}
    assert inside(index, archive, replace(both, periods=(P("2016"),))) == set()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2016-01-01..2020-12-31", True),
        ("2018-01-01..2018-09-30", True),
        ("2018-01-01..2018-06-30", True),
        ("2018-01-01..2018-05-31", False),
        ("2019-01-01..2020-12-31", False),
    ],
)
def test_a_span_without_a_name_holds_what_lies_in_it(
    index: LexicalIndex, archive: Archive, asked: str, expected: bool
) -> None:
    scope = Filter(places=("石梁村",), periods=(P(asked),))

    assert ("village:0" in inside(index, archive, scope)) is expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2018", ["2018"]),
        ("2018H1", ["2018", "2018H1"]),
        ("2018Q3", ["2018", "2018H2", "2018Q3"]),
        ("2018-10", ["2018", "2018-10", "2018H2", "2018Q4"]),
        ("2018-10-15", ["2018", "2018-10", "2018-10-15", "2018H2", "2018Q4"]),
        ("2018-01-01..2018-05-31", ["2018", "2018-01-01..2018-05-31", "2018H1"]),
        ("2016-01-01..2020-12-31", ["2016-01-01..2020-12-31"]),
    ],
)
def test_period_keys_are_its_own_and_those_that_contain_it(key: str, expected: list[str]) -> None:
    assert period_keys(P(key)) == expected
    assert period_keys(None) == []


def test_relative_times_count_from_the_report_s_date() -> None:
    signed = Described("总结", dated=date(2018, 7, 13), period=P("2018H1"))

    assert stated_keys("去年脱贫20户,今年6月修路", signed) >= {"2017", "2018-06"}
    assert stated_keys("去年脱贫20户", Described("总结")) == set()


def test_a_date_without_a_year_is_of_the_year_that_the_report_covers() -> None:
    """Signed in January 2022 about 2021: its 11月 has not come yet in 2022."""
    described = Described("2021年工作总结", period=P("2021"), dated=date(2022, 1, 12))

    assert "2021-11-20" in stated_keys("11月20日通车", described)
    assert "2022" not in stated_keys("11月20日通车,今年绿化8亩", described)


# ---- search


def test_search_finds_words_inside_the_scope_best_first(
    index: LexicalIndex, archive: Archive
) -> None:
    hits = index.search(["修路"], Filter(places=("石梁村",)), 10)

    [(number, score)] = hits
    assert archive.stored([number])[number].passage.text == "修路3公里。"
    assert score > 0
    many = index.search(["修路", "大棚"], Filter(), 10)
    assert [score for _, score in many] == sorted((score for _, score in many), reverse=True)
    assert len(index.search(["修路"], Filter(), 2)) == 2


def test_the_context_line_is_searched_too(index: LexicalIndex, archive: Archive) -> None:
    hits = index.search(index_words("柳沟"), Filter(), 10)

    assert {one.passage.report_id for one in archive.stored(n for n, _ in hits).values()} == {
        "other"
    }


def test_no_words_find_nothing(index: LexicalIndex) -> None:
    assert index.search([], Filter(), 10) == []
    assert index.search(["火箭"], Filter(), 10) == []


def test_names_finds_any_string_of_two_characters(index: LexicalIndex) -> None:
    assert index.names("梁村脱贫")
    assert index.names("大棚")
    assert not index.names("大 ")  # one character
    assert not index.names("")
    assert not index.names("梁柳")


def test_a_rare_word_weighs_more_than_a_common_one(index: LexicalIndex) -> None:
    assert index.rarity("参观") > index.rarity("修路") > 0
    assert index.rarity("户") > 0
    assert index.rarity(" 户") >= 0


# ---- following the archive


def test_an_index_that_was_never_written_finds_nothing(folder: Path) -> None:
    nothing = LexicalIndex(folder)

    assert nothing.generation == 0
    assert nothing.search(["修路"], Filter(), 5) == []
    assert nothing.inside(Filter()).tolist() == []
    assert not nothing.names("修路")
    assert nothing.rarity("修路") == 0.0


def test_catch_up_follows_what_changed(index: LexicalIndex, archive: Archive) -> None:
    archive.remove_source("/报告/county.txt")
    put(archive, made("village", "养羊300只。", place="石梁村", period="2018H1"))
    index.catch_up(archive)

    assert index.generation == archive.generation()
    assert inside(index, archive, Filter()) == (ALL - {"county:0", "county:1", "village:1"})
    assert index.names("养羊")
    assert not index.names("修路300")


def test_fields_made_elsewhere_are_used_as_they_are(archive: Archive, folder: Path) -> None:
    report, passages = made("r1", "修路3公里。", place="石梁村")
    put(archive, (report, passages))
    fields = {**document(report.described, passages[0]), "body": "火箭"}
    with LexicalWriter(folder, archive) as writer:
        writer.prepare("r1", [fields])
        writer.follow()

    assert len(LexicalIndex(folder).search(["火箭"], Filter(), 5)) == 1


def test_a_reader_in_another_place_sees_what_was_committed(
    index: LexicalIndex, archive: Archive, folder: Path
) -> None:
    reader = LexicalIndex(folder)
    put(archive, made("new", "养羊300只。"))
    index.catch_up(archive)
    assert not reader.names("养羊")

    reader.reload()

    assert reader.names("养羊")
    assert reader.generation == archive.generation()


def spoil(what: str, folder: Path) -> None:
    state = read_state(folder)
    assert state is not None
    build = folder / state.build
    if what == "folder lost":
        shutil.rmtree(folder)
    elif what == "build lost":
        shutil.rmtree(build)
    elif what == "state lost":
        (folder / "huibao.json").unlink()
    elif what == "state garbage":
        (folder / "huibao.json").write_text("{")
    elif what == "state of another kind":
        (folder / "huibao.json").write_text("[1]")
    elif what == "meta garbage":
        (build / "meta.json").write_text("{")
    elif what == "segment lost":
        for file in build.glob("*.idx"):
            file.unlink()
    else:
        assert what == "segment cut off"
        for file in build.glob("*.term"):
            begun = file.read_bytes()[:10]
            file.unlink()  # not in place: a reader has it mapped
            file.write_bytes(begun)


@pytest.mark.parametrize(
    "what",
    [
        "folder lost",
        "build lost",
        "state lost",
        "state garbage",
        "state of another kind",
        "meta garbage",
        "segment lost",
        "segment cut off",
    ],
)
def test_a_lost_or_damaged_index_is_made_anew(
    index: LexicalIndex, archive: Archive, folder: Path, what: str
) -> None:
    before = index.search(["修路"], Filter(), 10)
    spoil(what, folder)

    opened = LexicalIndex(folder)
    assert opened.generation == 0  # behind, so that somebody mends it
    assert opened.search(["修路"], Filter(), 10) == []
    opened.catch_up(archive)

    assert opened.generation == archive.generation()
    assert inside(opened, archive, Filter()) == ALL
    assert len(opened.search(["修路"], Filter(), 10)) == len(before)
    # One that was open all the time finds the new one too.
    index.reload()
    assert inside(index, archive, Filter()) == ALL


def test_an_index_of_an_older_copy_of_the_archive_is_made_anew(
    index: LexicalIndex, archive: Archive, folder: Path
) -> None:
    state = folder / "huibao.json"
    state.write_text(state.read_text().replace('"generation": 5', '"generation": 50'))
    stale = LexicalIndex(folder)
    assert stale.generation == 50
    stale.catch_up(archive)

    assert stale.generation == 5
    assert inside(stale, archive, Filter()) == ALL


def test_an_index_of_another_archive_is_made_anew(
    index: LexicalIndex, archive: Archive, folder: Path, tmp_path: Path
) -> None:
    with writing(tmp_path / "b"), closing(create_archive(tmp_path / "b")) as other:
        put(other, *(made(f"x{n}", f"养羊{n}只。") for n in range(9)))
        shutil.copytree(folder, tmp_path / "b" / "lexical")
        copied = LexicalIndex(tmp_path / "b" / "lexical")
        copied.catch_up(other)

        assert not copied.names("修路")
        assert len(copied.inside(Filter())) == 9


def test_readers_keep_the_old_index_until_the_new_one_is_complete(
    index: LexicalIndex, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = folder / "huibao.json"
    state.write_text(state.read_text().replace('"generation": 5', '"generation": 50'))
    seen: list[set[str]] = []

    def looking(described: Described, passage: Passage) -> dict[str, object]:
        for reader in (index, LexicalIndex(folder)):
            reader.reload()
            seen.append(inside(reader, archive, Filter()))
        return document(described, passage)

    with monkeypatch.context() as patch:
        patch.setattr("index.lexical_writer.document", looking)
        index.catch_up(archive)

    assert len(seen) == 2 * len(ALL)
    assert all(found == ALL for found in seen)
    assert index.generation == 5


def test_what_killed_runs_left_is_swept_and_a_stale_lock_does_not_block(
    index: LexicalIndex, archive: Archive, folder: Path
) -> None:
    state = read_state(folder)
    assert state is not None
    (folder / "deadbeef").mkdir()
    (folder / "deadbeef" / "meta.json").write_text("half")
    (folder / "huibao.json.new").write_text("half")
    (folder / state.build / ".tantivy-writer.lock").write_text("")
    put(archive, made("new", "养羊300只。"))
    index.catch_up(archive)

    assert index.names("养羊")
    assert sorted(path.name for path in folder.iterdir()) == sorted([state.build, "huibao.json"])


def test_an_unchanged_archive_costs_no_write(
    index: LexicalIndex, archive: Archive, folder: Path
) -> None:
    def files() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*")}

    before = files()
    index.catch_up(archive)

    assert files() == before


def test_a_run_that_fails_between_leaves_the_rest_for_the_next(
    index: LexicalIndex, archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive, made("n1", "养羊300只。"), made("n2", "养牛20头。"))

    def failing(described: Described, passage: Passage) -> dict[str, object]:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr("index.lexical_writer.document", failing)
        with pytest.raises(InterruptedError), LexicalWriter(folder, archive) as writer:
            writer.follow()

    # The failed writer let go of tantivy's lock, and nothing half was committed.
    index.reload()
    assert inside(index, archive, Filter()) == ALL
    index.catch_up(archive)
    assert index.names("养羊")
    assert index.names("养牛")


def test_a_failing_disk_is_explained(archive: Archive, folder: Path, index: LexicalIndex) -> None:
    put(archive, made("n2", "养牛20头。"))
    state = read_state(folder)
    assert state is not None

    with LexicalWriter(folder, archive) as writer:
        # Its folder disappears under it, as a disconnected disk's would.
        shutil.rmtree(folder / state.build)
        with pytest.raises(ArchiveUnusable, match="检查磁盘"):
            writer.follow()


def test_a_full_disk_is_called_that(folder: Path) -> None:
    with pytest.raises(DiskFull, match="磁盘已满"), explained(folder):
        raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")


def test_a_read_only_archive_can_be_followed(archive: Archive, folder: Path) -> None:
    archive.put_source(Source("/a", "a", "s", 1), [made("r1", "修路3公里。")])
    with closing(open_archive(archive.folder)) as reader:
        lexical = LexicalIndex(folder)
        lexical.catch_up(reader)

    assert lexical.names("修路")
