"""The citations of an answer that grows, and whether a sentence says a value."""

from __future__ import annotations

from dataclasses import replace

from app.answer.answer import Citation
from app.answer.evidence import read
from app.answer.extract import cite
from app.answer.passages import Evidence


class CitationBook:
    """Numbers quotations from 1 in the order in which an answer uses them."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, int, int], Citation] = {}

    def own(self, citation: Citation) -> int:
        key = (citation.report.id, citation.start, citation.end)
        return self._all.setdefault(key, replace(citation, n=len(self._all) + 1)).n

    def of(self, evidence: Evidence) -> int:
        return self.own(cite(0, evidence.hit, evidence.source.quote, evidence.start))

    def all(self) -> tuple[Citation, ...]:
        return tuple(self._all.values())


def says(sentence: str, direct: str) -> bool:
    """Whether a sentence says a value: every figure of it, or else its words."""
    value = read(direct, None)
    there = read(sentence, None)
    if value.figures:
        return all(any(one.same(other) for other in there.figures) for one in value.figures)
    return "".join(value.folded.split()) in "".join(there.folded.split())
