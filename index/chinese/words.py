"""Text to words: jieba over folded text, the same for passages and questions."""

from __future__ import annotations

import logging
import marshal
import re
from contextlib import suppress
from functools import lru_cache
from math import inf, log
from pathlib import Path

import jieba
from platformdirs import user_cache_dir

from index.chinese.fold import fold

_WORD = re.compile(r"[\u4e00-\u9fffa-z0-9]+|\d+\.\d+")
# Kept whole: jieba would leave 0, ., 52 and % of 0.52%.
_DECIMAL = re.compile(r"(\d+\.\d+)")
_COMMON = 100


@lru_cache(maxsize=1)
def load() -> None:
    """Load jieba's dictionary once, silently: 0.2 s, but 1 s the first time on a machine.

    jieba keeps its prefix table in the system's temporary folder, where another user could
    have put it, and reads it number by number; we keep it in the user's own cache and read
    it whole, three times as fast.
    """
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.dt
    folder = Path(user_cache_dir("huibao"))
    kept = folder / f"jieba-{jieba.__version__}.cache"
    try:
        frequencies, total = marshal.loads(kept.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):  # none yet, or cut off
        with suppress(OSError):  # no cache can be kept: jieba then says so in its log and goes on
            folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir, tokenizer.cache_file = str(folder), kept.name
        kept.unlink(missing_ok=True)
        tokenizer.initialize()
    else:
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True


_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)")
_LETTER = re.compile(r"[a-zA-Z0-9]")


def segmented(text: str, search: bool = False) -> list[str]:
    """The words of `text` and what stands between them, as jieba.cut(HMM=False) gives them.

    With `search` as jieba.cut_for_search. The same words from the same dictionary (a test holds
    them to each other); one loop instead of jieba's several takes about half the time.
    """
    load()
    found: list[str] = []
    for index, block in enumerate(_BLOCK.split(text)):
        if index % 2 == 0:
            found.extend(block)
            continue
        ends = _word_ends(block)
        at, letters = 0, ""
        while at < len(block):
            end = ends[at]
            word = block[at:end]
            at = end
            if len(word) == 1 and _LETTER.match(word):
                letters += word
                continue
            if letters:
                _add(found, letters, search)
                letters = ""
            _add(found, word, search)
        if letters:
            _add(found, letters, search)
    return found


def _word_ends(block: str) -> list[int]:
    """Of each place the end of the first of the likeliest words from there on."""
    frequency, total, length = jieba.dt.FREQ.get, log(jieba.dt.total), len(block)
    scores = [0.0] * (length + 1)
    ends = [0] * length
    for at in range(length - 1, -1, -1):
        best, last, end = -inf, at + 1, at + 1
        count = frequency(block[at])
        while count is not None:
            if count:
                score = log(count) - total + scores[end]
                if score >= best:
                    best, last = score, end
            if end == length:
                break
            end += 1
            count = frequency(block[at:end])
        if best == -inf:
            best = scores[at + 1] - total
        scores[at] = best
        ends[at] = last
    return ends


def _add(found: list[str], word: str, search: bool) -> None:
    """A word, behind the shorter words in it where they are to be searched for."""
    if search and len(word) > 2:
        frequency = jieba.dt.FREQ.get
        for size in (2, 3) if len(word) > 3 else (2,):
            for at in range(len(word) - size + 1):
                if frequency(word[at : at + size]):
                    found.append(word[at : at + size])
    found.append(word)


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    """jieba's dictionary as it is on disk: lines of word, frequency, tag."""
    with jieba.get_dict_file() as dictionary:
        data: bytes = dictionary.read()
    return b"\n" + data


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """The places of jieba's dictionary (tag ns), some ten thousand."""
    found = re.findall(rb"^(\S+) \d+ ns\r?$", _dictionary(), re.MULTILINE)
    return frozenset(word.decode() for word in found)


@lru_cache(maxsize=1 << 14)
def tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives (n, v, a, nr …); empty where it has none."""
    if _tags.cache_info().currsize:
        return _tags().get(word, "")
    load()
    if not jieba.dt.FREQ.get(word):
        return ""  # no word of the dictionary, or only the beginning of one
    # A question asks for a few words: looking through the dictionary is faster than loading it.
    data, line = _dictionary(), b"\n" + word.encode() + b" "
    at = data.find(line)
    return data[at + len(line) : data.index(b"\n", at + 1)].split()[1].decode() if at >= 0 else ""


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    """Every word of the dictionary with its part of speech: half a second, once a process."""
    parts = _dictionary().decode().split()
    return dict(zip(parts[::3], parts[2::3], strict=True))


@lru_cache(maxsize=1 << 15)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of folded `text` with their parts of speech, nothing left out.

    By the dictionary alone, as `tag`; empty where it has no word. Many phrases come again and
    again, so they are kept.
    """
    load()
    tags = _tags()
    return tuple((word, tags.get(word, "")) for word in segmented(text))


def tag_of(word: str) -> str:
    """As `tag`, where many words are asked for: the whole dictionary is loaded."""
    return _tags().get(word, "")


def first_word(text: str) -> tuple[str, str]:
    """The longest word of the dictionary that folded `text` begins with, and its part of speech.

    Faster than cutting the text; of four characters at the most, else the first character.
    """
    tags = _tags()
    for size in (4, 3, 2):
        if (found := tags.get(text[:size])) is not None:
            return text[:size], found
    return text[:1], tags.get(text[:1], "")


def is_common(word: str) -> bool:
    """Whether the dictionary's texts use a word often: 和平, and not 望江."""
    load()
    return int(jieba.dt.FREQ.get(word, 0)) >= _COMMON


def cut(text: str) -> list[str]:
    """The words of `text`, each once where it stands, punctuation left out."""
    return _words(text, search=False)


def index_words(text: str) -> list[str]:
    """The words to index: as `cut`, with the shorter words inside long ones.

    Without jieba's hidden Markov model: it invents a different word for the same unknown
    name in each context, and then a question's name misses the passage's.
    """
    return _words(text, search=True)


def _words(text: str, *, search: bool) -> list[str]:
    found: list[str] = []
    for index, part in enumerate(_DECIMAL.split(fold(text))):
        if index % 2:
            found.append(part)
        else:
            found.extend(word for word in segmented(part, search) if _WORD.fullmatch(word))
    return found


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters of folded `text`, space left out.

    Indexed with positions, a phrase of pairs finds any string of two characters or more
    exactly, whatever jieba makes of it; that is how a place's name is looked up.
    """
    plain = "".join(fold(text).split())
    return [plain[i : i + 2] for i in range(len(plain) - 1)]
