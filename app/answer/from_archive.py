"""An answer in the archive's own words and figures, without a language model."""

from __future__ import annotations

from app import texts
from app.answer.answer import Answer, Scope
from app.answer.extract import Extract, closest
from app.answer.filed import told_filing
from app.answer.parts import not_said
from app.answer.reckon.reckon import reckon, states_total
from app.answer.refusal import what_there_is
from app.answer.telling import told
from index.archive import Archive
from index.asked_parts import asks_each, parts_of
from index.chinese.indicators import Indicators
from index.query import Query
from index.search import Found, Searcher


def from_archive(
    question: str,
    query: Query,
    found: Found,
    archive: Archive,
    searcher: Searcher,
    indicators: Indicators,
) -> Answer:
    """The archive's own answer: reckoned from its ledger, told in its sentences, or a refusal."""
    several = len(parts_of(query)) > 1 and not asks_each(query) and query.each is None
    # 甲村、乙村合计多少户、多少人 is one sum in two units.
    several = several and len(query.places) < 2
    reckoned = None if several else reckon(query, archive, searcher.infos(), indicators)
    reckoned = reckoned or told_filing(query, archive)
    if reckoned is not None and not (reckoned.total and states_total(found.sentences)):
        return Answer(
            question=question,
            direct=reckoned.direct,
            sentences=reckoned.sentences,
            citations=reckoned.citations,
            scope=scope_shown(query),
            mode="ledger",
            seconds=0.0,
            values=reckoned.values,
            notices=(reckoned.notice,) if reckoned.notice else (),
        )
    query, said = told(query, found, searcher)
    return Answer(
        question=question,
        direct=said.direct if said else None,
        sentences=said.sentences if said else (),
        citations=said.citations if said else (),
        scope=scope_shown(query),
        mode="extract",
        seconds=0.0,
        notices=_notices(query, said) if said else (),
        note=None if said else what_there_is(query, searcher.infos()),
        closest=None if said else closest(query, found.sentences),
    )


def _notices(query: Query, said: Extract) -> tuple[str, ...]:
    """What the reader should know of how an answer came about."""
    moved = (texts.of_last_year(query.bare, query.periods),) if query.moved else ()
    ahead = (texts.AHEAD,) if said.ahead else ()
    return (*moved, *ahead, *((not_said(said.missing),) if said.missing else ()))


def scope_shown(query: Query) -> Scope:
    """The scope of a query in the words of the interfaces."""
    return Scope(
        tuple(place.name for place in query.places),
        tuple(period.key for period in query.periods),
        (query.genre,) if query.genre else (),
    )
