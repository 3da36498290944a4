"""The tab 问答: the conversation on the left, its sources and the opened report on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.events import api

from app.answer.answer_json import answer_json
from app.web import ask_flow, ask_texts, texts
from app.web.ask_flow import Rating, Turns, View
from app.web.conversation import notice_html, sources_html, welcome_html
from app.web.names import period_name
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

_EXAMPLES = 3
_AT_ONCE = 4
"""Questions answered at the same time; more wait their turn in Gradio's queue."""

# gr.HTML finds the events it offers as the quoted words of js_on_load.
_SOURCES_JS = """
const open = (turn, n) => trigger('open', {turn: Number(turn), n: Number(n)});
element.addEventListener('click', event => {
    const card = event.target.closest('[data-n]');
    if (card) open(card.dataset.turn, card.dataset.n);
    const chip = event.target.closest('[data-kind]');
    if (!chip) return;
    const {turn, kind, name} = chip.dataset;
    if (chip.hasAttribute('data-drop')) trigger('narrow', {turn: Number(turn), kind, name});
    else {
        trigger('rescope', {turn: Number(turn), kind});
        document.querySelector(`#hb-${kind} input`)?.focus();
    }
});
element.addEventListener('hb-rate', event => trigger('rate', event.detail));
element.addEventListener('hb-cite', event => open(event.detail.turn, event.detail.n));
"""
_VIEWER_JS = """
element.addEventListener('click', event => {
    if (event.target.closest('[data-back]')) trigger('back');
});
watch('value', () => window.huibao.showViewer(element));
"""

_NOTHING = ("", "")

_LIMIT: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask"}
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class _Parts:
    """The components of the tab; Any, because Gradio adds their events when a class is made."""

    chat: Any
    question: Any
    submit: Any
    clear: Any
    notice: Any
    place: Any
    period: Any
    genre: Any
    suggestions: Any
    examples: tuple[Any, ...]
    stop: Any
    thanks: Any
    remarks: Any
    remark: Any
    send: Any
    chart: Any
    sources: Any
    viewer: Any
    turns: Any

    @property
    def shown(self) -> list[Any]:
        """The outputs of every event, in the order of `_update`."""
        left = [self.turns, self.chat, self.question, self.notice, self.suggestions]
        right = [self.sources, self.viewer, self.place, self.period, self.genre]
        return [*left, *right, self.remarks, self.thanks, self.remark, self.chart]


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Row(elem_id="hb-desk"):
        with gr.Column(elem_id="hb-talk", scale=5, min_width=320):
            talk = _talk(desks, overview)
        with gr.Column(elem_id="hb-side", scale=4, min_width=320):
            side = _side()
    parts = _Parts(**talk, **side, turns=gr.State(()))
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        examples = desk.examples() if now.reports else ()
        return [
            gr.update(placeholder=welcome_html(now)),
            gr.update(choices=_places(now)),
            gr.update(choices=_periods(now)),
            gr.update(choices=_genres(now)),
            *(_example(examples, i, gr.update) for i in range(_EXAMPLES)),
        ]

    return [parts.chat, parts.place, parts.period, parts.genre, *parts.examples], refreshed


def _talk(desks: Desks, overview: Overview) -> dict[str, Any]:
    chat = gr.Chatbot(
        elem_id="hb-chat",
        label=texts.CONVERSATION,
        show_label=False,
        container=False,
        height="100%",
        layout="bubble",
        placeholder=welcome_html(overview),
        # Answers quote documents of unknown origin: no formulas, no foreign tags, and Gradio's
        # sanitizer behind our own escaping.
        latex_delimiters=[],
        allow_tags=False,
        sanitize_html=True,
        buttons=[],
        # page.js keeps the last question in view; to jump to the end would hide the answer's head.
        autoscroll=False,
        feedback_options=None,
    )
    with gr.Column(elem_id="hb-examples") as suggestions:
        known = desks.of(None).examples() if overview.reports else ()
        examples = tuple(_example(known, i, gr.Button) for i in range(_EXAMPLES))
    notice = gr.HTML("", elem_id="hb-notice", apply_default_css=False)
    with gr.Row(elem_id="hb-remarks", visible=False) as remarks:
        thanks = gr.HTML("", elem_id="hb-thanks", apply_default_css=False)
        remark = gr.Textbox(
            elem_id="hb-remark",
            label=ask_texts.REMARK_LABEL,
            placeholder=ask_texts.REMARK_HINT,
            show_label=False,
            container=False,
            lines=1,
            max_lines=1,
            scale=4,
        )
        send = gr.Button(ask_texts.SEND, elem_id="hb-send", size="sm", min_width=64, scale=0)
    with gr.Column(elem_id="hb-box"):
        question = gr.Textbox(
            elem_id="hb-question",
            label=texts.QUESTION_LABEL,
            placeholder=texts.QUESTION_HINT,
            show_label=False,
            container=False,
            lines=1,
            max_lines=4,
            autofocus=True,
        )
        with gr.Row(elem_id="hb-tools"):
            place = _choice(texts.PLACE_LABEL, _places(overview), "hb-place")
            period = _choice(texts.PERIOD_LABEL, _periods(overview), "hb-period")
            genre = _choice(texts.GENRE_LABEL, _genres(overview), "hb-genre")
            clear = gr.Button(texts.CLEAR, elem_id="hb-clear", size="sm", min_width=64, scale=0)
            submit = gr.Button(
                texts.ASK, elem_id="hb-ask", variant="primary", size="sm", min_width=96, scale=0
            )
            stop = gr.Button(ask_texts.STOP, elem_id="hb-stop", size="sm", min_width=96, scale=0)
    return {
        "chat": chat,
        "suggestions": suggestions,
        "examples": examples,
        "notice": notice,
        "question": question,
        "place": place,
        "period": period,
        "genre": genre,
        "clear": clear,
        "submit": submit,
        "stop": stop,
        "thanks": thanks,
        "remarks": remarks,
        "remark": remark,
        "send": send,
    }


