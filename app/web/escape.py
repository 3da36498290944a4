"""Untrusted text on its way into the page: every report, file name and question is that."""

from __future__ import annotations

import string
import unicodedata

_BREAKS = {ord(c): " " for c in "\r\n\t\v\f\x85\u2028\u2029"}
_UNSEEN = {
    code: ""
    for code in range(0x3000)
    # Cc: no meaning in a page. Cf: direction overrides, which reorder what the reader sees.
    if unicodedata.category(chr(code)) in ("Cc", "Cf")
}
# Not only & < > " ': the chat message also passes Gradio's Markdown renderer, where * _ ` [ ! $
# and a bare «www.» mean something. A character reference never does, in HTML or in Markdown.
_PUNCTUATION = {ord(c): f"&#{ord(c)};" for c in string.punctuation}
_INERT = {**_UNSEEN, **_BREAKS, **_PUNCTUATION}


def inert(text: str) -> str:
    """The text as one line of HTML that shows it and does nothing else, in Markdown too."""
    return text.translate(_INERT)
