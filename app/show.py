"""What the commands print for people: answers, passages, lists, a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from app.answer.answer import Answer
from index.records import Period, Report

if TYPE_CHECKING:
    from app.desk import ArchiveDesk
    from index.archive import ReportInfo
    from index.search import Found


def show_answer(answer: Answer) -> None:
    click.echo(answer.text)
    if answer.citations:
        click.echo()
    for citation in answer.citations:
        report = citation.report
        where = " · ".join(
            part
            for part in (report.title, report.place, _chinese(report.period), citation.heading)
            if part
        )
        click.echo(f"[{citation.n}] {where}\n    {report.source}")


def show_found(found: Found) -> None:
    if not found.hits:
        click.echo("没有找到。")
    for hit in found.hits:
        described = hit.stored.described
        where = " · ".join(part for part in (described.title, *hit.stored.passage.heading) if part)
        click.echo(f"{hit.rank}. {where}  ({hit.stored.source})")
        click.echo("   " + hit.stored.passage.text.replace("\n", "\n   "))


def show_reports(infos: Sequence[ReportInfo]) -> None:
    for info in infos:
        described = info.described
        period = described.period.chinese if described.period else "期次未知"
        click.echo(
            f"{info.id}  {described.place or '地点未知'}  {period}  {described.title}"
            f"  ({info.passages} 段,{info.source})"
        )
    click.echo(f"共 {len(infos)} 份报告。")


def show_report(report: Report) -> None:
    described = report.described
    for name, value in (
        ("编号", report.id),
        ("标题", described.title),
        ("地点", "".join((*reversed(described.within), described.place or "未知"))),
        ("期次", described.period.chinese if described.period else "未知"),
        ("填报单位", described.unit or "未知"),
        ("文种", described.genre or "未知"),
        ("日期", described.dated.isoformat() if described.dated else "未知"),
        ("文件", report.source),
    ):
        click.echo(f"{name}:{value}")
    click.echo(f"\n{report.text}")


def page_ready(url: str, desk: ArchiveDesk) -> None:
    click.echo(f"网页已打开:{url}  (按 Ctrl-C 停止)")
    examples = desk.examples()
    if examples:
        click.echo("可以试着问:")
    for question in examples:
        click.echo(f"  {question}")


def _chinese(period: str | None) -> str | None:
    return Period.parse(period).chinese if period else None
