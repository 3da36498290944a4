"""A draft as JSON and back, without loss."""

from __future__ import annotations

from pydantic import TypeAdapter

from app.draft.draft import Draft

_DRAFT = TypeAdapter(Draft)


def to_json(draft: Draft) -> str:
    """The whole draft as one line of JSON."""
    return _DRAFT.dump_json(draft).decode()


def from_json(text: str) -> Draft:
    """Read what `to_json` wrote; raises ValueError for anything else."""
    return _DRAFT.validate_json(text)
