"""The context line: what a passage is indexed with besides its own words."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Described


def context_line(described: Described, heading: Sequence[str]) -> str:
    """Place, period, title and heading path: a sentence does not say which village it speaks of."""
    parts = [
        "".join(reversed(described.within)) + (described.place or ""),
        described.period.chinese if described.period else "",
        described.title,
        *heading,
    ]
    return " ".join(part for part in parts if part)
