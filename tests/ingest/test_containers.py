"""Zip files as folders: what is in them, what is refused and why, and runs that follow changes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import open_archive
from index.errors import UnreadableFile
from ingest import containers
from ingest.containers import forget, may_hold, members, open_file
from ingest.job import JobResult, ingest
from ingest.originals import original_path
from ingest.scan import is_gone, sha256_of
from tests.reports import village_report

Put = Callable[..., Path]
Content = str | bytes


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    forget()


def zipped(files: Mapping[str, Content], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return target.getvalue()


def named(raw: bytes, content: bytes = b"x", flags: int = 0) -> bytes:
    """A zip whose one member has this very name, in whatever encoding."""
    stand_in = "n" * len(raw)
    data = zipped({stand_in: content}, method=zipfile.ZIP_STORED)
    data = data.replace(stand_in.encode(), raw)
    at = data.index(b"PK\x01\x02")
    both = bytearray(data)
    both[6] |= flags & 0xFF
    both[7] |= flags >> 8
    both[at + 8] |= flags & 0xFF
    both[at + 9] |= flags >> 8
    return bytes(both)


def refusals(path: Path) -> list[tuple[str, str]]:
    return [(one.shown, one.reason) for one in members(path, path.name).refused]


# ---- what is in a zip


def test_members_of_a_zip_and_of_one_inside_it(put: Put) -> None:
    inner = zipped({"丙.txt": "丙"})
    path = put("a.zip", zipped({"内/甲.txt": "甲", "乙.docx": "乙", "b.zip": inner, "空/": ""}))

    assert members(path, "a.zip").names == ["b.zip/丙.txt", "乙.docx", "内/甲.txt"]
    with open_file(path / "b.zip" / "丙.txt") as file:
        assert file.read().decode() == "丙"
    assert open_file(path / "内" / "甲.txt").read().decode() == "甲"


@pytest.mark.parametrize(
    ("raw", "flags"),
    [
        ("石梁村汇报.txt".encode("gbk"), 0),
        ("石梁村汇报.txt".encode(), 0),  # macOS does not say that it is UTF-8
        ("石梁村汇报.txt".encode(), 0x800),
    ],
)
def test_names_in_gbk_and_in_utf_8_said_or_not(put: Put, raw: bytes, flags: int) -> None:
    path = put("a.zip", named(raw, b"x", flags))

    assert members(path, "a.zip").names == ["石梁村汇报.txt"]
    assert open_file(path / "石梁村汇报.txt").read() == b"x"


def test_a_backslash_is_a_separator_unless_it_is_half_a_character(put: Put) -> None:
    raw = "乗\\总结.txt".encode("gbk")  # 乗 is 81 5C, and 5C is the backslash
    assert raw.count(b"\\") == 2

    assert members(put("a.zip", named(raw)), "a.zip").names == ["乗/总结.txt"]


@pytest.mark.parametrize(
    "name", ["../外.txt", "内/../../外.txt", "/etc/外.txt", "C:\\外.txt", "..\\外.txt"]
)
def test_no_path_leaves_the_zip(put: Put, name: str) -> None:
    path = put("a.zip", zipped({name: "x", "好.txt": "y"}))
    found = members(path, "a.zip")

    assert found.names == ["好.txt"]
    [refused] = found.refused
    assert refused.skipped
    assert "压缩包之外" in refused.reason


def test_hidden_files_and_what_a_mac_adds_are_passed_over(put: Put) -> None:
    files = {"甲.txt": "x", "__MACOSX/._甲.txt": "x", ".DS_Store": "x", "内/~$乙.docx": "x"}
    found = members(put("a.zip", zipped(files)), "a.zip")

    assert (found.names, found.refused) == (["甲.txt"], [])


def test_nesting_is_limited(put: Put) -> None:
    third = zipped({"丁.txt": "x"})
    path = put("a.zip", zipped({"b.zip": zipped({"c.zip": third, "丙.txt": "x"})}))

    assert members(path, "a.zip").names == ["b.zip/丙.txt"]
    assert refusals(path) == [("a.zip/b.zip/c.zip", "压缩包嵌套超过 2 层")]
    with pytest.raises(FileNotFoundError):
        open_file(path / "b.zip" / "c.zip" / "丁.txt")


def test_too_many_members_and_too_much_to_unpack(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.zip", zipped({f"{n}.txt": "x" * 100 for n in range(4)}))
    monkeypatch.setattr(containers._Budget, "__init__", lambda self: setup(self, 3, 10**6))

    def setup(budget: containers._Budget, count: int, size: int) -> None:
        budget.count, budget.size = count, size

    assert "超过 5000 个" in refusals(path)[0][1]
    monkeypatch.setattr(containers._Budget, "__init__", lambda self: setup(self, 10, 399))
    assert "超过 2 GB" in refusals(path)[0][1]
    assert members(path, "a.zip").names == []


def test_a_bomb_is_not_unpacked(put: Put) -> None:
    path = put("a.zip", zipped({"弹.txt": bytes(30 * 2**20), "小.txt": bytes(2**20)}))

    assert members(path, "a.zip").names == ["小.txt"]
    assert "压缩比" in refusals(path)[0][1]
    with pytest.raises(UnreadableFile, match="压缩比"):
        open_file(path / "弹.txt")


def test_a_member_with_a_password(put: Put) -> None:
    path = put("a.zip", named("密.txt".encode("gbk"), b"x" * 20, 0x1))

    assert "有密码" in refusals(path)[0][1]


@pytest.mark.parametrize(
    "data",
    # A zip holds the time of its making, which must not be part of a test's name: two processes
    # that collect the tests would not agree.
    [
        pytest.param(b"not a zip", id="no zip"),
        pytest.param(b"", id="empty"),
        pytest.param(zipped({"a.txt": "x" * 999})[:-30], id="cut off"),
    ],
)
def test_a_broken_zip_is_one_line(put: Put, data: bytes) -> None:
    [(shown, reason)] = refusals(put("坏.zip", data))

    assert shown == "坏.zip"
    assert "损坏" in reason


def test_an_empty_zip_says_so(put: Put) -> None:
    assert refusals(put("空.zip", zipped({}))) == [("空.zip", "压缩包里没有文件")]


def test_damaged_zips_give_members_or_named_outcomes(put: Put) -> None:
    whole = zipped({"甲.txt": village_report(), "b.zip": zipped({"乙.txt": village_report(n=1)})})
    chance = random.Random("zip")
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        forget()
        path = put("a.zip", bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)]))
        found = members(path, "a.zip")
        assert found.names or found.refused
        for name in found.names:
            try:
                open_file(path / name).read()
            except (UnreadableFile, FileNotFoundError):
                continue


def test_what_a_zip_surely_does_not_hold_is_gone(put: Put, reports: Path) -> None:
    path = put("a.zip", zipped({"甲.txt": "x"}))

    assert not is_gone(str(path / "甲.txt"))
    assert is_gone(str(path / "乙.txt"))
    assert is_gone(str(reports / "没有.zip" / "甲.txt"))
    put("a.zip", b"broken now")
    assert may_hold(path / "甲.txt")
    assert not is_gone(str(path / "甲.txt"))


# ---- runs


@pytest.fixture
def run(reports: Path, archive_folder: Path) -> Callable[..., JobResult]:
    def ingest_here(*given: Path) -> JobResult:
        paths = [str(path) for path in given] or [str(reports)]
        return ingest(paths, archive_folder, None, workers=1)

    return ingest_here


Run = Callable[..., JobResult]


def outcomes(result: JobResult, below: Path) -> dict[str, str]:
    return {str(Path(file.path).relative_to(below)): file.outcome.value for file in result.files}


def sources(folder: Path) -> set[str]:
    with closing(open_archive(folder)) as archive:
        return {info.source for info in archive.infos()}


def test_members_are_files_of_their_own(
    put: Put, run: Run, reports: Path, archive_folder: Path
) -> None:
    first = zipped({"清溪镇/甲.txt": village_report(n=0), "乙.txt": village_report(n=1)})
    put("a.zip", first)

    assert outcomes(run(), reports) == {"a.zip/乙.txt": "indexed", "a.zip/清溪镇/甲.txt": "indexed"}
    assert sources(archive_folder) == {f"{reports}/a.zip/乙.txt", f"{reports}/a.zip/清溪镇/甲.txt"}
    kept = original_path(archive_folder, sha256_of(reports / "a.zip" / "乙.txt"), ".txt")
    assert kept.read_text("utf-8") == village_report(n=1)
    assert outcomes(run(), reports) == {
        "a.zip/乙.txt": "unchanged",
        "a.zip/清溪镇/甲.txt": "unchanged",
    }


def test_a_member_that_changed_is_updated_and_one_that_left_is_removed(
    put: Put, run: Run, reports: Path, archive_folder: Path
) -> None:
    put("a.zip", zipped({"甲.txt": village_report(n=0), "乙.txt": village_report(n=1)}))
    run()
    put("a.zip", zipped({"甲.txt": village_report(n=7)}))

    assert outcomes(run(), reports) == {"a.zip/乙.txt": "removed", "a.zip/甲.txt": "updated"}
    assert sources(archive_folder) == {f"{reports}/a.zip/甲.txt"}


def test_a_zip_that_is_gone_takes_its_members_with_it(
    put: Put, run: Run, reports: Path, archive_folder: Path
) -> None:
    put("b.txt", village_report(n=5))
    put("a.zip", zipped({"甲.txt": village_report(n=0), "乙.txt": village_report(n=1)})).rename(
        reports / "c.zip"
    )
    run()
    (reports / "c.zip").unlink()

    assert outcomes(run(), reports) == {
        "c.zip/乙.txt": "removed",
        "c.zip/甲.txt": "removed",
        "b.txt": "unchanged",
    }
    assert sources(archive_folder) == {f"{reports}/b.txt"}


def test_a_zip_that_breaks_fails_once_and_keeps_what_it_brought(
    put: Put, run: Run, reports: Path, archive_folder: Path
) -> None:
    put("b.txt", village_report(n=5))
    put("a.zip", zipped({"甲.txt": village_report(n=0)}))
    run()
    put("a.zip", b"PK\x03\x04 broken")

    assert outcomes(run(), reports) == {"a.zip": "failed", "b.txt": "unchanged"}
    assert f"{reports}/a.zip/甲.txt" in sources(archive_folder)


def test_a_copy_inside_a_zip_is_a_duplicate(put: Put, run: Run, reports: Path) -> None:
    put("a.zip", zipped({"甲.txt": village_report()}))
    put("b.txt", village_report())

    assert outcomes(run(), reports) == {"a.zip/甲.txt": "indexed", "b.txt": "duplicate"}
    (reports / "a.zip").unlink()
    assert outcomes(run(), reports) == {"a.zip/甲.txt": "removed", "b.txt": "indexed"}


def test_each_thing_wrong_inside_a_zip_is_told_and_the_rest_taken_in(
    put: Put, run: Run, reports: Path
) -> None:
    files = {
        "好.txt": village_report(),
        "../外.txt": "x",
        "程序.exe": "x",
        "坏.docx": b"not a zip",
        "弹.txt": bytes(30 * 2**20),
    }
    put("a.zip", zipped(files))
    result = run()

    assert {Path(file.path).name: file.outcome.value for file in result.files} == {
        "好.txt": "indexed",
        "外.txt": "skipped",
        "程序.exe": "skipped",
        "坏.docx": "failed",
        "弹.txt": "failed",
    }
    assert all(file.reason for file in result.files if file.outcome != "indexed")
    assert not (reports / "外.txt").exists()


def test_a_member_that_is_damaged_fails_alone(put: Put, run: Run, reports: Path) -> None:
    data = zipped({"甲.txt": village_report(), "乙.txt": village_report(n=1)})
    at = data.index("乙.txt".encode()) + 40
    put("a.zip", data[:at] + bytes(20) + data[at + 20 :])
    result = run()

    assert outcomes(result, reports) == {"a.zip/乙.txt": "failed", "a.zip/甲.txt": "indexed"}
    assert "损坏" in (result.files[0].reason or "")


def test_a_zip_without_its_first_bytes_fails_by_its_members(
    put: Put, run: Run, reports: Path
) -> None:
    data = zipped({"甲.txt": village_report(), "乙.txt": village_report(n=1)})
    put("a.zip", data[40:])
    result = run()

    assert outcomes(result, reports)["a.zip/甲.txt"] == "failed"
    assert "损坏" in (next(f.reason for f in result.files if "甲" in f.path) or "")


def test_a_zip_given_by_itself(put: Put, run: Run, reports: Path) -> None:
    path = put("a.zip", zipped({"甲.txt": village_report(), "乙.txt": village_report(n=1)}))
    run(path)
    put("a.zip", zipped({"甲.txt": village_report()}))

    assert outcomes(run(path), reports) == {"a.zip/乙.txt": "removed", "a.zip/甲.txt": "unchanged"}


def test_members_are_read_in_several_processes(
    put: Put, reports: Path, archive_folder: Path
) -> None:
    put("a.zip", zipped({f"{n:02d}.txt": village_report(n=n) for n in range(14)}))

    result = ingest([str(reports)], archive_folder, None, workers=2)

    assert {file.outcome.value for file in result.files} == {"indexed"}
    assert result.reports == 14
