"""What Gradio remembers of each open page, without the descriptions that only its deep links need.

Gradio makes a session for every page and every call of a program, and writes for each a description
of all components with the JSON schema of their values: 30 ms and 0.4 MB, on the very thread that
serves every other page. They are read by `/gradio_api/deep_link` alone, which this page does not
offer, and which would write what was asked and answered to a file. So they are left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder

SESSIONS = 2_000
"""Pages, and calls of programs, whose conversation is remembered at once; the longest unused go."""


def remember_in(mounted: FastAPI, blocks: gr.Blocks) -> None:
    """Give the Gradio page mounted there sessions of this kind, before the first one is made."""
    blocks.state_session_capacity = SESSIONS
    for route in mounted.routes:
        if isinstance(page := getattr(route, "app", None), App):
            page.state_holder = Sessions()  # type: ignore[no-untyped-call]
            page.state_holder.set_blocks(blocks)


class Sessions(StateHolder):
    """The sessions of one page."""

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = _Session(self.blocks)
        return super().__getitem__(session_id)


class _Session(SessionState):
    """The values of one open page; `config_values` stays empty of descriptions."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__(_Bare(blocks.default_config))  # type: ignore[arg-type]
        # Also asked whenever a component's properties change.
        setattr(self.blocks_config, "config_for_block", _undescribed)  # noqa: B010


@dataclass(frozen=True)
class _Bare:
    """What a session is made from, with no component that it would describe."""

    default_config: Any
    blocks: Collection[int] = ()


def _undescribed(*_: Any) -> dict[str, Any]:
    return {}
