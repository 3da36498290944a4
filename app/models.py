"""From settings to an embedder: the bundled model unpacked on first use, or a configured one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.settings import EmbeddingSettings
from index.bundled_model import default_model_dir, unpack_bundled_model
from index.embedder import Embedder, OnnxEmbedder, SentenceTransformerEmbedder

BUNDLED = "bundled"
NONE = "none"


def make_embedder(
    settings: EmbeddingSettings, progress: Callable[[str, float], None] | None = None
) -> Embedder | None:
    """The configured embedder, None for «none»; raises ModelUnavailable where it cannot be had."""
    if settings.model == NONE:
        return None
    if settings.model == BUNDLED:
        return OnnxEmbedder(bundled_folder(progress))
    return SentenceTransformerEmbedder(
        settings.model, settings.device, settings.query_prefix, settings.passage_prefix
    )


def bundled_folder(progress: Callable[[str, float], None] | None = None) -> Path:
    """The unpacked bundled model's folder in the user's cache, unpacked now where it is missing."""
    folder = default_model_dir()
    unpack_bundled_model(folder, progress=progress)
    return folder
