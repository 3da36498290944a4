"""The tab 起草: what is handed in, the draft with its sentences, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from app.draft.office import DraftOffice
from app.web import draft_flow as flow
from app.web import draft_html as html
from app.web import draft_layout as layout
from app.web import draft_texts as texts
from app.web import draft_versions as versions
from app.web.draft_view import View, Work
from app.web.draft_view import kept as kept_drafts
from app.web.ports import Desk, Desks, Overview
from index.errors import HuibaoError

# The finished file is offered by a button that nobody sees: one click exports and saves.
_SAVE_JS = """() => setTimeout(() => {
    const link = document.querySelector('#hb-d-file');
    (link.querySelector('a, button') ?? link).click();
}, 200)"""
# What is done at once passes by the queue, which may drop events while many people work; the
# office itself sees to it that nobody saves over another's version.
_LIGHT: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
_LONG: dict[str, Any] = {
    **_LIGHT,
    "queue": True,
    "concurrency_limit": 2,
    "concurrency_id": "draft",
}


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
        parts = {**layout.given(overview), **layout.tools(), **layout.desk()}
    parts |= {"work": gr.State(None), "running": gr.State(_Running())}
    _wire(desks, parts)

    def refreshed(desk: Desk, now: Overview) -> list[Any]:
        try:
            kept = gr.update(choices=kept_drafts(desk.drafting()))
            outlines = gr.update(choices=layout.outlines(desk.drafting().outlines()))
        except HuibaoError:
            # Whoever may not see drafts is told when composing.
            kept, outlines = gr.update(choices=[(texts.KEPT_NONE, "")]), gr.skip()
        return [
            gr.update(choices=versions.places(desk, now)),
            gr.update(choices=layout.periods(now)),
            kept,
            outlines,
        ]

    return [parts[name] for name in ("place", "period", "kept", "outline")], refreshed


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

    def on_choose(event: gr.EventData) -> Any:
        name = _sent(event).get("place")
        return name if isinstance(name, str) else gr.skip()

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
        day: str,
        running: _Running,
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        given = flow.Given(place, period, unit, typed, files, outline, headings, day)
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

    def on_reopen(event: gr.EventData, request: gr.Request) -> list[Any]:
        sent = _sent(event)
        key, one = sent.get("draft"), sent.get("id")
        return of(request, lambda desk: flow.reopen(desk.drafting(), key, one))

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

    def on_leave(now: Work | None, request: gr.Request) -> list[Any]:
        who = desks.who(request)
        return of(request, lambda desk: flow.leave_seldom(desk.drafting(), now, who))

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

    given = ("place", "period", "unit", "typed", "files", "outline", "headings", "day", "running")
    parts["place"].input(on_place, parts["place"], parts["period"], **_LIGHT)
    parts["outline"].input(on_outline, parts["outline"], parts["headings"], **_LIGHT)
    parts["stop"].click(on_stop, parts["running"], None, **_LIGHT)
    handed_in = [parts[name] for name in given]
    named = parts["notice"].choose(on_choose, None, parts["place"], **_LIGHT)
    events = [
        parts["compose"].click(on_compose, handed_in, shown, **_LONG),
        named.success(on_compose, handed_in, shown, **_LONG),
        parts["paper"].again(on_again, [work, parts["running"]], shown, **_LONG),
        parts["kept"].input(on_kept, parts["kept"], shown, **_LIGHT),
        parts["paper"].reopen(on_reopen, None, shown, **_LIGHT),
        *(
            parts[name].pick(on_pick, work, shown, **_LIGHT)
            for name in ("paper", "alarms", "gaps", "checks")
        ),
        parts["sentence"].edit(on_edit, work, shown, **_LIGHT),
        parts["gaps"].fill(on_fill, work, shown, **_LIGHT),
        parts["gaps"].leave(on_leave, work, shown, **_LIGHT),
        *(parts[name].source(on_source, work, shown, **_LIGHT) for name in ("sentence", "checks")),
        parts["versions"].version(on_version, work, shown, **_LIGHT),
        parts["versions"].back(on_bring_back, work, shown, **_LIGHT),
        parts["versions"].compare(on_compare, work, shown, **_LIGHT),
        parts["viewer"].back(on_back, None, shown, **_LIGHT),
        parts["import"].upload(on_import, [work, parts["import"]], shown, **_LONG),
    ]
    for suffix in layout.SUFFIXES:

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
        "notice": None if view.notice is None else html.notice_html(view.notice, view.choices),
        "side": gr.update(selected=view.side) if view.side in _SIDE else None,
        "stop": None if view.busy is None else gr.update(visible=view.busy),
        "given": gr.update(open=False) if view.kept else None,
        "kept": gr.update(choices=view.kept, value=key) if view.kept else None,
    }
    named = (updates[n] if n in updates else getattr(view, n) for n in _SHOWN)
    return [gr.skip() if one is None else one for one in named]
