"""The pages to log in and out: plain HTML of our own, nothing of the archive in it.

There is no script in them but one, after somebody has logged out: what kept.js keeps in this
browser of what was typed is wiped, and the other pages that are open in it are left.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from app.rights import texts
from app.web import texts as page_texts

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
:root { color-scheme: light; --ground: #f3f5f8; --paper: #fff; --ink: #1b2733; --quiet: #5a6878;
  --line: #b9c3cf; --blue: #1f4e8c; --red: #9b2c2c; --red-soft: #fbeeee;
  font: 16px/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; --ground: #12181f;
  --paper: #1a222b; --ink: #e4e9ef; --quiet: #9dabba; --line: #4a5868; --blue: #8db7ee;
  --red: #f0a3a3; --red-soft: #352021; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; color: var(--ink);
  background: var(--ground); }
main { box-sizing: border-box; width: min(24rem, 92vw); padding: 2rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .6rem; }
h1 { margin: 0; font-size: 1.5rem; letter-spacing: .06em; overflow-wrap: anywhere; }
small { color: var(--quiet); }
form + p { margin: 1rem 0 0; }
h1 + p { margin: 0 0 1.25rem; color: var(--quiet); }
label { display: block; margin: 0 0 .9rem; }
input, button { box-sizing: border-box; width: 100%; margin: .2rem 0 0; padding: .55rem .7rem;
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: .4rem; }
button { margin-top: .6rem; border: 1px solid #1f4e8c; background: #1f4e8c; color: #fff;
  font-weight: 700; cursor: pointer; }
button:hover { background: #173d70; }
a { color: var(--blue); }
:is(input, button, a):focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
[role=alert] { margin: 0 0 1rem; padding: .5rem .7rem; color: var(--red);
  background: var(--red-soft); border-left: 4px solid var(--red); }
"""


def login_html(error: str = "", name: str = "", *, out: bool = False) -> str:
    """The form; after a refusal with its reason and the name; `out`: after somebody logged out."""
    alert = f'<p role="alert">{escape(error)}</p>' if error else ""
    return _page(
        texts.TITLE,
        f"<h1>{texts.HEADING}</h1><p>{page_texts.TAGLINE}</p>{alert}"
        f'<form method="post" action="/login">'
        f'<label>{texts.NAME}<input name="name" value="{escape(name)}" required maxlength="32" '
        f'autocomplete="username"{"" if name else " autofocus"}></label>'
        f'<label>{texts.PASSWORD}<input name="password" type="password" required maxlength="256" '
        f'autocomplete="current-password"{" autofocus" if name else ""}></label>'
        f"<button>{texts.LOG_IN}</button></form><p><small>{texts.FORGOTTEN}</small></p>"
        + (f"<script>{_FORGET}</script>" if out else ""),
    )


def logout_html(name: str) -> str:
    """Asks before logging out, as a link alone must change nothing."""
    return _page(
        texts.LOG_OUT_TITLE,
        f"<h1>{escape(name)}</h1><p>{texts.LEAVING}</p>"
        f'<form method="post" action="/logout">'
        f'<button>{texts.LOG_OUT}</button></form><p><a href="/">{texts.BACK}</a></p>',
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )
