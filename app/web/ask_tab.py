"""The tab 问答: the conversation on the left, its sources and the opened report on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.web import ask_flow, ask_rating, ask_scope
from app.web import ask_layout as layout
from app.web.ask_flow import Turns, View
from app.web.ask_layout import Parts
from app.web.ask_shown import LIGHT, LIMIT, PRIVATE, sent, update, views
from app.web.conversation import welcome_html
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    known = desks.of(None).examples() if overview.reports else ()
    with gr.Row(elem_id="hb-desk"):
        with gr.Column(elem_id="hb-talk", scale=5, min_width=320):
            talk = layout.talk(overview, known)
        with gr.Column(elem_id="hb-side", scale=4, min_width=320):
            side = layout.side()
    parts = Parts(**talk, **side, turns=gr.State(()))
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        examples = desk.examples() if now.reports else ()
        return [
            gr.update(placeholder=welcome_html(now)),
            gr.update(choices=layout.places(now)),
            gr.update(choices=layout.periods(now)),
            gr.update(choices=layout.genres(now)),
            *(layout.example(examples, i, gr.update) for i in range(layout.EXAMPLES)),
        ]

    return [parts.chat, parts.place, parts.period, parts.genre, *parts.examples], refreshed


def _wire(desks: Desks, parts: Parts) -> None:
    def on_ask(
        question: str, place: str, period: str, genre: str, turns: Turns, request: gr.Request
    ) -> Iterator[list[Any]]:
        def run(desk: Desk) -> Iterator[View]:
            return ask_flow.ask(desk, question, place, period, turns, genre=genre)

        yield from views(desks, request, run)

    def on_failure(turns: Turns) -> list[Any]:
        return update(ask_flow.failed(turns))

    def on_open(turns: Turns, event: gr.EventData, request: gr.Request) -> list[Any]:
        try:
            desk = desks.of(request)
        except HuibaoError as error:
            return update(View(notice=str(error)))
        return update(ask_flow.open_source(desk, turns, *_clicked(event)))

    def on_stop(turns: Turns) -> list[Any]:
        return update(ask_flow.stopped(turns))

    def on_back() -> list[Any]:
        return update(View(viewer=""))

    def on_clear() -> list[Any]:
        return update(ask_flow.cleared())

    scope = [parts.place, parts.period, parts.genre, parts.turns]
    asked = [(parts.submit.click, parts.question), (parts.question.submit, parts.question)]
    asked += [(example.click, example) for example in parts.examples]
    events = []
    for trigger, text in asked:
        asking = trigger(
            on_ask, [text, *scope], parts.shown, trigger_mode="multiple", **PRIVATE, **LIMIT
        )
        # A defect of the program: Gradio prints the traceback where the server runs.
        asking.failure(on_failure, parts.turns, parts.shown, **LIGHT)
        events.append(asking)
    events += ask_scope.wire(desks, parts, scope)
    parts.stop.click(on_stop, parts.turns, parts.shown, cancels=events, **LIGHT)
    ask_rating.wire(desks, parts)
    parts.sources.open(on_open, parts.turns, parts.shown, **LIGHT)
    parts.viewer.back(on_back, None, parts.shown, **LIGHT)
    parts.clear.click(on_clear, None, parts.shown, **LIGHT)


def _clicked(event: gr.EventData) -> tuple[object, object]:
    data = sent(event)
    return data.get("turn"), data.get("n")
