"""A chart as a picture: drawn by an installed Chrome or Chromium, without network."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.history import texts
from app.steps import Step, unwatched
from index.errors import UsageError, in_words

if TYPE_CHECKING:
    from kaleido import Kaleido
    from plotly.graph_objects import Figure

_WIDTH = 1000
_LOOK = 0.2
"""Seconds between two looks whether the picture is still wanted."""
_SCALE = 2
"""Pixels of the picture for each of the figure's: sharp in a printed document."""


def write_png(figure: Figure, path: Path, step: Step = unwatched) -> None:
    """Write the figure; a UsageError where no browser is installed or the file cannot be made.

    `step` is called while the browser draws; where it raises, the browser is closed.
    """
    import kaleido
    from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError

    # By default the page would ask a server for the script that sets formulas.
    page = kaleido.PageGenerator(mathjax=False)
    options = {"format": "png", "width": _WIDTH, "height": figure.layout.height, "scale": _SCALE}
    try:
        picture = asyncio.run(
            _drawn(kaleido.Kaleido(n=1, page_generator=page), figure, options, step)
        )
    except ChromeNotFoundError as error:
        raise UsageError(texts.NO_BROWSER) from error
    except (BrowserClosedError, BrowserFailedError) as error:
        raise UsageError(texts.BROWSER_FAILED) from error
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(texts.not_written(path, in_words(error))) from error


async def _drawn(browser: Kaleido, figure: Figure, options: dict[str, Any], step: Step) -> bytes:
    """The picture. What is called off while the browser opens ends once it is open: one that is
    left while it opens would stay."""
    async with browser:
        drawing = asyncio.ensure_future(browser.calc_fig(figure, opts=options))
        # Called off, it fails for want of a browser; that is nobody's affair by then.
        drawing.add_done_callback(lambda done: done.cancelled() or done.exception())
        while not drawing.done():
            step(0, 0)
            await asyncio.wait({drawing}, timeout=_LOOK)
        picture: bytes = drawing.result()
        return picture
