"""`huibao users`: who may open the page and what they may do there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_options import archive_option, json_option, noted, print_json

if TYPE_CHECKING:
    from app.rights.people import People
    from index.users import User

_ROLES = ("reader", "editor", "admin")
_PASSWORD_HELP = "密码在提示时输入，或作为标准输入的第一行送入。"


@click.group()
def users() -> None:
    """网页的用户：谁可以登录，可以做什么。"""


@users.command("add", epilog=_PASSWORD_HELP)
@click.argument("name", metavar="用户名")
@archive_option
@click.option("--role", type=click.Choice(_ROLES), required=True, help="查阅、编辑或管理员")
@click.option("--places", metavar="甲镇，乙镇/丙村", help="只限这些地方及其所辖，逗号分开")
@noted("user added", "name", "role", "places")
def add(name: str, archive: Path, role: str, places: str | None) -> None:
    """添加用户。reader 只提问查阅；editor 还能起草、上传；admin 还能更正、移除。"""
    from app.rights import texts
    from app.rights.people import checked_name, checked_places
    from app.rights.roles import Role

    name = checked_name(name)
    limit = None if places is None else checked_places(_parts(places))
    with _people(archive) as people:
        people.add(name, Role(role), _password(), limit)
    click.echo(texts.added(name, role))
    _warn(archive, limit)


@users.command("set")
@click.argument("name", metavar="用户名")
@archive_option
@click.option("--role", type=click.Choice(_ROLES), help="改为查阅、编辑或管理员")
@click.option("--places", metavar="甲镇，乙镇/丙村", help="改为只限这些地方及其所辖")
@click.option("--everywhere", is_flag=True, help="不再限定地方")
@noted("user set", "name", "role", "places", "everywhere")
def change(
    name: str, archive: Path, role: str | None, places: str | None, everywhere: bool
) -> None:
    """改用户的权限或所限的地方，下一次操作起生效。"""
    from app.rights import texts
    from app.rights.people import checked_places
    from app.rights.roles import Role
    from index.errors import UsageError

    if (role is None and places is None and not everywhere) or (everywhere and places is not None):
        raise UsageError(texts.NOTHING_TO_SET)
    limit = None if places is None else checked_places(_parts(places))
    with _people(archive) as people:
        user = people.set_rights(name, Role(role) if role else None, limit, everywhere=everywhere)
    click.echo(texts.rights_set(user.name, user.role, user.places))
    _warn(archive, limit)


@users.command("token")
@click.argument("name", metavar="用户名")
@archive_option
@click.option("--revoke", is_flag=True, help="作废该用户的全部令牌")
@noted("token", "name", "revoke")
def token(name: str, archive: Path, revoke: bool) -> None:
    """给程序（MCP、接口）发一个代替密码的令牌，权限与该用户相同。"""
    from app.rights import texts

    with _people(archive) as people:
        if revoke:
            click.echo(texts.tokens_revoked(name, people.revoke(name)))
            return
        made = people.token(name)
    # The token alone on stdout, to be read by a script.
    click.echo(made)
    click.echo(texts.token_made(name), err=True)


@users.command("list")
@archive_option
@json_option
def show(archive: Path, as_json: bool) -> None:
    """列出用户。"""
    from app.rights import texts

    with _people(archive) as people:
        found = people.all()
    if as_json:
        print_json({"users": [_user_json(user) for user in found]})
        return
    for user in found:
        said = [user.name, texts.ROLES[user.role], texts.limited_to(user.places or ())]
        said += [texts.tokens(user.tokens)] if user.tokens else []
        click.echo("  ".join([*said, f"添加于 {user.made}"]))
        _warn(archive, user.places)
    if not found:
        click.echo(texts.NO_USERS)


@users.command("remove")
@click.argument("name", metavar="用户名")
@archive_option
@noted("user removed", "name")
def remove(name: str, archive: Path) -> None:
    """删除用户，其登录当即失效。"""
    from app.rights import texts

    with _people(archive) as people:
        people.remove(name)
    click.echo(texts.removed(name))


@users.command("passwd", epilog=_PASSWORD_HELP)
@click.argument("name", metavar="用户名")
@archive_option
@noted("password set", "name")
def passwd(name: str, archive: Path) -> None:
    """改用户的密码，其原有登录当即失效。"""
    from app.rights import texts

    with _people(archive) as people:
        people.set_password(name, _password())
    click.echo(texts.password_changed(name))


def _user_json(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role,
        "places": None if user.places is None else list(user.places),
        "tokens": user.tokens,
        "made": user.made,
    }


def _parts(places: str) -> list[str]:
    return re.split(r"[,;\s\u3001\uff0c\uff1b]+", places)


def _warn(archive: Path, places: Sequence[str] | None) -> None:
    """Say of which places the user finds nothing, and why."""
    from app.rights import texts
    from index.archive import open_archive
    from index.sight import Sight

    if places is None:
        return
    with closing(open_archive(archive)) as opened:
        infos, known = opened.infos(), opened.known_places()
    unclear = Sight.of(places).unclear(infos, known)
    for place in places:
        if around := unclear.get(place):
            click.echo(texts.place_unclear(place, around), err=True)
        elif not Sight.of([place]).seen(infos, known).reports:
            click.echo(texts.place_unknown(place), err=True)


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
