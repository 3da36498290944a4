"""Figures as they are measured, scored on the labelled reports of the sample archive."""

from __future__ import annotations

from eval.figures_run import main


def test_the_sample_archive_s_labels_are_scored() -> None:
    result = main(None)
    outcome = result.outcome
    # Two reports of the sample; those of ../shared are left out without --reports.
    assert (outcome.open.labels, outcome.held.labels, outcome.missing) == (72, 29, 93)
    assert outcome.open.recall("value+unit").value > 0.95
    assert result.as_json()["targets"] == {"right": 0, "of": 0}
    assert "WRONG" not in result.table()
    assert result.table(show_errors=True).startswith(result.table())
