"""`huibao doctor`: a line for each thing, status 1 when something is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.doctor import fonts as asked
from app.draft.layout import FONTS


def test_a_missing_archive_is_broken_and_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["doctor", "--json", "--archive", str(tmp_path / "none")])
    found = {row["name"]: row for row in json.loads(done.stdout)["findings"]}
    assert done.exit_code == 1
    assert found["档案"]["level"] == "broken"
    assert "huibao ingest" in found["档案"]["text"]


def fontconfig(folder: Path, families: str, match: str) -> None:
    for name, text in (("fc-list", families), ("fc-match", match)):
        (folder / name).write_text(f"#!/bin/sh\nprintf '{text}'\n", "utf-8")
        (folder / name).chmod(0o755)


def test_fonts_that_are_there_and_what_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fontconfig(tmp_path, "SimHei,黑体\\nFangSong,仿宋\\n", "Some Sans")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = asked.fonts()
    assert found is not None
    assert [font.name for font in found] == [font.name for font in FONTS]
    rows = {font.name: (font.installed, font.stands_in) for font in found}
    assert rows["黑体"] == (True, None)
    assert rows["仿宋_GB2312"] == (False, "仿宋")
    assert rows["宋体"] == (False, "Some Sans")


def test_without_fontconfig_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert asked.fonts() is None
