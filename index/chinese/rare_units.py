"""Units that say something else in most texts, read only where a question asks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = r"毫米|厘米|分贝|分(?![钟之公店部支厂校红配流辨])|摄氏度|℃"
_ASKED = re.compile(rf"(?:多少|几)(?P<unit>{_UNIT})")
_POINTS = re.compile(r"[高低均总]分(?:数)?(?:是|为|有|考了)?(?:多少|几)(?![个名人位])")
"""最高分是多少: the unit is part of the name."""
_NUMBER = r"(?<![\d.])\d+(?:\.\d+)?(?:多|余)?"
_BEHIND = {"分": "(?![钟之公店部支厂校别类布])"}


def rare_unit(folded: str) -> str | None:
    """The unit of these that a folded question asks in: 下了多少毫米, 最高分多少."""
    asked = _ASKED.search(folded)
    if asked is not None:
        return asked["unit"]
    return "分" if _POINTS.search(folded) else None


def without_rare_unit(folded: str) -> str:
    """The question with 多少毫米 made space, so that offsets stay valid."""
    return _ASKED.sub(lambda found: " " * len(found.group()), folded)


def is_rare_unit(unit: str) -> bool:
    """Whether a unit is one of these."""
    return _ASKED.fullmatch(f"多少{unit}") is not None


def rare_quantities(folded: str, unit: str) -> Iterator[tuple[int, int]]:
    """Yield where folded text states a number in the unit."""
    for match in re.finditer(f"{_NUMBER}{re.escape(unit)}{_BEHIND.get(unit, '')}", folded):
        yield match.span()
