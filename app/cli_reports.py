"""`huibao reports …` and `huibao places …`: what is in the archive, and putting it right."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, noted, print_json


@click.group()
def reports() -> None:
    """查看、更正、移除档案里的报告。"""


@reports.command("list")
@archive_option
@json_option
@click.option("--removed", is_flag=True, help="列出移除了的报告，可用 reports restore 恢复")
def list_reports(archive: Path, as_json: bool, removed: bool) -> None:
    """列出全部报告。"""
    from app.json_out import info_json, removed_json
    from app.show import show_removed, show_reports
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        if removed:
            out = [correction for correction in opened.corrections() if correction.removed]
            if as_json:
                print_json({"removed": [removed_json(correction) for correction in out]})
            else:
                show_removed(out)
            return
        infos = opened.infos()
    if as_json:
        print_json({"reports": [info_json(info) for info in infos]})
    else:
        show_reports(infos)


@reports.command("show")
@click.argument("report_id", metavar="编号")
@archive_option
@json_option
def show_report(report_id: str, archive: Path, as_json: bool) -> None:
    """显示一份报告的说明和全文。"""
    from app.desk import report_or_raise
    from app.json_out import report_json
    from app.show import show_report as show
    from app.versions import versions_of
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        report = report_or_raise(opened, report_id)
        versions = versions_of(opened, report_id)
    if as_json:
        print_json(report_json(report, versions))
    else:
        show(report, versions)


@reports.command("set")
@click.argument("report_id", metavar="编号")
@click.argument("values", nargs=-1, required=True, metavar="项目=值…")
@archive_option
@json_option
@noted("correct", "report_id", "values")
def set_report(report_id: str, values: tuple[str, ...], archive: Path, as_json: bool) -> None:
    """更正报告的地点、期次、标题、单位、文种：place=枧头村 period=2022H1，值留空为未知。"""
    from app.corrections import correct
    from app.json_out import report_json
    from app.settings import load_settings
    from app.show import show_report as show
    from app.versions import versions_of
    from index.archive import open_archive
    from index.lock import writing
    from ingest.job import bring_indexes_up

    with writing(archive), closing(open_archive(archive, write=True)) as opened:
        report = correct(opened, report_id, values)
        bring_indexes_up(opened, archive, load_settings().ledger.indicators)
        versions = versions_of(opened, report_id)
    if as_json:
        print_json(report_json(report, versions))
    else:
        show(report, versions, whole=False)
        click.echo("已更正，再次入库时保留；下次运行 huibao ingest 时补上向量。")


@reports.command("duplicates")
@archive_option
@json_option
def list_duplicates(archive: Path, as_json: bool) -> None:
    """列出内容相同或相近的报告（副本、草稿与定稿、重新扫描的）。"""
    from app.json_out import version_json
    from app.show import show_duplicates
    from app.versions import duplicates
    from index.archive import open_archive

    with closing(open_archive(archive)) as opened:
        found = duplicates(opened)
    if as_json:
        print_json({"pairs": [version_json(pair) for pair in found]})
    else:
        show_duplicates(found)


@reports.command("remove")
@click.argument("report_id", metavar="编号")
@archive_option
@json_option
@noted("remove", "report_id")
def remove_report(report_id: str, archive: Path, as_json: bool) -> None:
    """从档案移除一份报告；原文件不动。"""
    from app.desk import report_or_raise
    from app.settings import load_settings
    from index.archive import open_archive
    from index.lock import writing
    from ingest.job import bring_indexes_up

    with writing(archive), closing(open_archive(archive, write=True)) as opened:
        title = report_or_raise(opened, report_id).title
        opened.remove_report(report_id)
        bring_indexes_up(opened, archive, load_settings().ledger.indicators)
    if as_json:
        print_json({"removed": report_id})
    else:
        click.echo(f"已移除：{report_id} {title}")


@reports.command("restore")
@click.argument("report_id", metavar="编号")
@archive_option
@json_option
@noted("restore", "report_id")
def restore_report(report_id: str, archive: Path, as_json: bool) -> None:
    """恢复一份移除了的报告。"""
    from app import texts
    from app.settings import load_settings
    from index.archive import open_archive
    from index.errors import NotFound
    from index.lock import writing
    from ingest.job import bring_indexes_up
    from ingest.restore import restore

    settings = load_settings()
    with writing(archive), closing(open_archive(archive, write=True)) as opened:
        present = restore(opened, archive, report_id, settings.ingest.allow_secret)
        if present is None:
            raise NotFound(texts.not_removed(report_id))
        bring_indexes_up(opened, archive, settings.ledger.indicators)
    if as_json:
        print_json({"restored": report_id, "present": present})
    else:
        click.echo(texts.restored(report_id, present))


@click.group()
def places() -> None:
    """本地的乡镇和村：名单、别名。"""


@places.command("import")
@click.argument("file", metavar="places.csv", type=click.Path(path_type=Path))
@archive_option
@json_option
@noted("places", "file")
def import_places(file: Path, archive: Path, as_json: bool) -> None:
    """导入地点名单（列：乡镇，村，别名），替换以前导入的。"""
    from app.settings import load_settings
    from index.archive import create_archive
    from index.lock import writing
    from ingest.job import bring_indexes_up
    from ingest.places import read_places
    from ingest.settle import redescribe_known

    known = read_places(file)
    with writing(archive), closing(create_archive(archive)) as opened:
        opened.put_places(known)
        changed = redescribe_known(opened)
        bring_indexes_up(opened, archive, load_settings().ledger.indicators)
    if as_json:
        print_json({"places": len(known), "reports": changed})
    else:
        click.echo(f"已导入 {len(known)} 个地点，补充了 {changed} 份报告的说明。")
