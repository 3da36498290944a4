"""A limit's keyword index stays on disk between starts, and is never of anything else."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.desk import ArchiveDesk
from app.rights.people import People
from app.rights.roles import Role
from index import limited, limited_kept
from index.archive import open_archive
from index.sight import Sight
from ingest.job import ingest
from tests.reports import village_report, write

LIMIT = ("清溪镇",)
QUESTION = "柳沟村有贫困户多少户？"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = village_report("柳沟村")
    outside = village_report("石梁村", n=7).replace("清溪镇", "石门镇")
    write(tmp_path / "报告", 内=inside, 外=outside)
    return taken_in(tmp_path)


def taken_in(tmp_path: Path) -> Path:
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    return tmp_path / "档案"


@contextmanager
def started(folder: Path) -> Iterator[ArchiveDesk]:
    """The desk of who is limited, as after a start of the program."""
    with closing(ArchiveDesk(folder, None)) as desk:
        yield desk.limited(LIMIT)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports whose words were cut for a limit's index, in their order."""
    seen: list[str] = []

    def document(described: Any, passage: Any) -> dict[str, object]:
        if not seen or seen[-1] != described.place:
            seen.append(described.place)
        return real(described, passage)

    real = limited.document
    monkeypatch.setattr(limited, "document", document)
    return seen


def answer(desk: ArchiveDesk) -> object:
    return replace(desk.ask(QUESTION), seconds=0), desk.search(QUESTION).hits


def test_the_second_start_cuts_no_words_and_answers_the_same(folder: Path, cut: list[str]) -> None:
    with started(folder) as desk:
        first = answer(desk)
    assert cut == ["柳沟村"]
    with started(folder) as desk:
        assert answer(desk) == first
    assert cut == ["柳沟村"]


def test_it_holds_nothing_of_what_is_outside_and_nobody_else_may_look(folder: Path) -> None:
    with started(folder) as desk:
        (report,) = desk.infos()
        passages = report.passages
    root = folder / limited_kept.FOLDER
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    with closing(open_archive(folder)) as archive:
        (where,) = root.iterdir()
        kept = limited_kept.keep(folder, archive.identity(), archive.generation(), LIMIT)
        assert kept is not None
        assert kept.index is not None
        assert kept.index.searcher().num_docs == passages
        assert kept.held.reports == (report.id,)
        kept.close()
    assert not any("石梁".encode() in file.read_bytes() for file in where.rglob("*.json"))


def test_what_came_meanwhile_is_added_and_nothing_else_cut_again(
    folder: Path, tmp_path: Path, cut: list[str]
) -> None:
    with started(folder):
        pass
    write(tmp_path / "报告", 又=village_report("沙溪村"))
    taken_in(tmp_path)
    with started(folder) as desk:
        assert {info.described.place for info in desk.infos()} == {"柳沟村", "沙溪村"}
        assert desk.ask("沙溪村有贫困户多少户？").citations
    assert cut == ["柳沟村", "沙溪村"]


def test_after_something_was_taken_out_the_next_start_makes_it_anew(
    folder: Path, tmp_path: Path, cut: list[str]
) -> None:
    """Else the words of what is gone would go on counting as said."""
    write(tmp_path / "报告", 又=village_report("沙溪村"))
    taken_in(tmp_path)
    with started(folder) as desk:
        assert len(desk.infos()) == 2
        (tmp_path / "报告" / "又.txt").unlink()
        taken_in(tmp_path)
        assert len(desk.infos()) == 1
    del cut[:]
    with started(folder) as desk:
        assert cut == ["柳沟村"]
        once = desk._searcher.lexical.rarity("沙溪村")
    shutil.rmtree(folder / limited_kept.FOLDER)
    with started(folder) as desk:
        assert desk._searcher.lexical.rarity("沙溪村") == once


@pytest.mark.parametrize("harm", ["state", "files", "other archive", "ahead", "killed"])
def test_what_is_not_whole_or_not_of_this_archive_is_made_anew(
    folder: Path, cut: list[str], harm: str
) -> None:
    with started(folder) as desk:
        first = answer(desk)
    del cut[:]
    (where,) = (folder / limited_kept.FOLDER).iterdir()
    state = where / "huibao.json"
    said = state.read_text("utf-8")
    if harm == "state":
        state.write_text("{", "utf-8")
    elif harm == "files":
        for file in where.glob("*/*"):
            file.write_bytes(b"")
    elif harm == "other archive":
        with closing(open_archive(folder)) as archive:
            identity = archive.identity()
        assert identity is not None
        state.write_text(said.replace(identity, "another"), "utf-8")
    elif harm == "ahead":
        state.write_text(said.replace('"generation": ', '"generation": 9'), "utf-8")
    else:
        state.unlink()
    with started(folder) as desk:
        assert cut == ["柳沟村"]
        assert answer(desk) == first
    assert len([one for one in where.iterdir() if one.is_dir()]) == 1


def test_a_second_program_keeps_its_own_in_memory(folder: Path) -> None:
    with started(folder) as one:
        first = answer(one)
        with started(folder) as other:
            assert answer(other) == first
            assert other._searcher.lexical._kept is None
        assert len(list((folder / limited_kept.FOLDER).iterdir())) == 1
        assert answer(one) == first


def test_where_nothing_can_be_written_it_is_in_memory(folder: Path) -> None:
    (folder / limited_kept.FOLDER).write_text("no folder", "utf-8")
    with started(folder) as desk:
        assert desk.ask(QUESTION).citations


def test_a_disk_that_takes_no_more_leaves_it_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(limited_kept.Kept, "changed", full)
    with started(folder) as desk:
        assert desk.ask(QUESTION).citations


def test_it_goes_with_the_last_account_that_has_the_limit(folder: Path) -> None:
    root = folder / limited_kept.FOLDER
    with closing(People(folder)) as people:
        people.add("甲", Role.READER, "long enough", LIMIT)
        people.add("乙", Role.READER, "long enough", LIMIT)
        with started(folder):
            pass
        assert Sight.of(LIMIT).names == LIMIT
        people.remove("甲")
        assert len(list(root.iterdir())) == 1
        people.set_rights("乙", None, ["石门镇"], everywhere=False)
        assert list(root.iterdir()) == []


def test_one_that_is_open_stays_until_the_next_start(folder: Path) -> None:
    root = folder / limited_kept.FOLDER
    with started(folder) as desk:
        limited_kept.forget(folder, [])
        assert desk.ask(QUESTION).citations
        assert len(list(root.iterdir())) == 1
    limited_kept.forget(folder, [])
    assert list(root.iterdir()) == []
