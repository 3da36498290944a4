"""The chips of an answer's scope: a cross asks again without, a name with another choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.web import ask_flow, ask_texts
from app.web.ask_flow import Turns, View
from app.web.ask_layout import Parts
from app.web.ask_shown import LIMIT, PRIVATE, sent, update, views
from app.web.ports import Desks

_NOTHING = ("", "")


def wire(desks: Desks, parts: Parts, scope: list[Any]) -> list[Any]:
    """The events of the chips, so that those that ask can be stopped."""
    changing = gr.State(_NOTHING)
    """The kind of choice that a chip was clicked for, and what was chosen by then."""

    def on_narrow(
        place: str, period: str, genre: str, turns: Turns, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        clicked = sent(event)
        yield from views(
            desks,
            request,
            lambda desk: ask_flow.without(desk, place, period, turns, clicked, genre),
        )

    kinds = (ask_flow.PLACE, ask_flow.PERIOD, ask_flow.GENRE)

    def on_rescope(place: str, period: str, genre: str, event: gr.EventData) -> list[Any]:
        kind, chosen = sent(event).get("kind"), (place, period, genre)
        known = (kind, chosen[kinds.index(kind)]) if kind in kinds else _NOTHING
        return [known, *update(View(notice=ask_texts.CHOOSE))]

    def on_choice(kind: str) -> Callable[..., Iterator[list[Any]]]:
        def chosen(
            place: str,
            period: str,
            genre: str,
            turns: Turns,
            clicked: tuple[str, str],
            request: gr.Request,
        ) -> Iterator[list[Any]]:
            now = (place, period, genre)[kinds.index(kind)]
            # Leaving a list with the Tab key is an event as well, though nothing was chosen.
            if clicked[0] != kind or clicked[1] == now:
                yield [gr.skip(), *update(View())]
                return
            shown = views(
                desks,
                request,
                lambda desk: ask_flow.instead(desk, place, period, turns, kind, genre),
            )
            for one in shown:
                yield [_NOTHING, *one]

        return chosen

    both = [changing, *parts.shown]
    asking = {**PRIVATE, **LIMIT, "trigger_mode": "multiple"}
    parts.sources.rescope(on_rescope, scope[:3], both, queue=False, **PRIVATE)
    events = [parts.sources.narrow(on_narrow, scope, parts.shown, **asking)]
    choices = (parts.place, parts.period, parts.genre)
    for kind, choice in zip(kinds, choices, strict=True):
        events.append(choice.input(on_choice(kind), [*scope, changing], both, **asking))
    return events
