"""A draft as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.draft import texts
from app.draft.annexes import source_of
from app.draft.dating import day_said
from app.draft.draft import Draft, paragraphs
from app.draft.office import Returned


def draft_text(draft: Draft) -> str:
    """The whole draft with its sources, what is odd in the comparison, and what needs a look."""
    return "\n".join(_lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield from (draft.title, "")
    used: set[int] = set()
    for section in draft.sections:
        yield section.heading
        for sentences in paragraphs(section):
            used.update(n for one in sentences for n in one.citations)
            yield "".join(one.text + "".join(f"[{n}]" for n in one.citations) for one in sentences)
        yield ""
    yield from (*([draft.unit] if draft.unit else []), day_said(draft), "")
    told = [row for row in draft.figures if row.this is not None]
    if told:
        yield f"{texts.COMPARED}："
        for row in told:
            parts = (row.this, row.last or "—", row.change or "", row.alarm or "")
            yield f"  {row.indicator}：{'  '.join(part for part in parts if part)}"
        yield ""
    if draft.verification.unsupported:
        yield f"{texts.DOUBTS}："
        for doubt in draft.verification.unsupported:
            yield f"  {doubt.text}（{doubt.reason}）"
        yield ""
    yield f"{texts.SOURCES}："
    for citation in draft.citations:
        if citation.n in used:
            yield f"  [{citation.n}] {' '.join(source_of(citation).split())}"
    yield from draft.notices


def returned_text(one: Returned) -> str:
    """What changed in a draft that came back from Word, and what is without a source now."""
    back, version = one.back, one.open.version
    lines = [one.notice] if one.notice else []
    if back.same:
        return "\n".join((*lines, texts.UNCHANGED))
    changed = len(back.changes)
    lines.append(texts.returned(version.draft, version.number, changed, len(back.filled)))
    lines += [texts.retitled(*pair) for pair in back.titles]
    lines += [texts.moved(one) for one in back.moved]
    for change in back.changes:
        lines.append(f"{texts.BECAME[change.became]}（{change.heading}）")
        old = change.old if change.old != change.new or change.became == "rejected" else None
        new = change.new if change.became != "rejected" else None
        lines += [f"  {sign} {text}" for sign, text in (("-", old), ("+", new)) if text]
    if back.unsourced:
        lines.append(f"{texts.NOW_UNSOURCED}：")
        lines += [f"  {doubt.text}（{doubt.reason}）" for doubt in back.unsourced]
    return "\n".join(lines)
