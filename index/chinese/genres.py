"""Kinds of documents (文种): their names, which covers which, where a question means one."""

from __future__ import annotations

import re
from collections.abc import Iterable

GENRES = (
    "政府工作报告", "调研报告", "述职报告", "工作报告", "情况报告", "自查报告", "情况汇报",
    "工作汇报", "汇报材料", "工作总结", "情况总结", "总结报告", "实施方案", "工作方案",
    "工作计划", "工作要点", "规划", "通报", "简报", "小结", "汇报", "总结", "报告", "计划", "方案",
    "通知",
)  # fmt: skip
"""Words that name the kind of a document, the longer first where one contains another."""

_LOOSE = frozenset(
    "工作报告 情况报告 情况汇报 工作汇报 汇报材料 工作总结 情况总结 总结报告 "
    "工作计划 工作要点".split()
)
"""What officials call the same paper by turns: said in a question, they are no condition."""
_SHORTEST = 4
_INSIDE = r"(?:里面?|里头|当中|中(?![央心小])|上(?=[提说写讲]))"
_SAYS = r"(?:(?:是怎么|怎么|是如何|如何)?(?:提到|提出|写|说|指出|显示|讲|披露))"


def covers(asked: str, genre: str | None) -> bool:
    """Whether a document of a kind counts where `asked` is meant: 总结 covers 工作总结."""
    return genre is not None and asked in genre


def may_be(asked: str, genre: str | None) -> bool:
    """Whether a document of a kind, or of none that is known, may be what `asked` means.

    What is titled 工作报告 only may be called 政府工作报告.
    """
    return not genre or genre in asked or asked in genre


def genre_keys(genre: str | None) -> list[str]:
    """The names that cover a document's kind, by which search finds it."""
    if not genre:
        return []
    return sorted({genre, *(one for one in GENRES if one in genre)})


def genre_asked(folded: str, known: Iterable[str]) -> tuple[str, tuple[int, int]] | None:
    """The kind of document inside which a folded question looks, and where it says so.

    Only what is beyond doubt: a kind that the archive has, of a name of its own, followed by 里 or
    by what a document does. `known` are the kinds of the archive's reports.
    """
    for name in sorted({one for one in known if _is_sure(one)}, key=len, reverse=True):
        found = re.search(rf"(?<!《){re.escape(name)}(?={_INSIDE}|{_SAYS})", folded)
        if found is not None:
            return name, found.span()
    return None


def names_kind(folded: str) -> bool:
    """Whether a text speaks of any kind of document."""
    return any(one in folded for one in GENRES)


def _is_sure(name: str) -> bool:
    return len(name) >= _SHORTEST and name not in _LOOSE
