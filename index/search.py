"""Query -> hits: the scope as a condition inside both engines, their lists fused."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.archive import Archive, ReportInfo
from index.asked_genre import held_to_genre
from index.chinese.fold import fold
from index.chinese.places import speaks_of
from index.chinese.synonyms import Synonyms
from index.dense import DenseIndex
from index.embedder import Embedder
from index.errors import ModelUnavailable
from index.evidence.belonging import offices
from index.evidence.score import DIRECT, Scored, passage_scores, scored
from index.gazetteer import Gazetteer
from index.last_reported import in_last_year, last_half, last_period
from index.lexical import Filter, LexicalIndex
from index.limited import Dense, LimitedLexical, SharedDense
from index.place_book import PlaceBook
from index.query import PlaceScope, Query, Wanted
from index.question import understand
from index.ranking import Parts, as_hits, by_score, fused, joined
from index.records import Hit, Period
from index.reranker import Reranker
from index.scope_filter import scope_of
from index.scoped import ScopedArchive
from index.terms import search_words
from index.versions import superseded, without_older

_POOL = 60
"""Passages that each engine gives."""
_WEIGHED = 50
"""Passages whose sentences are weighed."""
_NAMING = 400
"""Passages among which reports are looked for that speak of a place without being its own."""
_OPENING = 240
"""Characters of a report's beginning that say what it is about."""
_LINE = 60
_JOINED = 900
"""Characters of the longest hit that neighbouring passages are joined to."""


_ALL = Parts()


@dataclass(frozen=True)
class Found:
    """What a search gave: the query as understood, and the hits, the best first."""

    query: Query
    hits: tuple[Hit, ...]
    sentences: tuple[Scored, ...] = ()
    """The sentences of all the passages that were weighed, the best first."""


