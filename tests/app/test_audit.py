"""The chain of the audit trail: what was changed is found, a crash does not break it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.answer.answer import Answer, Scope
from app.audit import FILE, AuditLog, rows, verify
from app.cli import main


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
