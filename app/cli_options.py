"""Options, settings and output that the command modules share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import ModelUnavailable

if TYPE_CHECKING:
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
        click.echo(f"提示:{error} 现在只按词查找。", err=True)
        return None