class Searcher:
    """Searches one archive; sees what an ingest commits meanwhile. May be called from threads."""

    def __init__(
        self,
        archive: Archive,
        lexical_folder: Path,
        embedder: Embedder | None,
        synonyms: Synonyms | None = None,
        reranker: Reranker | None = None,
        *,
        lexical: LexicalIndex | None = None,
        dense: Dense | None = None,
    ) -> None:
        self.archive = archive
        self._synonyms = synonyms
        self._reranker = reranker
        self._later: dict[str, str] = {}
        self._openings: dict[str, str] = {}
        self._lexical = lexical or LexicalIndex(lexical_folder)
        self._dense: Dense = DenseIndex(archive.folder) if dense is None else dense
        self._embedder = embedder
        self._generation = -1
        self._version: int | None = None
        self._lock = threading.Lock()
        self._infos: dict[str, ReportInfo] = {}
        self._book = PlaceBook(())
        self._reporters: set[str] = set()
        self._genres: set[str] = set()
        self.refresh()

    def limited(self, archive: ScopedArchive) -> Searcher:
        """The same over what is seen of the archive, as if there were nothing else in it."""
        own = LimitedLexical(archive)
        dense = SharedDense(self._dense, self.refresh, own)
        words, order = self._synonyms, self._reranker
        folder = archive.folder
        return Searcher(archive, folder, self._embedder, words, order, lexical=own, dense=dense)

    @property
    def behind(self) -> bool:
        """Whether the keyword index misses reports that the archive has."""
        return self._lexical.generation != self._generation

    @property
    def generation(self) -> int:
        """The archive's last change that was seen."""
        return self._generation

    @property
    def lexical(self) -> LexicalIndex:
        return self._lexical

    def refresh(self) -> None:
        """Look whether an ingest has committed something; called before every question."""
        with self._lock:
            # Before what is read below: what is committed in between is looked at next time.
            version = self.archive.version()
            if version == self._version and not self.behind:
                return
            # Vectors come without a new generation.
            self._dense.catch_up(self.archive)
            generation = self.archive.generation()
            if generation == self._generation and not self.behind:
                self._version = version
                return
            self._lexical.reload()
            self._infos = {info.id: info for info in self.archive.infos()}
            self._book = _book(self._infos.values(), Gazetteer(self.archive.known_places()))
            self._reporters = {unit for i in self._infos.values() if (unit := i.described.unit)}
            self._genres = {genre for i in self._infos.values() if (genre := i.described.genre)}
            self._later = superseded(self.archive.duplicates(), self._infos)
            self._openings = {}
            self._generation, self._version = generation, version

    def infos(self) -> list[ReportInfo]:
        self.refresh()
        return list(self._infos.values())

    def understand(
        self,
        question: str,
        today: date | None = None,
        place: str | None = None,
        period: Period | None = None,
        genre: str | None = None,
    ) -> Query:
        """Understand a question; `place`, `period` and `genre`, where given, are conditions."""
        self.refresh()
        query = understand(
            (place or "") + question,
            self._book,
            self._lexical.names,
            today or date.today(),
            self._synonyms,
            self._reporters,
            self._genres,
        )
        query = replace(query, places=tuple(map(self._with_speaking, query.places)))
        infos = self._infos.values()
        query = held_to_genre(query, genre, period, infos)
        query = query.restated(question, period)
        if query.half is not None and period is None:
            query = query.restated(question, last_half(query, infos))
        elif query.bare and period is None:
            query = in_last_year(query, infos)
        if query.latest and not query.periods:
            last = last_period(query, infos)
            query = query.restated(question, last)
        return query

    def _with_speaking(self, place: PlaceScope) -> PlaceScope:
        """The place with the reports that are about it, though they do not say whose they are."""
        if place.reported or not place.known:
            return place
        naming = self._lexical.inside(Filter(names=place.names))[:_NAMING]
        texts: dict[str, list[str]] = defaultdict(list)
        for stored in self.archive.stored(naming.tolist()).values():
            if stored.described.place is None and not stored.described.fragment:
                texts[stored.passage.report_id].append(fold(stored.passage.text))
        speaking = (report for report, said in texts.items() if speaks_of(place.names, said))
        return replace(place, speaking=frozenset(speaking))

    def search(
        self, query: Query, limit: int = 10, parts: Parts = _ALL, *, join: bool = True
    ) -> Found:
        """The best `limit` passages inside the query's scope; empty where the scope is unknown.

        With `join`, neighbouring passages of one section are one hit.
        """
        if parts.scope and (query.unclear or any(not place.known for place in query.places)):
            return Found(query, ())
        scope = scope_of(query) if parts.scope else Filter()
        words = search_words(query) if parts.words else []
        lists: dict[str, list[tuple[int, float]]] = {
            "words": self._lexical.search(words, scope, _POOL, context=parts.context)
        }
        meaning = self._by_meaning(query, scope) if parts.meaning else []
        if meaning:
            lists["meaning"] = meaning
        if query.places and query.wanted in DIRECT and parts.scorer:
            # What a village says in few passages is read whole: 楼 stands in 居民楼94栋 as well.
            inside = self._lexical.inside(scope)
            few = inside if len(inside) <= _WEIGHED else ()
            lists["scope"] = [(int(i), 0.0) for i in few]
        if not any(lists.values()) and not scope.empty:
            # The question names a scope and nothing to look for in it: its first passages.
            lists["scope"] = [(int(i), 0.0) for i in self._lexical.inside(scope)[:_POOL]]
        ranked = fused(lists, max(limit, _WEIGHED))
        hits = as_hits(ranked, self.archive.stored(passage for passage, _, _ in ranked))
        if not parts.scorer:
            return Found(query, tuple(hits[:limit]))
        weighed = hits[:_WEIGHED]
        sentences = scored(
            query, weighed, self.rarity, self._earlier(query, weighed), self._opening
        )
        step, scores = self._scores(query, weighed, sentences)
        if step == "reranker" or query.wanted is not Wanted.NARRATIVE or not scope.empty:
            # A theme asked of all places and years (产业发展) is not in one sentence.
            hits = [*by_score(weighed, scores, step), *hits[_WEIGHED:]]
        hits = without_older(hits, self._later)
        left = {hit.stored.id for hit in hits}
        sentences = [one for one in sentences if one.candidate.hit.stored.id in left]
        if join:
            hits = joined(hits[: 2 * limit], self.archive.excerpt, _JOINED)
        return Found(query, tuple(hits[:limit]), tuple(sentences))

    def _scores(
        self, query: Query, hits: Sequence[Hit], sentences: Sequence[Scored]
    ) -> tuple[str, dict[int, float]]:
        """(the step that ordered them, passage number -> score)."""
        if self._reranker is not None:
            try:
                given = self._reranker.scores(query.text, [h.stored.passage.text for h in hits])
                return "reranker", dict(zip((h.stored.id for h in hits), given, strict=True))
            except ModelUnavailable:
                self._reranker = None  # found all the same, in our own order
        return "sentence", passage_scores(query, hits, sentences)

    def _earlier(self, query: Query, hits: Sequence[Hit]) -> Callable[[Hit], str]:
        """What stands before a passage on its line, where an enumeration may be opened."""
        before = self.archive.before(hit.stored.id for hit in hits)

        def earlier(hit: Hit) -> str:
            passage = hit.stored.passage
            if any(True for _ in offices(fold(passage.text[:_LINE]))):
                # Whose 组长 it is, says the line above.
                return self.archive.excerpt(
                    passage.report_id, max(0, passage.start - _OPENING), passage.start
                )
            return before.get(hit.stored.id, "")

        return earlier

    def _opening(self, hit: Hit) -> str:
        """How the report of a passage begins: it says there what it is about."""
        report = hit.stored.passage.report_id
        kept = self._openings.get(report)
        if kept is None:
            kept = self.archive.excerpt(report, 0, _OPENING)
            self._openings[report] = kept
        return kept

    def rarity(self, word: str) -> float:
        return self._lexical.rarity(word)

    def _by_meaning(self, query: Query, scope: Filter) -> list[tuple[int, float]]:
        if self._embedder is None or not len(self._dense):
            return []
        try:
            vector = self._embedder.embed_query(query.text)
        except ModelUnavailable:
            # Without its model an archive is still searched by words; doctor says what is wrong.
            self._embedder = None
            return []
        inside = None if scope.empty else self._lexical.inside(scope)
        return self._dense.search(vector, _POOL, inside)


def _book(infos: Collection[ReportInfo], gazetteer: Gazetteer) -> PlaceBook:
    chains = [(i.described.place, i.described.within) for i in infos if i.described.place]
    places = [name for place, within in chains for name in (place, *within)]
    return PlaceBook(places, gazetteer.aliases(), chains)
