"""`huibao figures …`: what the reports state in numbers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, print_json


@click.command()
@archive_option
@json_option
@click.option("--report", "report_id", help="只看这份报告")
@click.option("--place", help="只看这个地点")
@click.option("--within", is_flag=True, help="连同这个地点下属的地方")
@click.option("--period", help="只看这段时间：2018、2018H1、2018Q3、2018-10")
@click.option("--indicator", help="只看这个指标：标准名称，或原文里的词")
def figures(
    archive: Path,
    as_json: bool,
    report_id: str | None,
    place: str | None,
    within: bool,
    period: str | None,
    indicator: str | None,
) -> None:
    """列出报告里的数字：指标、地点、时间、类别和原文。"""
    from app import texts
    from app.desk import report_or_raise
    from app.ledger_json import figures_json
    from app.show_ledger import show_figures
    from index.archive import open_archive
    from index.chinese.fold import fold
    from index.errors import UsageError
    from index.ledger import Asked, entries, quotes
    from index.records import Period

    try:
        covered = Period.parse(period) if period else None
    except ValueError as error:
        raise UsageError(texts.bad_period(period or "")) from error
    with closing(open_archive(archive)) as opened:
        if report_id is not None:
            report_or_raise(opened, report_id)
        asked = Asked(
            report_id=report_id,
            place=fold(place) if place else None,
            within=within,
            indicator=fold(indicator) if indicator else None,
            period=covered,
        )
        found = entries(opened, asked)
        words = quotes(opened, [entry.figure for entry in found])
    if as_json:
        print_json(figures_json(found, words))
    else:
        show_figures(found, words)
