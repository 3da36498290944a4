"""Workbooks: numbers are numbers, text stays text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from app.history.rows import history
from app.history.workbook import write_history
from index.archive import Archive
from tests.app.history.told import tell


def test_text_that_begins_like_a_formula_stays_text(archive: Archive, tmp_path: Path) -> None:
    tell(archive, "r1", "=1+1有党员64名。", "低保户约12户。")
    path = tmp_path / "a.xlsx"
    write_history(history(archive, "枧头村"), path)

    book = load_workbook(path)
    cells = [cell for row in book["出处"].rows for cell in row]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    table = {row[0]: row[3] for row in book["历史"].values}
    assert table["党员"] == Decimal(64)
    assert table["低保"] == "约12"
    sheet = book["历史"]
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        True,
    )
