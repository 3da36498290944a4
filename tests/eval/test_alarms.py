"""The contradictions planted in the sample archive are found, and nothing else is raised there."""

from __future__ import annotations

from pathlib import Path

from eval.alarms import run
from eval.figures_match import Rate


def test_all_that_is_planted_is_found_and_nothing_else(tmp_path: Path) -> None:
    found = run(tmp_path / "not there")

    assert found.score.planted == Rate(3, 3)
    assert found.score.raised == Rate(3, 3)
    assert (found.reports, found.unread) == (0, ())
