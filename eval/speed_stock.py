"""The other half of `huibao eval speed`: LangChain's stock pipeline over the same files.

RecursiveCharacterTextSplitter, BM25Retriever over jieba words, a FAISS vector store over
sentence-transformers' vectors of the same model, EnsembleRetriever. Needs the extra `stock`.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.models import bundled_folder
from eval.speed_corpus import SomeReal, Vectors

CHUNK, OVERLAP = 300, 30
"""Characters: our own passages are closed at 300, so that there are about as many chunks."""
_LIMIT = 10
_BATCH = 500
_WARM = 3


@dataclass(frozen=True)
class Stock:
    """The stock pipeline's figures over one set of files; seconds as in `speed_ours`."""

    passages: int
    searchable: float
    rate: float
    real: int
    seconds: tuple[float, ...]


def run(files: Path, real: int, questions: Sequence[str]) -> Stock:
    """Build the pipeline and ask it all questions, one after the other."""
    import jieba
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # langchain-community says that it is being sunset
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS

    jieba.setLogLevel("WARNING")
    begun = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    texts = [path.read_text("utf-8") for path in sorted(files.glob("*.txt"))]
    chunks = [chunk for text in texts for chunk in splitter.split_text(text)]
    words = BM25Retriever.from_texts(chunks, preprocess_func=jieba.lcut, k=_LIMIT)
    searchable = time.perf_counter() - begun

    embeddings = _embeddings(len(chunks), real)
    store = FAISS.from_texts(chunks, embeddings)
    meaning = store.as_retriever(search_kwargs={"k": _LIMIT})
    both = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5])
    seconds: list[float] = []
    for question in (*questions[:_WARM], *questions):
        begun = time.perf_counter()
        both.invoke(question)
        seconds.append(time.perf_counter() - begun)
    made = embeddings.made
    return Stock(len(chunks), searchable, made.rate, made.real, tuple(seconds[_WARM:]))


def _embeddings(texts: int, real: int):  # type: ignore[no-untyped-def]
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(bundled_folder()), device="cpu", local_files_only=True)

    def embed(some: Sequence[str]) -> Vectors:
        vectors = model.encode_document(list(some), show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    class Model(Embeddings):
        made = SomeReal(embed, texts, real)

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            rows = [self.made(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
            return np.concatenate(rows).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return model.encode_query(text, show_progress_bar=False).tolist()  # type: ignore[no-any-return]

    return Model()
