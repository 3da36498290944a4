"""What every embedder promises, held for a fake, the int8 default and the PyTorch path."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from index.bundled_model import default_model_dir, unpack_bundled_model
from index.embedder import (
    Embedder,
    EmbedderIdentity,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
)
from tests.fakes import HashingEmbedder

TEXTS = [
    "我村共有建档立卡贫困户158户602人，2018年上半年脱贫31户118人。",
    "危房改造。",
    "截止2017年底，全镇集体经济收入27.16万元，同比增长0.52%，其中光伏发电收入占六成以上。",
    "安置點位於縣城東郊，規劃面積150畝，已完成投資3.52億元。",
    "The village committee held 12 meetings in the first half of the year.",
]


@pytest.fixture(scope="session")
def model_folder() -> Path:
    return unpack_bundled_model(default_model_dir())


@pytest.fixture(scope="session", params=["fake", "onnx", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "fake":
        yield HashingEmbedder(dimension=384)
        return
    folder = request.getfixturevalue("model_folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
        if request.param == "onnx":
            yield OnnxEmbedder(folder, threads=2)
        else:
            yield SentenceTransformerEmbedder(folder, device="cpu")


def test_query_vector_has_the_stated_dimension(embedder: Embedder) -> None:
    vector = embedder.embed_query("脱贫多少户？")

    assert vector.shape == (embedder.identity.dimension,)
    assert vector.dtype == np.float32


def test_passage_vectors_are_one_row_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)

    assert vectors.shape == (len(TEXTS), embedder.identity.dimension)
    assert vectors.dtype == np.float32


def test_vectors_have_length_one(embedder: Embedder) -> None:
    vectors = np.vstack([embedder.embed_passages([*TEXTS, ""]), embedder.embed_query("脱贫")])

    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    vectors = embedder.embed_passages([])

    assert vectors.shape == (0, embedder.identity.dimension)
    assert vectors.dtype == np.float32


def test_the_same_text_gets_the_same_vector_again(embedder: Embedder) -> None:
    np.testing.assert_array_equal(embedder.embed_query(TEXTS[0]), embedder.embed_query(TEXTS[0]))


def test_companions_and_their_order_do_not_matter(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    backwards = embedder.embed_passages(TEXTS[::-1])[::-1]
    alone = np.vstack([embedder.embed_passages([text]) for text in TEXTS])

    np.testing.assert_allclose(backwards, together, atol=1e-5)
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_a_text_beyond_the_model_s_limit_is_embedded(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["脱贫攻坚工作持续推进，" * 200])

    assert np.isfinite(vectors).all()


def test_a_query_is_not_embedded_as_a_passage(embedder: Embedder) -> None:
    query, passage = embedder.embed_query(TEXTS[0]), embedder.embed_passages(TEXTS[:1])[0]

    assert query @ passage < 0.9999


def test_threads_may_share_an_embedder(embedder: Embedder) -> None:
    expected = embedder.embed_passages(TEXTS)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: embedder.embed_passages(TEXTS), range(4)))

    for vectors in answers:
        np.testing.assert_allclose(vectors, expected, atol=1e-5)


def test_identity_is_stable_and_can_be_stored(embedder: Embedder) -> None:
    stored = json.loads(json.dumps(asdict(embedder.identity)))

    assert EmbedderIdentity(**stored) == embedder.identity
    assert embedder.identity.dimension == 384
