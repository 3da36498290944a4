"""Options, settings and output that the command modules share."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from app.audit import AuditLog
    from app.settings import Settings
    from index.embedder import Embedder

archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path),
    default=Path("huibao-data"),
    envvar="HUIBAO_ARCHIVE",
    show_default=True,
    show_envvar=True,
    help="档案文件夹",
)
json_option = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 文档")


def print_json(value: object) -> None:
    """One JSON document on stdout and nothing else."""
    click.echo(json.dumps(value, ensure_ascii=False))


def load() -> Settings:
    from app.settings import load_settings

    return load_settings()


def embedder_or_none(
    settings: Settings, unpacking: Callable[[str, float], None] | None = None
) -> Embedder | None:
    """The embedder; without its model the archive still works by words, and we say so."""
    from app.models import make_embedder

    try:
        return make_embedder(settings.embedding, unpacking)
    except ModelUnavailable as error:
        click.echo(f"提示：{error} 现在只按词查找。", err=True)
        return None


def trail_of(archive: Path, settings: Settings) -> AuditLog | None:
    """The audit trail, where it is kept: by the settings, else where there are users."""
    from index.users import has_users

    keep = settings.audit.keep
    if not (has_users(archive) if keep is None else keep):
        return None
    from app.audit import AuditLog

    return AuditLog(archive)


def noted(event: str, *names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Put a command on the audit trail once it has succeeded, with who runs it and these arguments.

    Where arguments are named and none of them was given, there is nothing to note.
    """

    def noting(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            from app import audit_texts
            from app.terminal import user_name

            # The first user may come, or the last one go, with this very command.
            before = trail_of(given["archive"], load())
            command(**given)
            trail = before or trail_of(given["archive"], load())
            of = [text for name in names for text in _texts(name, given[name])]
            if trail is not None and (of or not names):
                trail.keep_event(event, user_name(), audit_texts.COMMAND_LINE, of)

        return run

    return noting


def _texts(name: str, value: object) -> list[str]:
    if value is None or value is False:
        return []
    if value is True:
        return [name]
    return [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
