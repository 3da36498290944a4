"""What the ledger's commands print for people."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

import click

from app import texts
from index.ledger import Entry, Quote

MOST = 200
"""Rows on a terminal; more are for a program to read."""

_HEAD = ("地点", "时间", "指标", "数字", "类别", "说明", "报告")
_WIDEST = (16, 18, 34, 18, 4, 18, 40)


def show_figures(entries: Sequence[Entry], quotes: Sequence[Quote]) -> None:
    if not entries:
        click.echo(texts.NO_FIGURES)
        return
    rows = [_HEAD, *map(_row, entries[:MOST], quotes[:MOST])]
    widths = [min(most, max(_width(row[at]) for row in rows)) for at, most in enumerate(_WIDEST)]
    for row in rows:
        cells = (_fitted(cell, width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    if len(entries) > MOST:
        click.echo(texts.more_figures(MOST, len(entries)))
    else:
        click.echo(texts.all_figures(len(entries)))


def _row(entry: Entry, quote: Quote) -> tuple[str, ...]:
    figure = entry.figure
    return (
        figure.place or "",
        figure.as_of.chinese if figure.as_of else "",
        figure.indicator
        if figure.canonical in (None, figure.indicator)
        else f"{figure.indicator}（{figure.canonical}）",
        "".join(quote.text.split()) + (figure.unit if quote.text[-1:].isdigit() else ""),
        texts.KINDS[figure.kind],
        " ".join((*figure.qualifier, figure.approx)).strip(),
        entry.described.title,
    )


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _fitted(text: str, width: int) -> str:
    if _width(text) > width:
        while _width(text) > width - 1:
            text = text[:-1]
        text += "…" if _width(text) < width else ""
    return text + " " * (width - _width(text))
