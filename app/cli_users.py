"""`huibao users`: who may open the page and what they may do there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_options import archive_option, json_option, print_json

if TYPE_CHECKING:
    from app.rights.people import People

_ROLES = ("reader", "editor", "admin")
_PASSWORD_HELP = "密码在提示时输入,或作为标准输入的第一行送入。"


@click.group()
def users() -> None:
    """网页的用户:谁可以登录,可以做什么。"""


@users.command("add", epilog=_PASSWORD_HELP)
@click.argument("name", metavar="用户名")
@archive_option
@click.option("--role", type=click.Choice(_ROLES), required=True, help="查阅、编辑或管理员")
@click.option("--places", metavar="甲镇,乙镇", help="只限这些地方(本版本还不能用,会拒绝)")
def add(name: str, archive: Path, role: str, places: str | None) -> None:
    """添加用户。reader 只提问查阅;editor 还能起草、上传;admin 还能更正、移除。"""
    from app.rights import texts
    from app.rights.people import checked_name
    from app.rights.roles import Role
    from index.errors import UsageError

    if places is not None:
        raise UsageError(texts.PLACES_NOT_YET)
    name = checked_name(name)
    with _people(archive) as people:
        people.add(name, Role(role), _password())
    click.echo(texts.added(name, role))


@users.command("list")
@archive_option
@json_option
def show(archive: Path, as_json: bool) -> None:
    """列出用户。"""
    from app.rights import texts

    with _people(archive) as people:
        found = people.all()
    if as_json:
        rows = [{"name": user.name, "role": user.role, "made": user.made} for user in found]
        print_json({"users": rows})
        return
    for user in found:
        click.echo(f"{user.name}  {texts.ROLES[user.role]}  添加于 {user.made}")
    if not found:
        click.echo(texts.NO_USERS)


@users.command("remove")
@click.argument("name", metavar="用户名")
@archive_option
def remove(name: str, archive: Path) -> None:
    """删除用户,其登录当即失效。"""
    from app.rights import texts

    with _people(archive) as people:
        people.remove(name)
    click.echo(texts.removed(name))


@users.command("passwd", epilog=_PASSWORD_HELP)
@click.argument("name", metavar="用户名")
@archive_option
def passwd(name: str, archive: Path) -> None:
    """改用户的密码,其原有登录当即失效。"""
    from app.rights import texts

    with _people(archive) as people:
        people.set_password(name, _password())
    click.echo(texts.password_changed(name))


@contextmanager
def _people(archive: Path) -> Iterator[People]:
    from app.rights.people import People
    from index.archive import open_archive

    open_archive(archive).close()  # says what is wrong with the folder
    people = People(archive)
    try:
        yield people
    finally:
        people.close()


def _password() -> str:
    """Never from the command line: other users of the computer can read that."""
    from app.rights import texts
    from index.errors import UsageError

    if sys.stdin.isatty():
        return str(
            click.prompt(texts.PASSWORD, hide_input=True, confirmation_prompt=texts.PASSWORD_AGAIN)
        )
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageError(texts.NO_PASSWORD)
    return line
