"""Which section of a draft is right for what the real report tells under a heading."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache

from app.draft.draft import Draft
from app.draft.material import BASIC, PLANS, PROBLEMS, Said
from app.draft.placing import pairs
from eval.figures import SAMPLE
from index.chinese.fold import fold

_ALIKE = 0.5
"""Share of the pairs of characters that two headings have in common to be of one name."""


def right(section: str, said: Said, made: Draft) -> bool:
    """Whether it stands under the heading that it had, or under one of the same kind."""
    real = said.heading[-1] if said.heading else ""
    alike = [s.heading for s in made.sections if _alike(s.heading, real)]
    if alike:
        return section in alike
    return _class_below(_path(made, section)) == _class_below(said.heading)


def _path(made: Draft, heading: str) -> list[str]:
    """A heading of a draft with the one that it stands below."""
    at = next(n for n, one in enumerate(made.sections) if one.heading == heading)
    tops = [one.heading for one in made.sections[: at + 1] if one.level == 1]
    return list(dict.fromkeys([*tops[-1:], heading]))


def planned(said: Said) -> bool:
    return said.plans or _class_below(said.heading) == "plan"


def _class_below(path: Sequence[str]) -> str:
    """Of headings below one another: plans below plans, else what the innermost says."""
    classes = [class_of(one) for one in path]
    if "plan" in classes:
        return "plan"
    return next((one for one in reversed(classes) if one != "work"), "work")


def _alike(one: str, other: str) -> bool:
    first, second = pairs(one), pairs(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


def class_of(heading: str) -> str:
    words = fold(heading)
    for name, titles in _labels().items():
        if any(words.endswith(title) for title in titles):
            return name
    for name, pattern in (("plan", PLANS), ("problem", PROBLEMS), ("basic", BASIC)):
        if pattern.search(words):
            return name
    return "work"


@lru_cache(maxsize=1)
def _labels() -> dict[str, list[str]]:
    labels = tomllib.loads((SAMPLE.parent / "headings.toml").read_text(encoding="utf-8"))
    return {str(name): [str(title) for title in titles] for name, titles in labels.items()}
