"""The JSON documents of the ledger's commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.ledger import Entry, Quote


def figures_json(entries: Sequence[Entry], quotes: Sequence[Quote]) -> dict[str, Any]:
    """`huibao figures --json`: the figures in order, each with its words."""
    return {
        "figures": [figure_json(entry, quote) for entry, quote in zip(entries, quotes, strict=True)]
    }


def figure_json(entry: Entry, quote: Quote) -> dict[str, Any]:
    """One figure; `value` and `high` are decimals in `unit` as written, `base` in `base_unit`."""
    figure, described = entry.figure, entry.described
    return {
        "report": {
            "id": figure.report_id,
            "title": described.title,
            "place": described.place,
            "period": described.period.key if described.period else None,
            "source": entry.source,
        },
        "ordinal": figure.ordinal,
        "place": figure.place,
        "indicator": figure.indicator,
        "canonical": figure.canonical,
        "value": f"{figure.value:f}",
        "high": None if figure.high is None else f"{figure.high:f}",
        "unit": figure.unit,
        "base": f"{figure.base:f}",
        "base_unit": figure.base_unit,
        "as_of": figure.as_of.key if figure.as_of else None,
        "kind": figure.kind.value,
        "qualifier": list(figure.qualifier),
        "approx": figure.approx,
        "part_of": figure.part_of,
        "text": quote.text,
        "start": figure.start,
        "end": figure.end,
        "sentence": quote.sentence,
    }
