"""Reading in several processes: order, failures, and a worker that dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import DiskFull, UnreadableFile
from ingest.scan import Found
from ingest.workers import Result, Task, Workers, read_task


def task(name: str) -> Task:
    return Task(Found(Path(name), name), "0" * 64)


def reading(one: Task) -> Result:
    """Stands in for a reader: some files kill the process that reads them."""
    if one.file.shown.startswith("kill"):
        os._exit(9)
    return UnreadableFile(f"{one.file.shown} {os.getpid()}")


def test_in_the_caller_s_own_process_where_no_pool_is_opened() -> None:
    tasks = [task("a"), task("b")]

    results = list(Workers(1, reading).run(tasks))

    assert [one for one, _ in results] == tasks
    assert {str(result) for _, result in results} == {f"a {os.getpid()}", f"b {os.getpid()}"}


def test_results_come_in_order_and_a_file_that_kills_its_reader_is_one_failure() -> None:
    names = [f"{n}" for n in range(6)] + ["kill-1", "6", "7", "kill-2", *map(str, range(8, 14))]

    def tasks() -> Iterator[Task]:
        yield from map(task, names)

    with Workers(2, reading) as pool:
        results = list(pool.run(tasks()))

    assert [one.file.shown for one, _ in results] == names
    for one, result in results:
        assert isinstance(result, UnreadableFile)
        if one.file.shown.startswith("kill"):
            assert "异常退出" in str(result)
        else:
            name, _, process = str(result).partition(" ")
            assert name == one.file.shown
            assert int(process) != os.getpid()


def test_an_error_in_the_caller_s_loop_stops_the_pool() -> None:
    def consume() -> None:
        with Workers(1, reading) as pool:
            for _ in pool.run(map(task, "abcdefgh")):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        consume()


def test_a_file_that_is_gone_or_changed_is_a_result_not_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    missing = read_task(Task(Found(path, "a.txt"), "0" * 64))
    path.write_text("全村共有536户。")
    changed = read_task(Task(Found(path, "a.txt"), "0" * 64))

    assert isinstance(missing, UnreadableFile)
    assert "文件不存在" in str(missing)
    assert isinstance(changed, UnreadableFile)
    assert "正在被修改" in str(changed)


def test_what_a_parser_raises_unforeseen_costs_its_file_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> None:
        raise ZeroDivisionError("in a parser of others")

    monkeypatch.setattr("ingest.workers.prepare", failing)
    result = read_task(task("a.docx"))

    assert isinstance(result, UnreadableFile)
    assert "ZeroDivisionError" in str(result)


def test_what_is_not_the_file_s_fault_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise DiskFull("磁盘已满")

    monkeypatch.setattr("ingest.workers.prepare", failing)

    with pytest.raises(DiskFull):
        read_task(task("a.docx"))
