"""Which files a run is about, and which known ones count as gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.errors import NotFound, UsageError
from ingest.scan import gone, is_gone, scan

Put = Callable[..., Path]


def shown(given: list[str], archive: Path) -> list[str]:
    return [file.shown for file in scan(given, archive).sorted()]


def test_every_file_below_a_folder_sorted_as_it_was_given(
    put: Put, reports: Path, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("乙/b.txt", "b")
    put("a.docx", "a")
    put("c.pdf", "c")
    monkeypatch.chdir(reports.parent)

    assert shown(["报告"], archive_folder) == ["报告/a.docx", "报告/c.pdf", "报告/乙/b.txt"]


def test_a_file_given_twice_is_looked_at_once(
    put: Put, reports: Path, archive_folder: Path
) -> None:
    path = put("a.txt", "a")

    assert shown([str(path), str(reports), f"{reports}/../报告"], archive_folder) == [str(path)]


def test_hidden_files_lock_files_and_the_archive_itself_are_passed_over(
    put: Put, reports: Path
) -> None:
    put("a.txt", "a")
    put(".b.txt", "b")
    put("~$c.docx", "c")
    put(".git/d.txt", "d")
    put("档案/originals/e.txt", "e")

    assert shown([str(reports)], reports / "档案") == [str(reports / "a.txt")]


def test_links_to_folders_are_not_followed_and_what_is_no_file_is_passed_over(
    put: Put, reports: Path, archive_folder: Path
) -> None:
    put("a.txt", "a")
    (reports / "环").symlink_to(reports)
    os.mkfifo(reports / "管道.txt")

    assert shown([str(reports)], archive_folder) == [str(reports / "a.txt")]


def test_a_broken_link_is_told_not_passed_over(reports: Path, archive_folder: Path) -> None:
    (reports / "断.txt").symlink_to(reports / "没有.txt")

    assert shown([str(reports)], archive_folder) == [str(reports / "断.txt")]


def test_a_path_that_is_not_there(archive_folder: Path) -> None:
    with pytest.raises(NotFound, match="找不到 没有这个文件夹"):
        scan(["没有这个文件夹"], archive_folder)


def test_the_archive_s_own_folder_is_refused(archive_folder: Path) -> None:
    (archive_folder / "originals").mkdir(parents=True)

    with pytest.raises(UsageError, match="档案自己的文件夹"):
        scan([str(archive_folder / "originals")], archive_folder)


def test_a_folder_that_cannot_be_looked_into_is_told(
    put: Put, reports: Path, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", "a")
    put("共享/b.txt", "b")
    real = os.scandir

    def failing(path: Any) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("共享"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    found = scan([str(reports)], archive_folder)

    assert [file.shown for file in found.sorted()] == [str(reports / "a.txt")]
    assert found.unreadable == [(str(reports / "共享"), "没有权限")]


def test_known_files_below_a_given_folder_that_are_not_there_are_gone(
    put: Put, reports: Path, archive_folder: Path, tmp_path: Path
) -> None:
    kept = put("a.txt", "a")
    known = [
        str(kept),
        str(reports / "b.txt"),
        str(tmp_path / "别处" / "c.txt"),
        f"{reports}2/d.txt",
    ]

    found = scan([str(reports)], archive_folder).sorted()

    assert gone(known, [str(reports)], found) == [str(reports / "b.txt")]


def test_an_empty_folder_loses_nothing(reports: Path, archive_folder: Path) -> None:
    known = [str(reports / "a.txt"), str(reports / "子" / "b.txt")]
    found = scan([str(reports)], archive_folder).sorted()

    assert gone(known, [str(reports)], found) == []


def test_a_file_that_cannot_be_looked_at_just_now_is_not_gone(
    put: Put, reports: Path, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", "a")
    away = str(reports / "共享" / "b.txt")

    def failing(path: object) -> os.stat_result:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("ingest.scan.os.lstat", failing)

    assert not is_gone(away)
    assert gone([away], [str(reports)], scan([str(reports)], archive_folder).sorted()) == []


def test_a_file_below_what_is_now_a_file_is_gone(put: Put) -> None:
    assert is_gone(str(put("a.txt", "a") / "b.txt"))
