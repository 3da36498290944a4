"""What the commands print for people: answers, passages, lists, a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from app import audit_texts, texts
from app.answer.answer import Answer, Citation
from app.rights.texts import LOOPBACK_ONLY
from index.positions import Position
from index.records import Origin, Period, Report

if TYPE_CHECKING:
    from app.audit import Verified
    from app.desk import ArchiveDesk
    from app.versions import VersionPair, Versions
    from index.archive import ReportInfo
    from index.corrections import Correction
    from index.search import Found

_FIELDS = {
    "title": "标题", "place": "地点", "period": "期次", "unit": "填报单位", "genre": "文种",
    "dated": "日期",
}  # fmt: skip
_SURE_ENOUGH = 0.7


def show_answer(answer: Answer) -> None:
    click.echo(answer.text)
    if answer.closest is not None:
        click.echo(f"\n{texts.NOT_THE_ANSWER}\n    「{answer.closest.quote}」")
        click.echo(f"    {_source(answer.closest)}")
    for notice in answer.notices:
        click.echo(f"提示：{notice}")
    if answer.citations:
        click.echo()
    for citation in answer.citations:
        click.echo(f"[{citation.n}] {_source(citation)}")


def _source(citation: Citation) -> str:
    report = citation.report
    where = " · ".join(
        part
        for part in (report.title, report.place, _chinese(report.period), citation.heading)
        if part
    )
    return f"{where}\n    {report.source}{_in_file(citation)}"


def show_found(found: Found, explained: bool = False) -> None:
    if not found.hits:
        click.echo("没有找到。")
    for hit in found.hits:
        described = hit.stored.described
        where = " · ".join(part for part in (described.title, *hit.stored.passage.heading) if part)
        passage = hit.stored.passage
        position = passage.position(passage.start, passage.end)
        click.echo(f"{hit.rank}. {where}  （{hit.stored.source}{_in_file(position)}）")
        click.echo("   " + hit.stored.passage.text.replace("\n", "\n   "))
        if explained:
            from app.explain import explain

            click.echo("   ── " + texts.why_found(explain(found, hit)))


def _in_file(where: Citation | Position) -> str:
    """Where in the file it stands, and what to think of recognised text."""
    place = texts.in_file(where.page, where.sheet, where.row)
    warning = texts.recognised(where.sure) if where.sure is not None else ""
    return "".join(f"  {part}" for part in (place, warning) if part)


def show_reports(infos: Sequence[ReportInfo]) -> None:
    for info in infos:
        described = info.described
        period = described.period.chinese if described.period else "期次未知"
        doubts = "、".join(
            _FIELDS[name] for name, origin in described.origins if _doubtful(name, origin)
        )
        click.echo(
            f"{info.id}  {described.place or '地点未知'}  {period}  {described.title}"
            f"  （{info.passages} 段，{info.source}）"
            + ("  残篇" if described.fragment else "")
            + (f"  {doubts}待核对" if doubts else "")
        )
    click.echo(f"共 {len(infos)} 份报告。")


def show_removed(corrections: Sequence[Correction]) -> None:
    for one in corrections:
        place, period = one.was("place"), one.was("period")
        when = _chinese(period if isinstance(period, str) else None) or "期次未知"
        click.echo(
            f"{one.report_id}  {place or '地点未知'}  {when}  {one.was('title')}  （{one.path}）"
        )
    click.echo(f"共移除 {len(corrections)} 份报告。恢复：huibao reports restore 编号")


def show_report(report: Report, versions: Versions, *, whole: bool = True) -> None:
    described = report.described
    origins = dict(described.origins)
    click.echo(f"编号：{report.id}")
    for name, value in (
        ("title", described.title),
        ("place", "".join((*reversed(described.within), described.place or "未知"))),
        ("period", described.period.chinese if described.period else "未知"),
        ("unit", described.unit or "未知"),
        ("genre", described.genre or "未知"),
        ("dated", described.dated.isoformat() if described.dated else "未知"),
    ):
        origin = origins.get(name)
        where = f"  （{texts.ORIGINS[origin]}，把握 {origin.sure:.0%}）" if origin else ""
        click.echo(f"{_FIELDS[name]}：{value}{where}")
    click.echo(f"文件：{report.source}")
    if described.fragment:
        click.echo("残篇：原文在「…」处中断")
    for path in versions.copies:
        click.echo(f"内容相同的文件：{path}")
    for other, similarity in versions.duplicates:
        click.echo(f"内容相近：{other.id}  {other.source}  （相似 {similarity:.0%}）")
    if whole:
        click.echo(f"\n{report.text}")


def show_duplicates(pairs: Sequence[VersionPair]) -> None:
    for pair in pairs:
        how = "内容相同" if pair.same_content else f"相似 {pair.similarity:.0%}"
        click.echo(f"{how}  {pair.one[0].described.title}")
        for info, source in (pair.one, pair.other):
            click.echo(f"    {info.id}  {source}")
    click.echo(f"共 {len(pairs)} 对。")


def _doubtful(name: str, origin: Origin) -> bool:
    return name in ("place", "period") and origin.sure < _SURE_ENOUGH


def page_ready(url: str, desk: ArchiveDesk, *, users: bool) -> None:
    click.echo(f"网页已打开：{url}  （按 Ctrl-C 停止）")
    if not users:
        click.echo(LOOPBACK_ONLY)
    examples = desk.examples()
    if examples:
        click.echo("可以试着问：")
    for question in examples:
        click.echo(f"  {question}")


def _chinese(period: str | None) -> str | None:
    return Period.parse(period).chinese if period else None


def show_audit(rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        who = f"  {row['who']}" if row.get("who") else ""
        if "event" in row:
            event = audit_texts.EVENTS.get(row["event"], row["event"])
            said = [*row.get("of", ()), *([row["address"]] if row.get("address") else [])]
            click.echo(f"{row['time']}{who}  {event}  {' '.join(said)}")
            continue
        click.echo(f"{row['time']}{who}  {row['model'] or '未用语言模型'}  {row['mode']}")
        click.echo(f"  起草：{row['draft']}" if "draft" in row else f"  问：{row['question']}")
        for sentence in row.get("sentences", ()):
            cited = "".join(f"[{n}]" for n in sentence["citations"])
            click.echo(f"  答：{sentence['text']}{cited}")
        for notice in row["notices"]:
            click.echo(f"  提示：{notice}")
        for exchange in row["exchanges"]:
            click.echo(f"  模型原文（{'、'.join(exchange['prompts'])}）：{exchange['output']}")
    click.echo(f"共 {len(rows)} 条。")


def show_verified(found: Verified) -> None:
    for number in found.torn:
        click.echo(f"第 {number} 行只写了一半（当时程序中断），不影响前后各行的核对。")
    if found.unchained:
        click.echo(f"前面有 {found.unchained} 行是没有校验值时写下的，无从核对。")
    if found.broken is not None:
        click.echo(
            f"第 {found.broken} 行与它的前一行接不上：留痕在这里被改动、删除或插入过。", err=True
        )
    else:
        click.echo(f"共 {found.lines} 行，前后相接。最后一行的校验值：{found.last or '无'}")
