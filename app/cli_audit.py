"""`huibao audit`: who asked, opened, exported and changed what."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, noted, print_json


@click.group()
def audit() -> None:
    """留痕：谁何时问了、看了、导出了、改了什么（有用户的档案都留，或设置 [audit] keep）。"""


@audit.command("show")
@archive_option
@json_option
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="最近几条")
def show(archive: Path, as_json: bool, last: int) -> None:
    """最近的问答和登录：谁何时问了什么，给模型看了什么，模型原样写了什么，显示了什么。"""
    from app.audit import rows
    from app.show import show_audit

    found = list(deque(rows(archive), last))
    if as_json:
        answers = [row for row in found if "event" not in row]
        print_json({"answers": answers, "events": [row for row in found if "event" in row]})
    else:
        show_audit(found)


@audit.command("verify")
@archive_option
@json_option
@click.option("--file", "exported", type=click.Path(path_type=Path), help="核对导出的 .jsonl")
def verify(archive: Path, as_json: bool, exported: Path | None) -> None:
    """核对留痕是否被改过：每一条都记着前一条的校验值。"""
    from dataclasses import asdict

    from app import audit as trail
    from app.show import show_verified

    found = trail.verify(archive, exported)
    if as_json:
        print_json(asdict(found))
    else:
        show_verified(found)
    if found.broken is not None:
        raise SystemExit(1)


@audit.command("export")
@archive_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=".jsonl（原样，可再核对）、.csv 或 .xlsx",
)
@noted("audit exported", "out")
def export(archive: Path, out: Path) -> None:
    """导出留痕。"""
    from app import audit_texts as texts
    from app.audit_export import export as run

    click.echo(texts.exported(run(archive, out), str(out)))
