"""What programs call beside `ask`: search, history and coverage, as the command line's JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from app.history.json_out import coverage_json, history_json
from app.json_out import found_json
from app.web import texts
from app.web.ports import Desks
from index.errors import HuibaoError, UsageError

HITS_MAX = 40
_AT_ONCE: dict[str, Any] = {"concurrency_limit": 4, "concurrency_id": "programs"}
"""Calls answered at the same time, apart from the questions of the page."""


def offer(desks: Desks) -> None:
    """Adds the endpoints to the Blocks that is being drawn."""

    # The docstrings below are what /gradio_api/info and the MCP tools tell a program.
    def search(request: gr.Request, question: str, limit: int = 10) -> dict[str, Any]:
        """Find passages for a question, best first, as `huibao search --json` prints them.

        Args:
            question: What is looked for, in Chinese; place and period in it are conditions.
            limit: How many passages at most, 1 to 40.
        """

        def run() -> dict[str, Any]:
            wanted = _limit(limit)
            return found_json(desks.of(request).search(question, wanted))

        return _told(run)

    def history(request: gr.Request, place: str) -> dict[str, Any]:
        """What a place reported period by period, as `huibao history --json` prints it.

        Args:
            place: The name of a village, township or other place of the archive.
        """
        return _told(lambda: history_json(desks.of(request).ledger().history(place)))

    def coverage(request: gr.Request) -> dict[str, Any]:
        """Who filed which period, late or not at all, as `huibao coverage --json` prints it."""
        return _told(lambda: coverage_json(desks.of(request).ledger().coverage()))

    for function in (search, history, coverage):
        api(function, api_name=function.__name__, **_AT_ONCE)


def _limit(limit: object) -> int:
    # A program may send anything as JSON.
    if isinstance(limit, int) and 1 <= limit <= HITS_MAX:
        return limit
    raise UsageError(texts.bad_limit(HITS_MAX))


def _told(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return run()
    except HuibaoError as error:
        # Gradio passes only its own errors on to the caller with their message.
        raise gr.Error(str(error), print_exception=False) from error
