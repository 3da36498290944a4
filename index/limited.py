"""Search over a scoped archive: a keyword index of its own, the vectors of the whole.

Its own index, in memory, has no word of any other report: how rare a word is, which places are
named and in which order hits come are the same as in an archive that never had the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.archive import Archive
from index.fields import document, schema
from index.lexical import Filter, LexicalIndex

_HEAP = 30_000_000


class Dense(Protocol):
    """Search by meaning, as `DenseIndex` offers it."""

    def __len__(self) -> int: ...

    def catch_up(self, archive: Archive) -> bool: ...

    def search(
        self, vector: NDArray[np.float32], limit: int, inside: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]: ...


class LimitedLexical(LexicalIndex):
    """A keyword index in memory that `reload` brings to what is seen of the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._own = tantivy.Index(schema())
        self._held: set[str] = set()
        super().__init__(archive.folder)

    def reload(self) -> None:
        """Take in what came or changed, and drop what is no longer seen; one caller at a time."""
        self._rarities, self._named = {}, {}
        target = self._archive.generation()
        ids = [info.id for info in self._archive.infos()]
        seen = set(ids)
        changed = set(self._archive.changed_since(self.generation))
        gone = self._held - seen | self._held & changed
        fresh = [one for one in ids if one not in self._held or one in changed]
        if gone or fresh:
            writer = self._own.writer(heap_size=_HEAP, num_threads=1)
            for report_id in gone:
                writer.delete_documents_by_term("report", report_id)
            for report_id in fresh:
                for one in self._archive.passages_of(report_id):
                    fields = document(one.described, one.passage)
                    writer.add_document(tantivy.Document(passage=one.id, **fields))
            writer.commit()
            writer.wait_merging_threads()
            self._own.reload()
        self._held = seen
        self._index, self.generation = self._own, target

    def catch_up(self, archive: Archive) -> None:
        self.reload()


class SharedDense:
    """The vectors of the whole archive, of which only passages of `own` can be found."""

    def __init__(self, whole: Dense, refresh: Callable[[], None], own: LexicalIndex) -> None:
        self._whole = whole
        self._refresh = refresh
        self._own = own

    def __len__(self) -> int:
        return len(self._whole)

    def catch_up(self, archive: Archive) -> bool:
        """Follows the whole archive, whatever is seen of it; its own searcher takes turns."""
        self._refresh()
        return False

    def search(
        self, vector: NDArray[np.float32], limit: int, inside: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """As DenseIndex.search; where no scope is given, among all that is seen."""
        scope = self._own.inside(Filter()) if inside is None else inside
        return self._whole.search(vector, limit, scope)
