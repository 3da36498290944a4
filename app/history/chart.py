"""A history as a figure: indicators over time, by place; a panel for each unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from app.history import texts
from app.history.amounts import plain
from app.history.periods import filled, months_of
from app.history.rows import Cell, History, Row, Value
from index.records import FigureKind, Period

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_LINES = 24
"""More lines than that nobody can tell apart."""
_FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f")
_PANEL, _BETWEEN, _TOP, _AXIS, _LEGEND = 260, 60, 110, 50, 22
"""Heights in pixels: of a panel, between two, of the title, the axis, a line of the legend."""
_QUOTE = 60
"""Characters of a quote that fit beside the mouse."""


@dataclass(frozen=True)
class Line:
    """One thing of one place over periods of one length; a gap is a period without a cell."""

    place: str
    row: Row
    periods: tuple[Period, ...]
    cells: tuple[Cell | None, ...]

    @property
    def name(self) -> str:
        length = "" if self.row.key.kind is FigureKind.STOCK else _length(self.periods[0])
        # 监测户 is told in 户 and in 人: without its unit one name would stand for two lines.
        parts = (self.row.unit, texts.KINDS[self.row.key.kind], length)
        about = "、".join(one for one in parts if one)
        return f"{self.place} {self.row.name}（{about}）"


def lines(histories: Sequence[History]) -> list[Line]:
    """What is drawn as one line: one place, one key, and of what is done in a time, one length.

    A half-year's sum and a year's never stand on one line, nor a stock and a flow, a result and a
    plan. Periods without a report between two with one are gaps.
    """
    return [line for history in histories for row in history.rows for line in _lines(history, row)]


def chart(histories: Sequence[History], title: str | None = None) -> Figure:
    """The figure of these histories, of one place or of several beside one another.

    Plans are dashed, periods without a figure leave the line open, values that contradict the
    line's are crosses; beside the mouse stand the value as written, its words and its report.
    At most `MOST_LINES` lines, those with the most values; the title says how many were left out.
    """
    from plotly.graph_objects import Figure
    from plotly.subplots import make_subplots

    every = lines(histories)
    fullest = sorted(every, key=lambda line: -sum(cell is not None for cell in line.cells))
    shown = [line for line in every if line in fullest[:MOST_LINES]]
    if not shown:
        figure = Figure()
        figure.update_layout(font_family=_FONTS, title_text=title or texts.NO_CHART)
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        return figure
    units = list(dict.fromkeys(line.row.key.unit for line in shown))
    scales = {unit: _scale(unit, shown) for unit in units}
    drawn = _PANEL * len(units) + _BETWEEN * (len(units) - 1)
    figure = make_subplots(
        rows=len(units),
        shared_xaxes=True,
        vertical_spacing=_BETWEEN / drawn,
        subplot_titles=[texts.in_unit(scales[unit][0]) for unit in units],
    )
    columns = sorted(
        {period for line in shown for period in line.periods}, key=lambda one: (one.end, one.start)
    )
    used = dict.fromkeys(units, 0)
    for line in shown:
        unit = line.row.key.unit
        colour = _COLOURS[used[unit] % len(_COLOURS)]
        used[unit] += 1
        for trace in _traces(line, scales[unit][1], colour):
            figure.add_trace(trace, row=units.index(unit) + 1, col=1)
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=[one.chinese for one in columns],
    )
    figure.update_xaxes(showticklabels=True, row=len(units), col=1)
    figure.update_yaxes(rangemode="tozero", tickformat=",")
    figure.update_layout(
        title_text=escape(title or _title(histories, len(every) - len(shown)), quote=False),
        font_family=_FONTS,
        template="plotly_white",
        height=_TOP + drawn + _AXIS + _LEGEND * len(figure.data) + 20,
        margin={"t": _TOP, "b": _AXIS + _LEGEND * len(figure.data) + 20},
        legend={"yanchor": "top", "y": -_AXIS / drawn, "xanchor": "left", "x": 0},
        hoverlabel={"align": "left"},
        showlegend=True,
    )
    return figure


def _lines(history: History, row: Row) -> Iterator[Line]:
    lengths: dict[int | None, list[Cell]] = {}
    for cell in row.cells:
        length = months_of(cell.period)
        # What there is at a time is one line, whether halves or years report it.
        lengths.setdefault(None if row.key.kind is FigureKind.STOCK else length, []).append(cell)
    for cells in lengths.values():
        by_period = {cell.period: cell for cell in cells}
        own = {months_of(period) for period in by_period}
        first, last = cells[0].period.start, cells[-1].period.end
        filed = (one for one in history.periods if first <= one.start and one.end <= last)
        periods = filled(set(by_period) | {one for one in filed if months_of(one) in own})
        yield Line(history.place, row, periods, tuple(by_period.get(one) for one in periods))


def _length(period: Period) -> str:
    return texts.LENGTHS.get(months_of(period) or 0, "")


def _scale(unit: str, shown: Sequence[Line]) -> tuple[str, Decimal]:
    """The unit that a panel's axis is written in, and what it is in the unit of comparison."""
    for line in shown:
        if line.row.key.unit == unit:
            for value in _values(line):
                if value.amount:
                    return line.row.unit, value.figure.base / value.amount
    return unit, Decimal(1)


