"""The components of the tab 问答, and what each says to the browser's script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import ask_texts, texts
from app.web.conversation import sources_html, welcome_html
from app.web.names import period_name
from app.web.ports import Overview

EXAMPLES = 3

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


@dataclass(frozen=True)
class Parts:
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
        """The outputs of every event, in the order of `ask_shown.update`."""
        left = [self.turns, self.chat, self.question, self.notice, self.suggestions]
        right = [self.sources, self.viewer, self.place, self.period, self.genre]
        return [*left, *right, self.remarks, self.thanks, self.remark, self.chart]


def talk(overview: Overview, known: tuple[str, ...]) -> dict[str, Any]:
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
        examples = tuple(example(known, i, gr.Button) for i in range(EXAMPLES))
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
            place = _choice(texts.PLACE_LABEL, places(overview), "hb-place")
            period = _choice(texts.PERIOD_LABEL, periods(overview), "hb-period")
            genre = _choice(texts.GENRE_LABEL, genres(overview), "hb-genre")
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


def side() -> dict[str, Any]:
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


def places(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_PLACES, ""), *((place, place) for place in overview.places)]


def periods(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_PERIODS, ""), *((period_name(p) or p, p) for p in overview.periods)]


def genres(overview: Overview) -> list[tuple[str, str]]:
    return [(texts.ALL_GENRES, ""), *((genre, genre) for genre in overview.genres)]


def example(examples: tuple[str, ...], position: int, make: Callable[..., Any]) -> Any:
    text = examples[position] if position < len(examples) else ""
    if make is gr.update:
        return make(value=text, visible=bool(text))
    return make(text, visible=bool(text), size="sm", elem_classes="hb-example")
