"""What counts as right: pure functions over one case and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.answer.answer import Answer
from eval.cases import Case
from index.chinese.fold import fold


@dataclass(frozen=True)
class Verdict:
    """How one answer did; None where the question does not apply to the case."""

    right: bool
    """Answerable: the answer holds all that it must. Unanswerable: it refuses."""
    direct: bool | None
    """Answered cases that have a direct answer: whether that alone is right."""
    cited: bool | None
    """Right answers: whether a citation is of the gold file and holds the evidence."""
    refused: bool


@dataclass(frozen=True)
class Share:
    """A count out of a denominator, printed with both."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{self.hits}/{self.of}" + (f" ({self.hits / self.of:.1%})" if self.of else "")


def plain(text: str) -> str:
    """Text for comparing: folded, without white space and thousands separators, 3。5 as 3.5."""
    joined = re.sub(r"(?<=\d)。(?=\d)", ".", "".join(fold(text).split()))
    return re.sub(r"(?<=\d),(?=\d{3})", "", joined)


def judge(case: Case, answer: Answer) -> Verdict:
    """Hold an answer to its case."""
    if not case.answerable:
        return Verdict(answer.refused, None, None, answer.refused)
    right = not answer.refused and _holds(answer.text, case.must)
    direct = None
    if answer.direct is not None:
        direct = _holds(answer.direct, case.must)
    cited = _cited(case, answer) if right else None
    return Verdict(right, direct, cited, answer.refused)


def _holds(text: str, must: Iterable[str]) -> bool:
    return all(plain(part) in plain(text) for part in must)


def holds_part(text: str, must: Iterable[str]) -> bool:
    """Whether any part of a right answer is in the text."""
    return any(plain(part) in plain(text) for part in must)


def _cited(case: Case, answer: Answer) -> bool:
    """A citation from the gold file whose quote holds the evidence or lies inside it."""
    evidence = plain(case.evidence or "")
    return any(
        citation.report.source.endswith(case.source or "\0")
        and (evidence in plain(citation.quote) or plain(citation.quote) in evidence)
        for citation in answer.citations
    )


def share(values: Iterable[bool | None]) -> Share:
    """How many are true of those that apply: None is no score, never a zero."""
    applying = [value for value in values if value is not None]
    return Share(sum(applying), len(applying))
