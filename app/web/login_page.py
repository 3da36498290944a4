"""The pages to log in and out: plain HTML of our own, nothing of the archive in it.

There is no script in them but one, after somebody has logged out: what kept.js keeps in this
browser of what was typed is wiped, and the other pages that are open in it are left.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from app.rights import texts

_FORGET = "sessionStorage.clear();new BroadcastChannel('huibao').postMessage('out');"
_ONLY_THAT = b64encode(sha256(_FORGET.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; script-src 'sha256-{_ONLY_THAT}'; "
    "style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    # With no-referrer a browser would send «Origin: null» with the form.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei",
  "PingFang SC", sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(20rem, 86vw); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
label { display: block; margin: 0 0 .75rem; }
input, button { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem .6rem;
  border: 1px solid #8888; border-radius: .3rem; }
button { margin-top: .5rem; border: 0; background: #1f4e8c; color: #fff; cursor: pointer; }
[role=alert] { margin: 0 0 .75rem; padding: .4rem .6rem; border-left: 4px solid #c1121f; }
"""


def login_html(error: str = "", name: str = "", *, out: bool = False) -> str:
    """The form; after a refusal with its reason and the name; `out`: after somebody logged out."""
    alert = f'<p role="alert">{escape(error)}</p>' if error else ""
    return _page(
        texts.TITLE,
        f'<h1>{texts.HEADING}</h1>{alert}<form method="post" action="/login">'
        f'<label>{texts.NAME}<input name="name" value="{escape(name)}" required maxlength="32" '
        f'autocomplete="username"{"" if name else " autofocus"}></label>'
        f'<label>{texts.PASSWORD}<input name="password" type="password" required maxlength="256" '
        f'autocomplete="current-password"{" autofocus" if name else ""}></label>'
        f"<button>{texts.LOG_IN}</button></form>" + (f"<script>{_FORGET}</script>" if out else ""),
    )


def logout_html(name: str) -> str:
    """Asks before logging out, as a link alone must change nothing."""
    return _page(
        texts.LOG_OUT_TITLE,
        f'<h1>{escape(name)}</h1><form method="post" action="/logout">'
        f'<button>{texts.LOG_OUT}</button></form><p><a href="/">{texts.BACK}</a></p>',
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )
