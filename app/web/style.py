"""How the page looks: Gradio's theme, our style sheet and our script, all from this folder."""

from __future__ import annotations

import json
from pathlib import Path

import gradio as gr

from app.web import texts

_HERE = Path(__file__).parent

# Names only, no font files and no web fonts: whatever the computer has, Chinese first.
_FONTS = (
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
# «汇» in the seal's red, drawn here because a page's icon is fetched like any other file.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%231f4e8c'/%3E"
    "%3Cpath d='M9 10h14M9 16h14M9 22h9' stroke='white' stroke-width='2.6'"
    " stroke-linecap='round'/%3E%3C/svg%3E"
)


def theme() -> gr.themes.Base:
    """Gradio's plain theme in the page's blue, with system fonts."""
    return gr.themes.Default(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=_FONTS,
        font_mono=("Consolas", "monospace"),
    )


def css() -> str:
    """The page's style, then those of its tables and of drafts."""
    names = ("page.css", "tabs.css", "draft.css")
    return "".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def head() -> str:
    """What goes into the page's head: the icon and the scripts."""
    names = ("connection.js", "page.js", "kept.js", "draft.js")
    told = {"lost": texts.LOST, "login": texts.LOGIN_ENDED, "again": texts.LOG_IN_AGAIN}
    script = f"window.huibaoTexts = {json.dumps(told, ensure_ascii=False)};"
    script += "".join((_HERE / name).read_text(encoding="utf-8") for name in names)
    return f'<link rel="icon" href="{_ICON}"><script>{script}</script>'
