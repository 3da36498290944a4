"""The second phase of ingest: vectors for the passages that wait for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from index.archive import Archive
from index.dense import DenseIndex
from index.embedder import Embedder, EmbedderIdentity
from index.errors import EmbedderMismatch

_BATCH = 64
"""Passages a transaction: what is lost when the run is killed, some four seconds of work."""


def recorded_identity(archive: Archive) -> EmbedderIdentity | None:
    """Which embedder made the archive's vectors; None while there are none."""
    found = archive.embedder()
    return EmbedderIdentity(**json.loads(found)) if found else None


def check_identity(archive: Archive, identity: EmbedderIdentity) -> None:
    """Raises EmbedderMismatch where the archive's vectors come from another model."""
    recorded = recorded_identity(archive)
    if recorded is not None and recorded != identity:
        raise EmbedderMismatch(
            f"档案的向量由「{recorded.name}」生成，现在配置的是「{identity.name}」，两者不能混用。"
            "请改回原来的模型，或运行 huibao reembed 用新模型重新生成全部向量"
        )


def embed_pending(
    archive: Archive,
    folder: Path,
    embedder: Embedder,
    on_embedded: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Embed the queue, shortest first, a transaction a batch; then bring FAISS up to date."""
    # By length, so that the texts of a batch need little padding.
    waiting = sorted(archive.pending().items(), key=lambda item: (len(item[1]), item[0]))
    if waiting and recorded_identity(archive) is None:
        _begin(archive, embedder)
    for first in range(0, len(waiting), _BATCH):
        batch = waiting[first : first + _BATCH]
        vectors = embedder.embed_passages([text for _, text in batch])
        archive.put_vectors({key: vector for (key, _), vector in zip(batch, vectors, strict=True)})
        on_embedded(first + len(batch), len(waiting))
    archive.drop_unused_vectors()
    dense = DenseIndex(folder)
    if dense.catch_up(archive):
        dense.settle(archive)
        dense.save()


def reembed(
    archive: Archive,
    folder: Path,
    embedder: Embedder,
    on_embedded: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Drop every vector and make all of them anew with this embedder."""
    _begin(archive, embedder)
    embed_pending(archive, folder, embedder, on_embedded)


def _begin(archive: Archive, embedder: Embedder) -> None:
    archive.begin_vectors(json.dumps(asdict(embedder.identity), sort_keys=True))
