"""The components of the tab 历次上报, and what each says to the browser's script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import history_texts as texts
from app.web.history_html import hint_html
from app.web.local import local
from app.web.ports import Overview
from app.web.working import working_js

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
LINES = ("hb-h-notice", "hb-h-exporting")
VIEWS, EXPORTS = range(len(LINES))


@dataclass(frozen=True)
class Parts:
    """The components of the tab; Any, because Gradio adds their events when a class is made."""

    place: Any
    indicators: Any
    export: Any
    export_coverage: Any
    town: Any
    picture: Any
    lines: tuple[Any, ...]
    """Two lines for what is to be said: of what the tab shows, and of what leaves it as a file."""
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
        return [self.indicators, *views, self.viewer, self.file, *self.lines]


def lay_out(overview: Overview) -> Parts:
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
    lines = tuple(_panel("", name, working_js("#hb-h-file")) for name in LINES)
    tabs: dict[str, Any] = {}
    with gr.Tabs(elem_classes="hb-inner"):
        with gr.Tab(texts.FIGURES, id="figures") as tabs["figures"]:
            table = _panel(hint_html(texts.CHOOSE), "hb-h-table", _OPEN_JS)
        with gr.Tab(texts.CHART, id="chart") as tabs["chart"]:
            with gr.Row(elem_classes="hb-bar"):
                town = gr.Checkbox(False, label=texts.TOWN, elem_id="hb-h-town", min_width=180)
                picture = gr.Button(texts.PICTURE, elem_id="hb-h-png", scale=0, min_width=120)
            chart = gr.Plot(show_label=False, container=False, elem_id="hb-h-chart")
        with gr.Tab(texts.ALARMS, id="alarms") as tabs["alarms"]:
            alarms = _panel("", "hb-h-alarms", _ALARMS_JS)
        with gr.Tab(texts.COVERAGE, id="coverage") as tabs["coverage"]:
            cover = gr.Button(
                texts.EXPORT_COVERAGE, elem_id="hb-h-export-all", scale=0, min_width=120
            )
            coverage = _panel("", "hb-h-coverage", _OPEN_JS)
    viewer = gr.HTML(
        "",
        elem_id="hb-h-viewer",
        elem_classes=["hb-bare", "hb-drawer"],
        apply_default_css=False,
        js_on_load=_VIEWER_JS,
    )
    file = local(gr.DownloadButton(texts.EXPORT, elem_id="hb-h-file", elem_classes="hb-unseen"))
    return Parts(
        place, indicators, export, cover, town, picture, lines, table, chart, alarms, coverage,
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
