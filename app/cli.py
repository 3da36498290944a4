"""The commands; the one place that builds objects from settings.

Imports that cost time (numpy, tantivy, Gradio …) stand inside the commands that need them, so
that `huibao --help` answers at once.
"""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import click

from app.cli_ask import ask, desk_of, search
from app.cli_audit import audit
from app.cli_backup import backup, restore
from app.cli_doctor import doctor
from app.cli_draft import draft
from app.cli_drafts import drafts
from app.cli_eval import evaluate
from app.cli_feedback import feedback
from app.cli_history import check, coverage, history
from app.cli_ledger import figures
from app.cli_options import (
    archive_option,
    embedder_or_none,
    json_option,
    load,
    noted,
    print_json,
    trail_of,
)
from app.cli_reports import places, reports
from app.cli_users import users
from index.errors import HuibaoError, UsageError


class _Commands(click.Group):
    """Turns expected failures into one line on stderr: status 2 for wrong usage, else 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HuibaoError as error:
            click.echo(f"huibao: {error}", err=True)
            sys.exit(2 if isinstance(error, UsageError) else 1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huibao", prog_name="huibao")
def main() -> None:
    """汇报：往年工作报告的问答与查证助手。"""


# ---- putting reports in


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@archive_option
@json_option
@click.option("--no-embed", is_flag=True, help="先不生成向量，只能按词查找；以后再运行一次即可补上")
@click.option("--workers", type=click.IntRange(1, 64), help="读文件的进程数，默认与核数相同")
@noted("ingest", "paths")
def ingest(
    paths: tuple[str, ...], archive: Path, as_json: bool, no_embed: bool, workers: int | None
) -> None:
    """把报告文件或文件夹收入档案。再次运行只处理有变化的文件。"""
    from app.json_out import job_json
    from app.show_ingest import IngestShow
    from ingest.job import ingest as run

    gc.freeze()  # what is loaded stays to the end: looking through it for garbage costs seconds
    settings = load()
    show = IngestShow(quiet=as_json)
    embedder = None if no_embed else embedder_or_none(settings, show.unpacking)
    try:
        with show:
            result = run(
                paths,
                archive,
                embedder,
                show.progress,
                workers or settings.ingest.workers,
                settings.ingest.allow_secret,
                settings.ledger.indicators,
            )
    except KeyboardInterrupt:
        click.echo("已停止。已入库的内容都在，再次运行同一命令即可继续。", err=True)
        sys.exit(1)
    if as_json:
        print_json(job_json(result))
    else:
        show.summary(result)


@main.command()
@archive_option
def reembed(archive: Path) -> None:
    """换了向量模型之后，用新模型重新生成全部向量。"""
    from app.models import make_embedder
    from app.show_ingest import IngestShow
    from index.archive import open_archive
    from index.lock import writing
    from ingest.embed import reembed as run

    with IngestShow(quiet=False) as show:
        embedder = make_embedder(load().embedding, show.unpacking)
        if embedder is None:
            raise UsageError("设置里 [embedding] model 是 none，没有模型可用来生成向量")
        with writing(archive), closing(open_archive(archive, write=True)) as opened:
            run(opened, archive, embedder, show.progress.on_embedded)


# ---- asking, and what is in the archive


main.add_command(search)
main.add_command(ask)
main.add_command(reports)
main.add_command(places)
main.add_command(audit)
main.add_command(feedback)
main.add_command(doctor)
main.add_command(backup)
main.add_command(restore)
main.add_command(users)
main.add_command(figures)
main.add_command(history)
main.add_command(check)
main.add_command(coverage)
main.add_command(drafts)
main.add_command(draft)


# ---- the page and the measurements


@main.command()
@archive_option
@click.option("--host", help="监听地址，默认只限本机")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 7860")
@click.option("--mcp", is_flag=True, help="同时作为 MCP 服务，供智能助手调用")
def serve(archive: Path, host: str | None, port: int | None, mcp: bool) -> None:
    """打开网页，供浏览器提问。"""
    from app.rights.binding import check_host
    from index.archive import open_archive
    from index.users import has_users

    settings = load()
    address = host or settings.web.host
    open_archive(archive).close()
    closed = has_users(archive)
    check_host(address, closed)
    with ExitStack() as stack:
        desk = stack.enter_context(closing(desk_of(archive, words=True)))
        from app.rights.people import People
        from app.rights.serving import prepare, to_this_computer, to_users
        from app.show import page_ready
        from app.web.server import serve as run

        trail, web = trail_of(archive, settings), settings.web
        if closed:
            people = stack.enter_context(closing(People(archive, trail)))
            opened = to_users(desk, people, trail, mask=web.mask, unmasked=web.unmasked)
            threading.Thread(target=prepare, args=(desk, people), daemon=True).start()
        else:
            opened = to_this_computer(desk, trail, mask=web.mask)
        run(
            opened.desks,
            address,
            port or web.port,
            lambda url: page_ready(url, desk, users=closed),
            opened.around,
            mcp=mcp,
            inside=opened.inside,
        )


main.add_command(evaluate)


if __name__ == "__main__":
    main()
