"""The tab 起草: what is handed in, the draft with its sentences, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from app.draft.office import DraftOffice
from app.draft.outline import BUILT_IN
from app.web import draft_flow as flow
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web import draft_versions as versions
from app.web import draft_versions_html
from app.web.conversation import notice_html
from app.web.draft_view import View, Work
from app.web.draft_view import kept as kept_drafts
from app.web.local import local
from app.web.names import period_name
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

# gr.HTML finds the events it offers as the quoted words of js_on_load; what they do is draft.js.
_PICK_JS = """
window.huibao.draft.links(element, id => trigger('pick', {id}));
"""
_PAPER_JS = f"""
window.huibao.draft.paper(element, watch, {{
    pick: id => trigger('pick', {{id}}),
    again: at => {{ if (confirm('{texts.CONFIRM_AGAIN}')) trigger('again', {{at}}); }},
}}, '{texts.CONFIRM_LEAVE}');
"""
_EDIT_JS = """
window.huibao.draft.sentence(element, watch, {
    source: n => trigger('source', {n}),
    edit: sent => trigger('edit', sent),
});
"""
_GAPS_JS = """
window.huibao.draft.links(element, id => trigger('pick', {id}));
window.huibao.draft.gaps(element, watch, values => trigger('fill', {values}));
"""
_CHECKS_JS = """
window.huibao.draft.links(element, id => trigger('pick', {id}));
window.huibao.draft.sources(element, n => trigger('source', {n}));
"""
_VERSIONS_JS = """
window.huibao.draft.versions(element, {
    version: number => trigger('version', {number}),
    back: number => trigger('back', {number}),
    compare: sent => trigger('compare', sent),
});
"""
_VIEWER_JS = """
element.addEventListener('click', event => {
    if (event.target.closest('[data-back]')) trigger('back');
});
watch('value', () => window.huibao.showViewer(element));
"""
# The finished file is offered by a button that nobody sees: one click exports and saves.
_SAVE_JS = """() => setTimeout(() => {
    const link = document.querySelector('#hb-d-file');
    (link.querySelector('a, button') ?? link).click();
}, 200)"""
_LIGHT: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_LONG: dict[str, Any] = {**_LIGHT, "concurrency_limit": 2, "concurrency_id": "draft"}


SUFFIXES = {".docx": texts.EXPORT_WORD, ".md": texts.EXPORT_TEXT}
_SIDE = (texts.SENTENCE, texts.GAPS, texts.FIGURES, texts.CHECKS, texts.VERSIONS)


class _Running:
    """What this page has being written; shared with the event that stops it."""

    def __init__(self) -> None:
        self.stop: Any = None

    def __deepcopy__(self, memo: object) -> _Running:
        return _Running()


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Column(elem_id="hb-draft"):
        parts = {**_given(overview), **_tools(), **_desk()}
    parts |= {"work": gr.State(None), "running": gr.State(_Running())}
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        try:
            kept = gr.update(choices=kept_drafts(desk.drafting()))
            outlines = gr.update(choices=_outlines(desk.drafting().outlines()))
        except HuibaoError:
            # Whoever may not see drafts is told when composing.
            kept, outlines = gr.update(choices=[(texts.KEPT_NONE, "")]), gr.skip()
        return [
            gr.update(choices=list(now.places)),
            gr.update(choices=_periods(now)),
            kept,
            outlines,
        ]

    return [parts[name] for name in ("place", "period", "kept", "outline")], refreshed


def _periods(overview: Overview) -> list[tuple[str, str]]:
    return [(period_name(p) or p, p) for p in versions.next_periods(overview.periods)]


def _outlines(names: Sequence[str] = BUILT_IN) -> list[tuple[str, str]]:
    named = [(texts.OUTLINES.get(name, name), name) for name in names]
    return [(texts.OUTLINES[""], ""), *named, (texts.OUTLINES[flow.OWN], flow.OWN)]


def _given(overview: Overview) -> dict[str, Any]:
    """What is chosen and handed in; it folds up once there is a draft to look at."""
    parts: dict[str, Any] = {}
    with gr.Accordion(texts.GIVEN, open=True, elem_id="hb-d-new") as parts["given"]:  # noqa: SIM117
        with gr.Row(elem_id="hb-d-given"):
            with gr.Column(scale=3, min_width=230):
                parts["place"] = gr.Dropdown(
                    list(overview.places), value=None, label=texts.PLACE, elem_id="hb-d-place"
                )
                parts["period"] = gr.Dropdown(
                    _periods(overview),
                    value=None,
                    label=texts.PERIOD,
                    info=texts.PERIOD_HINT,
                    allow_custom_value=True,
                    elem_id="hb-d-period",
                )
            with gr.Column(scale=4, min_width=240):
                parts["typed"] = gr.Textbox(
                    label=texts.NOTES,
                    placeholder=texts.NOTES_HINT,
                    lines=7,
                    max_lines=7,
                    elem_id="hb-d-typed",
                )
            with gr.Column(scale=3, min_width=220):
                parts["files"] = local(
                    gr.File(
                        label=texts.FILES, file_count="multiple", height=120, elem_id="hb-d-files"
                    )
                )
                parts["unit"] = gr.Textbox(
                    label=texts.UNIT, placeholder=texts.UNIT_HINT, elem_id="hb-d-unit"
                )
            with gr.Column(scale=3, min_width=200):
                parts["outline"] = gr.Dropdown(
                    _outlines(), value="", label=texts.OUTLINE, elem_id="hb-d-outline"
                )
                parts["headings"] = gr.Textbox(
                    label=texts.HEADINGS,
                    placeholder=texts.HEADINGS_HINT,
                    lines=3,
                    max_lines=3,
                    visible=False,
                    elem_id="hb-d-headings",
                )
                parts["compose"] = gr.Button(
                    texts.COMPOSE, variant="primary", elem_id="hb-d-compose"
                )
    return parts


def _tools() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="hb-d-tools"):
        parts["kept"] = gr.Dropdown(
            [(texts.KEPT_NONE, "")],
            value="",
            show_label=False,
            container=False,
            label=texts.KEPT,
            elem_id="hb-d-kept",
            scale=0,
            min_width=250,
        )
        parts["notice"] = _html("", "hb-d-notice")
        parts["stop"] = gr.Button(
            texts.STOP, size="sm", min_width=80, scale=0, visible=False, elem_id="hb-d-stop"
        )
        parts["copy"] = gr.Dropdown(
            versions.copies(),
            value=versions.copies()[0][1],
            show_label=False,
            container=False,
            label=texts.COPY,
            elem_id="hb-d-copy",
            scale=0,
            min_width=150,
        )
        parts["import"] = local(
            gr.UploadButton(
                texts.IMPORT,
                file_types=[".docx", ".doc", ".wps", ".odt", ".rtf"],
                size="sm",
                min_width=110,
                scale=0,
                elem_id="hb-d-import",
            )
        )
        for suffix, name in SUFFIXES.items():
            parts[suffix] = gr.Button(
                name, size="sm", min_width=120, scale=0, elem_id=f"hb-d-export-{suffix[1:]}"
            )
    return parts


def _desk() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="hb-d-desk"):
        with gr.Column(scale=5, min_width=320, elem_id="hb-d-left"):
            parts["alarms"] = _html("", "hb-d-alarms", _PICK_JS)
            parts["paper"] = _html(html.paper_html(None), "hb-d-paper", _PAPER_JS)
        with gr.Column(scale=4, min_width=320, elem_id="hb-d-side"), gr.Tabs() as parts["side"]:
            with gr.Tab(texts.SENTENCE, id=texts.SENTENCE):
                parts["sentence"] = _html(html.sentence_html(None, None), "hb-d-sentence", _EDIT_JS)
            with gr.Tab(texts.GAPS, id=texts.GAPS):
                parts["gaps"] = _html(html.gaps_html(None), "hb-d-gaps", _GAPS_JS)
            with gr.Tab(texts.FIGURES, id=texts.FIGURES):
                parts["figures"] = _html(html.figures_html(None), "hb-d-figures")
            with gr.Tab(texts.CHECKS, id=texts.CHECKS):
                parts["checks"] = _html(html.checks_html(None), "hb-d-checks", _CHECKS_JS)
            with gr.Tab(texts.VERSIONS, id=texts.VERSIONS):
                blank = draft_versions_html.versions_html((), None)
                parts["versions"] = _html(blank, "hb-d-versions", _VERSIONS_JS)
                parts["differences"] = _html("", "hb-d-differences")
    parts["viewer"] = gr.HTML(
        "",
        elem_id="hb-d-viewer",
        elem_classes=["hb-bare", "hb-drawer"],
        apply_default_css=False,
        js_on_load=_VIEWER_JS,
    )
    parts["file"] = local(gr.DownloadButton(texts.EXPORT_WORD, elem_id="hb-d-file"))
    return parts


def _html(value: str, elem_id: str, script: str = "") -> Any:
    # The default template shows a value as it is; see ask_tab for why never another one.
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="hb-d-html",
        apply_default_css=False,
        js_on_load=script or None,
    )


_SHOWN = (
    "work alarms paper sentence gaps figures checks versions differences viewer notice file "
    "side stop given kept"
).split()
"""The outputs of every event, in the order of `_update`."""


def _wire(desks: Desks, parts: dict[str, Any]) -> None:
    shown, work = [parts[name] for name in _SHOWN], parts["work"]

    def of(request: gr.Request, run: Callable[[Desk], View]) -> list[Any]:
        try:
            return _update(run(desks.of(request)))
        except HuibaoError as error:
            return _update(View(notice=str(error)))

    def steps(
        request: gr.Request, running: _Running, run: Callable[[DraftOffice], Iterator[View]]
    ) -> Iterator[list[Any]]:
        try:
            for view in run(desks.of(request).drafting()):
                running.stop = view.running or running.stop
                yield _update(view)
        except HuibaoError as error:
            yield _update(View(notice=str(error), busy=False))

    def on_place(place: str | None, request: gr.Request) -> Any:
        try:
            key = versions.next_period(desks.of(request).intake().reports(), place)
        except HuibaoError:
            return gr.skip()  # whatever is wrong is told when composing
        return gr.skip() if key is None else key

    def on_outline(outline: str | None) -> Any:
        return gr.update(visible=outline == flow.OWN)

    def on_compose(
        place: str | None,
        period: str | None,
        unit: str,
        typed: str,
        files: list[str] | None,
        outline: str | None,
        headings: str,
        running: _Running,
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        given = flow.Given(place, period, unit, typed, files, outline, headings)
        who = desks.who(request)
        yield from steps(request, running, lambda office: flow.compose(office, given, who))

    def on_again(
        open_now: Work | None, running: _Running, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        at, who = _sent(event).get("at"), desks.who(request)
        yield from steps(request, running, lambda of: flow.regenerate(of, open_now, at, who))

    def on_stop(running: _Running) -> None:
        if running.stop is not None:
            running.stop.set()

    def on_kept(key: str | None, request: gr.Request) -> list[Any]:
        return of(request, lambda desk: flow.open_draft(desk.drafting(), key))

    def on_pick(now: Work | None, event: gr.EventData) -> list[Any]:
        return _update(flow.pick(now, _sent(event).get("id")))

    def on_edit(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        sent, who = _sent(event), desks.who(request)
        what, one = sent.get("what"), sent.get("id")

        def run(desk: Desk) -> View:
            office = desk.drafting()
            if what == "change":
                return flow.change(office, now, one, sent.get("text"), who)
            if what == "everywhere":
                changed, keys = sent.get("changed"), sent.get("places")
                return flow.change_everywhere(office, now, one, changed, keys, who)
            return flow.reject(office, now, one, what == "reject", who)

        return of(request, run)

    def on_fill(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        values, who = _sent(event).get("values"), desks.who(request)
        return of(request, lambda desk: flow.fill(desk.drafting(), now, values, who))

    def on_version(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        key, number = now.version.draft if now else None, _sent(event).get("number")
        return of(request, lambda desk: flow.open_draft(desk.drafting(), key, number))

    def on_bring_back(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        number, who = _sent(event).get("number"), desks.who(request)
        return of(request, lambda desk: versions.bring_back(desk.drafting(), now, number, who))

    def on_import(now: Work | None, file: str | None, request: gr.Request) -> list[Any]:
        who = desks.who(request)
        return of(request, lambda desk: versions.take_in(desk.drafting(), now, file, who))

    def on_compare(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        old, new = _sent(event).get("old"), _sent(event).get("new")
        return of(request, lambda desk: versions.compare(desk.drafting(), now, old, new))

    def on_source(now: Work | None, event: gr.EventData, request: gr.Request) -> list[Any]:
        return of(request, lambda desk: flow.open_source(desk, now, _sent(event).get("n")))

    def on_back() -> list[Any]:
        return _update(View(viewer=""))

    def on_failure() -> list[Any]:
        return _update(View(notice=texts.FAILED, busy=False))

    given = ("place", "period", "unit", "typed", "files", "outline", "headings", "running")
    parts["place"].input(on_place, parts["place"], parts["period"], **_LIGHT)
    parts["outline"].input(on_outline, parts["outline"], parts["headings"], **_LIGHT)
    parts["stop"].click(on_stop, parts["running"], None, queue=False, **_LIGHT)
    events = [
        parts["compose"].click(on_compose, [parts[name] for name in given], shown, **_LONG),
        parts["paper"].again(on_again, [work, parts["running"]], shown, **_LONG),
        parts["kept"].input(on_kept, parts["kept"], shown, **_LIGHT),
        *(
            parts[name].pick(on_pick, work, shown, **_LIGHT)
            for name in ("paper", "alarms", "gaps", "checks")
        ),
        parts["sentence"].edit(on_edit, work, shown, **_LIGHT),
        parts["gaps"].fill(on_fill, work, shown, **_LIGHT),
        *(parts[name].source(on_source, work, shown, **_LIGHT) for name in ("sentence", "checks")),
        parts["versions"].version(on_version, work, shown, **_LIGHT),
        parts["versions"].back(on_bring_back, work, shown, **_LIGHT),
        parts["versions"].compare(on_compare, work, shown, **_LIGHT),
        parts["viewer"].back(on_back, None, shown, **_LIGHT),
        parts["import"].upload(on_import, [work, parts["import"]], shown, **_LONG),
    ]
    for suffix in SUFFIXES:

        def on_export(
            now: Work | None, copy: str | None, request: gr.Request, suffix: str = suffix
        ) -> list[Any]:
            return of(request, lambda desk: versions.write(desk.drafting(), now, suffix, copy))

        done = parts[suffix].click(on_export, [work, parts["copy"]], shown, **_LIGHT)
        done.success(None, None, None, js=_SAVE_JS, **_LIGHT)
        events.append(done)
    for event in events:
        # A defect of the program: Gradio prints the traceback where the server runs.
        event.failure(on_failure, None, shown, **_LIGHT)


def _sent(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `_SHOWN`."""
    key = view.work.version.draft if view.work else ""
    updates = {
        "notice": None if view.notice is None else notice_html(view.notice),
        "side": gr.update(selected=view.side) if view.side in _SIDE else None,
        "stop": None if view.busy is None else gr.update(visible=view.busy),
        "given": gr.update(open=False) if view.kept else None,
        "kept": gr.update(choices=view.kept, value=key) if view.kept else None,
    }
    named = (updates[n] if n in updates else getattr(view, n) for n in _SHOWN)
    return [gr.skip() if one is None else one for one in named]
