"""Undoing the removal of a report: its file is read again from the copy that the archive keeps."""

from __future__ import annotations

from pathlib import Path

from index.archive import Archive, Source
from index.errors import UnreadableFile
from ingest.originals import original_path
from ingest.prepare import RULES, prepare
from ingest.settle import Settler


def restore(archive: Archive, folder: Path, report_id: str, allow_secret: bool) -> bool | None:
    """Undo a removal; the lock must be held. None where no such report was removed.

    False where its file cannot be read just now: it then comes back with the next ingest.
    """
    path = archive.restore_report(report_id)
    if path is None:
        return None
    source = next((one for one in archive.sources() if one.path == path), None)
    if source is None:
        return False  # the file left its folder, and its reports with it
    kept = original_path(folder, source.sha256, Path(path).suffix)
    try:
        prepared = prepare(kept, source.shown, source.sha256, allow_secret)
    except (UnreadableFile, OSError):
        return False
    settled = Settler(archive).settle(path, prepared)
    if report_id not in {one.report.id for one in settled}:
        return False  # other rules divide the file otherwise now
    read = Source(path, source.shown, source.sha256, RULES)
    # Its figures wait: they are read with the office's own indicators, as for all reports.
    archive.put_source(read, [(one.report, one.passages) for one in settled])
    archive.link_duplicates()
    return True
