"""The components of the tab 起草, and what each says to the browser's script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from app.draft.outline import BUILT_IN
from app.web import draft_flow as flow
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web import draft_versions as versions
from app.web import draft_versions_html
from app.web.local import local
from app.web.names import period_name
from app.web.ports import Overview

# gr.HTML finds the events it offers as the quoted words of js_on_load; what they do is draft.js.
_PICK_JS = """
window.huibao.draft.links(element, id => trigger('pick', {id}));
"""
_NOTICE_JS = """
element.addEventListener('click', event => {
    const button = event.target.closest('[data-place]');
    if (button) trigger('choose', {place: button.dataset.place});
});
"""
_PAPER_JS = f"""
window.huibao.draft.paper(element, watch, {{
    pick: id => trigger('pick', {{id}}),
    reopen: sent => trigger('reopen', sent),
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
window.huibao.draft.gaps(element, watch, {
    fill: values => trigger('fill', {values}),
    leave: () => trigger('leave'),
});
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
SUFFIXES = {".docx": texts.EXPORT_WORD, ".md": texts.EXPORT_TEXT}


def periods(overview: Overview) -> list[tuple[str, str]]:
    """The periods that may be drafted next, as a list's choices."""
    return [(period_name(p) or p, p) for p in versions.next_periods(overview.periods)]


def outlines(names: Sequence[str] = BUILT_IN) -> list[tuple[str, str]]:
    """The outlines that can be chosen, as a list's choices."""
    named = [(texts.OUTLINES.get(name, name), name) for name in names]
    return [(texts.OUTLINES[""], ""), *named, (texts.OUTLINES[flow.OWN], flow.OWN)]


def given(overview: Overview) -> dict[str, Any]:
    """What is chosen and handed in; it folds up once there is a draft to look at."""
    parts: dict[str, Any] = {}
    with gr.Accordion(texts.GIVEN, open=True, elem_id="hb-d-new") as parts["given"]:  # noqa: SIM117
        with gr.Row(elem_id="hb-d-given"):
            with gr.Column(scale=3, min_width=230):
                parts["place"] = gr.Dropdown(
                    list(overview.places),
                    value=None,
                    label=texts.PLACE,
                    # A bureau is typed; of two villages of one name the list offers the full ones.
                    allow_custom_value=True,
                    elem_id="hb-d-place",
                )
                parts["period"] = gr.Dropdown(
                    periods(overview),
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
                parts["day"] = gr.Textbox(
                    label=texts.DAY, placeholder=texts.DAY_HINT, elem_id="hb-d-day"
                )
            with gr.Column(scale=3, min_width=200):
                parts["outline"] = gr.Dropdown(
                    outlines(), value="", label=texts.OUTLINE, elem_id="hb-d-outline"
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


def tools() -> dict[str, Any]:
    """The row above the draft: which one, what was just done, its files."""
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
        parts["notice"] = _html("", "hb-d-notice", _NOTICE_JS)
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


def desk() -> dict[str, Any]:
    """The draft with its alarms, what belongs to it beside, and a report over them."""
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
    # The default template shows a value as it is; see ask_layout for why never another one.
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="hb-d-html",
        apply_default_css=False,
        js_on_load=script or None,
    )
