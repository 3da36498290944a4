"""A draft as Markdown, its sources as footnotes."""

from __future__ import annotations

from pathlib import Path

from app.draft.annexes import source_of
from app.draft.dating import day_said
from app.draft.draft import Draft, paragraphs


def write_markdown(draft: Draft, path: Path, *, clean: bool = False) -> None:
    """Write the draft to `path`, without footnotes if `clean`; rejected sentences are left out."""
    blocks = [f"# {draft.title}"]
    used: set[int] = set()
    known = set() if clean else {citation.n for citation in draft.citations}
    for section in draft.sections:
        blocks.append(f"{'#' * (section.level + 1)} {section.heading}")
        for sentences in paragraphs(section):
            told = ""
            for one in sentences:
                own = [n for n in one.citations if n in known]
                used.update(own)
                told += one.text + "".join(f"[^{n}]" for n in own)
            blocks.append(told)
    if draft.unit:
        blocks.append(draft.unit)
    blocks.append(day_said(draft))
    for citation in draft.citations:
        if citation.n in used:
            # A footnote of several lines would end at its first one.
            blocks.append(f"[^{citation.n}]: {' '.join(source_of(citation).split())}")
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
