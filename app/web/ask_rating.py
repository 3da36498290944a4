"""The thumbs under an answer, and the remark that may follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import gradio as gr

from app.web import ask_flow
from app.web.ask_flow import Rating, Turns, View
from app.web.ask_layout import Parts
from app.web.ask_shown import LIGHT, sent, update
from app.web.ports import Desks
from index.errors import HuibaoError


def wire(desks: Desks, parts: Parts) -> None:
    rated = gr.State(None)
    """The last rating, to which a remark may be added."""

    def keep(turns: Turns, rating: Rating | None, request: gr.Request) -> list[Any]:
        if rating is None:
            return update(View())
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            desk, who = desks.of(request), desks.who(request)
        except HuibaoError as error:
            return update(View(notice=str(error)))
        return update(ask_flow.rate(desk, turns, rating, who, at))

    def on_rate(turns: Turns, event: gr.EventData, request: gr.Request) -> list[Any]:
        data = sent(event)
        turn, good = data.get("turn"), data.get("good")
        if not isinstance(turn, int):
            return [None, *update(View())]
        rating = Rating(uuid4().hex, turn, good is True)
        return [rating, *keep(turns, rating, request)]

    def on_send(turns: Turns, rating: Rating | None, remark: str, request: gr.Request) -> list[Any]:
        said = replace(rating, remark=remark) if rating and remark.strip() else None
        return keep(turns, said, request)

    parts.sources.rate(on_rate, parts.turns, [rated, *parts.shown], **LIGHT)
    given = [parts.turns, rated, parts.remark]
    for trigger in (parts.send.click, parts.remark.submit):
        trigger(on_send, given, parts.shown, **LIGHT)
