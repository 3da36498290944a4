"""Text to vectors: the bundled int8 model on any CPU, or any sentence-transformers model.

Vectors are float32 of length 1, so a dot product is the cosine. Queries and passages are embedded
differently by most models, hence two methods. Both classes may be called from several threads.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.bundled_model import ENCODER, PASSAGE_PREFIX, QUERY_PREFIX, read_manifest
from index.bundled_tokenizer import ModelTokenizer
from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

_MAX_TOKENS = 512


@dataclass(frozen=True)
class EmbedderIdentity:
    """What makes vectors comparable: the archive keeps it and refuses an embedder with another."""

    name: str
    dimension: int
    query_prefix: str
    passage_prefix: str


class Embedder(Protocol):
    """Turns text into vectors of length 1; the same text always gets the same vector."""

    @property
    def identity(self) -> EmbedderIdentity:
        """Return the model's name, dimension and prefixes."""

    def embed_query(self, text: str) -> Vectors:
        """Return (dimension,) float32."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32, in the order of `texts`."""


class OnnxEmbedder:
    """The bundled model on the CPU, without PyTorch; loaded at first use.

    `folder` is one that `unpack_bundled_model` made, else ModelUnavailable; `threads` is how many
    texts are embedded side by side, by default one a core. Text past 512 tokens is not seen.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        manifest = read_manifest(folder)
        if manifest is None:
            raise ModelUnavailable(
                f"文件夹 {folder} 里没有完整的内置向量模型。"
                "请删除这个文件夹后重新运行，程序会自动解压"
            )
        self.identity = EmbedderIdentity(
            name=f"{manifest.model}-{manifest.recipe}-{manifest.source_sha256[:12]}",
            dimension=manifest.dimension,
            query_prefix=QUERY_PREFIX,
            passage_prefix=PASSAGE_PREFIX,
        )
        self._folder = folder
        self._threads = threads or _available_cores()
        self._lock = threading.Lock()
        self._loaded: tuple[ModelTokenizer, Any] | None = None

    def embed_query(self, text: str) -> Vectors:
        """Return (dimension,) float32; some milliseconds."""
        vector: Vectors = self._embed([self.identity.query_prefix + text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32."""
        return self._embed([self.identity.passage_prefix + text for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        vectors = np.empty((len(texts), self.identity.dimension), np.float32)
        if not texts:
            return vectors
        tokenizer, session = self._load()

        # One text a run: see bundled_onnx for why batches are neither faster nor reproducible.
        def run(ids: list[int]) -> Vectors:
            (rows,) = session.run(None, {"input_ids": np.array([ids], np.int64)})
            vector: Vectors = rows[0]
            return vector

        ids = tokenizer.encode(texts)
        # The longest first, so that no thread is left alone with a long text at the end.
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        longest_first = [ids[i] for i in order]
        if len(ids) == 1 or self._threads == 1:
            vectors[order] = [run(one) for one in longest_first]
        else:
            with ThreadPoolExecutor(min(self._threads, len(ids))) as pool:
                vectors[order] = list(pool.map(run, longest_first))
        return vectors

    def _load(self) -> tuple[ModelTokenizer, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._read()
            return self._loaded

    def _read(self) -> tuple[ModelTokenizer, Any]:
        import onnxruntime

        tokenizer = ModelTokenizer(self._folder, _MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        # The threads go to different texts: faster than sharing one, and each vector is computed
        # in the same order of additions however many threads there are.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # More would turn Add + LayerNormalization into an operator that is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        session = onnxruntime.InferenceSession(
            str(self._folder / ENCODER), options, providers=["CPUExecutionProvider"]
        )
        return tokenizer, session


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by a local folder or by a name that is in its local cache.

    Prefixes are the model's own prompts unless given; `device` is the library's choice unless
    given (cuda, mps, cpu). The first use imports PyTorch, about ten seconds.
    """

    def __init__(
        self,
        name_or_path: str | Path,
        device: str | None = None,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
    ) -> None:
        self._name = str(name_or_path)
        self._device = device
        self._given_prefixes = (query_prefix, passage_prefix)
        self._lock = threading.Lock()
        self._loaded: tuple[SentenceTransformer, EmbedderIdentity] | None = None

    @property
    def identity(self) -> EmbedderIdentity:
        """Return the model's name (a folder's with a hash of what is in it) and prefixes."""
        return self._load()[1]

    def embed_query(self, text: str) -> Vectors:
        """Return (dimension,) float32."""
        model, identity = self._load()
        with self._lock:
            vector = model.encode_query(text, prompt=identity.query_prefix, **_ENCODE)
        return np.asarray(vector, np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32."""
        model, identity = self._load()
        if not texts:
            return np.empty((0, identity.dimension), np.float32)
        with self._lock:
            vectors = model.encode_document(list(texts), prompt=identity.passage_prefix, **_ENCODE)
        return np.asarray(vectors, np.float32)

    def _load(self) -> tuple[SentenceTransformer, EmbedderIdentity]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._read()
            return self._loaded

    def _read(self) -> tuple[SentenceTransformer, EmbedderIdentity]:
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        folder = Path(self._name)
        try:
            # Never over the network: a name is looked for in the local cache only.
            model = SentenceTransformer(self._name, device=self._device, local_files_only=True)
        except (OSError, ValueError, SafetensorError) as error:
            raise ModelUnavailable(
                f"向量模型 {self._name} 不能在本机加载。请把模型文件夹复制到本机，"
                f"并在设置中写它的路径，而不是模型名（{error}）"
            ) from error
        query, passage = self._given_prefixes
        if query is None:
            query = _first_prompt(model.prompts, "query")
        if passage is None:
            passage = _first_prompt(model.prompts, "document", "passage", "corpus")
        name = f"{folder.name}-{_fingerprint(folder)}" if folder.is_dir() else self._name
        # Asked of a vector, because not every model's last module states its dimension.
        dimension = len(model.encode("维度", **_ENCODE))
        return model, EmbedderIdentity(f"sentence-transformers:{name}", dimension, query, passage)


_ENCODE: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}


def _first_prompt(prompts: Mapping[str, str | None], *names: str) -> str:
    """Return the first prompt that says something; the library adds empty ones of its own."""
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _fingerprint(folder: Path) -> str:
    """Hash a model folder's configuration and the names and sizes of its weights.

    A moved folder stays the same model; weights of gigabytes are not read for it.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".safetensors", ".bin"):
            digest.update(f"{name} {path.stat().st_size}\n".encode())
        elif path.name in ("config.json", "modules.json"):
            digest.update(f"{name} ".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _available_cores() -> int:
    """Return how many cores this process may use, which a container limits below the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
