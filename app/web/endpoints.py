"""What programs call: ask, search, history, coverage, draft, as the command line does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from app.answer.answer_json import answer_json
from app.draft.dating import day_of
from app.draft.draft_json import draft_json
from app.draft.office import Order
from app.draft.texts import bad_period
from app.history.json_out import coverage_json, history_json
from app.json_out import found_json
from app.web import ask_flow, texts
from app.web.ask_shown import LIMIT
from app.web.ports import Desks
from index.errors import HuibaoError, UsageError
from index.records import Period

HITS_MAX = 40
_AT_ONCE: dict[str, Any] = {"concurrency_limit": 4, "concurrency_id": "programs"}
"""Calls answered at the same time, apart from the questions of the page."""


def offer(desks: Desks) -> None:
    """Adds the endpoints to the Blocks that is being drawn."""

    # The docstrings below are what /gradio_api/info and the MCP tools tell a program.
    def ask(
        request: gr.Request,
        question: str,
        place: str | None = None,
        period: str | None = None,
        genre: str | None = None,
    ) -> dict[str, Any]:
        """Answer a question with its citations, as `huibao ask --json` prints it.

        Args:
            question: The question, in Chinese; place and period in it are conditions.
            place: A place that the answer is limited to; else the question says it.
            period: A period that the answer is limited to: 2018, 2018H1, 2018Q3 or 2018-10.
            genre: A kind of document that the answer is limited to, such as 述职报告.
        """

        def run() -> dict[str, Any]:
            desk = desks.of(request)
            return answer_json(ask_flow.checked(desk, question, place, period, genre))

        return _told(run)

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

    def draft(
        request: gr.Request,
        place: str,
        period: str,
        notes: str = "",
        unit: str | None = None,
        date: str | None = None,
    ) -> dict[str, Any]:
        """Draft the next summary of a place and keep it, as `huibao draft --json` prints it.

        Args:
            place: The place that reports.
            period: The period that is reported on: 2018, 2018H1, 2018Q3 or 2018-10.
            notes: What is new in this period, a sentence a line.
            unit: Who signs the summary; else who signed the last one.
            date: The day at its end, 2018-12-20; without one it is left to be filled in.
        """

        def run() -> dict[str, Any]:
            typed, signed = tuple(notes.splitlines()), (unit or "").strip() or None
            order = Order(place, _period(period), signed, typed, dated=day_of(date or ""))
            made = desks.of(request).drafting().compose(order, desks.who(request))
            return {"key": made.version.draft, **draft_json(made.draft)}

        return _told(run)

    # A question of a program waits in one line with those of the page.
    api(ask, api_name="ask", **LIMIT)
    for function in (search, history, coverage, draft):
        api(function, api_name=function.__name__, **_AT_ONCE)


def _limit(limit: object) -> int:
    # A program may send anything as JSON.
    if isinstance(limit, int) and 1 <= limit <= HITS_MAX:
        return limit
    raise UsageError(texts.bad_limit(HITS_MAX))


def _period(period: str) -> Period:
    try:
        return Period.parse(period)
    except ValueError as error:
        raise UsageError(bad_period(period)) from error


def _told(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return run()
    except HuibaoError as error:
        # Gradio passes only its own errors on to the caller with their message.
        raise gr.Error(str(error), print_exception=False) from error
