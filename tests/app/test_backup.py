"""Backups: taken while the archive is used, checked, put back; never over anything."""

from __future__ import annotations

import json
import stat
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import audit
from app.audit import AuditLog
from app.backup import LIST, back_up, check, restore
from app.cli import main
from app.desk import ArchiveDesk
from index.errors import ArchiveBusy, ArchiveUnusable, UsageError
from index.feedback import Feedback, Opinion
from index.lock import writing
from ingest.job import ingest

TEXT = "{0}2022年上半年工作总结\n全村共有312户1204人,党员37名。\n{0}村民委员会\n2022年7月2日\n"


@pytest.fixture
def folder(put: Callable[..., Path], reports: Path, archive_folder: Path) -> Path:
    """An archive with two reports, a remark and a trail."""
    for place in ("竹园村", "榆沟村"):
        put(f"{place}.txt", TEXT.format(place))
    ingest([str(reports)], archive_folder, None, workers=1)
    with closing(Feedback(archive_folder)) as kept:
        kept.keep(opinion(0))
    AuditLog(archive_folder).keep_event("login", "张三")
    return archive_folder


def opinion(n: int) -> Opinion:
    return Opinion(f"o{n}", "2024-01-01T08:00:00+08:00", "", "问", (), "答", (), True, "")


@pytest.mark.parametrize("name", ["备份", "备份.zip"])
def test_what_is_put_back_is_what_there_was(folder: Path, tmp_path: Path, name: str) -> None:
    made = back_up(folder, tmp_path / "盘" / name)
    assert made.reports == 2
    assert check(tmp_path / "盘" / name) == made
    # Drafts and what was asked are for the owner alone.
    mode = (tmp_path / "盘" / name).stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0
    there = tmp_path / "新" / "档案"
    assert restore(tmp_path / "盘" / name, there) == made
    with closing(ArchiveDesk(there, None)) as desk:
        answer = desk.ask("竹园村2022年上半年有多少党员")
        assert answer.direct == "37名"
        found = desk.original(answer.citations[0].report.id)
        assert found is not None
        assert found.path.is_relative_to(there)
    with closing(Feedback(there)) as kept:
        assert len(kept.kept()) == 1
    assert audit.verify(there).last == audit.verify(folder).last
    assert stat.S_IMODE((there / "office.db").stat().st_mode) == 0o600
    # Nothing of the work is left beside what was made.
    assert [path.name for path in (tmp_path / "盘").iterdir()] == [name]
    assert [path.name for path in (tmp_path / "新").iterdir()] == ["档案"]


def test_a_backup_is_of_one_moment_while_others_write(folder: Path, tmp_path: Path) -> None:
    stop, trail = threading.Event(), AuditLog(folder)

    def used() -> None:
        n = 1
        with closing(Feedback(folder)) as kept, closing(ArchiveDesk(folder, None)) as desk:
            while not stop.is_set():
                kept.keep(opinion(n))
                trail.keep_event("login", f"用户{n}")
                assert desk.ask("榆沟村有多少党员").direct == "37名"
                n += 1

    thread = threading.Thread(target=used)
    thread.start()
    try:
        for n in range(2):
            back_up(folder, tmp_path / f"{n}.zip")
    finally:
        stop.set()
        thread.join()
    for n in range(2):
        restore(tmp_path / f"{n}.zip", tmp_path / f"再{n}")
        found = audit.verify(tmp_path / f"再{n}")
        assert (found.broken, found.torn) == (None, ())
        with closing(Feedback(tmp_path / f"再{n}")) as kept:
            assert kept.kept()


def test_nothing_is_written_over(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "备份"
    back_up(folder, out)
    for refused in (
        lambda: back_up(folder, out),
        lambda: restore(out, folder),
        lambda: back_up(folder, folder / "里面"),
    ):
        with pytest.raises(UsageError):
            refused()
    with pytest.raises(ArchiveUnusable):
        back_up(tmp_path / "没有", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_run_that_is_writing_is_waited_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.backup._PATIENCE", 0.1)
    with writing(folder), pytest.raises(ArchiveBusy):
        back_up(folder, tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("harm", ["changed", "shorter", "longer", "missing"])
def test_a_backup_that_is_not_as_it_was_is_not_put_back(
    folder: Path, tmp_path: Path, harm: str
) -> None:
    back_up(folder, tmp_path / "备份")
    (hurt,) = (tmp_path / "备份").glob("audit.jsonl")
    whole = hurt.read_bytes()
    if harm == "missing":
        hurt.unlink()
    else:
        written = {"changed": b"x" + whole[1:], "shorter": whole[:-1], "longer": whole + b"x"}
        hurt.write_bytes(written[harm])
    for refused in (
        lambda: check(tmp_path / "备份"),
        lambda: restore(tmp_path / "备份", tmp_path / "新"),
    ):
        with pytest.raises(UsageError):
            refused()
    assert not (tmp_path / "新").exists()


def test_a_zip_that_is_cut_short_or_none_of_ours_is_told(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        longest = max(opened.infolist(), key=lambda one: one.compress_size)
    damaged = bytearray(whole)
    damaged[longest.header_offset + 60 + longest.compress_size // 2] ^= 0xFF
    (tmp_path / "bit.zip").write_bytes(damaged)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "a")
    (tmp_path / "empty").mkdir()
    for name in ("cut.zip", "bit.zip", "other.zip", "empty", "none.zip"):
        with pytest.raises(UsageError):
            restore(tmp_path / name, tmp_path / "新")
        assert not (tmp_path / "新").exists()


@pytest.mark.parametrize("name", ["../外.txt", "/外.txt", "a/../../外.txt", "..\\外.txt", ""])
def test_a_list_names_no_file_outside(folder: Path, tmp_path: Path, name: str) -> None:
    back_up(folder, tmp_path / "备份")
    listed = json.loads((tmp_path / "备份" / LIST).read_text("utf-8"))
    listed["files"].append({"name": name, "size": 0, "sha256": "0"})
    (tmp_path / "备份" / LIST).write_text(json.dumps(listed), "utf-8")
    with pytest.raises(UsageError, match="不是 huibao backup"):
        restore(tmp_path / "备份", tmp_path / "新")


def test_the_commands(folder: Path, tmp_path: Path) -> None:
    out, new = str(tmp_path / "a.zip"), str(tmp_path / "新")
    run = CliRunner().invoke
    done = run(main, ["backup", out, "--archive", str(folder)])
    assert done.exit_code == 0
    assert "2 份报告" in done.output
    done = run(main, ["restore", out, "--check", "--archive", new])
    assert "备份完好" in done.output
    assert not Path(new).exists()
    done = run(main, ["restore", out, "--archive", new, "--json"])
    assert json.loads(done.stdout)["reports"] == 2
    done = run(main, ["restore", out, "--archive", new])
    assert done.exit_code == 2
    assert "不覆盖" in done.output