def _side() -> dict[str, Any]:
    chart = gr.Plot(visible=False, show_label=False, container=False, elem_id="hb-chart")
    # The default template, "${value}", shows a value as it is. Never "{{value}}": Gradio runs
    # Handlebars' result as a JavaScript template, so a report containing ${…} would be executed.
    sources = gr.HTML(
        sources_html(()), elem_id="hb-sources", apply_default_css=False, js_on_load=_SOURCES_JS
    )
    viewer = gr.HTML("", elem_id="hb-viewer", apply_default_css=False, js_on_load=_VIEWER_JS)
    return {"chart": chart, "sources": sources, "viewer": viewer}


def _choice(label: str, choices: list[tuple[str, str]], elem_id: str) -> Any:
    return gr.Dropdown(
        choices,
        value="",
        label=label,
        show_label=False,
        container=False,
        elem_id=elem_id,
        min_width=120,
    )


def _places(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_PLACES, ""), *((place, place) for place in overview.places)]


def _periods(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_PERIODS, ""), *((period_name(p) or p, p) for p in overview.periods)]


def _genres(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_GENRES, ""), *((genre, genre) for genre in overview.genres)]


def _example(examples: tuple[str, ...], position: int, make: Callable[..., Any]) -> Any:
    text = examples[position] if position < len(examples) else ""
    if make is gr.update:
        return make(value=text, visible=bool(text))
    return make(text, visible=bool(text), size="sm", elem_classes="hb-example")


def _wire(desks: Desks, parts: _Parts) -> None:
    _offer_api(desks)

    def on_ask(
        question: str, place: str, period: str, genre: str, turns: Turns, request: gr.Request
    ) -> Iterator[list[Any]]:
        def run(desk: Desk) -> Iterator[View]:
            return ask_flow.ask(desk, question, place, period, turns, genre=genre)

        yield from _views(desks, request, run)

    def on_failure(turns: Turns) -> list[Any]:
        return _update(ask_flow.failed(turns))

    def on_open(turns: Turns, event: gr.EventData, request: gr.Request) -> list[Any]:
        try:
            desk = desks.of(request)
        except HuibaoError as error:
            return _update(View(notice=str(error)))
        return _update(ask_flow.open_source(desk, turns, *_clicked(event)))

    def on_stop(turns: Turns) -> list[Any]:
        return _update(ask_flow.stopped(turns))

    def on_back() -> list[Any]:
        return _update(View(viewer=""))

    def on_clear() -> list[Any]:
        return _update(ask_flow.cleared())

    light = {**_PRIVATE, "queue": False}
    scope = [parts.place, parts.period, parts.genre, parts.turns]
    asked = [(parts.submit.click, parts.question), (parts.question.submit, parts.question)]
    asked += [(example.click, example) for example in parts.examples]
    events = []
    for trigger, text in asked:
        asking = trigger(
            on_ask, [text, *scope], parts.shown, trigger_mode="multiple", **_PRIVATE, **_LIMIT
        )
        # A defect of the program: Gradio prints the traceback where the server runs.
        asking.failure(on_failure, parts.turns, parts.shown, **light)
        events.append(asking)
    events += _wire_scope(desks, parts, scope)
    parts.stop.click(on_stop, parts.turns, parts.shown, cancels=events, **light)
    _wire_rating(desks, parts, light)
    parts.sources.open(on_open, parts.turns, parts.shown, **light)
    parts.viewer.back(on_back, None, parts.shown, **light)
    parts.clear.click(on_clear, None, parts.shown, **light)


