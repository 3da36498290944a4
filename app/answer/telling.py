"""What the archive says without a model: a point or section of a report, a list, or sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.answer.answer import Citation
from app.answer.counted import told_counted, told_onward
from app.answer.extract import Extract, extract
from app.answer.parts import by_place, joined
from app.answer.points import told_point, told_under
from app.answer.sections import told_items, told_section
from app.answer.table_most import told_most
from index.asked_parts import asks_each, parts_of
from index.last_reported import in_year
from index.query import Query, Wanted
from index.search import Found, Searcher

HITS = 40
"""Passages among which the line that dates a report is looked for."""


def told(query: Query, found: Found, searcher: Searcher) -> tuple[Query, Extract | None]:
    """What is told, and the question as it was answered; nothing where the archive is silent."""
    said = _told(query, found, searcher)
    if said is None and query.bare and query.periods:
        # A report that does not say of which year it is may say what it did up to 5月底.
        undated = query.of_no_date()
        said = _told(undated, searcher.search(undated, HITS, join=False), searcher)
        query = undated if said else query
    if said is None and (query.moved or query.half is not None) and not query.places:
        # 年底: the archive's last year may be that of another body's report.
        for years in (1, 2):
            earlier = replace(
                query, periods=tuple(in_year(one, one.end.year - years) for one in query.periods)
            )
            if said := _told(earlier, searcher.search(earlier, HITS, join=False), searcher):
                return earlier, said
    return query, said


def _told(query: Query, found: Found, searcher: Searcher) -> Extract | None:
    archive = searcher.archive
    for whole in (told_point, told_section):
        if section := whole(query, archive, searcher.infos(), searcher.rarity):
            return section
    parts = parts_of(query)
    if len(parts) > 1:
        answers = _parts(parts, searcher)
        if len(parts) > 2 and asks_each(query):
            # 火灾、抢险、救助各多少起: one sentence tells them all, and not each another one.
            answers = _parts(parts, searcher, _shared(answers))
        names = [part.part for part in parts]
        return by_place(names, answers) if asks_each(query) else joined(names, answers)
    if most := told_most(query, found.sentences, archive):
        return most
    if counted := told_counted(query, found.sentences, archive):
        return counted
    if onward := told_onward(query, found.sentences, archive):
        return onward
    if under := told_under(query, found.sentences, archive):
        return under
    said = extract(query, found.sentences, found.hits, archive.report)
    best = next((one for one in found.sentences if one.answers), None)
    if best and query.wanted is Wanted.LIST and best.candidate.text.endswith((":", "：")):
        return told_items(query, best.candidate.hit.stored, archive) or said
    return said


def _shared(answers: Sequence[Extract | None]) -> list[Citation]:
    """The sentences that tell more than one part."""
    cited = [citation for one in answers if one for citation in one.citations]
    spans = [(one.report.id, one.start) for one in cited]
    return [one for one, span in zip(cited, spans, strict=True) if spans.count(span) > 1]


def _parts(
    parts: Sequence[Query], searcher: Searcher, also: Sequence[Citation] = ()
) -> list[Extract | None]:
    """The answer to each part; what the sentence of an earlier one says of it goes first."""
    answers: list[Extract | None] = []
    for part in parts:
        beside = [citation for one in answers if one for citation in one.citations] or also
        found = searcher.search(part, HITS, join=False)
        answers.append(extract(part, found.sentences, found.hits, searcher.archive.report, beside))
    return answers
