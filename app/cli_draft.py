"""`huibao draft`: the next summary of a place, from its earlier reports and what is handed in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from app.cli_options import archive_option, json_option, load, print_json


@click.command()
@click.option("--place", required=True, help="写哪个地方的总结")
@click.option("--period", required=True, help="哪一期:2018H2、2018H1、2018")
@click.option("--unit", help="落款单位,默认沿用上期")
@click.option(
    "--notes",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="本期材料:文档,或「指标、数值、单位」的表;可以多次",
)
@click.option("--note", multiple=True, help="本期材料的一行文字;可以多次")
@click.option("--outline", help="提纲:自己的文件,或内置的 half-year、year-end、产业、危房 等")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=".docx 或 .md 文件")
@click.option("--clean", is_flag=True, help="净稿:不带出处和附件")
@archive_option
@json_option
def draft(
    place: str,
    period: str,
    unit: str | None,
    notes: tuple[Path, ...],
    note: tuple[str, ...],
    outline: str | None,
    out: Path | None,
    clean: bool,
    archive: Path,
    as_json: bool,
) -> None:
    """起草下一期总结:没人提供的数字列为【待补充】,绝不用上期结果代替。"""
    from app.draft import texts
    from app.draft.desk import draft as run
    from app.draft.draft_json import draft_json
    from app.draft.show import draft_text
    from app.draft.written import write
    from index.archive import open_archive

    settings = load()
    with closing(open_archive(archive)) as opened:
        made = run(
            opened,
            place,
            period,
            notes=notes,
            typed=note,
            outline=outline,
            unit=unit,
            indicators=settings.ledger.indicators,
        )
    if out is not None:
        write(made, out, clean=clean)
    if as_json:
        print_json(draft_json(made))
    elif out is not None:
        doubts = len(made.verification.unsupported)
        click.echo(texts.written(out.name, len(made.to_fill), doubts))
    else:
        click.echo(draft_text(made))
