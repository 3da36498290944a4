"""The archive as LangChain sees it: our search as a retriever, our embedder as embeddings.

Nothing of ours imports this module, so that nothing waits for LangChain's import.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from app.desk import ArchiveDesk
from app.models import make_embedder, make_reranker, office_synonyms
from app.settings import Settings, load_settings
from index.embedder import Embedder
from index.records import Hit


class HuibaoRetriever(BaseRetriever):
    """Passages of an archive for a question, inside the place and period that it names.

    Empty where the archive has nothing for them. `invoke` and `ainvoke` take a `k` of their own;
    raises UsageError for an empty or overlong question.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    desk: ArchiveDesk = Field(exclude=True, repr=False)
    k: int = Field(default=10, ge=1)

    @classmethod
    def open(
        cls, archive: Path | str, k: int = 10, settings: Settings | None = None
    ) -> HuibaoRetriever:
        """A retriever over an archive folder, as huibao.toml says unless `settings` are given."""
        settings = settings or load_settings()
        desk = ArchiveDesk(
            Path(archive),
            make_embedder(settings.embedding),
            synonyms=office_synonyms(settings.search),
            reranker=make_reranker(settings.search),
        )
        return cls(desk=desk, k=k)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return self._documents(query, k)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        # LangChain's own way into a thread does not hand `k` on.
        return await asyncio.to_thread(self._documents, query, k)

    def _documents(self, query: str, k: int | None) -> list[Document]:
        found = self.desk.search(query, k if k is not None else self.k)
        return [document(hit) for hit in found.hits]


def document(hit: Hit) -> Document:
    """A hit as LangChain has it: `page_content` is the report's text from `start` to `end`."""
    passage, described = hit.stored.passage, hit.stored.described
    return Document(
        id=str(hit.stored.id),
        page_content=passage.text,
        metadata={
            "report": passage.report_id,
            "title": described.title,
            "place": described.place,
            "period": described.period.key if described.period else None,
            "heading": " > ".join(passage.heading),
            "start": passage.start,
            "end": passage.end,
            "source": hit.stored.source,
            **asdict(passage.position(passage.start, passage.end)),
            "score": hit.score,
        },
    )


class HuibaoEmbeddings(Embeddings):
    """An embedder of ours for LangChain's vector stores; that of huibao.toml unless given."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        found = embedder or make_embedder(load_settings().embedding)
        if found is None:
            raise ValueError("[embedding] model 是 none：没有向量模型可用")
        self._embedder = found

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(text).tolist()
        return vector

    def __repr__(self) -> str:
        return f"HuibaoEmbeddings({self._embedder.identity.name!r})"
