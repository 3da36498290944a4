"""The chain of the audit trail: what was changed is found, a crash does not break it."""

from __future__ import annotations

import csv
import json
import multiprocessing
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from app.answer.answer import Answer, Scope
from app.audit import FILE, AuditLog, rows, verify
from app.cli import main
from app.terminal import user_name
from tests.reports import village_report, write


def asked(folder: Path, *questions: str) -> None:
    log = AuditLog(folder)
    for question in questions:
        log.keep(Answer(question, None, (), (), Scope(), "extract", 0.1), None, ())


def lines(folder: Path) -> list[bytes]:
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def test_a_trail_that_nobody_changed_holds(tmp_path: Path) -> None:
    assert verify(tmp_path).lines == 0
    # The second is longer than the block that is read back to find the line before.
    asked(tmp_path, "甲", "乙" * 70_000, "丙")
    found = verify(tmp_path)
    assert (found.lines, found.unchained, found.torn, found.broken) == (3, 0, (), None)
    assert len(found.last) == 64


@pytest.mark.parametrize("change", ["edit", "remove", "insert", "spoil"])
def test_the_first_line_that_does_not_fit_is_named(tmp_path: Path, change: str) -> None:
    asked(tmp_path, "甲", "乙", "丙", "丁")
    kept = lines(tmp_path)
    changed = {
        "edit": [kept[0], kept[1].replace("乙".encode(), "子".encode()), *kept[2:]],
        "remove": [kept[0], *kept[2:]],
        "insert": [*kept[:2], kept[0], *kept[2:]],
        "spoil": [kept[0], kept[1][:40] + b"\n", *kept[2:]],
    }
    (tmp_path / FILE).write_bytes(b"".join(changed[change]))
    assert verify(tmp_path).broken == {"edit": 3, "remove": 2, "insert": 3, "spoil": 3}[change]


def test_a_half_written_line_does_not_break_the_chain(tmp_path: Path) -> None:
    asked(tmp_path, "甲", "乙")
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:-30])
    asked(tmp_path, "丙", "丁")
    found = verify(tmp_path)
    assert (found.lines, found.torn, found.broken) == (4, (2,), None)
    assert [row["question"] for row in rows(tmp_path)] == ["甲", "丙", "丁"]


def test_a_trail_from_before_the_chain_goes_on_with_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"question": "old"}\n')
    asked(tmp_path, "甲", "乙")
    assert (verify(tmp_path).unchained, verify(tmp_path).broken) == (1, None)
    kept = lines(tmp_path)
    (tmp_path / FILE).write_bytes(b"".join([*kept[:2], kept[0], kept[2]]))
    assert verify(tmp_path).broken == 3


def test_the_command_says_where_and_fails(tmp_path: Path) -> None:
    asked(tmp_path, "甲", "乙", "丙")
    command = ["audit", "verify", "--archive", str(tmp_path)]
    held = CliRunner().invoke(main, command)
    assert (held.exit_code, "前后相接" in held.output) == (0, True)
    (tmp_path / FILE).write_bytes(b"".join(lines(tmp_path)[1:]))
    broken = CliRunner().invoke(main, command)
    assert (broken.exit_code, "第 1 行" in broken.output) == (1, True)


