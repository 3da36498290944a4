"""The archive as one official keeps it: what is in, putting it right, taking new files in."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import texts
from app.uploads import copied, folders
from app.web.names import near
from index.archive import Archive, ReportInfo, open_archive
from index.embedder import Embedder
from index.errors import (
    ArchiveBusy,
    HuibaoError,
    NotFound,
)
from index.lock import writing
from index.records import Described
from index.scoped import ScopedArchive
from ingest.embed import embed_pending
from ingest.job import FileOutcome, Outcome, Progress, bring_indexes_up, ingest
from ingest.restore import restore
from ingest.scan import UPLOADS

if TYPE_CHECKING:
    from app.doctor.checks import Finding

_PATIENCE = 5.0
"""Seconds that a change waits for an ingest that is just writing."""
_LONGEST_WAIT = 1800.0
"""Seconds that an upload waits for a long run of another process."""
_STEP = 0.3
"""Seconds between two looks at an upload that is being taken in."""


class Stopped(HuibaoError):
    """A person has stopped the upload: what was taken in by then stays."""


@dataclass(frozen=True)
class Kept:
    """What intake and drafting of one archive need, whoever's desk it is at."""

    indicators: Path | None = None
    allow_secret: bool = False
    outlines: Path | None = None
    """The folder of an office's own outlines of drafts."""
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Uploads wait for one another."""


@dataclass
class Job:
    """One upload while it is taken in; read by the page, written by its thread."""

    total: int
    names: tuple[str, ...] = ()
    """The files as they were handed over."""
    outcomes: list[FileOutcome] = field(default_factory=list)
    embedded: tuple[int, int] = (0, 0)
    error: str | None = None
    waiting: bool = False
    """Whether another run is writing just now: this one comes after it."""
    done: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def left(self) -> tuple[str, ...]:
        """The files of which nothing was told: they were not looked at."""
        told = {part for one in self.outcomes for part in Path(one.path).parts}
        return tuple(name for name in self.names if name not in told)


class IntakeDesk:
    """The tab 档案 over an archive; of reports that are not among `infos` nothing is told."""

    def __init__(
        self,
        archive: Archive,
        infos: Sequence[ReportInfo],
        embedder: Embedder | None,
        kept: Kept,
        limit: ScopedArchive | None = None,
    ) -> None:
        self._archive = archive
        self._folder = archive.folder
        self._infos = infos
        self._embedder = embedder
        self._kept = kept
        self._limit = limit
        """`archive` where this desk sees only some places of it."""

    def reports(self) -> Sequence[ReportInfo]:
        return self._infos

    def removed(self) -> tuple[tuple[str, str], ...]:
        """(id, title) of what was removed and can be restored."""
        out = (one for one in self._archive.corrections() if one.removed)
        return tuple((one.report_id, str(one.was("title") or one.report_id)) for one in out)

    def duplicates(self) -> tuple[tuple[ReportInfo, ReportInfo, float], ...]:
        """Reports that are nearly alike, as drafts and final versions are, and how much, 0–1."""
        infos = {info.id: info for info in self._infos}
        return tuple(
            (infos[pair.one], infos[pair.other], pair.similarity)
            for pair in self._archive.duplicates()
            if pair.one in infos and pair.other in infos
        )

    def copies(self) -> tuple[tuple[ReportInfo, tuple[str, ...]], ...]:
        """Reports whose very file is there more than once, with the other files."""
        same = self._archive.same_files()
        return tuple((info, same[info.id]) for info in self._infos if info.id in same)

    def health(self) -> tuple[Finding, ...]:
        """Whether this program, its settings, the archive and the disk are in order."""
        from app.doctor.checks import findings

        return tuple(findings(self._folder))

    def correct(self, report_id: str, values: Sequence[str]) -> None:
        """Set `field=value` for good; raises NotFound, UsageError, ArchiveBusy."""
        from app.corrections import correct  # which needs app.desk, which needs this module

        self._known(report_id)
        with writing(self._folder, _PATIENCE), closing(self._open()) as opened:
            allows = self._limit.seen.covers if self._limit is not None else _anything
            correct(opened, report_id, values, allows)
            bring_indexes_up(opened, self._folder, self._kept.indicators)
        self._embed_soon()

    def remove(self, report_id: str) -> None:
        """Take a report out, its file untouched; raises NotFound, ArchiveBusy."""
        self._known(report_id)
        with writing(self._folder, _PATIENCE), closing(self._open()) as opened:
            opened.remove_report(report_id)
            bring_indexes_up(opened, self._folder, self._kept.indicators)

    def restore(self, report_id: str) -> bool:
        """Bring a removed report back; False where it comes back with the next ingest only."""
        if report_id not in {known for known, _ in self.removed()}:
            raise NotFound(texts.not_removed(report_id))
        with writing(self._folder, _PATIENCE), closing(self._open()) as opened:
            present = restore(opened, self._folder, report_id, self._kept.allow_secret)
            if present is None:
                raise NotFound(texts.not_removed(report_id))
            bring_indexes_up(opened, self._folder, self._kept.indicators)
        self._embed_soon()
        return present

    def upload(self, files: Sequence[Path]) -> Iterator[Job]:
        """Keep copies of the files in the archive's folder and take them in, step by step.

        The work goes on in a thread of its own also when nobody looks any more.
        """
        folder = self._folder / UPLOADS / datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        if self._limit is not None:
            folder = folder.joinpath(*folders(self._limit.seen.places))
        paths = copied(files, folder, self._folder)
        job = Job(len(paths), tuple(path.name for path in paths))
        thread = threading.Thread(target=self._take_in, args=(paths, job), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_STEP)
            yield job
        job.done = True
        yield job

    def _take_in(self, paths: Sequence[Path], job: Job) -> None:
        try:
            # One process, so that questions asked meanwhile keep a core; one upload at a time.
            with self._kept.turn:
                self._in_turn([str(path) for path in paths], job)
        except HuibaoError as error:
            job.error = str(error)
            self._brought_up()
        except Exception:  # noqa: BLE001 - a defect: its traceback goes where the server runs
            traceback.print_exc()
            job.error = texts.UPLOAD_FAILED
        if job.error is not None:
            for path in paths:
                if path.name in job.left:
                    path.unlink(missing_ok=True)

    def _in_turn(self, paths: Sequence[str], job: Job) -> None:
        """Take the files in once no other process writes; raises Stopped when told to."""

        def on_file(outcome: FileOutcome, done: int, total: int) -> None:
            job.outcomes.append(self._told(outcome))
            job.total = total
            look()

        def on_embedded(done: int, total: int) -> None:
            job.embedded = (done, total)
            look()

        def look() -> None:
            if job.stop.is_set():
                raise Stopped(texts.UPLOAD_STOPPED)

        give_up = time.monotonic() + _LONGEST_WAIT
        while True:
            look()
            try:
                ingest(
                    paths,
                    self._folder,
                    self._embedder,
                    Progress(on_file, on_embedded),
                    workers=1,
                    allow_secret=self._kept.allow_secret,
                    indicators=self._kept.indicators,
                )
                return
            except ArchiveBusy:
                if time.monotonic() > give_up:
                    raise
                job.waiting = True
                job.stop.wait(_STEP)
            finally:
                job.waiting = job.waiting and not job.outcomes

    def _brought_up(self) -> None:
        """What was taken in before the end came is found from now on."""
        with suppress(HuibaoError), writing(self._folder, _PATIENCE), closing(self._open()) as one:
            one.link_duplicates()
            bring_indexes_up(one, self._folder, self._kept.indicators)

    def _embed_soon(self) -> None:
        """Make the vectors of passages that are described anew, while the page goes on."""
        if self._embedder is not None:
            threading.Thread(target=self._embed, daemon=True).start()

    def _embed(self) -> None:
        assert self._embedder is not None
        # Where another run is writing just now, that run or the next one makes them.
        with (
            suppress(HuibaoError),
            self._kept.turn,
            writing(self._folder, _PATIENCE),
            closing(self._open()) as opened,
        ):
            embed_pending(opened, self._folder, self._embedder)

    def _told(self, outcome: FileOutcome) -> FileOutcome:
        """What became of a file, without a word of a report that this desk may not see."""
        if outcome.twin:
            outcome = replace(outcome, reason=texts.same_as(near(outcome.twin)), twin="")
        if self._limit is None or outcome.outcome in (Outcome.SKIPPED, Outcome.FAILED):
            return outcome
        seen = self._limit.seen.reports
        if outcome.reports and seen.issuperset(outcome.reports):
            return outcome
        # Whether the archive had the same file already is told to nobody who may not see it.
        return replace(outcome, outcome=Outcome.INDEXED, reason=texts.KEPT_OUTSIDE, reports=())

    def _open(self) -> Archive:
        return open_archive(self._folder, write=True)

    def _known(self, report_id: str) -> None:
        if not any(info.id == report_id for info in self._infos):
            raise NotFound(texts.no_such_report(report_id))


def _anything(described: Described) -> bool:
    return True
