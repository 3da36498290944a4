"""The measurement of drafts on two reports of our own making."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eval.drafts import main
from tests.app.draft.test_compose import LAST, LONG_AGO


def test_drafts_are_held_against_the_real_report(put: Callable[..., Path]) -> None:
    put("一.txt", LONG_AGO)
    folder = put("二.txt", LAST).parent
    score = main(folder)
    assert score.drafts == 1
    assert (score.invented, score.stale, score.unheld) == (0, 0, 0)
    assert score.sourced == score.sentences > 0
    assert score.asked == score.comparable > 0
    assert score.placed == score.supplied > 0
    assert score.covered == score.headings == 4
    assert "待补充召回" in score.table()


def test_a_place_with_one_report_is_no_case(put: Callable[..., Path]) -> None:
    assert main(put("一.txt", LAST).parent).drafts == 0
