"""`huibao feedback`: what people said of answers on the page."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, print_json


@click.group()
def feedback() -> None:
    """网页上对答案的评价。"""


@feedback.command("list")
@archive_option
@json_option
@click.option("--bad", is_flag=True, help="只看说有问题的")
def list_opinions(archive: Path, as_json: bool, bad: bool) -> None:
    """列出对答案的评价和意见，最早的在前。"""
    from index.archive import open_archive
    from index.feedback import Feedback

    open_archive(archive).close()  # says what is wrong before anything is written beside it
    with closing(Feedback(archive)) as kept:
        found = kept.kept(good=False if bad else None)
    if as_json:
        print_json({"opinions": [asdict(opinion) for opinion in found]})
        return
    if not found:
        click.echo("还没有评价。")
    for opinion in found:
        mark = "有用" if opinion.good else "有问题"
        who = f" {opinion.who}" if opinion.who else ""
        click.echo(f"{opinion.at}{who} {mark}：{opinion.question}")
        if opinion.remark:
            click.echo(f"  意见：{opinion.remark}")
