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


@dataclass(frozen=True)
class Tab:
    """One task: `draw` lays it out and returns what an opened page refreshes, and how."""

    title: str
    draw: Callable[[Desks, Overview], tuple[list[Any], Refresh]]


TABS = (
    Tab(texts.TAB_ASK, ask_tab.draw),
    Tab(draft_texts.TAB, draft_tab.draw),
    Tab(history_texts.TAB, history_tab.draw),
    Tab(archive_texts.TAB, archive_tab.draw),
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
        drawn = _draw_tabs(desks, overview)
        endpoints.offer(desks)

        def refresh(request: gr.Request) -> list[Any]:
            """A page that is opened again shows the archive as it is by then."""
            outputs = [output for tab, _ in drawn for output in tab]
            try:
                desk = desks.of(request)
                now = desk.overview()
                who = desks.who(request)
                return [
                    header_html(now, who=who),
                    *(u for _, updates in drawn for u in updates(desk, now)),
                ]
            except HuibaoError as error:
                return [header_html(None, str(error)), *(gr.skip() for _ in outputs)]

        page.load(
            refresh,
            None,
            [header, *(output for tab, _ in drawn for output in tab)],
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
    # Any number of questions may wait; how many are answered at once is said at each event.
    page.queue(max_size=None)
    return page


def _draw_tabs(desks: Desks, overview: Overview) -> list[tuple[list[Any], Refresh]]:
    if len(TABS) == 1:
        # A row of tabs with one tab in it is clutter.
        return [TABS[0].draw(desks, overview)]
    drawn = []
    with gr.Tabs(elem_id="hb-tabs"):
        for tab in TABS:
            with gr.Tab(tab.title):
                drawn.append(tab.draw(desks, overview))
    return drawn
