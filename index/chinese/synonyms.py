"""Words that mean the same in work reports, from a file that an office can extend."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from index.chinese.fold import fold

_TOLD_BY = ">"


class Synonyms:
    """Groups of words; a word in several groups has the words of all of them beside it."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._beside: dict[str, tuple[str, ...]] = {}
        for group in groups:
            words = tuple(dict.fromkeys(fold(word) for word in group))
            # 困难户 > 低保户: the first is told by the second, and not the other way round.
            wide = words[: words.index(_TOLD_BY)] if _TOLD_BY in words else words
            words = tuple(word for word in words if word != _TOLD_BY)
            for word in wide:
                others = (*self._beside.get(word, ()), *(other for other in words if other != word))
                self._beside[word] = tuple(dict.fromkeys(others))

    def of(self, word: str) -> tuple[str, ...]:
        """The folded word itself first, then the words of its groups."""
        return word, *self._beside.get(word, ())

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of every group."""
        return tuple(self._beside)


def read_groups(text: str) -> list[list[str]]:
    """The groups of a synonyms file: one a line, words divided by space, # for remarks."""
    lines = (line.strip() for line in text.splitlines())
    return [line.split() for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=4)
def load_synonyms(extra: Path | None = None) -> Synonyms:
    """The built-in groups and those of an office's own file."""
    groups = read_groups(files(__package__).joinpath("synonyms.txt").read_text("utf-8"))
    if extra is not None:
        groups += read_groups(extra.read_text("utf-8-sig"))
    return Synonyms(groups)
