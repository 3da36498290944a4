"""What the archive says without a model: a point or section of a report, a list, or sentences."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer.counted import told_counted
from app.answer.extract import Extract, extract
from app.answer.parts import by_place, joined
from app.answer.points import told_point, told_under
from app.answer.sections import told_items, told_section
from index.asked_parts import asks_each, parts_of
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
    return query, said


def _told(query: Query, found: Found, searcher: Searcher) -> Extract | None:
    archive = searcher.archive
    for whole in (told_point, told_section):
        if section := whole(query, archive, searcher.infos(), searcher.rarity):
            return section
    parts = parts_of(query)
    if len(parts) > 1:
        answers = _parts(parts, searcher)
        names = [part.part for part in parts]
        return by_place(names, answers) if asks_each(query) else joined(names, answers)
    if counted := told_counted(query, found.sentences, archive):
        return counted
    if under := told_under(query, found.sentences, archive):
        return under
    said = extract(query, found.sentences, found.hits, archive.report)
    best = next((one for one in found.sentences if one.answers), None)
    if best and query.wanted is Wanted.LIST and best.candidate.text.endswith((":", "：")):
        return told_items(query, best.candidate.hit.stored, archive) or said
    return said


def _parts(parts: Sequence[Query], searcher: Searcher) -> list[Extract | None]:
    """The answer to each part; what the sentence of an earlier one says of it goes first."""
    answers: list[Extract | None] = []
    for part in parts:
        beside = [citation for one in answers if one for citation in one.citations]
        found = searcher.search(part, HITS, join=False)
        answers.append(extract(part, found.sentences, found.hits, searcher.archive.report, beside))
    return answers
