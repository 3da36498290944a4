"""A draft as JSON, in the shape of the contract, with what the page needs beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.draft.draft import Draft


def draft_json(draft: Draft) -> dict[str, Any]:
    """Sections, citations, figures, gaps and verification; periods as keys, days as ISO dates."""
    found = asdict(draft)
    found["period"] = draft.period.key
    found["last"] = draft.last.key if draft.last else None
    found["dated"] = draft.dated.isoformat() if draft.dated else None
    return found
