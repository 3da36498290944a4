"""`huibao users` and where `huibao serve` may listen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from index.archive import create_archive
from tests.reports import write


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
    assert "李明（编辑）" in added.output
    listed = run(archive, "users", "list", "--json").output
    assert [(u["name"], u["role"]) for u in json.loads(listed)["users"]] == [("李明", "editor")]
    assert "argon2" not in listed
    again = run(archive, "users", "add", "李明", "--role", "admin", text="correct horse\n")
    assert again.exit_code == 2
    assert "huibao users passwd 李明" in again.output
    assert run(archive, "users", "passwd", "李明", text="another one\n").exit_code == 0
    assert run(archive, "users", "remove", "李明").exit_code == 0
    assert run(archive, "users", "remove", "李明").exit_code == 2


def test_places_are_kept_listed_changed_and_taken_away(archive: Path) -> None:
    args = ["users", "add", "李明", "--role", "reader", "--places", "石门镇,竹溪乡/龙泉村"]
    result = run(archive, *args, text="correct horse\n")
    assert result.exit_code == 0
    assert "档案里现在没有石门镇的报告" in result.output
    assert "只限：石门镇、竹溪乡/龙泉村" in run(archive, "users", "list").output
    assert places_of(archive) == ["石门镇", "竹溪乡/龙泉村"]
    assert run(archive, "users", "set", "李明", "--places", "石门镇").exit_code == 0
    assert places_of(archive) == ["石门镇"]
    assert run(archive, "users", "set", "李明", "--role", "editor").exit_code == 0
    assert places_of(archive) == ["石门镇"]
    assert "不限地方" in run(archive, "users", "set", "李明", "--everywhere").output
    assert places_of(archive) is None


def places_of(archive: Path) -> object:
    return json.loads(run(archive, "users", "list", "--json").output)["users"][0]["places"]


@pytest.mark.parametrize("places", ["", ",", "石门镇/..", "石门镇\\x"])
def test_places_that_name_none_are_refused_and_nobody_added(archive: Path, places: str) -> None:
    args = ["users", "add", "李明", "--role", "reader", "--places", places]
    assert run(archive, *args, text="correct horse\n").exit_code == 2
    assert "还没有用户" in run(archive, "users", "list").output


def test_what_is_to_be_set_must_be_said(archive: Path) -> None:
    run(archive, "users", "add", "李明", "--role", "admin", text="correct horse\n")
    for options in ([], ["--places", "石门镇", "--everywhere"]):
        assert run(archive, "users", "set", "李明", *options).exit_code == 2
    assert run(archive, "users", "set", "王强", "--role", "admin").exit_code == 2


def test_a_place_that_two_towns_have_is_said_with_both(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = tmp_path_factory.mktemp("报告")
    texts = {
        town: f"{town}龙泉村2020年工作总结\n全村有{n}户。\n"
        for n, town in ((5, "石门镇"), (6, "竹溪乡"))
    }
    run(archive, "ingest", str(write(files, **texts)), "--no-embed")
    args = ["users", "add", "李明", "--role", "reader", "--places", "龙泉村"]
    output = run(archive, *args, text="correct horse\n").output
    assert "石门镇/龙泉村、竹溪乡/龙泉村" in output


def test_a_token_is_shown_once_and_revoked(archive: Path) -> None:
    assert run(archive, "users", "token", "李明").exit_code == 2
    run(archive, "users", "add", "李明", "--role", "admin", text="correct horse\n")
    token = run(archive, "users", "token", "李明").stdout.strip()
    assert token.startswith("huibao_")
    assert token not in run(archive, "users", "list", "--json").output
    assert "令牌 1 个" in run(archive, "users", "list").output
    assert "1 个令牌" in run(archive, "users", "token", "李明", "--revoke").output
    assert "令牌" not in run(archive, "users", "list").output


def test_no_password_is_said(archive: Path) -> None:
    result = run(archive, "users", "add", "李明", "--role", "reader", text="")
    assert result.exit_code == 2
    assert "没有读到密码" in result.output


def test_without_users_the_network_is_refused_with_what_to_do(archive: Path) -> None:
    result = run(archive, "serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "huibao users add" in result.output
