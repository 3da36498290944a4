"""Search by meaning: FAISS over passage vectors, with the scope inside the search.

Exact up to EXACT_MAX vectors: every one is compared, each number in half precision, which is
four times as fast as in float32 and moves a cosine by less than 0.001. Above, approximate with a
recall that was measured when it was built (`index.approximate`).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

import faiss
import numpy as np
from numpy.typing import NDArray

from index import approximate
from index.archive import Archive
from index.errors import EmbedderMismatch

EXACT_MAX = 200_000
"""Vectors up to which every one is compared, at half precision: 150 MB, some 10 ms a question."""

_FILE = "dense.faiss"
_NUMBER_BITS = 40
_NUMBERS = (1 << _NUMBER_BITS) - 1
_MARKS = (1 << 63 - _NUMBER_BITS) - 1
_AT_ONCE = 10_000
"""Vectors read from the database at a time."""
_OUTGROWN = 1.5
"""How much larger or smaller than when it was built an index may be before it is built anew."""

_Ids = NDArray[np.int64]
_Index = faiss.IndexIDMap2 | faiss.IndexIVF
_NONE: _Ids = np.empty(0, np.int64)


@dataclass(frozen=True)
class Kind:
    """How the vectors are searched, as it was decided when `size` of them were there."""

    name: str
    """«exact», or the FAISS factory's name of what was built."""
    size: int
    probes: int | None = None
    """Lists looked into; more inside a scope."""
    recall: float | None = None
    """Share of the exact best 10, as it was measured when this was built."""


class DenseIndex:
    """The FAISS file beside archive.db, brought up to date in memory by `catch_up`.

    FAISS knows a vector by its passage's number with a mark of the vector's key and of the
    embedder above it. So whatever changed (passages, their text, the model, the whole database
    under an old file) shows as numbers that are missing or too many: what is missing is read
    from the database, what is gone is dropped. A lost or stale file costs time only, and a
    reader never has to write. May be called from several threads.
    """

    def __init__(self, folder: Path, exact_max: int = EXACT_MAX) -> None:
        self._path = folder / _FILE
        self._exact_max = exact_max
        self._lock = threading.Lock()
        self._index, self.kind = _load(self._path)
        self._know(_ids_of(self._index))
        self._seen: tuple[str | None, int, int] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def catch_up(self, archive: Archive) -> bool:
        """Take in new vectors and drop those of removed passages; says if anything changed.

        Where there is nothing to do it costs three small reads of the database.
        """
        version = (archive.identity(), *archive.vector_version())
        if version == self._seen:
            return False
        wanted = _marked(*archive.vector_keys())
        missing = np.setdiff1d(wanted, self._ids, assume_unique=True)
        gone = np.setdiff1d(self._ids, wanted, assume_unique=True)
        if len(gone):
            self._change(gone, _NONE, [])
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            # One whose passage an ingest removed meanwhile is left out, and not wanted next time.
            vectors = archive.vectors(_numbers(some).tolist())
            there = [marked for marked in some.tolist() if marked & _NUMBERS in vectors]
            rows = [vectors[marked & _NUMBERS] for marked in there]
            self._change(_NONE, np.array(there, np.int64), rows)
        self._seen = version
        return bool(len(missing) or len(gone))

    def settle(self, archive: Archive) -> Kind:
        """Decide by size how the vectors are searched, and build that; the writer's work.

        Readers take vectors in as they come and leave the kind as they found it: building the
        approximate one takes a minute where there are 300,000.
        """
        index, kind, size = self._index, Kind("exact", len(self._ids)), len(self._ids)
        if size > self._exact_max:
            # One that could only stay exact is not tried again before it has outgrown that.
            tried = self.kind.size > self._exact_max
            if tried and 1 / _OUTGROWN <= size / self.kind.size <= _OUTGROWN:
                return self.kind
            built = approximate.build(self._all(archive), self._ids)
            if built is not None:
                index, name, recall = built
                kind = Kind(name, size, index.nprobe, recall)
        if kind.name == "exact" and isinstance(index, faiss.IndexIVF):
            index = _flat(self._all(archive), self._ids)
        with self._lock:
            self._index, self.kind = index, kind
        return kind

    def _all(self, archive: Archive) -> NDArray[np.float32]:
        """All vectors in the order of `self._ids`, (n, dimension), as the database has them."""
        assert self._index is not None
        rows = np.empty((len(self._ids), self._index.d), np.float32)
        for first in range(0, len(rows), _AT_ONCE):
            some = _numbers(self._ids[first : first + _AT_ONCE]).tolist()
            vectors = archive.vectors(some)
            rows[first : first + _AT_ONCE] = [vectors[number] for number in some]
        return rows

    def save(self) -> None:
        """Write the file, under the archive's lock, whole or not at all."""
        if self._index is None:
            self._path.unlink(missing_ok=True)
            return
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(json.dumps(asdict(self.kind)).encode() + b"\n")
            # Not by name: FAISS cannot open a Chinese file name on Windows.
            target = faiss.PyCallbackIOWriter(file.write)  # type: ignore[attr-defined]
            faiss.write_index(self._index, target)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def search(
        self, vector: NDArray[np.float32], limit: int, inside: _Ids | None = None
    ) -> list[tuple[int, float]]:
        """(passage number, cosine) of the nearest `limit`, the best first.

        `inside`, where given, are the only passage numbers that may be found. Raises
        EmbedderMismatch for a vector that no model of this archive made.
        """
        with self._lock:
            if self._index is None:
                return []
            if len(vector) != self._index.d:
                raise EmbedderMismatch(
                    f"档案的向量是 {self._index.d} 维，现在的模型给出 {len(vector)} 维，"
                    "两者不能混用。请改回原来的模型，或运行 huibao reembed 重新生成全部向量"
                )
            parameters = None
            if inside is not None:
                allowed = self._allowed(inside)
                if not len(allowed):
                    return []
                parameters = _only(self._index, allowed)
            scores, ids = self._index.search(vector.reshape(1, -1), limit, params=parameters)
        return [
            (int(_numbers(i)), float(score))
            for i, score in zip(ids[0], scores[0], strict=True)
            if i >= 0
        ]

    def _change(self, gone: _Ids, new: _Ids, vectors: Sequence[NDArray[np.float32]]) -> None:
        # FAISS must not be searched while it changes.
        with self._lock:
            index = self._index
            if index is not None and len(gone) == index.ntotal:
                # The next vectors may have another dimension.
                index, self.kind = None, Kind("exact", 0)
            elif index is not None and len(gone):
                index.remove_ids(gone)  # type: ignore[arg-type]
            if len(new):
                rows = np.stack(vectors)
                if index is None:
                    index = _flat(rows, new)
                else:
                    index.add_with_ids(rows, new)
            self._index = index
            self._know(_ids_of(index))

    def _know(self, ids: _Ids) -> None:
        """Keep the ids, ascending, and by their passages' numbers, in which scopes are given."""
        self._ids = ids
        order = np.argsort(_numbers(ids))
        self._by_number, self._numbers = ids[order], _numbers(ids)[order]

    def _allowed(self, inside: _Ids) -> _Ids:
        """The ids of those of the passages that have a vector."""
        if not len(self._numbers):
            return _NONE
        places = np.minimum(np.searchsorted(self._numbers, inside), len(self._numbers) - 1)
        there: _Ids = self._by_number[places[self._numbers[places] == inside]]
        return there


