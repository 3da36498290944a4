"""Text to words: jieba over folded text, the same for passages and questions."""

from __future__ import annotations

import logging
import marshal
import os
import re
from contextlib import suppress
from functools import lru_cache
from math import inf, log
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import jieba
from platformdirs import user_cache_dir

from index.chinese.fold import fold

_WORD = re.compile(r"[\u4e00-\u9fffa-z0-9]+|\d+\.\d+")
# Kept whole: jieba would leave 0, ., 52 and % of 0.52%.
_DECIMAL = re.compile(r"(\d+\.\d+)")
_COMMON = 100


class _Lexicon(NamedTuple):
    """jieba's dictionary in one table, which is read in a fifth of a second."""

    codes: dict[str, int]
    """Of each word how often it comes, shifted by _TAG_BITS, with the number of its part of
    speech below; 0 of what only begins a word."""
    total: int
    """How many words were counted."""
    tags: tuple[str, ...]
    """Parts of speech by their numbers; 0 is none."""
    places: frozenset[str]


_TAG_BITS = 7
_TAGS = (1 << _TAG_BITS) - 1
_FORMAT = 1


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    """The dictionary: 0.2 s once a process, but 1 s the first time on a machine.

    jieba keeps its prefix table in the system's temporary folder, where another user could
    have put it, and reads it number by number, without parts of speech; we keep ours in the
    user's own cache and read it whole.
    """
    jieba.setLogLevel(logging.WARNING)
    folder = Path(user_cache_dir("huibao"))
    kept = folder / f"words-{jieba.__version__}-{_FORMAT}.cache"
    try:
        codes, total, tags, places = marshal.loads(kept.read_bytes())
        return _Lexicon(codes, total, tags, places)
    except (OSError, ValueError, EOFError, TypeError):  # none yet, or cut off
        made = _made()
    with suppress(OSError):  # where no cache can be kept it is made each time
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(marshal.dumps(tuple(made)))
        try:
            os.replace(file.name, kept)
        finally:
            Path(file.name).unlink(missing_ok=True)
    return made


def _made() -> _Lexicon:
    with jieba.get_dict_file() as dictionary:
        frequencies, total = jieba.dt.gen_pfdict(dictionary)
    with jieba.get_dict_file() as dictionary:
        parts = dictionary.read().decode().split()
    spoken = dict(zip(parts[::3], parts[2::3], strict=True))  # a word may stand there twice
    numbers = {"": 0}
    for word, tag in spoken.items():
        number = numbers.setdefault(tag, len(numbers))
        if frequencies[word]:
            frequencies[word] = frequencies[word] << _TAG_BITS | number
    assert len(numbers) <= _TAGS
    places = frozenset(word for word, tag in spoken.items() if tag == "ns")
    return _Lexicon(frequencies, total, tuple(numbers), places)


def tokenizer() -> jieba.Tokenizer:
    """jieba's own, for what we do not do ourselves; filled from our table, not from its cache."""
    lexicon, made = _lexicon(), jieba.Tokenizer()
    made.FREQ = {word: code >> _TAG_BITS for word, code in lexicon.codes.items()}
    made.total, made.initialized = lexicon.total, True
    return made


def load() -> None:
    """Load the dictionary, where it is better done before it is needed."""
    _lexicon()


_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)")
_LETTER = re.compile(r"[a-zA-Z0-9]")


def segmented(text: str, search: bool = False) -> list[str]:
    """The words of `text` and what stands between them, as jieba.cut(HMM=False) gives them.

    With `search` as jieba.cut_for_search. The same words from the same dictionary (a test holds
    them to each other); one loop instead of jieba's several takes about half the time.
    """
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
    lexicon = _lexicon()
    code_of, total, length = lexicon.codes.get, log(lexicon.total), len(block)
    scores = [0.0] * (length + 1)
    ends = [0] * length
    for at in range(length - 1, -1, -1):
        best, last, end = -inf, at + 1, at + 1
        code = code_of(block[at])
        while code is not None:
            if code:
                score = log(code >> _TAG_BITS) - total + scores[end]
                if score >= best:
                    best, last = score, end
            if end == length:
                break
            end += 1
            code = code_of(block[at:end])
        if best == -inf:
            best = scores[at + 1] - total
        scores[at] = best
        ends[at] = last
    return ends


def _add(found: list[str], word: str, search: bool) -> None:
    """A word, behind the shorter words in it where they are to be searched for."""
    if search and len(word) > 2:
        code_of = _lexicon().codes.get
        for size in (2, 3) if len(word) > 3 else (2,):
            for at in range(len(word) - size + 1):
                if code_of(word[at : at + size]):
                    found.append(word[at : at + size])
    found.append(word)


def place_names() -> frozenset[str]:
    """The places of jieba's dictionary (tag ns), some ten thousand."""
    return _lexicon().places


def tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives (n, v, a, nr …); empty where it has none."""
    lexicon = _lexicon()
    return lexicon.tags[lexicon.codes.get(word, 0) & _TAGS]


@lru_cache(maxsize=1 << 15)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of folded `text` with their parts of speech, nothing left out.

    By the dictionary alone, as `tag`; empty where it has no word. Many phrases come again and
    again, so they are kept.
    """
    lexicon = _lexicon()
    code_of, tags = lexicon.codes.get, lexicon.tags
    return tuple([(word, tags[code_of(word, 0) & _TAGS]) for word in segmented(text)])


def first_word(text: str) -> tuple[str, str]:
    """The longest word of the dictionary that folded `text` begins with, and its part of speech.

    Faster than cutting the text; of four characters at the most, else the first character.
    """
    lexicon = _lexicon()
    code_of = lexicon.codes.get
    size, code = 1, code_of(text[:1])
    for longer in (2, 3, 4):
        # Whatever begins a longer word is in the table.
        if (found := code_of(text[:longer])) is None:
            break
        if found:
            size, code = longer, found
    return text[:size], lexicon.tags[(code or 0) & _TAGS]


def is_common(word: str) -> bool:
    """Whether the dictionary's texts use a word often: 和平, and not 望江."""
    return _lexicon().codes.get(word, 0) >> _TAG_BITS >= _COMMON


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
