"""The line that says how far a long work is, with its stop; and the one that saves what it made."""

from __future__ import annotations

from pathlib import Path

from app.web import texts
from app.web.escape import inert
from app.web.running import Waiting


def working_js(file: str) -> str:
    """For gr.HTML: asks again and again, stops, and saves the file that a button nobody sees has.

    gr.HTML finds the events it offers as the quoted words of js_on_load.
    """
    return (
        "window.huibao.working(element, watch,"
        f" () => trigger('look'), () => trigger('stop'), '{file}');"
    )


def working_html(one: Waiting) -> str:
    """How far it is; a bar where that is known."""
    bar = f'<progress max="{one.total}" value="{one.done}"></progress>' if one.total else ""
    return (
        f'<p class="hb-notice hb-working" role="status"><span>{inert(texts.working(one.seconds))}'
        f'</span>{bar}<button type="button" class="hb-act" data-stop>{texts.STOP}</button></p>'
    )


def saved_html(text: str, file: str) -> str:
    """What was made; the browser saves it when it sees this, once for each file."""
    made = inert(Path(file).parent.name)
    return f'<p class="hb-notice hb-done" role="status" data-save="{made}">{inert(text)}</p>'
