"""A chart as a picture: drawn by an installed Chrome or Chromium, without network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.history import texts
from index.errors import UsageError, in_words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_WIDTH = 1000
_SCALE = 2
"""Pixels of the picture for each of the figure's: sharp in a printed document."""


def write_png(figure: Figure, path: Path) -> None:
    """Write the figure; a UsageError where no browser is installed or the file cannot be made."""
    import kaleido
    from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError

    # By default the page would ask a server for the script that sets formulas.
    page = kaleido.PageGenerator(mathjax=False)
    options = {"format": "png", "width": _WIDTH, "height": figure.layout.height, "scale": _SCALE}
    try:
        picture: bytes = kaleido.calc_fig_sync(figure, opts=options, kopts={"page_generator": page})
    except ChromeNotFoundError as error:
        raise UsageError(texts.NO_BROWSER) from error
    except (BrowserClosedError, BrowserFailedError) as error:
        raise UsageError(texts.BROWSER_FAILED) from error
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(texts.not_written(path, in_words(error))) from error
