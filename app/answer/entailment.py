"""Whether one text follows from another: an optional NLI cross-encoder from a local folder."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Protocol

from index.errors import ModelUnavailable

ENOUGH = 0.5
"""Probability of entailment from which a sentence counts as said."""


class Entailment(Protocol):
    """Judges whether a sentence follows from its quotes."""

    def holds(self, premise: str, sentence: str) -> bool: ...


class CrossEncoderEntailment:
    """A sentence-transformers CrossEncoder with the labels of natural language inference.

    Raises ModelUnavailable for a folder that holds none; loaded by the first sentence.
    """

    def __init__(self, folder: Path, device: str | None = None) -> None:
        self._folder = folder
        self._device = device
        self._model: Any = None
        self._entailed = 0

    def holds(self, premise: str, sentence: str) -> bool:
        if self._model is None:
            self._load()
        logits = [float(value) for value in self._model.predict([(premise, sentence)])[0]]
        # Softmax: predict gives the classes' logits, in the order of the model's labels.
        exps = [math.exp(value - max(logits)) for value in logits]
        return exps[self._entailed] / sum(exps) >= ENOUGH

    def _load(self) -> None:
        if not self._folder.is_dir():
            raise ModelUnavailable(f"找不到核对模型文件夹 {self._folder}，请检查 [model] nli。")
        from sentence_transformers import CrossEncoder

        model: Any = CrossEncoder(str(self._folder), device=self._device, local_files_only=True)
        labels = {int(n): str(name).lower() for n, name in model.config.id2label.items()}
        entailed = [n for n, name in labels.items() if name.startswith("entail")]
        if len(labels) < 2 or len(entailed) != 1:
            raise ModelUnavailable(
                f"{self._folder} 不是句子推断（NLI）模型：标签里没有 entailment。"
            )
        self._model, self._entailed = model, entailed[0]
