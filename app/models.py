"""From settings to models: the embedder that is bundled or configured, and the language model."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import EmbeddingSettings, ModelSettings, SearchSettings
from app.texts import synonyms_unreadable
from index.bundled_model import default_model_dir, unpack_bundled_model
from index.chinese.synonyms import Synonyms, load_synonyms
from index.embedder import Embedder, OnnxEmbedder, SentenceTransformerEmbedder
from index.errors import SettingsError, in_words
from index.reranker import CrossEncoderReranker, Reranker

if TYPE_CHECKING:
    from app.answer.generate import Generator
    from app.chat.chat import Chat

BUNDLED = "bundled"
NONE = "none"
GGUF_CONTEXT = 4096
"""Tokens of a model that we serve ourselves, unless told: more takes more memory and time."""


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


def make_chat_model(settings: ModelSettings) -> Chat:
    """The configured chat model; nothing is connected to or started before the first question."""
    if settings.gguf is not None:
        from app.chat.llama_server import LlamaServer

        return LlamaServer(
            settings.gguf.expanduser(),
            settings.context or GGUF_CONTEXT,
            settings.max_tokens,
            settings.timeout,
        )
    from app.chat.langchain_chat import Endpoint, LangChainChat

    assert settings.name is not None  # the settings are validated
    return LangChainChat(
        Endpoint(
            settings.name,
            settings.provider,
            settings.base_url,
            os.environ.get(settings.api_key_env) if settings.api_key_env else None,
            settings.timeout,
            settings.max_tokens,
            settings.context,
        )
    )


def make_generator(settings: ModelSettings | None) -> Generator | None:
    """What words answers by the configured model; None where none is configured."""
    if settings is None:
        return None
    from app.answer.entailment import CrossEncoderEntailment
    from app.answer.generate import Generator

    judge = CrossEncoderEntailment(settings.nli.expanduser()) if settings.nli else None
    return Generator(make_chat_model(settings), settings.timeout, settings.passages, judge)
