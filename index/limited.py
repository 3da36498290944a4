"""Search over a scoped archive: a keyword index of its own, the vectors of the whole.

Its own index has no word of any other report: how rare a word is, which places are named and in
which order hits come are the same as in an archive that never had the others. It is kept on disk
between starts (`limited_kept`), as cutting the words of many reports takes its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.archive import Archive
from index.fields import document, schema
from index.lexical import Filter, LexicalIndex
from index.limited_kept import keep
from index.scoped import ScopedArchive

_HEAP = 30_000_000


class Dense(Protocol):
    """Search by meaning, as `DenseIndex` offers it."""

    def __len__(self) -> int: ...

    def catch_up(self, archive: Archive) -> bool: ...

    def search(
        self, vector: NDArray[np.float32], limit: int, inside: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]: ...


class LimitedLexical(LexicalIndex):
    """A keyword index of its own that `reload` brings to what is seen of the archive.

    On disk where that may be had, else in memory.
    """

    def __init__(self, archive: ScopedArchive) -> None:
        self._archive = archive
        self._own = tantivy.Index(schema())
        self._held: set[str] = set()
        self._reached = 0
        self._pure = True
        self._kept = keep(
            archive.folder, archive.identity(), archive.generation(), archive.limit.names
        )
        if self._kept is not None and self._kept.index is not None:
            self._own = self._kept.index
            self._held, self._reached = set(self._kept.held.reports), self._kept.held.generation
        super().__init__(archive.folder)

    def close(self) -> None:
        kept, self._kept = self._kept, None
        self._index = None
        self._own = tantivy.Index(schema())
        if kept is not None:
            kept.close()

    def reload(self) -> None:
        """Take in what came or changed, and drop what is no longer seen; one caller at a time."""
        self._rarities, self._named = {}, {}
        try:
            target = self._follow()
        except (ValueError, OSError):  # the disk takes no more
            if self._kept is None:
                raise
            self.close()
            self._held, self._reached, self._pure = set(), 0, True
            target = self._follow()
        self._index, self._reached, self.generation = self._own, target, target

    def _follow(self) -> int:
        """Bring the index to the archive's present generation, which is returned."""
        target = self._archive.generation()
        ids = [info.id for info in self._archive.infos()]
        seen = set(ids)
        changed = set(self._archive.changed_since(self._reached))
        gone = self._held - seen | self._held & changed
        fresh = [one for one in ids if one not in self._held or one in changed]
        if self._kept is not None and (gone or fresh):
            self._kept.changing()
        if gone or fresh:
            self._write(gone, fresh)
        self._pure = self._pure and not gone
        if self._kept is not None and (gone or fresh or target != self._reached):
            self._kept.changed(target, seen, pure=self._pure)
        self._held = seen
        return target

    def _write(self, gone: Iterable[str], fresh: Iterable[str]) -> None:
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
