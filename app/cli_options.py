"""Options and output that the command modules share."""

from __future__ import annotations

import json
from pathlib import Path

import click

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
