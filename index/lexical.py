"""Keyword search: tantivy over jieba words, with place and period as conditions inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.archive import Archive
from index.chinese.places import level
from index.chinese.words import pairs
from index.fields import ANY_LEVEL, keys_inside
from index.lexical_writer import LexicalWriter, open_build, read_state
from index.records import Period

_CONTEXT_BOOST = 0.6
_MUST = tantivy.Occur.Must
_SHOULD = tantivy.Occur.Should


@dataclass(frozen=True)
class Filter:
    """A closed scope; an empty part is no condition. All names are folded.

    A passage is inside when its report's place is one of `places` (keys as in fields.place_keys),
    or it names one of `names` itself and its report does not speak for a smaller place; and when
    its report's period or a date that it states lies within one of `periods` (with
    `named_report`, only the report's); and when its report is of the office `reporter` and of the
    kind `genre`.
    """

    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    names_within: tuple[tuple[str, str], ...] = ()
    """(name, the place around it): counts only in a report of that place or from inside it."""
    reports: tuple[str, ...] = ()
    """Ids of reports that count as the place's own."""
    periods: tuple[Period, ...] = ()
    named_report: bool = False
    reporter: str | None = None
    genre: str | None = None

    @property
    def empty(self) -> bool:
        named = self.places or self.names or self.names_within or self.reports
        return not (named or self.periods or self.reporter or self.genre)


class LexicalIndex:
    """The tantivy folder beside archive.db; `generation` is the archive's that it has reached.

    May be searched from several threads while one of them reloads it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: tantivy.Index | None = None
        self._build: str | None = None
        self.generation = 0
        self._rarities: dict[str, float] = {}
        self._named: dict[str, bool] = {}
        self.reload()

    def close(self) -> None:
        """Nothing is held that would have to be given back."""

    def reload(self) -> None:
        """See what a writer, perhaps in another process, has committed since."""
        # What was counted or looked up before no longer holds.
        self._rarities, self._named = {}, {}
        state = read_state(self._folder)
        if state is None:
            self._index, self._build, self.generation = None, None, 0
            return
        if state.build != self._build or not self._reloaded():
            self._index = open_build(self._folder, state)
        usable = self._index is not None
        self._build, self.generation = (state.build, state.generation) if usable else (None, 0)

    def _reloaded(self) -> bool:
        try:
            if self._index is not None:
                self._index.reload()
        except ValueError:  # its files are gone or damaged
            return False
        return self._index is not None

    def catch_up(self, archive: Archive) -> None:
        """Index every report that changed since; the archive's lock must be held."""
        with LexicalWriter(self._folder, archive) as writer:
            writer.follow()
        self.reload()

    def search(
        self, words: Sequence[str], scope: Filter, limit: int, *, context: bool = True
    ) -> list[tuple[int, float]]:
        """(passage number, BM25 score) of the best `limit` inside the scope, the best first.

        Without `context` only the passages' own words count, not their context line.
        """
        index = self._index
        if index is None or not words:
            return []
        schema = index.schema
        parts = [_words(schema, words, context), *_conditions(schema, scope)]
        searcher = index.searcher()
        hits = searcher.search(_all_of(parts), limit, count=False).hits
        return [
            (number, float(score))
            for number, (score, _) in zip(_passages(searcher, hits), hits, strict=True)
        ]

    def inside(self, scope: Filter) -> NDArray[np.int64]:
        """Numbers of all passages inside the scope, ascending."""
        index = self._index
        if index is None:
            return np.empty(0, dtype=np.int64)
        parts = _conditions(index.schema, scope) or [tantivy.Query.all_query()]
        searcher = index.searcher()
        hits = searcher.search(_all_of(parts), max(searcher.num_docs, 1), count=False).hits
        return np.sort(np.array(_passages(searcher, hits), dtype=np.int64))

    def names(self, text: str) -> bool:
        """Whether any passage contains folded `text`, of two characters or more, literally."""
        index = self._index
        if index is None:
            return False
        known = self._named
        if text not in known:
            found = index.searcher().search(_phrase(index.schema, text), 1, count=False)
            known[text] = bool(found.hits)
        return known[text]

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a word over all passages, 0 for one that is everywhere."""
        known = self._rarities
        if word not in known:
            known[word] = self._rarity(word)
        return known[word]

    def _rarity(self, word: str) -> float:
        index = self._index
        if index is None:
            return 0.0
        searcher = index.searcher()
        if len(word) >= 2:
            found = searcher.search(_phrase(index.schema, word), 1, count=True)
            frequency = int(found.count)  # type: ignore[attr-defined]
        else:
            frequency = searcher.doc_freq("body", word)
        return float(np.log1p(searcher.num_docs / (frequency + 0.5)))


def _passages(
    searcher: tantivy.Searcher, hits: Sequence[tuple[object, tantivy.DocAddress]]
) -> list[int]:
    values = searcher.fast_field_values("passage", [address for _, address in hits])
    return [int(value) for value in values if value is not None]


def _words(schema: tantivy.Schema, words: Iterable[str], with_context: bool) -> tantivy.Query:
    parts: list[tantivy.Query] = []
    for word in dict.fromkeys(words):
        parts.append(tantivy.Query.term_query(schema, "body", word))
        if not with_context:
            continue
        context = tantivy.Query.term_query(schema, "context", word)
        parts.append(tantivy.Query.boost_query(context, _CONTEXT_BOOST))
    return _any_of(parts)


def _conditions(schema: tantivy.Schema, scope: Filter) -> list[tantivy.Query]:
    conditions: list[tantivy.Query] = []
    if scope.places or scope.names or scope.names_within or scope.reports:
        of_place = tantivy.Query.term_set_query(schema, "place", list(scope.places))
        naming = [_naming(schema, name) for name in scope.names]
        for name, around in scope.names_within:
            from_there = tantivy.Query.term_set_query(schema, "place", [around, f"{around}/"])
            naming.append(_all_of([_naming(schema, name), from_there]))
        own = tantivy.Query.term_set_query(schema, "report", list(scope.reports))
        conditions.append(_any_of([of_place, own, *naming]))
    if scope.reporter:
        conditions.append(tantivy.Query.term_query(schema, "unit", scope.reporter))
    if scope.genre:
        conditions.append(tantivy.Query.term_query(schema, "genre", scope.genre))
    if scope.periods:
        keys = sorted({key for period in scope.periods for key in keys_inside(period)})
        within = [tantivy.Query.term_set_query(schema, "period", keys)]
        if not scope.named_report:
            within.append(tantivy.Query.term_set_query(schema, "stated", keys))
        conditions.append(_any_of(within))
    return conditions


def _naming(schema: tantivy.Schema, name: str) -> tantivy.Query:
    """Passages that say `name`, in reports for a wider or equal place or for none."""
    levels = [ANY_LEVEL, *(str(n) for n in range(1, (level(name) or 5) + 1))]
    return _all_of([_phrase(schema, name), tantivy.Query.term_set_query(schema, "level", levels)])


def _phrase(schema: tantivy.Schema, text: str) -> tantivy.Query:
    words: list[str | tuple[int, str]] = list(pairs(text))
    if not words:
        return tantivy.Query.empty_query()
    if len(words) == 1:
        return tantivy.Query.term_query(schema, "pairs", words[0])
    return tantivy.Query.phrase_query(schema, "pairs", words)


def _any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, query) for query in queries])
