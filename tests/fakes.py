"""Stand-ins that keep the contracts of what they replace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from app.chat.chat import Message
from index.embedder import EmbedderIdentity, Vectors


class HashingEmbedder:
    """Counts character pairs in hashed places: no meaning, but an Embedder; counts its texts."""

    def __init__(self, name: str = "bigrams", dimension: int = 64) -> None:
        self.identity = EmbedderIdentity(name, dimension, "问：", "文：")
        self.embedded: list[str] = []
        """Every passage text so far, in the order of the calls."""

    def embed_query(self, text: str) -> Vectors:
        return self._embed(self.identity.query_prefix + text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        rows = [self._embed(self.identity.passage_prefix + text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.identity.dimension)

    def _embed(self, text: str) -> Vectors:
        vector = np.zeros(self.identity.dimension, np.float32)
        for i in range(len(text) - 1):
            # The name goes in: another model gives other vectors.
            place = crc32((self.identity.name + text[i : i + 2]).encode()) % len(vector)
            vector[place] += 1
        return vector / np.float32(np.linalg.norm(vector))


class TalkingChat:
    """A Chat in this process that repeats what it is told, right and wrong."""

    name, context, most = "talking", 4096, 300

    def count(self, text: str) -> int:
        return len(text)

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        yield "枧头村有脱贫户60户180人[1]。脱贫户还有88户[1]。"
        yield "硬化产业路3.2公里[1]。枧头村发展朝天椒420亩[1]。监测户5户[1][2]。"

    def close(self) -> None:
        """Nothing to close."""
