"""What is counted of answers: exactness, citations, numbers, refusals, wrong places and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.answer.answer import Answer, Citation
from eval.cases import Case
from eval.faithful import faithful_numbers
from eval.judged import judged
from eval.metrics import Verdict, holds_part, plain
from eval.ranking import Mean, ratio
from index.archive_reader import ReportInfo
from index.records import Described, Hit, Passage, StoredPassage

Filed = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Asked:
    """A case with its answer and verdict."""

    case: Case
    answer: Answer
    verdict: Verdict
    strays: int | None = None
    """Citations of a wrong place or period; None where the question names neither."""

    @property
    def good_citations(self) -> int:
        """Citations whose quote is of the gold file and holds a part of the answer.

        A quote inside the evidence is as good: a point of a section asked for as a whole.
        """
        return sum(_is_good(self.case, citation) for citation in self.answer.citations)

    @property
    def covered(self) -> bool:
        """Whether good citations together hold every part of the answer."""
        quotes = [
            plain(citation.quote)
            for citation in self.answer.citations
            if _is_good(self.case, citation)
        ]
        return all(any(plain(part) in quote for quote in quotes) for part in self.case.must)


def _is_good(case: Case, citation: Citation) -> bool:
    if case.source is None or not citation.report.source.endswith(case.source):
        return False
    evidence = plain(case.evidence or "")
    return holds_part(citation.quote, case.must) or plain(citation.quote) in evidence


def figures(asked: Sequence[Asked]) -> dict[str, Mean]:
    """Every measure over these questions, each with its interval and its denominator."""
    answerable = [one for one in asked if one.case.answerable]
    others = [one for one in asked if not one.case.answerable]
    answered = [one for one in asked if not one.verdict.refused]
    refused = [one for one in asked if one.verdict.refused]
    direct = [one for one in answerable if one.verdict.direct is not None]
    judged_places = [one for one in answered if one.strays is not None]
    return {
        "exact": _share(one.verdict.right for one in answerable),
        "exact in the value alone": _share(one.verdict.direct is True for one in direct),
        "citation precision": ratio((a.good_citations, len(a.answer.citations)) for a in answered),
        "citations with the answer": ratio(
            (
                sum(holds_part(c.quote, a.case.must) for c in a.answer.citations),
                len(a.answer.citations),
            )
            for a in answered
            if a.case.answerable
        ),
        "citation recall": _share(one.covered for one in answerable),
        "number faithfulness": ratio(faithful_numbers(one.answer) for one in answered),
        "refusal precision": _share(not one.case.answerable for one in refused),
        "refusal recall": _share(one.verdict.refused for one in others),
        "refused though answerable": _share(one.verdict.refused for one in answerable),
        "answered wrongly": _share(
            not one.verdict.refused and not one.verdict.right for one in answerable
        ),
        "wrong place or period cited": ratio(
            (one.strays or 0, len(one.answer.citations)) for one in judged_places
        ),
    }


def _share(values: Iterable[bool]) -> Mean:
    return ratio((int(value), 1) for value in values)


def kinds(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    """The questions of each kind, the kinds in order."""
    found: dict[str, list[Asked]] = {}
    for one in sorted(asked, key=lambda one: one.case.kind):
        found.setdefault(one.case.kind, []).append(one)
    return found


def line(value: Mean) -> str:
    """A share as `436/439 0.993 [0.984, 1.000]`; a dash where nothing applies."""
    if value.value is None:
        return "–"
    return f"{round(value.value * value.n)}/{value.n} {value}"


def lines(asked: Sequence[Asked], worded: Sequence[Asked] = ()) -> list[str]:
    """The measures that apply, a line each; those of a model's answers to the same beside them."""
    if not worded:
        return [f"  {name:28} {line(value)}" for name, value in figures(asked).items() if value.n]
    others = figures(worded)
    return [
        f"  {name:28} {line(value):34} {line(others[name])}"
        for name, value in figures(asked).items()
        if value.n or others[name].n
    ]


def kind_lines(asked: Sequence[Asked], worded: Sequence[Asked] = ()) -> list[str]:
    """The same for each kind of question."""
    found: list[str] = []
    others = kinds(worded)
    for kind, some in kinds(asked).items():
        found += [f"{kind} ({len(some)})", *lines(some, others.get(kind, ()))]
    return found


def cited_strays(
    case: Case, answer: Answer, infos: Mapping[str, ReportInfo], filed: Filed
) -> int | None:
    """Citations that have no right to stand under the question's place and period.

    Judged as `eval.retrieval` judges passages, by the quotation with its heading. Where a question
    names several places, a citation of any of them is right; the gold evidence itself always is.
    """
    own = {one.described.place: one.described for one in infos.values() if one.described.place}
    named = [place for place in own if place in case.question]
    outer = {whole for place in named for whole in own[place].within}
    places = [case.place] if case.place else [p for p in named if p not in outer]
    asked = [replace(case, place=place) for place in places] or [case]
    count = 0
    for citation in answer.citations:
        found = [judged(one, [_hit(citation, infos)], filed, set()).strays for one in asked]
        if None in found:
            return None
        count += all(found) and not _is_good(case, citation)
    return count


def _hit(citation: Citation, infos: Mapping[str, ReportInfo]) -> Hit:
    report = citation.report
    info = infos.get(report.id)
    described = info.described if info is not None else Described(report.title, report.place)
    text = f"{citation.heading}\n{citation.quote}"
    passage = Passage(report.id, 0, (), citation.start, citation.end, text)
    return Hit(1, 1.0, StoredPassage(1, passage, described, report.source))


def as_json(asked: Sequence[Asked]) -> dict[str, Any]:
    """Every measure as {value, n, low, high}."""
    return {
        name: {"value": one.value, "n": one.n, "low": one.low, "high": one.high}
        for name, one in figures(asked).items()
    }
