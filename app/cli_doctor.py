"""`huibao doctor`: what is in order on this computer, and what to do about the rest."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, print_json

_LEVELS = {"ok": "正常", "note": "提示", "broken": "有问题"}


@click.command()
@archive_option
@json_option
def doctor(archive: Path, as_json: bool) -> None:
    """检查设置、档案、磁盘、LibreOffice 和公文字体，说明怎么处理。"""
    from app.doctor.checks import findings

    found = findings(archive)
    if as_json:
        print_json({"findings": [asdict(finding) for finding in found]})
    else:
        for finding in found:
            click.echo(f"[{_LEVELS[finding.level]}] {finding.name}：{finding.text}")
    if any(finding.level == "broken" for finding in found):
        sys.exit(1)
