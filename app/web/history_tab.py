"""The tab 历次上报: a place's figures over time, its chart, its alarms, and who filed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from app.steps import Step
from app.web import history_flow as flow
from app.web import history_layout as layout
from app.web import history_texts as texts
from app.web import texts as page_texts
from app.web.conversation import notice_html
from app.web.history_flow import View
from app.web.history_layout import EXPORTS, LINES, VIEWS, Parts
from app.web.ports import Desk, Desks, HistoryDesk, Overview
from app.web.running import Running, Waiting
from app.web.working import saved_html, working_html
from index.errors import HuibaoError

# Past Gradio's queue: its browser side loses an event that is sent while the last one's stream is
# just closing. What takes longer is asked for again (`running`).
_DIRECT: dict[str, Any] = {"api_visibility": "private", "queue": False}
_LIGHT: dict[str, Any] = {**_DIRECT, "show_progress": "hidden"}
_LONG: dict[str, Any] = {**_DIRECT, "show_progress": "minimal"}
_CHART = "chart"
"""The inner tab whose chart follows what is chosen while it is looked at."""


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Column(elem_id="hb-history", elem_classes="hb-page"):
        parts = layout.lay_out(overview)
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        return [gr.update(choices=list(now.places))]

    return [parts.place], refreshed


def _wire(desks: Desks, parts: Parts) -> None:
    def told(request: gr.Request, run: Callable[[Desk], View]) -> list[Any]:
        """A view at the desk of whoever sent the request; what the archive objects to in words."""
        try:
            return _update(run(desks.of(request)))
        except HuibaoError as error:
            return _update(View(notice=str(error)))

    def on_open(event: gr.EventData, request: gr.Request) -> list[Any]:
        sent = _sent(event)
        report, start, end = (sent.get(name) for name in ("report", "start", "end"))
        return told(request, lambda desk: flow.open_report(desk, report, start, end))

    def on_back() -> list[Any]:
        return _update(View(viewer=""))

    begun = [_begun(desks, parts, line) for line in range(len(LINES))]
    events = [
        *_views(desks, parts, begun[VIEWS]),
        *_exports(parts, begun[EXPORTS]),
        parts.viewer.back(on_back, None, parts.shown, **_LIGHT),
    ]
    events += [
        panel.open(on_open, None, parts.shown, **_LIGHT)
        for panel in (parts.table, parts.alarms, parts.coverage)
    ]
    for event in events:
        # A defect of the program: Gradio prints the traceback where the server runs.
        event.failure(lambda: _update(View(notice=texts.FAILED)), None, parts.shown, **_LIGHT)


_Work = Callable[[HistoryDesk, Step], View]
_Begin = Callable[[Running[View], gr.Request, _Work], list[Any]]


def _begun(desks: Desks, parts: Parts, line: int) -> tuple[Any, _Begin]:
    """What one line says of long work: its state for each page, and what begins some."""
    running = gr.State(Running())

    def asked(ask: Callable[[], View | Waiting | None]) -> list[Any]:
        try:
            found = ask() or View()
        except HuibaoError as error:
            found = View(notice=str(error))
        return _update(View(working=found) if isinstance(found, Waiting) else found, line)

    def begin(of: Running[View], request: gr.Request, run: _Work) -> list[Any]:
        return asked(lambda: of.begin(partial(run, desks.of(request).ledger())))

    def on_look(of: Running[View]) -> list[Any]:
        return asked(of.look)

    def on_stop(of: Running[View]) -> list[Any]:
        of.stop()
        return _update(View(notice=page_texts.STOPPED), line)

    for event in (
        parts.lines[line].look(on_look, running, parts.shown, **_LIGHT),
        parts.lines[line].stop(on_stop, running, parts.shown, **_LIGHT),
    ):
        event.failure(lambda: _update(View(notice=texts.FAILED), line), None, parts.shown, **_LIGHT)
    return running, begin


def _views(desks: Desks, parts: Parts, begun: tuple[Any, _Begin]) -> list[Any]:
    """The events that change what the tab shows."""
    running, begin = begun
    tabs = parts.tabs
    looking = gr.State("")
    """The inner tab that is looked at: its chart follows what is chosen."""

    def on_place(
        of: Running[View], place: str | None, town: bool, looked: str, request: gr.Request
    ) -> list[Any]:
        def run(desk: HistoryDesk, step: Step) -> View:
            view = flow.choose(desk, place)
            if looked != _CHART:
                return view
            return flow.with_chart(view, flow.draw(desk, place, [], town, step))

        return begin(of, request, run)

    def on_indicators(
        of: Running[View],
        place: str | None,
        chosen: list[str],
        town: bool,
        looked: str,
        request: gr.Request,
    ) -> list[Any]:
        def run(desk: HistoryDesk, step: Step) -> View:
            view = flow.narrow(desk, place, chosen)
            if looked != _CHART:
                return view
            return flow.with_chart(view, flow.draw(desk, place, chosen, town, step))

        return begin(of, request, run)

    def on_chart(
        of: Running[View], place: str | None, chosen: list[str], town: bool, request: gr.Request
    ) -> list[Any]:
        return begin(of, request, lambda desk, step: flow.draw(desk, place, chosen, town, step))

    def on_alarms(of: Running[View], place: str | None, request: gr.Request) -> list[Any]:
        return begin(of, request, lambda desk, step: flow.alarms(desk, place, step=step))

    def on_settle(
        of: Running[View], place: str | None, event: gr.EventData, request: gr.Request
    ) -> list[Any]:
        sent, who = _sent(event), desks.who(request)
        one, said = sent.get("alarm"), sent.get("remark")
        return begin(of, request, lambda d, step: flow.settle(d, place, one, said, who, step))

    def on_reopen(
        of: Running[View], place: str | None, event: gr.EventData, request: gr.Request
    ) -> list[Any]:
        alarm = _sent(event).get("alarm")
        return begin(of, request, lambda desk, step: flow.reopen(desk, place, alarm, step))

    def on_coverage(of: Running[View], request: gr.Request) -> list[Any]:
        return begin(of, request, lambda desk, step: flow.cover(desk))

    place = [running, parts.place]
    drawn = [*place, parts.indicators, parts.town]
    return [
        *(tab.select(partial(str, name), None, looking, **_LIGHT) for name, tab in tabs.items()),
        parts.place.change(on_place, [*place, parts.town, looking], parts.shown, **_LONG),
        parts.indicators.input(on_indicators, [*drawn, looking], parts.shown, **_LIGHT),
        parts.town.change(on_chart, drawn, parts.shown, **_LONG),
        tabs[_CHART].select(on_chart, drawn, parts.shown, **_LONG),
        tabs["alarms"].select(on_alarms, place, parts.shown, **_LONG),
        tabs["coverage"].select(on_coverage, running, parts.shown, **_LONG),
        parts.alarms.settle(on_settle, place, parts.shown, **_LONG),
        parts.alarms.reopen(on_reopen, place, parts.shown, **_LONG),
    ]


def _exports(parts: Parts, begun: tuple[Any, _Begin]) -> list[Any]:
    """The events that make files."""
    running, begin = begun

    def on_export(
        of: Running[View], place: str | None, chosen: list[str], request: gr.Request
    ) -> list[Any]:
        return begin(of, request, lambda desk, step: flow.export_history(desk, place, chosen, step))

    def on_export_all(of: Running[View], request: gr.Request) -> list[Any]:
        return begin(of, request, flow.export_coverage)

    def on_picture(
        of: Running[View], place: str | None, chosen: list[str], town: bool, request: gr.Request
    ) -> list[Any]:
        return begin(
            of, request, lambda desk, step: flow.export_chart(desk, place, chosen, town, step)
        )

    narrowed = [running, parts.place, parts.indicators]
    return [
        parts.export.click(on_export, narrowed, parts.shown, **_LONG),
        parts.picture.click(on_picture, [*narrowed, parts.town], parts.shown, **_LONG),
        parts.export_coverage.click(on_export_all, running, parts.shown, **_LONG),
    ]


def _sent(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _update(view: View, line: int = VIEWS) -> list[Any]:
    """A view as Gradio's outputs, in the order of `Parts.shown`; what is said goes into `line`."""
    names = view.indicators
    chosen = None if names is None else gr.update(choices=list(names), value=[])
    shown = (view.table, view.chart, view.alarms, view.coverage, view.viewer, view.file)
    lines: list[str | None] = [None] * len(LINES)
    if view.working is not None:
        lines[line] = working_html(view.working)
    elif view.file is not None and view.notice:
        lines[line] = saved_html(view.notice, view.file)
    elif view.notice is not None:
        lines[line] = notice_html(view.notice)
    return [gr.skip() if one is None else one for one in (chosen, *shown, *lines)]
