"""Our half of `huibao eval speed`: ingest, embed, ask, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.models import make_embedder
from app.settings import EmbeddingSettings
from eval.speed_corpus import Questions, SomeReal, Vectors
from index.archive import open_archive
from index.embedder import Embedder
from index.lock import writing
from index.search import Searcher
from ingest.embed import embed_pending
from ingest.job import LEXICAL_FOLDER, ingest

_LIMIT = 10
_WARM = 5


@dataclass(frozen=True)
class Built:
    """How long it took until reports could be searched."""

    passages: int
    searchable: float
    """Seconds from files to search by words."""
    rate: float
    """Passages really embedded a second."""
    real: int
    """How many were; the other vectors were made from these."""


@dataclass(frozen=True)
class Latencies:
    """Seconds a question, in the order of the questions; the model's part is in them."""

    scoped: tuple[float, ...]
    open: tuple[float, ...]
    embedding: tuple[float, ...]
    """What embedding the question alone takes."""


def build(files: Path, folder: Path, real: int) -> Built:
    """Ingest the files into a new archive; about `real` passages are really embedded."""
    job = ingest([str(files)], folder, None)
    with writing(folder), closing(open_archive(folder, write=True)) as archive:
        embedder = _SomeReal(_bundled(), len(archive.pending()), real)
        embed_pending(archive, folder, embedder)
    made = embedder.made
    return Built(job.passages, job.words_seconds, made.rate, made.real)


def ask(folder: Path, questions: Questions) -> Latencies:
    """Ask all questions of a warm archive, one after the other."""
    embedder = _bundled()
    with closing(open_archive(folder)) as archive:
        searcher = Searcher(archive, folder / LEXICAL_FOLDER, embedder)
        for question in (*questions.scoped[:_WARM], *questions.open[:_WARM]):
            _seconds(searcher, question)
        return Latencies(
            tuple(_seconds(searcher, question) for question in questions.scoped),
            tuple(_seconds(searcher, question) for question in questions.open),
            tuple(_embedding_seconds(embedder, question) for question in questions.scoped),
        )


def _seconds(searcher: Searcher, question: str) -> float:
    begun = time.perf_counter()
    searcher.search(searcher.understand(question), _LIMIT)
    return time.perf_counter() - begun


def _embedding_seconds(embedder: Embedder, question: str) -> float:
    begun = time.perf_counter()
    embedder.embed_query(question)
    return time.perf_counter() - begun


def _bundled() -> Embedder:
    embedder = make_embedder(EmbeddingSettings())
    assert embedder is not None
    return embedder


class _SomeReal:
    """The embedder under its own identity, most passages' vectors made from others."""

    def __init__(self, embedder: Embedder, texts: int, real: int) -> None:
        self._embedder = embedder
        self.identity = embedder.identity
        self.made = SomeReal(embedder.embed_passages, texts, real)

    def embed_query(self, text: str) -> Vectors:
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.made(texts)
