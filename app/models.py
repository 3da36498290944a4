"""From settings to an embedder: the bundled model unpacked on first use, or a configured one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.settings import EmbeddingSettings, SearchSettings
from app.texts import synonyms_unreadable
from index.bundled_model import default_model_dir, unpack_bundled_model
from index.chinese.synonyms import Synonyms, load_synonyms
from index.embedder import Embedder, OnnxEmbedder, SentenceTransformerEmbedder
from index.errors import SettingsError, in_words
from index.reranker import CrossEncoderReranker, Reranker

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


def make_reranker(settings: SearchSettings) -> Reranker | None:
    """The configured cross-encoder, loaded by the first question; None where none is."""
    if settings.reranker is None:
        return None
    return CrossEncoderReranker(settings.reranker, settings.reranker_device)


def office_synonyms(settings: SearchSettings) -> Synonyms:
    """The built-in synonyms and the office's own; raises SettingsError for an unreadable file."""
    try:
        return load_synonyms(settings.synonyms)
    except OSError as error:
        raise SettingsError(synonyms_unreadable(settings.synonyms, in_words(error))) from error
    except UnicodeDecodeError as error:
        raise SettingsError(synonyms_unreadable(settings.synonyms, "不是 UTF-8 文本")) from error


def bundled_folder(progress: Callable[[str, float], None] | None = None) -> Path:
    """The unpacked bundled model's folder in the user's cache, unpacked now where it is missing."""
    folder = default_model_dir()
    unpack_bundled_model(folder, progress=progress)
    return folder
