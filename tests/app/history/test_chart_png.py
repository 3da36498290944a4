"""A chart as a picture: drawn by a browser that is closed when nobody wants the picture."""

from __future__ import annotations

import shutil
from pathlib import Path

import plotly.graph_objects as go
import pytest
from PIL import Image

from app.history.chart_png import write_png
from app.web.running import Stopped

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="no chromium"
)
_FIGURE = go.Figure(go.Scatter(x=[1, 2], y=[1, 2]), layout={"height": 300})


def test_a_picture_that_is_no_longer_wanted_is_not_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = 0

    def step(done: int, total: int) -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Stopped

    path = tmp_path / "图.png"
    with pytest.raises(Stopped):
        write_png(_FIGURE, path, step)
    assert not path.exists()
    assert "Traceback" not in capfd.readouterr().err
    # The next one has a browser of its own.
    write_png(_FIGURE, path)
    with Image.open(path) as picture:
        assert picture.size == (2000, 600)
