"""`python -m eval.alarms [SHARED]`: the alarms held against the contradictions that people found.

Scores those of the sample archive and, where SHARED holds them, of the seeds; prints those of the
government work reports named in alarm_reports.txt, each to be judged by a person.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.history.alarm import Alarm
from app.history.check import check
from eval.figures import LABELS, SAMPLE, Folders
from eval.figures_alarms import Alarm as Raised
from eval.figures_alarms import (
    AlarmScore,
    Contradiction,
    alarm_table,
    carry,
    read_contradictions,
    score_alarms,
)
from eval.figures_text import Alignment
from index.archive import Archive, open_archive
from ingest.job import ingest

SHARED = Path("../shared")


@dataclass(frozen=True)
class Outcome:
    """The score, and the alarms of the reports that nobody has read before."""

    score: AlarmScore
    unread: tuple[Alarm, ...]
    reports: int
    """How many of those reports there are."""

    def table(self) -> str:
        lines = [alarm_table(self.score), "", f"{self.reports} reports, alarms: {len(self.unread)}"]
        for alarm in self.unread:
            lines.append(f"{alarm.kind.value}  {alarm.place}  {alarm.arithmetic}")
            lines += (f"    {one.source}: «{one.quote}»" for one in alarm.citations)
        return "\n".join(lines)


def run(shared: Path = SHARED) -> Outcome:
    """Ingest each group of files into an archive of its own, without vectors, and check it."""
    folders = Folders(shared)
    gold = read_contradictions(LABELS / "alarms.jsonl")
    raised: list[Raised] = []
    there: list[Contradiction] = []
    for kind, folder in (("archive", SAMPLE), ("seeds", shared / "seeds")):
        if folder.is_dir():
            raised += _raised(folders, kind, folder)
            there += [one for one in gold if _kind(one) == kind]
    names = (LABELS / "alarm_reports.txt").read_text("utf-8").split()
    paths = [path for name in names if (path := shared / "reports" / "docs" / name).is_file()]
    unread: list[Alarm] = []
    if paths:
        with tempfile.TemporaryDirectory() as data:
            archive = _ingested(paths, Path(data))
            with closing(archive):
                unread = check(archive)
    return Outcome(score_alarms(there, raised), tuple(unread), len(paths))


def _kind(one: Contradiction) -> str:
    return one.quotes[0][0].file.partition("/")[0]


def _raised(folders: Folders, kind: str, folder: Path) -> Iterator[Raised]:
    with tempfile.TemporaryDirectory() as data, closing(_ingested([folder], Path(data))) as archive:
        reports: dict[str, tuple[str, Alignment]] = {}
        for source in archive.sources():
            file = f"{kind}/{Path(source.path).resolve().relative_to(folder.resolve()).as_posix()}"
            begin = 0
            for report_id in archive.report_ids(source.path):
                report = archive.report(report_id)
                if report is not None:
                    alignment = Alignment(folders.text(file), report.text, begin)
                    begin = alignment.end
                    reports[report_id] = file, alignment
        for alarm in check(archive):
            quotes = [(one.report_id, one.start, one.end) for one in alarm.citations]
            yield carry(alarm.kind.value, quotes, reports)


def _ingested(paths: Sequence[Path], data: Path) -> Archive:
    ingest([str(path) for path in paths], data, None)
    return open_archive(data)


if __name__ == "__main__":
    print(run(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED).table())