def _values(line: Line) -> Iterator[Value]:
    for cell in line.cells:
        if cell is not None:
            yield from cell.values


def _traces(line: Line, scale: Decimal, colour: str) -> Iterator[object]:
    from plotly.graph_objects import Scatter

    first = [cell.values[0] if cell else None for cell in line.cells]
    spans = [float(_span(one, scale)) if one else 0.0 for one in first]
    planned = line.row.key.kind is FigureKind.TARGET
    yield Scatter(
        x=[one.chinese for one in line.periods],
        y=[float(one.figure.base / scale) if one else None for one in first],
        name=escape(line.name, quote=False),
        legendgroup=line.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "dash": "dash" if planned else "solid"},
        marker={"size": 8, "symbol": "circle-open" if planned else "circle"},
        error_y={"type": "data", "symmetric": False, "array": spans, "arrayminus": [0] * len(spans)}
        if any(spans)
        else None,
        hovertext=[
            _hover(line, period, one) if one else ""
            for period, one in zip(line.periods, first, strict=True)
        ],
        hoverinfo="text",
    )
    others = [
        (cell.period, value) for cell in line.cells if cell is not None for value in cell.values[1:]
    ]
    if others:
        yield Scatter(
            x=[period.chinese for period, _ in others],
            y=[float(value.figure.base / scale) for _, value in others],
            name=escape(f"{line.name} {texts.CONTRADICTS}", quote=False),
            legendgroup=line.name,
            mode="markers",
            marker={"size": 10, "symbol": "x", "color": colour},
            hovertext=[_hover(line, period, value) for period, value in others],
            hoverinfo="text",
        )


def _span(value: Value, scale: Decimal) -> Decimal:
    """From the lower end of a range to its upper one, on the axis."""
    figure = value.figure
    if figure.high is None or not figure.value:
        return Decimal(0)
    return (figure.high - figure.value) * (figure.base / figure.value) / scale


def _hover(line: Line, period: Period, value: Value) -> str:
    """Plotly reads tags in it, so that the words of a report are escaped."""
    figure, citation = value.figure, value.citation
    written = citation.quote[figure.start - citation.start : figure.end - citation.start]
    quote = " ".join(citation.quote.split())
    if len(quote) > _QUOTE:
        quote = quote[: _QUOTE - 1] + "…"
    said = (
        f"{line.place} {line.row.name} {period.chinese}",
        f"{texts.WRITTEN}：{written or plain(value.amount) + line.row.unit}",
        f"{texts.QUOTE}：{quote}",
        f"{texts.REPORT}：{citation.described.title or citation.source}",
    )
    return "<br>".join(escape(one, quote=False) for one in said)


def _title(histories: Sequence[History], left_out: int) -> str:
    return texts.chart_title([one.place for one in histories], left_out)
