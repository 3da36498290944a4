"""`huibao backup` and `huibao restore`: a whole archive kept elsewhere, and put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_options import archive_option, json_option, noted, print_json

if TYPE_CHECKING:
    from app.backup import Told


@click.command()
@click.argument("out", metavar="备份", type=click.Path(path_type=Path))
@archive_option
@json_option
@noted("backup", "out")
def backup(out: Path, archive: Path, as_json: bool) -> None:
    """备份整个档案（报告、稿子、用户、留痕）到一个新文件夹或 .zip，网页开着也可以。"""
    from app import backup_texts as texts
    from app.backup import back_up

    with _progress("备份", quiet=as_json) as told:
        made = back_up(archive, out, told)
    if as_json:
        print_json({"out": str(out), "size": made.size, **asdict(made)})
    else:
        click.echo(texts.made(str(out), made.reports, made.size))


@click.command()
@click.argument("backup", metavar="备份", type=click.Path(path_type=Path))
@archive_option
@json_option
@click.option("--check", "only_check", is_flag=True, help="只核对备份是否完好，什么也不写")
@noted("restored archive", "backup")
def restore(backup: Path, archive: Path, as_json: bool, only_check: bool) -> None:
    """用备份恢复档案；只写到空的或还没有的文件夹，先逐个文件核对。"""
    from app import backup_texts as texts
    from app.backup import check
    from app.backup import restore as run

    with _progress("核对" if only_check else "恢复", quiet=as_json) as told:
        kept = check(backup, told) if only_check else run(backup, archive, told)
    if as_json:
        print_json(asdict(kept))
    elif only_check:
        click.echo(texts.checked(kept.made, kept.reports))
    else:
        click.echo(texts.restored(str(archive), kept.made, kept.reports))


@contextmanager
def _progress(name: str, *, quiet: bool) -> Iterator[Told]:
    from tqdm import tqdm

    with tqdm(
        desc=name, unit="B", unit_scale=True, disable=quiet or not sys.stderr.isatty()
    ) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told
