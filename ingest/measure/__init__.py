"""Every quantity that a report states, with what it counts, when, where and of what kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.chinese.indicators import load_indicators
from index.records import Measured, Passage, Report
from ingest.measure.ledger import figures

RULES = 5
"""Raised when the reading of figures changes: stored reports are then measured again."""


def measure(
    report: Report, passages: Sequence[Passage], indicators: Path | None = None
) -> Measured:
    """The figures of a report in the order of its text; `indicators` is an office's own file."""
    found = tuple(figures(report, passages, load_indicators(indicators)))
    return Measured(rules_of(indicators), found)


def rules_of(indicators: Path | None = None) -> str:
    """What a stored report's figures are held against: they are as old as rules and indicators."""
    return f"{RULES}:{load_indicators(indicators).digest}"