def _marked(numbers: _Ids, keys: Sequence[str], embedder: str) -> _Ids:
    """What FAISS calls the vectors of these passages."""
    salt = crc32(embedder.encode()) & _MARKS
    marks = np.array([int(key[:8], 16) & _MARKS ^ salt for key in keys], np.int64)
    return marks << _NUMBER_BITS | numbers


def _numbers(marked: _Ids) -> _Ids:
    return marked & _NUMBERS


def _flat(vectors: NDArray[np.float32], ids: _Ids) -> faiss.IndexIDMap2:
    half = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index = faiss.IndexIDMap2(half)
    index.add_with_ids(vectors, ids)
    return index


def _only(index: _Index, allowed: _Ids) -> faiss.SearchParameters:
    """Search parameters that let nothing but `allowed` be found."""
    selector = faiss.IDSelectorBatch(allowed)
    if isinstance(index, faiss.IndexIVF):
        probes = approximate.probes_inside(index, len(allowed))
        return faiss.SearchParametersIVF(sel=selector, nprobe=probes)  # type: ignore[call-arg]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _load(path: Path) -> tuple[_Index | None, Kind]:
    none = None, Kind("exact", 0)
    try:
        with path.open("rb") as file:
            kind = Kind(**json.loads(file.readline(1000)))
            source = faiss.PyCallbackIOReader(file.read)  # type: ignore[attr-defined]
            index = faiss.read_index(source)
    except (OSError, ValueError, TypeError, RuntimeError, MemoryError):
        # Missing or damaged (a wrong length asks for all memory): the database has the vectors.
        return none
    # What an earlier version wrote in float32 is made anew.
    if isinstance(index, faiss.IndexIVF) or (isinstance(index, faiss.IndexIDMap2) and _half(index)):
        return index, kind
    return none


def _half(index: faiss.IndexIDMap2) -> bool:
    return isinstance(faiss.downcast_index(index.index), faiss.IndexScalarQuantizer)


def _ids_of(index: _Index | None) -> _Ids:
    if index is None:
        return _NONE
    if isinstance(index, faiss.IndexIVF):
        return np.sort(approximate.ids_of(index))
    return np.sort(faiss.vector_to_array(index.id_map))
