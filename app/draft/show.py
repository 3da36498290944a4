"""A draft as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.draft import texts
from app.draft.annexes import source_of
from app.draft.draft import Draft


def draft_text(draft: Draft) -> str:
    """The whole draft with its sources, what is odd in the comparison, and what needs a look."""
    return "\n".join(_lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield from (draft.title, "")
    used: set[int] = set()
    for section in draft.sections:
        yield section.heading
        paragraph = ""
        for sentence in section.sentences:
            if sentence.rejected:
                continue
            if sentence.opens and paragraph:
                yield paragraph
                paragraph = ""
            used.update(sentence.citations)
            paragraph += sentence.text + "".join(f"[{n}]" for n in sentence.citations)
        if paragraph:
            yield paragraph
        yield ""
    if draft.unit:
        yield from (draft.unit, "")
    told = [row for row in draft.figures if row.this is not None]
    if told:
        yield f"{texts.COMPARED}:"
        for row in told:
            parts = (row.this, row.last or "—", row.change or "", row.alarm or "")
            yield f"  {row.indicator}:{'  '.join(part for part in parts if part)}"
        yield ""
    if draft.verification.unsupported:
        yield f"{texts.DOUBTS}:"
        for doubt in draft.verification.unsupported:
            yield f"  {doubt.text}({doubt.reason})"
        yield ""
    yield f"{texts.SOURCES}:"
    for citation in draft.citations:
        if citation.n in used:
            yield f"  [{citation.n}] {' '.join(source_of(citation).split())}"
    yield from draft.notices
