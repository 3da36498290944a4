"""Components that name no other computer: Gradio's examples for files are addresses on GitHub."""

from __future__ import annotations

from typing import Any


def local(component: Any) -> Any:
    """The component without Gradio's example values in the page's configuration."""
    component.example_payload = _nothing
    component.example_value = _nothing
    return component


def _nothing() -> None:
    return None
