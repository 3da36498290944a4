"""The committed renderings of one report are read as exactly as the issue of formats asks."""

from __future__ import annotations

import pytest

from eval.readers import FOLDER, measure

EXACT = "csv docm docx et html md mht ofd pptx txt xls xlsx zip".split()


@pytest.mark.parametrize("suffix", EXACT)
def test_what_is_text_is_read_without_an_error(suffix: str) -> None:
    found = measure(FOLDER / f"report.{suffix}")

    assert found.errors == 0
    assert found.cells.hits == found.cells.of
    assert found.paragraphs.hits == found.paragraphs.of


def test_a_printed_file_is_read_almost_without_an_error() -> None:
    found = measure(FOLDER / "report.pdf")

    assert found.errors <= 0.005
    assert found.cells.hits == found.cells.of


@pytest.mark.long
def test_a_scan_with_noise_and_one_degree_askew() -> None:
    found = measure(FOLDER / "report-noisy.pdf")

    assert found.errors <= 0.03
    assert found.cells.hits == found.cells.of
