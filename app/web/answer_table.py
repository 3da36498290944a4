"""The values of an answer as a table, where they have two dimensions; every word inert."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.answer.answer import Answer, Value
from app.web import ask_texts as texts
from app.web.escape import inert

MOST_CELLS = 400
_PEOPLE = frozenset(("人", "名", "位", "口", "口人"))
_Of = Callable[[Value], str]


def table_html(answer: Answer, cite: Callable[[int], str]) -> str:
    """Rows and columns of an answer from the ledger; empty where it has one dimension only.

    `cite` makes the link to a citation. What is listed in the table need not be told in lines.
    """
    values = answer.values
    for row, column, head in (
        (_place, _when, texts.PLACE),
        (_place, _unit, texts.PLACE),
        (_when, _unit, texts.PERIOD),
    ):
        rows, columns = _distinct(values, row), _distinct(values, column)
        if len(rows) > 1 and len(columns) > 1 and len(rows) * len(columns) <= MOST_CELLS:
            if column is _when:
                columns = _in_order(values)
            return _table(values, (row, rows), (column, columns), head, cite)
    return ""


def _place(value: Value) -> str:
    return value.place


def _when(value: Value) -> str:
    return value.when


def _unit(value: Value) -> str:
    """Villages count the same people in 人, 名 and 位: one column, each value as written."""
    return "人" if value.unit in _PEOPLE else value.unit


def _distinct(values: Sequence[Value], of: _Of) -> list[str]:
    return list(dict.fromkeys(of(value) for value in values))


def _in_order(values: Sequence[Value]) -> list[str]:
    ordered = sorted(values, key=lambda value: value.period or "")
    return _distinct(ordered, _when)


def _table(
    values: Sequence[Value],
    rows: tuple[_Of, Sequence[str]],
    columns: tuple[_Of, Sequence[str]],
    head: str,
    cite: Callable[[int], str],
) -> str:
    of_row, names = rows
    of_column, heads = columns
    cells: dict[tuple[str, str], list[str]] = {}
    for value in values:
        shown = f"{inert(value.shown)}<sup>{cite(value.citation)}</sup>"
        told = cells.setdefault((of_row(value), of_column(value)), [])
        if shown not in told:
            told.append(shown)
    top = "".join(f"<th>{inert(one)}</th>" for one in heads)
    body = "".join(
        f"<tr><th>{inert(name)}</th>"
        + "".join(
            f"<td>{'、'.join(cells.get((name, one), [texts.NO_VALUE]))}</td>" for one in heads
        )
        + "</tr>"
        for name in names
    )
    return (
        f'<div class="hb-values"><table><thead><tr><th>{head}</th>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
