"""What the tab 历次上报 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from app.history.chart import chart
from app.history.chart_png import write_png
from app.history.rows import History, Row
from app.history.workbook import write_coverage, write_history
from app.steps import Step, unwatched
from app.web import history_texts as texts
from app.web.drawn import on_page
from app.web.history_html import (
    alarms_html,
    coverage_html,
    hint_html,
    history_html,
    name_of,
)
from app.web.opened import opened_html
from app.web.ports import Desk, HistoryDesk
from app.web.running import Waiting

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LINES = 6
"""Lines of a chart for which nobody has chosen any."""


@dataclass(frozen=True)
class View:
    """What one event changes on the tab; None leaves a part as it is."""

    indicators: tuple[str, ...] | None = None
    """What can be chosen; also takes the present choice away."""
    table: str | None = None
    chart: Figure | None = None
    alarms: str | None = None
    coverage: str | None = None
    viewer: str | None = None
    notice: str | None = None
    file: str | None = None
    working: Waiting | None = None
    """How far it is what will change the tab."""


def choose(desk: HistoryDesk, place: str | None) -> View:
    """Another place: all that it reported, without what was drawn of the last one."""
    if not place:
        return View((), hint_html(texts.CHOOSE), notice="", viewer="")
    found = desk.history(place)
    names = tuple(dict.fromkeys(name_of(row) for row in found.rows))
    table, alarms = history_html(found, found.rows), alarms_html(found.alarms)
    return View(names, table, alarms=alarms, viewer="", notice="")


def with_chart(view: View, drawn: View) -> View:
    """Both, for whoever looks at the chart while choosing."""
    return replace(view, chart=drawn.chart, notice=drawn.notice)


def narrow(desk: HistoryDesk, place: str | None, indicators: Sequence[str]) -> View:
    """The figures of the place, of the chosen indicators or of all."""
    if not place:
        return View(table=hint_html(texts.CHOOSE))
    found = desk.history(place)
    return View(table=history_html(found, _chosen(found, indicators)), notice="")


def _chosen(found: History, indicators: Sequence[str]) -> tuple[Row, ...]:
    return tuple(row for row in found.rows if not indicators or name_of(row) in indicators)


def draw(
    desk: HistoryDesk,
    place: str | None,
    indicators: Sequence[str],
    with_places: bool,
    step: Step = unwatched,
) -> View:
    """The chosen indicators over time; `with_places`: beside those of the places of a township."""
    if not place:
        return View(notice=texts.CHOOSE_CHART)
    rows = _to_draw(desk, place, indicators, with_places, step)
    fewer = [replace(one, rows=_fullest(one.rows, len(rows))) for one in rows]
    cut = not indicators and fewer != rows
    return View(
        chart=on_page(chart(fewer if cut else rows)), notice=texts.MANY_LINES if cut else ""
    )


def _fullest(rows: Sequence[Row], places: int) -> tuple[Row, ...]:
    """The few rows with the most periods, in their order: more lines nobody can tell apart."""
    kept = sorted(rows, key=lambda row: -len(row.cells))[: max(1, LINES // places)]
    return tuple(row for row in rows if row in kept)


def _to_draw(
    desk: HistoryDesk, place: str, indicators: Sequence[str], with_places: bool, step: Step
) -> list[History]:
    places = desk.within(place) if with_places else (place,)
    found = []
    for at, one in enumerate(places):
        step(at, len(places))
        found.append(desk.history(one))
    return [replace(one, rows=_chosen(one, indicators)) for one in found]


def alarms(desk: HistoryDesk, place: str | None, notice: str = "", step: Step = unwatched) -> View:
    """The alarms of the place, or of all places."""
    return View(alarms=alarms_html(desk.alarms(place or None, step=step)), notice=notice)


def settle(
    desk: HistoryDesk,
    place: str | None,
    alarm_id: object,
    remark: object,
    who: str,
    step: Step = unwatched,
) -> View:
    """Keep a remark; the browser may have sent anything."""
    if not isinstance(alarm_id, str) or not isinstance(remark, str) or not remark.strip():
        return View(notice=texts.EMPTY_REMARK)
    desk.settle(alarm_id, remark, who or None, step=step)
    return alarms(desk, place, texts.SETTLED_NOW, step)


def reopen(desk: HistoryDesk, place: str | None, alarm_id: object, step: Step = unwatched) -> View:
    if not isinstance(alarm_id, str):
        return View()
    desk.reopen(alarm_id, step=step)
    return alarms(desk, place, texts.REOPENED, step)


def cover(desk: HistoryDesk) -> View:
    return View(coverage=coverage_html(desk.coverage()), notice="")


def open_report(desk: Desk, report: object, start: object, end: object) -> View:
    """The report at the words that were clicked on."""
    return View(viewer=opened_html(desk, report, start, end), notice="")


def export_history(
    desk: HistoryDesk, place: str | None, indicators: Sequence[str], step: Step = unwatched
) -> View:
    """An Excel file of the place, in a folder of its own."""
    if not place:
        return View(notice=texts.CHOOSE)
    found = desk.history(place)
    path = _fresh(f"{texts.TAB}-{found.place}.xlsx")
    rows = _chosen(found, indicators)
    write_history(replace(found, rows=rows), path, step)
    return View(file=str(path), notice=texts.READY.format(path.name))


def export_chart(
    desk: HistoryDesk,
    place: str | None,
    indicators: Sequence[str],
    with_places: bool,
    step: Step = unwatched,
) -> View:
    """The chart as a picture, with its title; raises UsageError where no browser can draw it."""
    if not place:
        return View(notice=texts.CHOOSE_CHART)
    path = _fresh(f"{texts.CHART}-{place}.png")
    write_png(chart(_to_draw(desk, place, indicators, with_places, step)), path, step)
    return View(file=str(path), notice=texts.READY.format(path.name))


def export_coverage(desk: HistoryDesk, step: Step = unwatched) -> View:
    path = _fresh(f"{texts.COVERAGE}.xlsx")
    write_coverage(desk.coverage(), path, step)
    return View(file=str(path), notice=texts.READY.format(path.name))


def _fresh(name: str) -> Path:
    """A file in a new folder: two people may export one place at the same time."""
    safe = "".join("_" if character in '\\/:*?"<>|' else character for character in name)
    return Path(mkdtemp(prefix="huibao-")) / safe
