"""An answer as one JSON object: the contract of `huibao ask --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.answer.answer import Answer


def answer_json(answer: Answer) -> dict[str, Any]:
    """All fields of the answer, with its text in words and whether it is a refusal."""
    return {"answer": answer.text, "refused": answer.refused, **asdict(answer)}
