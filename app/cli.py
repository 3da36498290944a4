"""The commands; the one place that builds objects from settings.

Imports that cost time (numpy, tantivy, Gradio …) stand inside the commands that need them, so
that `huibao --help` answers at once.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

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
from index.errors import HuibaoError, ModelUnavailable, UsageError

if TYPE_CHECKING:
    from app.desk import ArchiveDesk
    from index.embedder import Embedder


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


# ---- asking


@main.command()
@click.argument("question", required=False, metavar="问题")
@archive_option
@json_option
@click.option("--k", "limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--explain", is_flag=True, help="说明每一段为什么找到、怎样排序")
@click.option("--batch", type=click.File("r", encoding="utf-8"), help="逐行的问题（JSONL）")
@click.option("--out", type=click.File("w", encoding="utf-8"), help="逐行的结果（JSONL）")
def search(
    question: str | None,
    archive: Path,
    as_json: bool,
    limit: int,
    explain: bool,
    batch: TextIO | None,
    out: TextIO | None,
) -> None:
    """按问题查找报告段落。"""
    from app.json_out import found_json
    from app.show import show_found

    asked = "" if batch is not None else _required(question)
    with closing(_desk(archive)) as desk:
        if batch is not None:
            _batch(
                batch, out, lambda item: found_json(desk.search(item["question"], limit), explain)
            )
            return
        found = desk.search(asked, limit)
        if as_json:
            print_json(found_json(found, explain))
        else:
            show_found(found, explain)


@main.command()
@click.argument("question", required=False, metavar="问题")
@archive_option
@json_option
@click.option("--place", help="只看这个地点")
@click.option("--period", help="只看这一期：2018、2018H1、2018Q3、2018-10")
@click.option("--genre", help="只看这一种文件：述职报告、调研报告、总结……")
@click.option("--no-model", is_flag=True, help="不用语言模型，只用原文摘录回答")
@click.option("--batch", type=click.File("r", encoding="utf-8"), help="逐行的问题（JSONL）")
@click.option("--out", type=click.File("w", encoding="utf-8"), help="逐行的结果（JSONL）")
def ask(
    question: str | None,
    archive: Path,
    as_json: bool,
    place: str | None,
    period: str | None,
    genre: str | None,
    no_model: bool,
    batch: TextIO | None,
    out: TextIO | None,
) -> None:
    """提问，用档案里的原句回答并注明出处；档案里没有就说没有。"""
    from app.answer.answer_json import answer_json
    from app.show import show_answer

    asked = "" if batch is not None else _required(question)
    with closing(_desk(archive, words=not no_model)) as desk:
        if batch is not None:
            _batch(
                batch,
                out,
                lambda item: answer_json(desk.ask(item["question"], place, period, genre)),
            )
            return
        answer = desk.ask(asked, place, period, genre)
        if as_json:
            print_json(answer_json(answer))
        else:
            show_answer(answer)


# ---- what is in the archive


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
        desk = stack.enter_context(closing(_desk(archive, words=True)))
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


# ---- shared


def _desk(archive: Path, *, words: bool = False) -> ArchiveDesk:
    """The desk by the settings; with `words` the configured language model words its answers."""
    from app.desk import ArchiveDesk
    from app.intake import Kept
    from app.models import make_generator, make_reranker, office_synonyms
    from app.terminal import user_name
    from index.archive import open_archive

    open_archive(archive).close()  # says what is wrong before a model is loaded
    settings = load()
    synonyms, reranker = office_synonyms(settings.search), make_reranker(settings.search)
    embedder = embedder_or_none(settings)
    if embedder is not None:
        # Loading the model and jieba's dictionary side by side saves a new process half a second.
        threading.Thread(target=_warm, args=(embedder,)).start()
    generator = make_generator(settings.model) if words else None
    desk = ArchiveDesk(
        archive,
        embedder,
        synonyms=synonyms,
        reranker=reranker,
        generator=generator,
        audit=trail_of(archive, settings),
        kept=Kept(
            settings.ledger.indicators, settings.ingest.allow_secret, settings.draft.outlines
        ),
    )
    return desk.signed(user_name())


def _warm(embedder: Embedder) -> None:
    with suppress(ModelUnavailable):  # whoever asks next is told
        embedder.embed_query("")


def _required(question: str | None) -> str:
    if question is None:
        raise click.UsageError("请写出问题，或用 --batch 指定问题文件")
    return question


def _batch(
    source: TextIO, out: TextIO | None, answer: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """One JSON object a line in, one out, in order, with the input's id."""
    target = out or sys.stdout
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            question = item["question"]
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"第 {number} 行不是带 question 的 JSON 对象：{error}") from error
        try:
            result = answer({**item, "question": str(question)})
        except UsageError as error:
            result = {"question": question, "error": str(error)}
        target.write(json.dumps({"id": item.get("id"), **result}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