def _views(
    desks: Desks, request: gr.Request, run: Callable[[Desk], Iterator[View]]
) -> Iterator[list[Any]]:
    """The updates of an event at the desk of whoever sent it; what is wrong with that in words."""
    # At least one: where a generator yields nothing, Gradio empties all of its outputs.
    yield _update(View())
    try:
        for view in run(desks.of(request)):
            yield _update(view)
    except HuibaoError as error:
        yield _update(View(notice=str(error)))


def _wire_scope(desks: Desks, parts: _Parts, scope: list[Any]) -> list[Any]:
    """The chips of the scope: a cross asks again without, a name with another choice."""
    changing = gr.State(_NOTHING)
    """The kind of choice that a chip was clicked for, and what was chosen by then."""

    def on_narrow(
        place: str, period: str, genre: str, turns: Turns, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        clicked = _data(event)
        yield from _views(
            desks,
            request,
            lambda desk: ask_flow.without(desk, place, period, turns, clicked, genre),
        )

    kinds = (ask_flow.PLACE, ask_flow.PERIOD, ask_flow.GENRE)

    def on_rescope(place: str, period: str, genre: str, event: gr.EventData) -> list[Any]:
        kind, chosen = _data(event).get("kind"), (place, period, genre)
        known = (kind, chosen[kinds.index(kind)]) if kind in kinds else _NOTHING
        return [known, *_update(View(notice=ask_texts.CHOOSE))]

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
                yield [gr.skip(), *_update(View())]
                return
            views = _views(
                desks,
                request,
                lambda desk: ask_flow.instead(desk, place, period, turns, kind, genre),
            )
            for update in views:
                yield [_NOTHING, *update]

        return chosen

    both = [changing, *parts.shown]
    asking = {**_PRIVATE, **_LIMIT, "trigger_mode": "multiple"}
    parts.sources.rescope(on_rescope, scope[:3], both, queue=False, **_PRIVATE)
    events = [parts.sources.narrow(on_narrow, scope, parts.shown, **asking)]
    choices = (parts.place, parts.period, parts.genre)
    for kind, choice in zip(kinds, choices, strict=True):
        events.append(choice.input(on_choice(kind), [*scope, changing], both, **asking))
    return events


def _wire_rating(desks: Desks, parts: _Parts, light: dict[str, Any]) -> None:
    rated = gr.State(None)
    """The last rating, to which a remark may be added."""

    def keep(turns: Turns, rating: Rating | None, request: gr.Request) -> list[Any]:
        if rating is None:
            return _update(View())
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            desk, who = desks.of(request), desks.who(request)
        except HuibaoError as error:
            return _update(View(notice=str(error)))
        return _update(ask_flow.rate(desk, turns, rating, who, at))

    def on_rate(turns: Turns, event: gr.EventData, request: gr.Request) -> list[Any]:
        data = _data(event)
        turn, good = data.get("turn"), data.get("good")
        if not isinstance(turn, int):
            return [None, *_update(View())]
        rating = Rating(uuid4().hex, turn, good is True)
        return [rating, *keep(turns, rating, request)]

    def on_send(turns: Turns, rating: Rating | None, remark: str, request: gr.Request) -> list[Any]:
        said = replace(rating, remark=remark) if rating and remark.strip() else None
        return keep(turns, said, request)

    parts.sources.rate(on_rate, parts.turns, [rated, *parts.shown], **light)
    given = [parts.turns, rated, parts.remark]
    for trigger in (parts.send.click, parts.remark.submit):
        trigger(on_send, given, parts.shown, **light)


def _offer_api(desks: Desks) -> None:
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
        try:
            desk = desks.of(request)
            return answer_json(ask_flow.checked(desk, question, place, period, genre))
        except HuibaoError as error:
            # Gradio passes only its own errors on to the caller with their message.
            raise gr.Error(str(error), print_exception=False) from error

    api(ask, api_name="ask", **_LIMIT)


def _clicked(event: gr.EventData) -> tuple[object, object]:
    data = _data(event)
    return data.get("turn"), data.get("n")


def _data(event: gr.EventData) -> dict[str, object]:
    """What the browser sent with an event, which may be anything."""
    return event._data if isinstance(event._data, dict) else {}


def _update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `_Parts.shown`."""
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
