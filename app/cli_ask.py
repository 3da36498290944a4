"""The commands that ask an archive: `huibao search` and `huibao ask`; the desk they ask at."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from app.cli_options import (
    archive_option,
    embedder_or_none,
    json_option,
    load,
    print_json,
    trail_of,
)
from index.errors import ModelUnavailable, UsageError

if TYPE_CHECKING:
    from app.desk import ArchiveDesk
    from index.embedder import Embedder


@click.command()
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
    with closing(desk_of(archive)) as desk:
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


@click.command()
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
    with closing(desk_of(archive, words=not no_model)) as desk:
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


def desk_of(archive: Path, *, words: bool = False) -> ArchiveDesk:
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
