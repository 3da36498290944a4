"""What the events of the tab 问答 send back: a view as Gradio's outputs, errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.web.ask_flow import View
from app.web.conversation import notice_html
from app.web.ports import Desk, Desks
from index.errors import HuibaoError

_AT_ONCE = 4
"""Questions answered at the same time; more wait their turn in Gradio's queue."""
LIMIT: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask"}
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
LIGHT: dict[str, Any] = {**PRIVATE, "queue": False}


def views(
    desks: Desks, request: gr.Request, run: Callable[[Desk], Iterator[View]]
) -> Iterator[list[Any]]:
    """The updates of an event at the desk of whoever sent it; what is wrong with that in words."""
    # At least one: where a generator yields nothing, Gradio empties all of its outputs.
    yield update(View())
    try:
        for view in run(desks.of(request)):
            yield update(view)
    except HuibaoError as error:
        yield update(View(notice=str(error)))


def sent(event: gr.EventData) -> dict[str, object]:
    """What the browser sent with an event, which may be anything."""
    return event._data if isinstance(event._data, dict) else {}


def update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `Parts.shown`."""
    notice = None if view.notice is None else notice_html(view.notice)
    suggestions = None if view.examples_shown is None else gr.update(visible=view.examples_shown)
    left = (view.turns, view.chat, view.question, notice, suggestions)
    right = (view.sources, view.viewer, view.place, view.period, view.genre)
    asked = view.remark is not None
    remark = (
        gr.update(visible=bool(view.remark)) if asked else None,
        notice_html(view.remark or "") if asked else None,
        "" if asked else None,
    )
    chart = None
    if view.chart_shown is not None:
        drawn = {} if view.chart is None else {"value": view.chart}
        chart = gr.update(visible=view.chart_shown, **drawn)
    return [gr.skip() if v is None else v for v in (*left, *right, *remark, chart)]
