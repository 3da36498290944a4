"""`huibao drafts`: the drafts that are kept, their versions, and what changed between two."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from app.cli_options import archive_option, json_option, noted, print_json

_BECAME = {
    "added": "新增", "removed": "删去", "changed": "修改", "rejected": "不要", "taken_back": "收回",
}  # fmt: skip


@click.group()
def drafts() -> None:
    """存下的稿子：列出、查看、比较、导出、删除。"""


@drafts.command("list")
@click.argument("draft", required=False, metavar="[编号]")
@archive_option
@json_option
def list_drafts(draft: str | None, archive: Path, as_json: bool) -> None:
    """列出全部稿子；写明编号，列出这份稿子的各版。"""
    from app.draft.office import opened
    from index.archive import open_archive
    from index.drafts import DraftStore

    open_archive(archive).close()
    with closing(DraftStore(archive)) as store:
        if draft is not None:
            opened(store, draft)
        found = [opened(store, v.draft, v.number) for v in store.kept(draft)]
    if as_json:
        print_json({"drafts": [{**vars(one.version), "title": one.draft.title} for one in found]})
        return
    for one in found:
        v = one.version
        click.echo(f"{v.draft}  第{v.number}版  {v.at}  {v.who}  {v.remark}  {one.draft.title}")
    if not found:
        click.echo("还没有稿子。")


@drafts.command("show")
@click.argument("draft", metavar="编号")
@archive_option
@json_option
@click.option("--version", "number", type=click.IntRange(1), help="哪一版，默认最新")
@click.option("--against", type=click.IntRange(1), help="与这一版逐句比较")
def show(draft: str, archive: Path, as_json: bool, number: int | None, against: int | None) -> None:
    """显示一份稿子，或与另一版逐句比较。"""
    from app.draft.office import opened
    from app.draft.stored import to_json
    from app.draft.versions import differences
    from index.archive import open_archive
    from index.drafts import DraftStore

    open_archive(archive).close()
    with closing(DraftStore(archive)) as store:
        one = opened(store, draft, number)
        other = opened(store, draft, against) if against is not None else None
    if other is not None:
        changes = differences(other.draft, one.draft)
        if as_json:
            print_json({"differences": [vars(change) for change in changes]})
            return
        for change in changes:
            click.echo(f"{_BECAME[change.became]}（{change.heading}）")
            for sign, text in (("-", change.old), ("+", change.new)):
                if text is not None:
                    click.echo(f"  {sign} {text}")
        if not changes:
            click.echo("两版一样。")
    elif as_json:
        click.echo(to_json(one.draft))
    else:
        click.echo(_as_text(one.draft))


def _as_text(draft: Any) -> str:
    blocks = [draft.title]
    for section in draft.sections:
        kept = [one for one in section.sentences if not one.rejected]
        text = "".join(("\n" if one.opens and i else "") + one.text for i, one in enumerate(kept))
        blocks += [section.heading, *([text] if text else [])]
    return "\n".join(blocks)


@drafts.command("export")
@click.argument("draft", metavar="编号")
@archive_option
@click.option("--version", "number", type=click.IntRange(1), help="哪一版，默认最新")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".docx 或 .md"
)
@click.option("--clean", is_flag=True, help="不带出处和附件")
@noted("export", "out", "draft")
def export(draft: str, archive: Path, number: int | None, out: Path, clean: bool) -> None:
    """写成 Word 文件，或 Markdown（文件名以 .md 结尾）。"""
    from app.draft.office import export as run
    from app.draft.office import opened
    from index.archive import open_archive
    from index.drafts import DraftStore

    open_archive(archive).close()
    with closing(DraftStore(archive)) as store:
        run(opened(store, draft, number), out, clean=clean)
    click.echo(f"已写入 {out}")


@drafts.command("remove")
@click.argument("draft", metavar="编号")
@archive_option
@click.option("--yes", is_flag=True, help="不再询问")
@noted("remove draft", "draft")
def remove(draft: str, archive: Path, yes: bool) -> None:
    """删除一份稿子的所有版本，不能恢复。"""
    from app.draft.office import opened
    from index.archive import open_archive
    from index.drafts import DraftStore

    open_archive(archive).close()
    with closing(DraftStore(archive)) as store:
        title = opened(store, draft).draft.title
        if not yes:
            click.confirm(f"删除「{title}」的所有版本？", abort=True)
        store.remove(draft)
    click.echo(f"已删除「{title}」")
