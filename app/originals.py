"""The file that a report was read from, to be handed out as it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath

from app import texts
from app.web.ports import Original
from index.archive import Archive
from index.errors import HuibaoError, NotFound, UnreadableFile
from ingest.originals import original_path
from ingest.readers import load, read


class HoldsMore(HuibaoError):
    """The file has reports of places that whoever asks may not see."""


def original(seen: Archive, whole: Archive, report_id: str) -> Original | None:
    """The file of a report of `seen`, what may be seen of the archive `whole`; None for no report.

    Raises HoldsMore, and NotFound where the copy is gone.
    """
    source = seen.source_of(report_id)
    if source is None:
        return None
    reports = whole.report_ids(source.path)
    if seen is not whole and (
        reports != seen.report_ids(source.path)
        or _removed(whole, source.path) != _removed(seen, source.path)
    ):
        raise HoldsMore(texts.ORIGINAL_HOLDS_MORE)
    suffix = Path(source.path).suffix
    kept = original_path(whole.folder, source.sha256, suffix)
    if not kept.is_file():
        raise NotFound(texts.NO_ORIGINAL)
    # An archive may have come from a computer with the other kind of paths.
    name = PurePosixPath(PureWindowsPath(source.path).as_posix()).name
    return Original(name, kept, partial(_text, whole, tuple(reports), kept, suffix))


def _removed(archive: Archive, path: str) -> set[str]:
    """The reports that a person took out: they still stand in the file."""
    return {one.report_id for one in archive.corrections() if one.removed and one.path == path}


def _text(archive: Archive, reports: tuple[str, ...], kept: Path, suffix: str) -> str:
    """The reports' texts and whatever else a reader finds in the file, headings and notes too."""
    found = [report for one in reports if (report := archive.report(one)) is not None]
    told = "\n".join(report.text for report in found)
    if any(report.position(0, len(report.text)).sure is not None for report in found):
        return told  # recognised: to read it again would take minutes
    try:
        return "\n".join([told, *(line.text for line in read(load(kept), suffix))])
    except OSError as error:
        raise UnreadableFile(texts.NO_ORIGINAL) from error
