"""The bundled model's tokenizer: the whole one, and a small one that Chinese text never outgrows.

Building the whole one's 250,000 pieces takes most of a second, which a single question from the
command line would wait for, and 290 MB, which a server would keep. Pieces with characters that a
text does not contain cannot match in it, so leaving them out changes nothing: the small one holds
the pieces of Chinese characters, digits, punctuation and short Latin words, and gives the same ids
for texts made of those. For a few other texts one of their own characters is made each time; only
many of them, as an ingest brings, are worth the whole one.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.bundled_source import SourceModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WHOLE = "tokenizer.json"
_SMALL = "chinese/tokenizer.json"
_SMALL_IDS = "chinese/ids.npy"
_PREFIXES = ("▁query:", "▁passage:")
_FEW = 8
"""Texts that do not fit the small tokenizer up to which each gets one of its own, 14 ms each."""
_LATIN = 3
"""Letters of the longest Latin word that the small tokenizer takes: GDP."""

# What stands in the pieces, and which characters of a text become nothing else under NFKC.
_NORMALIZED = re.compile(r"[▁ -~\u4e00-\u9fff、。〈-】“”‘’—·～]+")
_TEXT = re.compile(r"[ -~\n\u3000\u4e00-\u9fff、。〈-】“”‘’—·！-～①-⑳…㎡]*")
_LONG_WORD = re.compile(rf"[A-Za-zＡ-Ｚａ-ｚ]{{{_LATIN + 1},}}")


class ModelTokenizer:
    """Text to token ids; what the small tokenizer does not do is loaded when it is first needed."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._folder = folder
        self._max_tokens = max_tokens
        self._small = self._load(_SMALL)
        self._ids = np.load(folder / _SMALL_IDS)
        self._pieces: _Pieces | None = None
        self._whole: Tokenizer | None = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, cut at the model's limit."""
        others = sum(not fits(text) for text in texts)
        if others and (self._whole is not None or others > _FEW):
            with self._lock:
                if self._whole is None:
                    self._whole, self._pieces = self._load(WHOLE), None
            return [encoding.ids for encoding in self._whole.encode_batch(list(texts))]
        if others:
            return [self._small_ids(one) if fits(one) else self._own_ids(one) for one in texts]
        return [
            self._ids[encoding.ids].tolist() for encoding in self._small.encode_batch(list(texts))
        ]

    def _small_ids(self, text: str) -> list[int]:
        ids: list[int] = self._ids[self._small.encode(text).ids].tolist()
        return ids

    def _own_ids(self, text: str) -> list[int]:
        """By a tokenizer of the pieces that this text is made of."""
        with self._lock:
            pieces = self._pieces = self._pieces or _Pieces(self._folder / WHOLE)
        tokenizer, its_ids = pieces.of(self._small.normalizer.normalize_str(text))
        tokenizer.enable_truncation(self._max_tokens)
        ids: list[int] = its_ids[tokenizer.encode(text).ids].tolist()
        return ids

    def _load(self, name: str) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / name))
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer


class _Pieces:
    """The pieces of the whole tokenizer in 16 MB, to make tokenizers of a few from."""

    def __init__(self, whole: Path) -> None:
        data = json.loads(whole.read_bytes())
        pieces: list[tuple[str, float]] = data["model"]["vocab"]
        self._special = {token["content"]: token["id"] for token in data["added_tokens"]}
        self._joined = "\n".join(piece for piece, _ in pieces)
        self._starts = np.cumsum([0, *(len(piece) + 1 for piece, _ in pieces)])
        self._scores = np.array([score for _, score in pieces])

    def of(self, normalized: str) -> tuple[Tokenizer, NDArray[np.int64]]:
        """(a tokenizer of what can match in a normalised text, the whole one's id of each id)."""
        characters = re.escape("".join({*normalized, "▁"} - {"\n"}))
        matches = re.finditer(rf"^[{characters}]+$", self._joined, re.MULTILINE)
        starts = [match.start() for match in matches]
        found = np.searchsorted(self._starts, starts).tolist()
        kept = sorted({*found, int(self._scores.argmin()), *self._special.values()})
        place = {index: at for at, index in enumerate(kept)}
        special = {name: place[index] for name, index in self._special.items()}
        return _build([self._piece(i) for i in kept], special), np.array(kept, np.int64)

    def _piece(self, index: int) -> tuple[str, float]:
        start, end = self._starts[index : index + 2].tolist()
        return self._joined[start : end - 1], float(self._scores[index])


def fits(text: str) -> bool:
    """Whether the small tokenizer gives the same ids for a text, the model's prefixes aside."""
    for prefix in _PREFIXES:
        if text.startswith(prefix[1:]):
            text = text[len(prefix) - 1 :]
            break
    return _TEXT.fullmatch(text) is not None and _LONG_WORD.search(text) is None


def write_tokenizers(model: SourceModel, folder: Path) -> None:
    """Write both into the model folder."""
    _build(model.pieces, model.special).save(str(folder / WHOLE), pretty=False)
    # What an unknown character costs is reckoned from the lowest score of all pieces.
    worst = min(range(len(model.pieces)), key=lambda index: model.pieces[index][1])
    always = {worst, *model.special.values()}
    kept = [
        index for index, (piece, _) in enumerate(model.pieces) if index in always or _is_kept(piece)
    ]
    place = {index: at for at, index in enumerate(kept)}
    special = {name: place[index] for name, index in model.special.items()}
    small = _build([model.pieces[index] for index in kept], special)
    (folder / _SMALL).parent.mkdir(exist_ok=True)
    small.save(str(folder / _SMALL), pretty=False)
    np.save(folder / _SMALL_IDS, np.array(kept, np.int64))


def _is_kept(piece: str) -> bool:
    if any(piece in prefix for prefix in _PREFIXES):
        return True
    return _NORMALIZED.fullmatch(piece) is not None and _LONG_WORD.search(piece) is None


def _build(pieces: Sequence[tuple[str, float]], special: Mapping[str, int]) -> Tokenizer:
    from tokenizers import AddedToken, Regex, Tokenizer
    from tokenizers.decoders import Metaspace as MetaspaceDecoder
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Replace, Sequence
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(Unigram(list(pieces), special["<unk>"], byte_fallback=False))
    # The model's own table is NFKC, except that control characters vanish, every kind of space
    # and zero-width mark is a space, and ～ stays wide: a noncharacter carries it past NFKC.
    tokenizer.normalizer = Sequence(
        [
            Replace(Regex(r"[\x01-\x08\x0B\x0E-\x1F\x7F\x{8F}\x{9F}]"), ""),
            Replace(
                Regex(
                    r"[\t\n\x0C\r\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]"
                ),
                " ",
            ),
            Replace("～", "\ufdd0"),
            NFKC(),
            Replace("\ufdd0", "～"),
            Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = MetaspaceDecoder(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(name, special[name]) for name in ("<s>", "</s>")],
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in special])
    return tokenizer
