"""The tab 起草: what is handed in, the draft with its sentences, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import draft_flow as flow
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web.conversation import notice_html
from app.web.draft_flow import View, Work
from app.web.local import local
from app.web.names import period_name
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

# gr.HTML finds the events it offers as the quoted words of js_on_load.
_PICK_JS = """
const pick = event => {
    const one = event.target.closest('[data-s]');
    if (one) trigger('pick', {id: one.dataset.s});
};
element.addEventListener('click', pick);
element.addEventListener('keydown', event => { if (event.key === 'Enter') pick(event); });
"""
_EDIT_JS = (
    _PICK_JS
    + """
element.addEventListener('click', event => {
    const source = event.target.closest('[data-open]');
    if (source) trigger('source', {n: Number(source.dataset.open)});
    const button = event.target.closest('[data-do]');
    if (!button) return;
    const box = button.closest('[data-sentence]');
    const text = box.querySelector('textarea').value;
    trigger('edit', {id: box.dataset.sentence, what: button.dataset.do, text});
});
"""
)
_GAPS_JS = (
    _PICK_JS
    + """
element.addEventListener('click', event => {
    if (!event.target.closest('[data-do]')) return;
    const values = {};
    for (const box of element.querySelectorAll('[data-gap]')) values[box.dataset.gap] = box.value;
    trigger('fill', {values});
});
"""
)
_VERSIONS_JS = """
element.addEventListener('click', event => {
    const one = event.target.closest('[data-version]');
    if (one) trigger('version', {number: Number(one.dataset.version)});
});
"""
_VIEWER_JS = """
element.addEventListener('click', event => {
    if (event.target.closest('[data-back]')) trigger('back');
});
element.addEventListener('keydown', event => { if (event.key === 'Escape') trigger('back'); });
watch('value', () => {
    element.querySelector('#hb-quote')?.scrollIntoView({block: 'center'});
    element.querySelector('[data-back]')?.focus({preventScroll: true});
});
"""
# The finished file is offered by a button that nobody sees: one click exports and saves.
_SAVE_JS = """() => setTimeout(() => {
    const link = document.querySelector('#hb-d-file');
    (link.querySelector('a, button') ?? link).click();
}, 200)"""
_LIGHT: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_LONG: dict[str, Any] = {**_LIGHT, "concurrency_limit": 2, "concurrency_id": "draft"}


@dataclass(frozen=True)
class _Parts:
    """The components of the tab; Any, because Gradio adds their events when a class is made."""

    place: Any
    period: Any
    unit: Any
    typed: Any
    files: Any
    compose: Any
    kept: Any
    notice: Any
    paper: Any
    sentence: Any
    gaps: Any
    figures: Any
    checks: Any
    versions: Any
    viewer: Any
    exports: dict[tuple[str, bool], Any]
    file: Any
    work: Any

    @property
    def shown(self) -> list[Any]:
        """The outputs of every event, in the order of `_update`."""
        side = [self.sentence, self.gaps, self.figures, self.checks, self.versions]
        return [self.work, self.paper, *side, self.viewer, self.notice, self.file]


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Column(elem_id="hb-draft"):
        parts = _lay_out(overview)
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        try:
            kept = gr.update(choices=flow.kept(desk.drafting()))
        except HuibaoError:
            kept = gr.update(choices=[])  # whoever may not see drafts is told when composing
        return [
            gr.update(choices=list(now.places)),
            gr.update(choices=_periods(now)),
            kept,
        ]

    return [parts.place, parts.period, parts.kept], refreshed


def _periods(overview: Overview) -> list[tuple[str, str]]:
    return [(period_name(p) or p, p) for p in flow.next_periods(overview.periods)]


def _lay_out(overview: Overview) -> _Parts:
    given = _given(overview)
    notice = _html("", "hb-d-notice")
    with gr.Row(elem_id="hb-d-exports"):
        exports = {
            (suffix, clean): gr.Button(name, size="sm", min_width=120, scale=0)
            for name, suffix, clean in (
                (texts.EXPORT_WORD, ".docx", False),
                (texts.EXPORT_CLEAN, ".docx", True),
                (texts.EXPORT_TEXT, ".md", False),
            )
        }
    with gr.Row(elem_id="hb-d-desk"):
        with gr.Column(scale=5, min_width=320):
            paper = _html(html.paper_html(None), "hb-d-paper", _PICK_JS)
        with gr.Column(scale=4, min_width=320, elem_id="hb-d-side"), gr.Tabs():
            with gr.Tab(texts.SENTENCE):
                sentence = _html(html.sentence_html(None, None), "hb-d-sentence", _EDIT_JS)
            with gr.Tab(texts.GAPS):
                gaps = _html(html.gaps_html(None), "hb-d-gaps", _GAPS_JS)
            with gr.Tab(texts.FIGURES):
                figures = _html(html.figures_html(None), "hb-d-figures")
            with gr.Tab(texts.CHECKS):
                checks = _html(html.checks_html(None), "hb-d-checks")
            with gr.Tab(texts.VERSIONS):
                versions = _html(html.versions_html((), None), "hb-d-versions", _VERSIONS_JS)
    viewer = _html("", "hb-d-viewer", _VIEWER_JS)
    file = local(gr.DownloadButton(texts.EXPORT_WORD, elem_id="hb-d-file"))
    return _Parts(
        **given,
        notice=notice,
        paper=paper,
        sentence=sentence,
        gaps=gaps,
        figures=figures,
        checks=checks,
        versions=versions,
        viewer=viewer,
        exports=exports,
        file=file,
        work=gr.State(None),
    )


def _given(overview: Overview) -> dict[str, Any]:
    with gr.Row(elem_id="hb-d-given"):
        with gr.Column(scale=3, min_width=240):
            place = gr.Dropdown(
                list(overview.places), value=None, label=texts.PLACE, elem_id="hb-d-place"
            )
            period = gr.Dropdown(
                _periods(overview),
                value=None,
                label=texts.PERIOD,
                info=texts.PERIOD_HINT,
                allow_custom_value=True,
                elem_id="hb-d-period",
            )
        with gr.Column(scale=4, min_width=260):
            typed = gr.Textbox(
                label=texts.NOTES,
                placeholder=texts.NOTES_HINT,
                lines=5,
                max_lines=8,
                elem_id="hb-d-typed",
            )
        with gr.Column(scale=3, min_width=240):
            files = local(
                gr.File(label=texts.FILES, file_count="multiple", height=120, elem_id="hb-d-files")
            )
            unit = gr.Textbox(label=texts.UNIT, placeholder=texts.UNIT_HINT, elem_id="hb-d-unit")
        with gr.Column(scale=2, min_width=180):
            kept = gr.Dropdown([], value=None, label=texts.KEPT, elem_id="hb-d-kept")
            compose = gr.Button(texts.COMPOSE, variant="primary", elem_id="hb-d-compose")
    return {
        "place": place,
        "period": period,
        "typed": typed,
        "files": files,
        "unit": unit,
        "kept": kept,
        "compose": compose,
    }


def _html(value: str, elem_id: str, script: str = "") -> Any:
    # The default template shows a value as it is; see ask_tab for why never another one.
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="hb-d-html",
        apply_default_css=False,
        js_on_load=script or None,
    )


def _wire(desks: Desks, parts: _Parts) -> None:
    def on_compose(
        place: str | None,
        period: str | None,
        unit: str,
        typed: str,
        files: list[str] | None,
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        try:
            office, who = desks.of(request).drafting(), desks.who(request)
        except HuibaoError as error:
            yield _update(View(notice=str(error)))
            return
        for view in flow.compose(office, place, period, unit, typed, files, who):
            yield _update(view)

    def on_kept(key: str | None, request: gr.Request) -> list[Any]:
        return _of(desks, request, lambda desk: flow.open_draft(desk.drafting(), key))

    def on_pick(work: Work | None, event: gr.EventData) -> list[Any]:
        return _update(flow.pick(work, _sent(event).get("id")))

    def on_edit(work: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        sent, who = _sent(event), desks.who(request)

        def run(desk: Desk) -> View:
            if sent.get("what") == "change":
                return flow.change(desk.drafting(), work, sent.get("id"), sent.get("text"), who)
            out = sent.get("what") == "reject"
            return flow.reject(desk.drafting(), work, sent.get("id"), out, who)

        return _of(desks, request, run)

    def on_fill(work: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        values, who = _sent(event).get("values"), desks.who(request)
        return _of(desks, request, lambda desk: flow.fill(desk.drafting(), work, values, who))

    def on_version(work: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        key, number = work.version.draft if work else None, _sent(event).get("number")
        return _of(desks, request, lambda desk: flow.open_draft(desk.drafting(), key, number))

    def on_source(work: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        return _of(desks, request, lambda desk: flow.open_source(desk, work, _sent(event).get("n")))

    def on_back() -> list[Any]:
        return _update(View(viewer=""))

    def on_failure() -> list[Any]:
        return _update(View(notice=texts.FAILED))

    given = [parts.place, parts.period, parts.unit, parts.typed, parts.files]
    events = [
        parts.compose.click(on_compose, given, parts.shown, **_LONG),
        parts.kept.input(on_kept, parts.kept, parts.shown, **_LIGHT),
        parts.paper.pick(on_pick, parts.work, parts.shown, **_LIGHT),
        parts.gaps.pick(on_pick, parts.work, parts.shown, **_LIGHT),
        parts.sentence.pick(on_pick, parts.work, parts.shown, **_LIGHT),
        parts.sentence.edit(on_edit, parts.work, parts.shown, **_LIGHT),
        parts.sentence.source(on_source, parts.work, parts.shown, **_LIGHT),
        parts.gaps.fill(on_fill, parts.work, parts.shown, **_LIGHT),
        parts.versions.version(on_version, parts.work, parts.shown, **_LIGHT),
        parts.viewer.back(on_back, None, parts.shown, **_LIGHT),
    ]
    for (suffix, clean), button in parts.exports.items():

        def on_export(work: Work | None, suffix: str = suffix, clean: bool = clean) -> list[Any]:
            return _update(flow.write(work, suffix, clean=clean))

        done = button.click(on_export, parts.work, parts.shown, **_LIGHT)
        done.success(None, None, None, js=_SAVE_JS, **_LIGHT)
        events.append(done)
    for event in events:
        # A defect of the program: Gradio prints the traceback where the server runs.
        event.failure(on_failure, None, parts.shown, **_LIGHT)


def _of(desks: Desks, request: gr.Request, run: Callable[[Desk], View]) -> list[Any]:
    try:
        return _update(run(desks.of(request)))
    except HuibaoError as error:
        return _update(View(notice=str(error)))


def _sent(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `_Parts.shown`."""
    notice = None if view.notice is None else notice_html(view.notice)
    side = (view.sentence, view.gaps, view.figures, view.checks, view.versions)
    shown = (view.work, view.paper, *side, view.viewer, notice, view.file)
    return [gr.skip() if one is None else one for one in shown]
