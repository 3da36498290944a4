"""Punctuation as a Chinese document sets it: full width, whatever the archive's texts have."""

from __future__ import annotations

import re
from dataclasses import replace

from app.draft.draft import Draft, DraftSection, ToFill

_FULL = {ord(mark): chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"}
_PAIR = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(r"[,;:!?]")


def full_width(text: str) -> str:
    """The text with the marks of Chinese sentences in full width; its length stays.

    What stands among letters and digits stays as it is: 13,420元, 8:30, A(B).
    """
    if text.isascii():
        return text
    text = _PAIR.sub(lambda m: _paired(m, text), text)
    return _MARK.sub(lambda m: _marked(m, text), text)


def _paired(match: re.Match[str], text: str) -> str:
    around = text[max(0, match.start() - 1) : match.end() + 1]
    if around.isascii():
        return match[0]
    return f"{'('.translate(_FULL)}{match[1]}{')'.translate(_FULL)}"


def _marked(match: re.Match[str], text: str) -> str:
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() :][:1]
    inside = before.isascii() and after.isascii() and before.strip() and after.strip()
    return match[0] if inside else match[0].translate(_FULL)


def in_type(draft: Draft) -> Draft:
    """The draft with every word of its own so set; quotations stay as their sources have them."""
    return replace(
        draft,
        title=full_width(draft.title),
        sections=tuple(_section(one) for one in draft.sections),
        to_fill=tuple(_asked(one) for one in draft.to_fill),
        figures=tuple(
            replace(
                one, indicator=full_width(one.indicator), last=one.last and full_width(one.last)
            )
            for one in draft.figures
        ),
    )


def _section(section: DraftSection) -> DraftSection:
    return replace(
        section,
        heading=full_width(section.heading),
        sentences=tuple(replace(one, text=full_width(one.text)) for one in section.sentences),
    )


def _asked(item: ToFill) -> ToFill:
    return replace(item, indicator=full_width(item.indicator), last=full_width(item.last))
