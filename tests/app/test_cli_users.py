"""`huibao users` and where `huibao serve` may listen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from index.archive import create_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    create_archive(tmp_path).close()
    return tmp_path


def run(archive: Path, *args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [*args, "--archive", str(archive)], input=text)


def test_users_are_added_listed_and_removed(archive: Path) -> None:
    assert "还没有用户" in run(archive, "users", "list").output
    added = run(archive, "users", "add", "李明", "--role", "editor", text="correct horse\n")
    assert added.exit_code == 0
    assert "李明(编辑)" in added.output
    listed = run(archive, "users", "list", "--json").output
    assert [(u["name"], u["role"]) for u in json.loads(listed)["users"]] == [("李明", "editor")]
    assert "argon2" not in listed
    again = run(archive, "users", "add", "李明", "--role", "admin", text="correct horse\n")
    assert again.exit_code == 2
    assert "huibao users passwd 李明" in again.output
    assert run(archive, "users", "passwd", "李明", text="another one\n").exit_code == 0
    assert run(archive, "users", "remove", "李明").exit_code == 0
    assert run(archive, "users", "remove", "李明").exit_code == 2


def test_a_limit_that_would_not_be_kept_is_refused_and_nobody_added(archive: Path) -> None:
    args = ["users", "add", "李明", "--role", "reader", "--places", "石门镇"]
    result = run(archive, *args, text="correct horse\n")
    assert result.exit_code == 2
    assert "--places 没有执行" in result.output
    assert "还没有用户" in run(archive, "users", "list").output


def test_no_password_is_said(archive: Path) -> None:
    result = run(archive, "users", "add", "李明", "--role", "reader", text="")
    assert result.exit_code == 2
    assert "没有读到密码" in result.output


def test_without_users_the_network_is_refused_with_what_to_do(archive: Path) -> None:
    result = run(archive, "serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "huibao users add" in result.output


def test_tools_without_a_login_are_refused_where_there_are_users(archive: Path) -> None:
    run(archive, "users", "add", "李明", "--role", "admin", text="correct horse\n")
    result = run(archive, "serve", "--mcp")
    assert result.exit_code == 2
    assert "去掉 --mcp" in result.output
