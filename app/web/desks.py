"""Whose desk answers a request: without users configured, one desk for whoever sits here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.ports import Desk

if TYPE_CHECKING:
    import gradio as gr


class OneDesk:
    """The same desk for every request, for an archive without users."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, request: gr.Request | None) -> Desk:
        return self._desk

    def who(self, request: gr.Request | None) -> str:
        return ""
