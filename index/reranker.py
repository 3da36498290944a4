"""A cross-encoder that reads question and passage together, where one is configured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from index.errors import ModelUnavailable


class Reranker(Protocol):
    """Says how well each passage fits a question; any scale, higher is better."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage, in their order; raises ModelUnavailable."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, by name or folder; loaded by the first question."""

    def __init__(self, model: str, device: str | None = None) -> None:
        self._name = model
        self._device = device
        self._model: Any = None

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        if not passages:
            return []
        if self._model is None:
            self._model = self._load()
        pairs = [(question, passage) for passage in passages]
        return [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]

    def _load(self) -> Any:
        # Imported here: it takes ten seconds, and most offices configure none.
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._name, device=self._device)
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"重排模型「{self._name}」打不开：{error}。请检查 huibao.toml 的 [search] reranker"
            ) from error
