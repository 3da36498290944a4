"""`huibao draft`: the next summary of a place, from its earlier reports and what is handed in."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli_options import archive_option, json_option, load, noted, print_json, trail_of
from app.draft.layout import Citations
from index.errors import UsageError

if TYPE_CHECKING:
    from app.draft.draft import Draft
    from app.settings import Settings


class _Files(click.ParamType[tuple[Path, ...]]):
    """One file, or several with commas between: 新情况.docx,数据.xlsx."""

    name = "files"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Path, ...]:
        if isinstance(value, tuple):
            return value
        file = click.Path(path_type=Path, exists=True, dir_okay=False)
        whole = Path(value)
        names = [value] if whole.exists() else re.split("[,\uff0c]", value)
        return tuple(file.convert(name.strip(), param, ctx) for name in names if name.strip())


@click.command()
@click.option("--place", help="写哪个地方的总结")
@click.option("--period", help="哪一期：2018H2、2018H1、2018")
@click.option("--unit", help="落款单位，默认沿用上期")
@click.option("--date", "day", help="成文日期：2018-12-20；不写的列为待补充")
@click.option(
    "--notes",
    multiple=True,
    type=_Files(),
    metavar="FILE",
    help="本期材料：文档，或「指标、数值、单位」的表；可以多次，也可以用逗号隔开",
)
@click.option("--note", multiple=True, help="本期材料的一行文字；可以多次")
@click.option("--outline", help="提纲：自己的文件、[draft] outlines 里的名字，或内置的 half-year、"
              "year-end、产业、危房、教育、健康、易地搬迁")  # fmt: skip
@click.option("--like", metavar="报告编号", help="照这份报告的标题和次序写")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=".docx 或 .md 文件")
@click.option("--clean", is_flag=True, help="净稿：不带出处和附件")
@click.option("--citations", type=click.Choice([one.value for one in Citations]),
              default="comments", help="Word 文件里的出处：批注、尾注或不要")  # fmt: skip
@click.option("--no-keep", is_flag=True, help="不存进 huibao drafts")
@click.option("--no-model", is_flag=True, help="不用语言模型组织语言")
@click.option("--import", "edited", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="收回在 Word、WPS 里改过的稿子，与最新一版逐句比较，存为新版")  # fmt: skip
@click.option("--as", "key", metavar="编号", help="收回的是哪份稿子，文件自己写明了的不用")
@archive_option
@json_option
@noted("export", "out")
@noted("imported", "edited")
def draft(
    place: str | None,
    period: str | None,
    unit: str | None,
    day: str | None,
    notes: tuple[tuple[Path, ...], ...],
    note: tuple[str, ...],
    outline: str | None,
    like: str | None,
    out: Path | None,
    clean: bool,
    citations: str,
    no_keep: bool,
    no_model: bool,
    edited: Path | None,
    key: str | None,
    archive: Path,
    as_json: bool,
) -> None:
    """起草下一期总结：没人提供的数字列为【待补充】，绝不用上期结果代替。"""
    from app.draft import texts

    if edited is not None:
        if any((place, period, unit, day, notes, note, outline, like, out, clean, no_keep)):
            raise UsageError(texts.IMPORT_ALONE)
        _import(edited, key, archive, as_json)
        return
    if outline and like:
        raise UsageError(texts.OUTLINE_OR_LIKE)
    if not place or not period:
        raise UsageError(texts.PLACE_AND_PERIOD)
    if out is not None and out.suffix.lower() not in (".docx", ".md"):
        raise UsageError(texts.bad_suffix(out.name))
    from app.draft.dating import day_of, open_items
    from app.draft.desk import draft as run
    from app.draft.draft_json import draft_json
    from app.draft.office import DraftOffice
    from app.draft.show import draft_text
    from app.draft.written import write
    from app.terminal import user_name
    from index.archive import open_archive

    dated = day_of(day or "")
    settings = load()
    with closing(open_archive(archive)) as opened:
        made = run(
            opened,
            place,
            period,
            notes=[file for some in notes for file in some],
            typed=note,
            outline=outline,
            outlines=settings.draft.outlines,
            like=like,
            unit=unit,
            dated=dated,
            indicators=settings.ledger.indicators,
        )
    if settings.model is not None and not no_model:
        made = _worded(made, settings, archive)
    kept = None
    if not no_keep:
        kept = DraftOffice(archive).keep(made, user_name()).version
    if out is not None:
        name = f"{kept.draft}-{kept.number}" if kept else ""
        write(made, out, clean=clean, name=name, citations=Citations(citations))
    if as_json:
        print_json({**draft_json(made), "key": kept.draft if kept else None})
    elif out is not None:
        doubts = len(made.verification.unsupported)
        click.echo(texts.written(out.name, open_items(made), doubts))
        for notice in (one for one in made.notices if texts.MODEL in one):
            click.echo(notice)
    else:
        click.echo(draft_text(made))
    if kept is not None and not as_json:
        word = out is not None and out.suffix.lower() == ".docx"
        click.echo(texts.kept_as(kept.draft) if word else texts.kept_for(kept.draft))


def _worded(made: Draft, settings: Settings, archive: Path) -> Draft:
    from app.draft.by_model import ByModel
    from app.models import make_generator
    from app.terminal import user_name

    generator = make_generator(settings.model)
    assert generator is not None
    with closing(generator):
        audit = trail_of(archive, settings)
        wording = ByModel(generator, audit, user_name(), lambda line: click.echo(line, err=True))
        return wording.worded(made)


def _import(edited: Path, key: str | None, archive: Path, as_json: bool) -> None:
    from app.draft.office import DraftOffice
    from app.draft.show import returned_text
    from app.terminal import user_name
    from index.archive import open_archive

    open_archive(archive).close()
    one = DraftOffice(archive).imported(edited, user_name(), key)
    if not as_json:
        click.echo(returned_text(one))
        return
    back, version = one.back, one.open.version
    print_json(
        {
            "draft": version.draft,
            "version": version.number,
            "changes": [asdict(change) for change in back.changes],
            "titles": [list(pair) for pair in back.titles],
            "moved": list(back.moved),
            "filled": list(back.filled),
            "unsourced": [asdict(doubt) for doubt in back.unsourced],
            "notice": one.notice,
        }
    )
