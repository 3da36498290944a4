"""How far a long work is, told by whoever does it to whoever waits, who may call it off."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int], None]
"""Gets how much of how much is done; what it raises ends the work."""


def unwatched(done: int, total: int) -> None:
    """Nobody waits."""
