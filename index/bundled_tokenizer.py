"""The bundled model's tokenizer: the whole one, and a small one that Chinese text never outgrows.

Building the whole one's 250,000 pieces takes most of a second, which a single question from the
command line would wait for. Pieces with characters that a text does not contain cannot match in
it, so leaving them out changes nothing: the small one holds the pieces of Chinese characters,
digits, punctuation and short Latin words, and gives the same ids for texts made of those.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.bundled_source import SourceModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WHOLE = "tokenizer.json"
_SMALL = "chinese/tokenizer.json"
_SMALL_IDS = "chinese/ids.npy"
_PREFIXES = ("▁query:", "▁passage:")
_LATIN = 3
"""Letters of the longest Latin word that the small tokenizer takes: GDP."""

# What stands in the pieces, and which characters of a text become nothing else under NFKC.
_NORMALIZED = re.compile(r"[▁ -~\u4e00-\u9fff、。〈-】“”‘’—·～]+")
_TEXT = re.compile(r"[ -~\n\u3000\u4e00-\u9fff、。〈-】“”‘’—·！-～①-⑳…㎡]*")
_LONG_WORD = re.compile(rf"[A-Za-zＡ-Ｚａ-ｚ]{{{_LATIN + 1},}}")


class ModelTokenizer:
    """Text to token ids; the whole tokenizer is loaded when a text first needs it."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._folder = folder
        self._max_tokens = max_tokens
        self._small = self._load(_SMALL)
        self._ids = np.load(folder / _SMALL_IDS)
        self._whole: Tokenizer | None = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, cut at the model's limit."""
        if not all(map(fits, texts)):
            with self._lock:
                if self._whole is None:
                    self._whole = self._load(WHOLE)
            return [encoding.ids for encoding in self._whole.encode_batch(list(texts))]
        return [
            self._ids[encoding.ids].tolist() for encoding in self._small.encode_batch(list(texts))
        ]

    def _load(self, name: str) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / name))
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer


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
