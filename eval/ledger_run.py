"""`huibao eval ledger`: the sample archive's questions that reckon, asked and judged."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from app.desk import ArchiveDesk
from eval.cases import SAMPLE
from eval.ledger_cases import judge, read_cases, table
from ingest.job import ingest

TODAY = date(2023, 8, 1)
"""The day that 近三年 counts from: a month after the sample archive's last reports."""


def main() -> str:
    """The table of one run."""
    cases = read_cases()
    with tempfile.TemporaryDirectory(prefix="huibao-eval-") as name:
        ingest([str(SAMPLE / "reports")], Path(name), None)
        with closing(ArchiveDesk(Path(name), None, TODAY)) as desk:
            verdicts = [judge(case, desk.ask(case.question).text) for case in cases]
    return table(cases, verdicts)
