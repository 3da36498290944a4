"""The tab 历次上报: a place's figures over time, its chart, its alarms, and who filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import history_flow as flow
from app.web import history_texts as texts
from app.web.conversation import notice_html
from app.web.history_flow import View
from app.web.history_html import hint_html
from app.web.local import local
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

# gr.HTML finds the events it offers as the quoted words of js_on_load.
_OPEN_JS = """
element.addEventListener('click', event => {
    const value = event.target.closest('[data-report]');
    if (!value) return;
    const {report, start, end} = value.dataset;
    trigger('open', {report, start: Number(start ?? NaN), end: Number(end ?? NaN)});
});
"""
_ALARMS_JS = (
    _OPEN_JS
    + """
window.huibao.kept.remarks(element, watch);
const settle = card => trigger('settle', {
    alarm: card.dataset.alarm, remark: card.querySelector('.hb-remark').value,
});
element.addEventListener('click', event => {
    const card = event.target.closest('[data-alarm]');
    if (event.target.closest('[data-settle]')) settle(card);
    if (event.target.closest('[data-reopen]')) trigger('reopen', {alarm: card.dataset.alarm});
});
element.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.matches('.hb-remark')) {
        settle(event.target.closest('[data-alarm]'));
    }
});
"""
)
_VIEWER_JS = """
element.addEventListener('click', event => {
    if (event.target.closest('[data-back]')) trigger('back');
});
watch('value', () => window.huibao.showViewer(element));
"""
# The finished file is offered by a button that nobody sees: one click exports and saves.
_SAVE_JS = """() => setTimeout(() => {
    const link = document.querySelector('#hb-h-file');
    (link.querySelector('a, button') ?? link).click();
}, 150)"""
# Past Gradio's queue: its browser side loses an event that is sent while the last one's stream is
# just closing. Only handlers that yield need the queue.
_DIRECT: dict[str, Any] = {"api_visibility": "private", "queue": False}
_LIGHT: dict[str, Any] = {**_DIRECT, "show_progress": "hidden"}
_LONG: dict[str, Any] = {**_DIRECT, "show_progress": "minimal"}


@dataclass(frozen=True)
class _Parts:
    """The components of the tab; Any, because Gradio adds their events when a class is made."""

    place: Any
    indicators: Any
    export: Any
    export_coverage: Any
    town: Any
    picture: Any
    notice: Any
    table: Any
    chart: Any
    alarms: Any
    coverage: Any
    viewer: Any
    file: Any
    tabs: dict[str, Any]

    @property
    def shown(self) -> list[Any]:
        """The outputs of every event, in the order of `_update`."""
        views = [self.table, self.chart, self.alarms, self.coverage]
        return [self.indicators, *views, self.viewer, self.notice, self.file]


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Column(elem_id="hb-history", elem_classes="hb-page"):
        parts = _lay_out(overview)
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        return [gr.update(choices=list(now.places))]

    return [parts.place], refreshed


def _lay_out(overview: Overview) -> _Parts:
    with gr.Row(elem_classes="hb-bar"):
        place = gr.Dropdown(
            list(overview.places),
            value=None,
            label=texts.PLACE,
            info=texts.PLACE_HINT,
            elem_id="hb-h-place",
            scale=2,
            min_width=180,
        )
        indicators = gr.Dropdown(
            [],
            value=[],
            multiselect=True,
            label=texts.INDICATORS,
            info=texts.INDICATORS_HINT,
            elem_id="hb-h-indicators",
            scale=4,
            min_width=220,
        )
        export = gr.Button(texts.EXPORT, elem_id="hb-h-export", scale=0, min_width=120)
    notice = gr.HTML("", elem_id="hb-h-notice", elem_classes="hb-bare", apply_default_css=False)
    tabs: dict[str, Any] = {}
    with gr.Tabs(elem_classes="hb-inner"):
        with gr.Tab(texts.FIGURES, id="figures"):
            table = _panel(hint_html(texts.CHOOSE), "hb-h-table", _OPEN_JS)
        with gr.Tab(texts.CHART, id="chart") as tabs["chart"]:
            with gr.Row(elem_classes="hb-bar"):
                town = gr.Checkbox(False, label=texts.TOWN, elem_id="hb-h-town", min_width=180)
                picture = gr.Button(texts.PICTURE, elem_id="hb-h-png", scale=0, min_width=120)
            chart = gr.Plot(show_label=False, container=False, elem_id="hb-h-chart")
        with gr.Tab(texts.ALARMS, id="alarms") as tabs["alarms"]:
            alarms = _panel("", "hb-h-alarms", _ALARMS_JS)
        with gr.Tab(texts.COVERAGE, id="coverage") as tabs["coverage"]:
            cover = gr.Button(texts.EXPORT, elem_id="hb-h-export-all", scale=0, min_width=120)
            coverage = _panel("", "hb-h-coverage", _OPEN_JS)
    viewer = gr.HTML(
        "",
        elem_id="hb-h-viewer",
        elem_classes=["hb-bare", "hb-drawer"],
        apply_default_css=False,
        js_on_load=_VIEWER_JS,
    )
    file = local(gr.DownloadButton(texts.EXPORT, elem_id="hb-h-file", elem_classes="hb-unseen"))
    return _Parts(
        place, indicators, export, cover, town, picture, notice, table, chart, alarms, coverage,
        viewer, file, tabs,
    )  # fmt: skip


def _panel(value: str, elem_id: str, script: str) -> Any:
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="hb-bare",
        apply_default_css=False,
        js_on_load=script,
    )


def _wire(desks: Desks, parts: _Parts) -> None:
    def told(request: gr.Request, run: Callable[[Desk], View]) -> list[Any]:
        """A view at the desk of whoever sent the request; what the archive objects to in words."""
        try:
            return _update(run(desks.of(request)))
        except HuibaoError as error:
            return _update(View(notice=str(error)))

    def on_place(place: str | None, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.choose(desk.ledger(), place))

    def on_indicators(place: str | None, chosen: list[str], request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.narrow(desk.ledger(), place, chosen))

    def on_chart(
        place: str | None, chosen: list[str], town: bool, request: gr.Request
    ) -> list[Any]:
        return told(request, lambda desk: flow.draw(desk.ledger(), place, chosen, town))

    def on_alarms(place: str | None, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.alarms(desk.ledger(), place))

    def on_settle(place: str | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        sent, who = _sent(event), desks.who(request)
        alarm, remark = sent.get("alarm"), sent.get("remark")
        return told(request, lambda desk: flow.settle(desk.ledger(), place, alarm, remark, who))

    def on_reopen(place: str | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        alarm = _sent(event).get("alarm")
        return told(request, lambda desk: flow.reopen(desk.ledger(), place, alarm))

    def on_coverage(request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.cover(desk.ledger()))

    def on_open(event: gr.EventData, request: gr.Request) -> list[Any]:
        sent = _sent(event)
        report, start, end = (sent.get(name) for name in ("report", "start", "end"))
        return told(request, lambda desk: flow.open_report(desk, report, start, end))

    def on_back() -> list[Any]:
        return _update(View(viewer=""))

    def on_export(place: str | None, chosen: list[str], request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.export_history(desk.ledger(), place, chosen))

    def on_export_all(request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.export_coverage(desk.ledger()))

    def on_picture(
        place: str | None, chosen: list[str], town: bool, request: gr.Request
    ) -> list[Any]:
        return told(request, lambda desk: flow.export_chart(desk.ledger(), place, chosen, town))

    def on_failure() -> list[Any]:
        return _update(View(notice=texts.FAILED))

    place, narrowed = parts.place, [parts.place, parts.indicators]
    drawn = [*narrowed, parts.town]
    events = [
        place.change(on_place, place, parts.shown, **_LONG),
        parts.indicators.input(on_indicators, narrowed, parts.shown, **_LIGHT),
        parts.town.change(on_chart, drawn, parts.shown, **_LONG),
        parts.tabs["chart"].select(on_chart, drawn, parts.shown, **_LONG),
        parts.tabs["alarms"].select(on_alarms, place, parts.shown, **_LONG),
        parts.tabs["coverage"].select(on_coverage, None, parts.shown, **_LONG),
        parts.alarms.settle(on_settle, place, parts.shown, **_LONG),
        parts.alarms.reopen(on_reopen, place, parts.shown, **_LONG),
        parts.viewer.back(on_back, None, parts.shown, **_LIGHT),
    ]
    events += [
        panel.open(on_open, None, parts.shown, **_LIGHT)
        for panel in (parts.table, parts.alarms, parts.coverage)
    ]
    exports = [
        parts.picture.click(on_picture, drawn, parts.shown, **_LONG),
        parts.export.click(on_export, narrowed, parts.shown, **_LONG),
        parts.export_coverage.click(on_export_all, None, parts.shown, **_LONG),
    ]
    for event in (*events, *exports):
        # A defect of the program: Gradio prints the traceback where the server runs.
        event.failure(on_failure, None, parts.shown, **_LIGHT)
    for event in exports:
        event.success(None, None, None, js=_SAVE_JS, **_LIGHT)


def _sent(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `_Parts.shown`."""
    names = view.indicators
    chosen = None if names is None else gr.update(choices=list(names), value=[])
    notice = None if view.notice is None else notice_html(view.notice)
    shown = (view.table, view.chart, view.alarms, view.coverage, view.viewer, notice, view.file)
    return [gr.skip() if one is None else one for one in (chosen, *shown)]