def test_logins_and_what_was_opened_stand_between_the_answers(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.keep_event("login", "李明", "10.0.0.5")
    log.keep(Answer("甲", None, (), (), Scope(), "extract", 0.1), None, (), "李明")
    log.keep_event("report", "李明", of=("r1",))
    assert verify(tmp_path).broken is None
    run = CliRunner().invoke
    shown = run(main, ["audit", "show", "--archive", str(tmp_path)]).output
    assert "李明  登录  10.0.0.5" in shown
    assert "李明  未用语言模型" in shown
    assert "李明  打开报告  r1" in shown
    told = json.loads(run(main, ["audit", "show", "--json", "--archive", str(tmp_path)]).output)
    assert [row["who"] for row in told["answers"]] == ["李明"]
    assert [row["event"] for row in told["events"]] == ["login", "report"]


def add_events(folder: Path, name: str, count: int) -> None:
    log = AuditLog(folder)
    for number in range(count):
        log.keep_event("report", name, of=(f"{name}{number}",))


def test_many_writers_at_once_make_one_chain(tmp_path: Path) -> None:
    processes = [
        multiprocessing.Process(target=add_events, args=(tmp_path, f"进程{n}", 25))
        for n in range(3)
    ]
    shared = AuditLog(tmp_path)
    threads = [
        threading.Thread(target=lambda: [shared.keep_event("login", "线程") for _ in range(25)])
        for _ in range(3)
    ]
    for one in (*processes, *threads):
        one.start()
    # Whoever looks meanwhile sees whole lines only.
    while any(one.is_alive() for one in processes):
        seen = verify(tmp_path)
        assert (seen.torn, seen.broken) == ((), None)
    for one in (*processes, *threads):
        one.join()
    found = verify(tmp_path)
    assert (found.lines, found.torn, found.broken) == (150, (), None)


def run(*args: str) -> str:
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_trail_is_exported_and_what_was_exported_is_verified(tmp_path: Path) -> None:
    asked(tmp_path, "=1+1", "乙\x07")
    AuditLog(tmp_path).keep_event("report", "李明", of=("r1",))
    where = ("--archive", str(tmp_path))
    for kind in ("jsonl", "csv", "xlsx"):
        assert "3 条" in run("audit", "export", "--out", str(tmp_path / f"t.{kind}"), *where)
    assert (tmp_path / "t.jsonl").read_bytes() == (tmp_path / FILE).read_bytes()
    assert "共 3 行" in run("audit", "verify", "--file", str(tmp_path / "t.jsonl"), *where)
    (tmp_path / "t.jsonl").write_bytes(b"".join(lines(tmp_path)[1:]))
    spoilt = CliRunner().invoke(
        main, ["audit", "verify", "--file", str(tmp_path / "t.jsonl"), *where]
    )
    assert spoilt.exit_code == 1
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert [row[3] for row in table] == ["内容", "'=1+1", "乙\x07", "r1"]
    sheet = load_workbook(tmp_path / "t.xlsx").active
    cells = [row[3] for row in sheet.iter_rows()]
    assert [cell.value for cell in cells] == ["内容", "=1+1", "乙", "r1"]
    assert cells[1].data_type == "s"
    for out in ("t.pdf", "没有这个文件夹/t.csv"):
        refused = CliRunner().invoke(
            main, ["audit", "export", "--out", str(tmp_path / out), *where]
        )
        assert refused.exit_code == 2


def events(archive: Path) -> list[tuple[str, str, list[str]]]:
    return [(row["who"], row["event"], row["of"]) for row in rows(archive) if "event" in row]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write(tmp_path / "报告", 甲=village_report())
    run("ingest", str(tmp_path / "报告"), "--no-embed", "--archive", str(tmp_path / "档案"))
    return tmp_path / "档案"


def test_what_commands_change_and_export_is_noted_once_there_are_users(archive: Path) -> None:
    where, me = ("--archive", str(archive)), user_name()
    run("history", "石梁村", "--xlsx", str(archive.parent / "前.xlsx"), *where)
    assert events(archive) == []
    add = ["users", "add", "李明", "--role", "reader", "--places", "清溪镇", *where]
    CliRunner().invoke(main, add, input="correct horse\n")
    (report,) = json.loads(run("reports", "list", "--json", *where))["reports"]
    key, out = report["id"], str(archive.parent / "后.xlsx")
    run("reports", "set", key, "unit=村委", *where)
    run("reports", "remove", key, *where)
    run("reports", "restore", key, *where)
    run("history", "石梁村", *where)
    run("history", "石梁村", "--xlsx", out, *where)
    run("users", "token", "李明", *where)
    CliRunner().invoke(main, ["reports", "remove", "r0", *where])
    run("audit", "export", "--out", str(archive.parent / "痕.csv"), *where)
    run("users", "remove", "李明", *where)
    assert events(archive) == [
        (me, "user added", ["李明", "reader", "清溪镇"]),
        (me, "correct", [key, "unit=村委"]),
        (me, "remove", [key]),
        (me, "restore", [key]),
        (me, "export", [out]),
        (me, "token", ["李明"]),
        (me, "audit exported", [str(archive.parent / "痕.csv")]),
        (me, "user removed", ["李明"]),
    ]
    assert verify(archive).broken is None
    assert "horse" not in (archive / FILE).read_text("utf-8")


def test_the_settings_decide_where_they_say(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("--archive", str(archive))
    config = tmp_path / "huibao.toml"
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    config.write_text('[audit]\nkeep = true\n[embedding]\nmodel = "none"\n', "utf-8")
    run("ask", "石梁村有多少户？", *where)
    assert [row["who"] for row in rows(archive)] == [user_name()]
    config.write_text('[audit]\nkeep = false\n[embedding]\nmodel = "none"\n', "utf-8")
    add = ["users", "add", "李明", "--role", "reader", *where]
    assert CliRunner().invoke(main, add, input="correct horse\n").exit_code == 0
    run("ask", "石梁村有多少户？", *where)
    assert len(list(rows(archive))) == 1
