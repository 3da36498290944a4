"""The page: a header and one tab a task. `build` is all that needs Gradio's Blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import (
    archive_tab,
    archive_texts,
    ask_tab,
    draft_tab,
    draft_texts,
    endpoints,
    history_tab,
    history_texts,
    texts,
)
from app.web.conversation import header_html
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

Refresh = Callable[[Desk, Overview], list[Any]]
"""New values of a tab's outputs for the desk of whoever opens the page."""
_Drawn = tuple[list[Any], Refresh]


_BUTTONS = ("upload", "correct", "remove", "restore", "settle", "reopen", "health", "compose")
"""Methods with a button that is hidden from those who may not call them, by tabs.css."""


@dataclass(frozen=True)
class Tab:
    """One task: `draw` lays it out and returns what an opened page refreshes, and how."""

    title: str
    draw: Callable[[Desks, Overview], tuple[list[Any], Refresh]]
    anew: bool = True
    """Whether it is also refreshed when it is chosen: reports may have come in meanwhile."""


TABS = (
    Tab(texts.TAB_ASK, ask_tab.draw),
    Tab(draft_texts.TAB, draft_tab.draw),
    Tab(history_texts.TAB, history_tab.draw),
    Tab(archive_texts.TAB, archive_tab.draw, anew=False),
)


def build(desks: Desks) -> gr.Blocks:
    """The page over the desks; raises what their `overview()` raises."""
    overview = desks.of(None).overview()
    # analytics: Gradio would report every start to api.gradio.app and ask for its newest version.
    page: gr.Blocks = gr.Blocks(
        title=texts.TITLE, analytics_enabled=False, fill_height=True, fill_width=True
    )
    with page:
        header = gr.HTML(header_html(overview), elem_id="hb-header", apply_default_css=False)
        drawn, choosing = _draw_tabs(desks, overview)
        endpoints.offer(desks)

        # A page that is opened again, or a tab, shows the archive as it is by then.
        _refresh(desks, page.load, header, drawn)
        for tab, one, chosen in zip(TABS, drawn, choosing, strict=True):
            if tab.anew:
                _refresh(desks, chosen, header, [one])
    # Any number of questions may wait; how many are answered at once is said at each event.
    page.queue(max_size=None)
    return page


def _draw_tabs(desks: Desks, overview: Overview) -> tuple[list[_Drawn], list[Any]]:
    """The tabs, and the events of choosing them."""
    drawn, choosing = [], []
    with gr.Tabs(elem_id="hb-tabs"):
        for tab in TABS:
            with gr.Tab(tab.title) as shown:
                drawn.append(tab.draw(desks, overview))
            choosing.append(shown.select)
    return drawn, choosing


def _refresh(desks: Desks, event: Any, header: Any, drawn: list[_Drawn]) -> None:
    outputs = [output for tab, _ in drawn for output in tab]

    def refresh(request: gr.Request) -> list[Any]:
        try:
            desk = desks.of(request)
            now = desk.overview()
            who = desks.who(request)
            return [
                header_html(now, who=who, closed=[one for one in _BUTTONS if not desk.may(one)]),
                *(value for _, values in drawn for value in values(desk, now)),
            ]
        except HuibaoError as error:
            return [header_html(None, str(error)), *(gr.skip() for _ in outputs)]

    event(
        refresh,
        None,
        [header, *outputs],
        api_visibility="private",
        show_progress="hidden",
        queue=False,
    )
