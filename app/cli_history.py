"""`huibao history`, `huibao check …` and `huibao coverage`: views of the ledger."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, noted, print_json

_xlsx_option = click.option(
    "--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="写入这个 Excel 文件"
)


@click.command()
@click.argument("place", metavar="地点")
@archive_option
@json_option
@click.option("--indicator", help="只看这个指标：标准名称，或原文里的词；并列出每个数字的原文")
@_xlsx_option
@click.option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False),
    help="画成图，写入这个 PNG 文件（要有 Chrome 或 Chromium 浏览器）",
)
@noted("export", "xlsx", "png")
def history(
    place: str,
    archive: Path,
    as_json: bool,
    indicator: str | None,
    xlsx: Path | None,
    png: Path | None,
) -> None:
    """一个地方历次报告的数字：指标对期次，每个数字都有出处。"""
    from app.history import texts
    from app.history.json_out import history_json
    from app.history.places import place_meant
    from app.history.rows import history as run
    from app.history.show import show_history
    from app.history.workbook import write_history
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        found = run(opened, place_meant(opened, place), indicator)
    if xlsx is not None:
        write_history(found, xlsx)
    if png is not None:
        from app.history.chart import chart
        from app.history.chart_png import write_png

        write_png(chart([found]), png)
    if as_json:
        print_json(history_json(found))
    elif xlsx is not None or png is not None:
        for path in filter(None, (xlsx, png)):
            click.echo(texts.written(path))
    else:
        show_history(found, quotes=indicator is not None)


class _Check(click.Group):
    """`huibao check 枧头村` is `huibao check list 枧头村`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Check)
def check() -> None:
    """找出报告里对不上的数字（疑点），核对后记下结果。"""


@check.command("list")
@click.argument("place", required=False, metavar="[地点]")
@archive_option
@json_option
@click.option("--all", "settled", is_flag=True, help="连同已经处理的")
def list_alarms(place: str | None, archive: Path, as_json: bool, settled: bool) -> None:
    """列出疑点：对不上的各处原文和算式。list 可以省去。"""
    from app.history.check import check as run
    from app.history.json_out import alarms_json
    from app.history.places import place_meant
    from app.history.show import show_alarms
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        alarms = run(opened, place_meant(opened, place) if place else None)
    if as_json:
        print_json(alarms_json(alarms))
    else:
        show_alarms(alarms, settled)


@check.command("settle")
@click.argument("alarm_id", metavar="编号")
@click.option("--remark", required=True, help="核对的结果")
@archive_option
@json_option
@noted("settle", "alarm_id", "remark")
def settle_alarm(alarm_id: str, remark: str, archive: Path, as_json: bool) -> None:
    """记下一个疑点的核对结果，连同用户名和时间；两处原文不变就一直有效。"""
    from app.history import texts
    from app.history.json_out import alarm_json
    from app.history.settling import settle
    from index.archive import open_archive
    from index.lock import writing

    with writing(archive), closing(open_archive(archive, write=True)) as opened:
        alarm = settle(opened, alarm_id, remark)
    if as_json:
        print_json(alarm_json(alarm))
    else:
        click.echo(texts.settled_now(alarm_id))


@check.command("reopen")
@click.argument("alarm_id", metavar="编号")
@archive_option
@json_option
@noted("reopen", "alarm_id")
def reopen_alarm(alarm_id: str, archive: Path, as_json: bool) -> None:
    """撤销一个疑点的处理记录。"""
    from app.history import texts
    from app.history.settling import reopen
    from index.archive import open_archive
    from index.lock import writing

    with writing(archive), closing(open_archive(archive, write=True)) as opened:
        reopen(opened, alarm_id)
    if as_json:
        print_json({"reopened": alarm_id})
    else:
        click.echo(texts.reopened(alarm_id))


@click.command()
@archive_option
@json_option
@click.option(
    "--late-days",
    type=click.IntRange(0, 3650),
    default=31,
    show_default=True,
    help="落款晚于期末多少天算迟报",
)
@_xlsx_option
@noted("export", "xlsx")
def coverage(archive: Path, as_json: bool, late_days: int, xlsx: Path | None) -> None:
    """哪些地方报了哪一期、迟报、缺报，哪些指标不再报。"""
    from app.history import texts
    from app.history.coverage import coverage as run
    from app.history.json_out import coverage_json
    from app.history.show import show_coverage
    from app.history.workbook import write_coverage
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        found = run(opened, late_days)
    if xlsx is not None:
        write_coverage(found, xlsx)
    if as_json:
        print_json(coverage_json(found))
    elif xlsx is not None:
        click.echo(texts.written(xlsx))
    else:
        show_coverage(found)
