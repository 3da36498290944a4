"""The tab 档案: what is in the archive, putting it right, taking new files in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.web import archive_flow as flow
from app.web import archive_texts as texts
from app.web import history_texts
from app.web.archive_flow import Form, View
from app.web.conversation import notice_html
from app.web.local import local
from app.web.opened import opened_html
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

# gr.HTML finds the events it offers as the quoted words of js_on_load.
_TABLE_JS = f"""
element.addEventListener('click', event => {{
    const at = name => event.target.closest('[data-' + name + ']');
    const report = event.target.closest('[data-id]')?.dataset.id;
    if (at('report')) trigger('open', {{report}});
    if (at('edit')) trigger('edit', {{report}});
    if (at('restore')) trigger('restore', {{report}});
    if (at('remove') && confirm('{texts.CONFIRM_REMOVE}')) trigger('remove', {{report}});
}});
"""
_VIEWER_JS = """
element.addEventListener('click', event => {
    if (event.target.closest('[data-back]')) trigger('back');
});
watch('value', () => window.huibao.showViewer(element));
"""
_QUEUED: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# Past Gradio's queue: its browser side loses an event that is sent while the last one's stream is
# just closing. Only handlers that yield need the queue.
_LIGHT: dict[str, Any] = {**_QUEUED, "queue": False}


def draw(
    desks: Desks, overview: Overview
) -> tuple[list[Any], Callable[[Desk, Overview], list[Any]]]:
    """Draws the tab; returns what to refresh when the page is opened, and the function for it."""
    with gr.Column(elem_id="hb-archive", elem_classes="hb-page"):
        parts = _lay_out()
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        first = flow.listed(desk.intake(), "", False)
        return [first.table, first.page]

    return [parts["table"], parts["page"]], refreshed


def _lay_out() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_classes="hb-bar"):
        parts["text"] = gr.Textbox(
            label=texts.SEARCH, info=texts.SEARCH_HINT, elem_id="hb-a-text", scale=4, min_width=220
        )
        parts["removed"] = gr.Checkbox(
            False, label=texts.REMOVED_ONLY, elem_id="hb-a-removed", scale=1, min_width=140
        )
        parts["upload"] = local(
            gr.UploadButton(
                texts.UPLOAD,
                file_count="multiple",
                elem_id="hb-a-upload",
                variant="primary",
                scale=0,
                min_width=130,
            )
        )
        parts["stop"] = gr.Button(
            texts.STOP, elem_id="hb-a-stop", visible=False, scale=0, min_width=80
        )
    parts["notice"] = _html("hb-a-notice")
    parts["job"] = _html("hb-a-job")
    with gr.Group(visible=False, elem_id="hb-a-form") as parts["group"]:
        with gr.Row():
            labels = (texts.TITLE, texts.PLACE, texts.PERIOD, texts.UNIT, texts.GENRE)
            parts["fields"] = [
                gr.Textbox(
                    label=label,
                    info=texts.PERIOD_HINT if label == texts.PERIOD else None,
                    elem_id=f"hb-a-{name}",
                    min_width=180,
                )
                for name, label in zip(flow.FIELDS, labels, strict=True)
            ]
        with gr.Row():
            parts["save"] = gr.Button(
                texts.SAVE, elem_id="hb-a-save", variant="primary", scale=0, min_width=140
            )
            parts["cancel"] = gr.Button(texts.CANCEL, elem_id="hb-a-cancel", scale=0, min_width=100)
    parts["table"] = _html("hb-a-table", _TABLE_JS)
    with gr.Row(elem_classes="hb-bar"):
        parts["previous"] = gr.Button(
            texts.PREVIOUS, elem_id="hb-a-previous", scale=0, min_width=110, size="sm"
        )
        parts["next"] = gr.Button(
            texts.NEXT, elem_id="hb-a-next", scale=0, min_width=110, size="sm"
        )
        parts["check"] = gr.Button(
            texts.HEALTH, elem_id="hb-a-check", scale=0, min_width=110, size="sm"
        )
    parts["health"] = _html("hb-a-health")
    parts["viewer"] = gr.HTML(
        "",
        elem_id="hb-a-viewer",
        elem_classes=["hb-bare", "hb-drawer"],
        apply_default_css=False,
        js_on_load=_VIEWER_JS,
    )
    parts |= {"page": gr.State(0), "form": gr.State(None), "running": gr.State(_Running())}
    return parts


class _Running:
    """The upload that this page has begun; shared with the event that stops it."""

    def __init__(self) -> None:
        self.job: Any = None

    def __deepcopy__(self, memo: object) -> _Running:
        return _Running()


def _html(elem_id: str, script: str | None = None) -> Any:
    more: dict[str, Any] = {} if script is None else {"js_on_load": script}
    return gr.HTML("", elem_id=elem_id, elem_classes="hb-bare", apply_default_css=False, **more)


def _wire(desks: Desks, parts: dict[str, Any]) -> None:
    names = ("table", "page", "form", "group", "job", "stop", "viewer", "health", "notice")
    shown = [*(parts[name] for name in names), *parts["fields"]]
    where = [parts["text"], parts["removed"], parts["page"]]

    def told(request: gr.Request, run: Callable[[Desk], View]) -> list[Any]:
        try:
            return _update(run(desks.of(request)))
        except HuibaoError as error:
            return _update(View(notice=str(error)))

    def on_list(text: str, removed: bool, page: int, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.listed(desk.intake(), text, removed, page))

    def on_find(text: str, removed: bool, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.listed(desk.intake(), text, removed, notice=""))

    def on_previous(text: str, removed: bool, page: int, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.listed(desk.intake(), text, removed, page - 1))

    def on_next(text: str, removed: bool, page: int, request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.listed(desk.intake(), text, removed, page + 1))

    def on_edit(event: gr.EventData, request: gr.Request) -> list[Any]:
        report = _sent(event)
        return told(request, lambda desk: flow.edit(desk.intake(), report))

    def on_save(
        form: Form | None,
        title: str,
        place: str,
        period: str,
        unit: str,
        genre: str,
        request: gr.Request,
    ) -> list[Any]:
        values = (title, place, period, unit, genre)
        return told(request, lambda desk: flow.save(desk.intake(), form, values))

    def on_remove(event: gr.EventData, request: gr.Request) -> list[Any]:
        report = _sent(event)
        return told(request, lambda desk: flow.remove(desk.intake(), report))

    def on_restore(event: gr.EventData, request: gr.Request) -> list[Any]:
        report = _sent(event)
        return told(request, lambda desk: flow.restore(desk.intake(), report))

    def on_open(event: gr.EventData, request: gr.Request) -> list[Any]:
        report = _sent(event)
        return told(request, lambda desk: View(viewer=opened_html(desk, report, None, None)))

    def on_check(request: gr.Request) -> list[Any]:
        return told(request, lambda desk: flow.health(desk.intake()))

    def on_upload(files: list[str], running: _Running, request: gr.Request) -> Iterator[list[Any]]:
        try:
            for view in flow.upload(desks.of(request).intake(), files):
                running.job = view.running
                yield _update(view)
        except HuibaoError as error:
            yield _update(View(notice=str(error)))

    def on_stop(running: _Running) -> None:
        if running.job is not None:
            running.job.stop.set()

    def on_failure() -> list[Any]:
        return _update(View(notice=history_texts.FAILED, stop_shown=False))

    table = parts["table"]
    changes = [
        parts["save"].click(on_save, [parts["form"], *parts["fields"]], shown, **_LIGHT),
        table.remove(on_remove, None, shown, **_LIGHT),
        table.restore(on_restore, None, shown, **_LIGHT),
        parts["upload"].upload(on_upload, [parts["upload"], parts["running"]], shown, **_QUEUED),
    ]
    events = [
        parts["text"].change(on_find, where[:2], shown, **_LIGHT),
        parts["removed"].change(on_find, where[:2], shown, **_LIGHT),
        parts["previous"].click(on_previous, where, shown, **_LIGHT),
        parts["next"].click(on_next, where, shown, **_LIGHT),
        parts["check"].click(on_check, None, shown, **_LIGHT),
        table.edit(on_edit, None, shown, **_LIGHT),
        table.open(on_open, None, shown, **_LIGHT),
        *(one.then(on_list, where, shown, **_LIGHT) for one in changes),
    ]
    for event in (*events, *changes):
        # A defect of the program: Gradio prints the traceback where the server runs.
        event.failure(on_failure, None, shown, **_LIGHT)
    parts["cancel"].click(lambda: _update(View(form_shown=False)), None, shown, **_LIGHT)
    parts["viewer"].back(lambda: _update(View(viewer="")), None, shown, **_LIGHT)
    parts["stop"].click(on_stop, parts["running"], None, **_LIGHT)


def _sent(event: gr.EventData) -> object:
    return event._data.get("report") if isinstance(event._data, dict) else None


def _update(view: View) -> list[Any]:
    """A view as Gradio's outputs, in the order of `shown` in `_wire`."""
    group = None if view.form_shown is None else gr.update(visible=view.form_shown)
    stop = None if view.stop_shown is None else gr.update(visible=view.stop_shown)
    notice = None if view.notice is None else notice_html(view.notice)
    fields: tuple[str | None, ...] = view.form.values if view.form else (None,) * len(flow.FIELDS)
    opened = (view.viewer, view.health)
    parts = (view.table, view.page, view.form, group, view.job, stop, *opened, notice, *fields)
    return [gr.skip() if one is None else one for one in parts]
