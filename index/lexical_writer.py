"""Writing the keyword index: what the archive's log names is deleted and added again."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import tantivy

from index.archive import Archive
from index.errors import FULL, ArchiveUnusable, disk_full
from index.fields import VERSION, document, schema

_STATE = "huibao.json"
_HEAP = 64_000_000
_OS_ERROR = re.compile(r"(?:\(os error |Os \{ code: )(\d+)")
_WINDOWS_FULL = 112


@dataclass(frozen=True)
class State:
    """What the index folder holds: the sub-folder in use, of which archive, up to where."""

    build: str
    archive: str | None
    generation: int
    version: int = VERSION


def read_state(folder: Path) -> State | None:
    """The folder's state, None where it holds no index that we can use."""
    try:
        state = State(**json.loads((folder / _STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return state if state.version == VERSION else None


def open_build(folder: Path, state: State) -> tantivy.Index | None:
    """The index that the state names, None where its files are gone or damaged."""
    try:
        index = tantivy.Index.open(str(folder / state.build))
        index.reload()
    except ValueError:
        return None
    return index


class LexicalWriter:
    """Brings the index to the archive's generation; the archive's lock must be held.

    A missing, damaged or foreign index is made anew in a sub-folder of its own, which takes
    the old one's place when it is complete: a reader, perhaps in another process, always has
    a whole index, and no file is deleted that it has open.
    """

    def __init__(self, folder: Path, archive: Archive) -> None:
        self._folder = folder
        self._archive = archive
        self._prepared: dict[str, Sequence[dict[str, object]]] = {}
        self._writer: tantivy.IndexWriter | None = None
        found = self._usable()
        self._complete = found is not None
        self._state = found[0] if found else State(uuid.uuid4().hex[:8], archive.identity(), 0)
        self._index = found[1] if found else None
        self._sweep()

    def __enter__(self) -> LexicalWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        writer, self._writer = self._writer, None
        # Whatever was not committed stays in the archive's log and comes with the next run.
        if writer is not None and kind is None:
            writer.wait_merging_threads()

    def prepare(self, report_id: str, documents: Sequence[dict[str, object]]) -> None:
        """Hand over fields made elsewhere, by order of passages; `follow` then only adds them."""
        self._prepared[report_id] = documents

    def follow(self) -> None:
        """Bring the index to the archive's present generation and commit."""
        target = self._archive.generation()
        if self._complete and target == self._state.generation:
            return
        changed = self._archive.changed_since(self._state.generation)
        with explained(self._folder):
            writer = self._open()
            for report_id in changed:
                writer.delete_documents_by_term("report", report_id)
                for one in self._documents(report_id):
                    writer.add_document(one)
            writer.commit()
        # Written after the commit: dying in between repeats some reports, which is harmless.
        self._state = replace(self._state, generation=target)
        _write_state(self._folder, self._state)
        self._complete = True

    def _documents(self, report_id: str) -> list[tantivy.Document]:
        fields = self._prepared.pop(report_id, None)
        ids = self._archive.passage_ids(report_id)
        if fields is None or len(fields) != len(ids):
            stored = self._archive.passages_of(report_id)
            ids = [one.id for one in stored]
            fields = [document(one.described, one.passage) for one in stored]
        return [
            tantivy.Document(passage=number, **its) for number, its in zip(ids, fields, strict=True)
        ]

    def _usable(self) -> tuple[State, tantivy.Index] | None:
        state = read_state(self._folder)
        if (
            state is None
            or state.archive != self._archive.identity()
            # The database was restored from an older copy.
            or state.generation > self._archive.generation()
        ):
            return None
        index = open_build(self._folder, state)
        return (state, index) if index is not None else None

    def _open(self) -> tantivy.IndexWriter:
        # Not before there is something to write: a run without changes costs nothing.
        if self._writer is None:
            if self._index is None:
                path = self._folder / self._state.build
                path.mkdir(parents=True)
                self._index = tantivy.Index(schema(), path=str(path))
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        return self._writer

    def _sweep(self) -> None:
        """Remove what earlier runs left: replaced builds, and those of runs that were killed."""
        used = read_state(self._folder)  # readers have it open, usable or not
        keep = {_STATE, used.build if used else None}
        for path in self._folder.glob("*"):
            if path.name not in keep:
                # Windows keeps a file that a reader has open; the next run tries again.
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """tantivy says ValueError for everything; a failing disk is told by the number inside."""
    try:
        yield
    except ValueError as error:
        found = _OS_ERROR.search(str(error))
        if found is None:
            raise
        if int(found[1]) in (*FULL, _WINDOWS_FULL):
            raise disk_full(folder) from error
        raise ArchiveUnusable(f"{folder} 写入出错（{error}），请检查磁盘后再次运行") from error


def _write_state(folder: Path, state: State) -> None:
    fresh = folder / f"{_STATE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _STATE)
