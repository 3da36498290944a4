"""Search by meaning: FAISS over passage vectors, exact, with the scope inside the search."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import faiss
import numpy as np
from numpy.typing import NDArray

from index.archive import Archive
from index.errors import EmbedderMismatch

_FILE = "dense.faiss"
_NUMBER_BITS = 40
_NUMBERS = (1 << _NUMBER_BITS) - 1
_MARKS = (1 << 63 - _NUMBER_BITS) - 1
_AT_ONCE = 10_000
"""Vectors read from the database at a time."""

_Ids = NDArray[np.int64]
_NONE: _Ids = np.empty(0, np.int64)


class DenseIndex:
    """The FAISS file beside archive.db, brought up to date in memory by `catch_up`.

    FAISS knows a vector by its passage's number with a mark of the vector's key and of the
    embedder above it. So whatever changed (passages, their text, the model, the whole database
    under an old file) shows as numbers that are missing or too many: what is missing is read
    from the database, what is gone is dropped. A lost or stale file costs time only, and a
    reader never has to write. May be called from several threads.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._lock = threading.Lock()
        self._index = _load(self._path)
        self._ids = _ids_of(self._index)
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

    def save(self) -> None:
        """Write the file, under the archive's lock, whole or not at all."""
        if self._index is None:
            self._path.unlink(missing_ok=True)
            return
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
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
                    f"档案的向量是 {self._index.d} 维,现在的模型给出 {len(vector)} 维,"
                    "两者不能混用。请改回原来的模型,或运行 huibao reembed 重新生成全部向量"
                )
            parameters = None
            if inside is not None:
                allowed = self._ids[np.isin(_numbers(self._ids), inside)]
                if not len(allowed):
                    return []
                selector = faiss.IDSelectorBatch(allowed)
                parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
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
                index = None  # the next vectors may have another dimension
            elif index is not None and len(gone):
                index.remove_ids(gone)  # type: ignore[arg-type]
            if len(new):
                if index is None:
                    index = faiss.IndexIDMap2(faiss.IndexFlatIP(len(vectors[0])))
                index.add_with_ids(np.stack(vectors), new)
            self._index = index
            self._ids = _ids_of(index)


def _marked(numbers: _Ids, keys: Sequence[str], embedder: str) -> _Ids:
    """What FAISS calls the vectors of these passages."""
    salt = crc32(embedder.encode()) & _MARKS
    marks = np.array([int(key[:8], 16) & _MARKS ^ salt for key in keys], np.int64)
    return marks << _NUMBER_BITS | numbers


def _numbers(marked: _Ids) -> _Ids:
    return marked & _NUMBERS


def _load(path: Path) -> faiss.IndexIDMap2 | None:
    try:
        with path.open("rb") as file:
            source = faiss.PyCallbackIOReader(file.read)  # type: ignore[attr-defined]
            index = faiss.read_index(source)
    except (OSError, RuntimeError, MemoryError):
        # Missing or damaged (a wrong length asks for all memory): the database has the vectors.
        return None
    return index if isinstance(index, faiss.IndexIDMap2) else None


def _ids_of(index: faiss.IndexIDMap2 | None) -> _Ids:
    return _NONE if index is None else np.sort(faiss.vector_to_array(index.id_map))
