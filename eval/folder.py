"""Where a measurement's archive lies: fresh, or kept between runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def eval_archive() -> Iterator[Path]:
    """A folder for an archive; HUIBAO_EVAL_ARCHIVE keeps it, so that it is embedded only once."""
    kept = os.environ.get("HUIBAO_EVAL_ARCHIVE")
    if kept:
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory(prefix="huibao-eval-") as name:
        yield Path(name) / "archive"
