"""LangChain's own test suites over our retriever and embeddings, and what they do not ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_tests.integration_tests import EmbeddingsIntegrationTests, RetrieversIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from app.desk import ArchiveDesk
from app.langchain_adapters import HuibaoEmbeddings, HuibaoRetriever
from app.settings import EmbeddingSettings, Settings
from index.bundled_model import default_model_dir, read_manifest
from index.embedder import OnnxEmbedder
from index.errors import UsageError
from ingest.job import ingest
from tests.fakes import HashingEmbedder
from tests.reports import village_report, write

QUESTION = "石梁村2018年上半年硬化道路多少公里"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("langchain")
    reports = write(
        root / "报告",
        石梁=village_report("石梁村", 2018),
        柳沟=village_report("柳沟村", 2018, n=7),
        石梁旧=village_report("石梁村", 2017, n=3),
    )
    ingest([str(reports)], root / "档案", HashingEmbedder())
    return root / "档案"


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[ArchiveDesk]:
    with closing(ArchiveDesk(folder, HashingEmbedder())) as opened:
        yield opened


class TestRetriever(RetrieversIntegrationTests):
    """langchain-tests over an archive of three reports."""

    desk: ArchiveDesk

    @pytest.fixture(autouse=True)
    def _with_archive(self, desk: ArchiveDesk) -> None:
        self.desk = desk

    @property
    def retriever_constructor(self) -> type[HuibaoRetriever]:
        return HuibaoRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"desk": self.desk, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


class _Embeddings:
    @property
    def embeddings_class(self) -> type[HuibaoEmbeddings]:
        return HuibaoEmbeddings


class _OnFake(_Embeddings):
    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"embedder": HashingEmbedder()}


class _OnBundled(_Embeddings):
    @pytest.fixture(autouse=True)
    def _with_model(self) -> None:
        if read_manifest(default_model_dir()) is None:
            pytest.skip("the bundled model is not unpacked here: `huibao ingest` does it")

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"embedder": OnnxEmbedder(default_model_dir())}


class TestEmbeddings(_OnFake, EmbeddingsUnitTests):
    """langchain-tests' unit suite."""


class TestFakeVectors(_OnFake, EmbeddingsIntegrationTests):
    """langchain-tests' suite of calls, on the fake."""


class TestBundledVectors(_OnBundled, EmbeddingsIntegrationTests):
    """The same on the bundled model, where it is unpacked."""


def test_documents_carry_where_they_stand(desk: ArchiveDesk) -> None:
    documents = HuibaoRetriever(desk=desk).invoke(QUESTION)
    first = documents[0]

    assert "硬化道路2.5公里" in first.page_content
    meta = first.metadata
    assert (meta["place"], meta["period"]) == ("石梁村", "2018H1")
    assert meta["source"].endswith("石梁.txt")
    assert "改善基础设施" in meta["heading"]
    report = desk.report(meta["report"])
    assert report is not None
    assert report.text[meta["start"] : meta["end"]] == first.page_content
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)
    assert {document.metadata["place"] for document in documents} == {"石梁村"}


def test_a_place_that_is_not_there_gives_nothing(desk: ArchiveDesk) -> None:
    retriever = HuibaoRetriever(desk=desk)

    assert retriever.invoke("双枧镇2018年上半年硬化道路多少公里") == []
    with pytest.raises(UsageError):
        retriever.invoke("  ")


async def test_async_gives_the_same(desk: ArchiveDesk) -> None:
    retriever = HuibaoRetriever(desk=desk)

    assert await retriever.ainvoke(QUESTION, None, k=3) == retriever.invoke(QUESTION, None, k=3)


def test_the_readme_s_example_runs(folder: Path) -> None:
    """The example's own lines, on an archive without vectors' model."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    example = readme.split("```python\n", 1)[1].split("```", 1)[0]
    assert 'open("huibao-data"' in example
    example = example.replace('"huibao-data"', "folder, settings=settings")
    printed: list[str] = []
    scope = {
        "folder": folder,
        "settings": Settings(embedding=EmbeddingSettings(model="none")),
        "print": lambda *parts: printed.append(" ".join(map(str, parts))),
    }
    exec(example.replace("枧头村2022年", "石梁村2018年"), scope)

    assert isinstance(scope["documents"][0], Document)  # type: ignore[index]
    assert printed
    assert "石梁村" in printed[0]
