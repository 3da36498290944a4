"""`huibao eval …`: the measurements of answers, retrieval and speed."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.cli_options import embedder_or_none, json_option, load, print_json
from index.errors import UsageError

_reports = click.option(
    "--reports", type=click.Path(path_type=Path), help="带标准答案的报告集（见 README）"
)
_no_embed = click.option("--no-embed", is_flag=True, help="只按词查找，不用向量")


@click.group("eval", invoke_without_command=True)
@_reports
@click.option("--out", type=click.Path(path_type=Path), help="逐题结果写入这个 JSONL 文件")
@_no_embed
@json_option
@click.pass_context
def evaluate(
    context: click.Context, reports: Path | None, out: Path | None, no_embed: bool, as_json: bool
) -> None:
    """测量回答、查找、速度。不写子命令时测回答（answers）。"""
    if context.invoked_subcommand is None:
        _answers(reports, out, no_embed, as_json)
    elif reports or out or no_embed or as_json:
        raise UsageError("选项请写在子命令之后，例如 huibao eval retrieval --reports 文件夹")


@evaluate.command("answers")
@_reports
@click.option("--out", type=click.Path(path_type=Path), help="逐题结果写入这个 JSONL 文件")
@_no_embed
@click.option("--model", metavar="名称", help="另用语言模型再问一遍，并排比较：config 是"
              " huibao.toml 里配置的，其余为脚本模型，如 honest、invented_number")  # fmt: skip
@json_option
def answers(
    reports: Path | None, out: Path | None, no_embed: bool, model: str | None, as_json: bool
) -> None:
    """用自带的样例档案（或 --reports 指定的报告集）测一遍回答得对不对。"""
    _answers(reports, out, no_embed, as_json, model)


def _answers(
    reports: Path | None, out: Path | None, no_embed: bool, as_json: bool, model: str | None = None
) -> None:
    run = _main("eval.answers")
    _show(run(reports, out, None if no_embed else embedder_or_none(load()), model), as_json)


@evaluate.command("retrieval")
@_reports
@click.option("--out", type=click.Path(path_type=Path), help="设置、结果和逐题情况写入这个 JSON")
@_no_embed
@click.option("--ablation/--no-ablation", default=True, help="逐个关掉查找的各部分，各测一遍")
@click.option("--themes", is_flag=True, help="另测不限地点期次、只按主题的查找（要再生成一遍向量）")
@json_option
def retrieval(
    reports: Path | None,
    out: Path | None,
    no_embed: bool,
    ablation: bool,
    themes: bool,
    as_json: bool,
) -> None:
    """测查找：答案所在的段落排在第几，有没有别处、别期的段落。"""
    if themes and no_embed:
        raise UsageError("--themes 要比较按词和按意思的查找，不能与 --no-embed 同用")
    run = _main("eval.retrieval")
    embedder = None if no_embed else embedder_or_none(load())
    _show(run(reports, out, embedder, ablation=ablation, themes=themes), as_json)


@evaluate.command("speed")
@_reports
@click.option("--sizes", default="1000,10000,100000", show_default=True, help="段落数，逗号隔开")
@click.option("--stock/--no-stock", default=True, help="与 LangChain 的现成组合对比")
@click.option("--embedding", is_flag=True, help="另测生成向量的速度，与 sentence-transformers 对比")
@click.option("--real", type=click.IntRange(1), default=1000, show_default=True,
              help="真正生成的向量数，其余由这些加噪声造出")  # fmt: skip
@click.option("--questions", type=click.IntRange(1), default=50, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="设置和结果写入这个 JSON 文件")
@json_option
def speed(
    reports: Path | None,
    sizes: str,
    stock: bool,
    embedding: bool,
    real: int,
    questions: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """测速度和内存：入库、生成向量、提问，机器上不要有别的任务。"""
    try:
        wanted = [int(size) for size in sizes.split(",") if size.strip()]
    except ValueError as error:
        raise UsageError(f"--sizes 应是逗号隔开的数：{sizes}") from error
    run = _main("eval.speed")
    result = run(
        reports, wanted, out, stock=stock, embedding=embedding, real=real, asked=questions,
        say=lambda line: click.echo(line, err=True),
    )  # fmt: skip
    _show(result, as_json)


def _main(module: str) -> Any:
    # eval imports app; loaded by name so that app does not import it back.
    return import_module(module).main


def _show(result: Any, as_json: bool) -> None:
    if as_json:
        print_json(result.as_json())
    else:
        click.echo(result.table())


@evaluate.command("figures")
@_reports
@click.option("--errors", is_flag=True, help="逐条列出公开标注中的错误")
@json_option
def figures(reports: Path | None, errors: bool, as_json: bool) -> None:
    """拿人工标注核对指标数据读得对不对；--reports 另核对其中的目标数。"""
    result = _main("eval.figures_run")(reports)
    if as_json:
        print_json(result.as_json())
    else:
        click.echo(result.table(errors))


@evaluate.command("ledger")
def ledger() -> None:
    """测要统计的提问：在样例档案上合计、比较、计数、看变化。"""
    click.echo(_main("eval.ledger_run")())


@evaluate.command("seeds")
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@_no_embed
@json_option
def seeds(folder: Path, no_embed: bool, as_json: bool) -> None:
    """测五份真实文件上的提问。"""
    module = import_module("eval.answers_seeds")
    embedder = None if no_embed else embedder_or_none(load())
    result = module.main(folder, None, embedder)
    if as_json:
        print_json(module.as_json(result))
    else:
        click.echo(module.table(result))


@evaluate.command("drafts")
@click.option(
    "--reports", type=click.Path(path_type=Path, exists=True), help="换一个报告文件夹，或档案文件夹"
)
@click.option("--places", type=click.IntRange(1), help="只抽这么多个地点，每次抽的都一样")
@click.option("--until", type=click.IntRange(1900), help="各地这一年以前（含）的最后一期")
@click.option("--model", metavar="名称", help="另用语言模型组织语言，并排比较：config 是"
              " huibao.toml 里配置的，all 为全部脚本模型，其余为其中一个，"
              "如 last_as_this")  # fmt: skip
@json_option
def drafts(
    reports: Path | None,
    places: int | None,
    until: int | None,
    model: str | None,
    as_json: bool,
) -> None:
    """测起草：用样例档案里更早的报告和一半材料，起草各地的最后一期。"""
    module = import_module("eval.drafts")
    folder = reports or module.SAMPLE
    if model is None:
        _show(module.main(folder, places, until), as_json)
        return
    say = partial(click.echo, err=True)
    found = _main("eval.drafts_worded")(model, folder, places, until, say)
    _show(found, as_json)
    if not found.safe:
        raise SystemExit(1)
