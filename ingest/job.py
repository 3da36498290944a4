"""The ingest run: scan, read, store, index by words, then embed; safe to stop anywhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from index.archive import Archive, Copy, Source, create_archive
from index.dense import DenseIndex
from index.embedder import Embedder
from index.errors import HeldBack, UnreadableFile, in_words
from index.lexical_writer import LexicalWriter
from index.lock import writing
from index.rows import FigureRows
from ingest.containers import forget
from ingest.embed import check_identity, embed_pending
from ingest.originals import keep_original, sweep
from ingest.prepare import RULES
from ingest.readers import readable
from ingest.scan import Found, Scan, gone, is_gone, scan, sha256_of
from ingest.settle import Settler, measure_waiting
from ingest.workers import Result, Task, Workers, collecting_seldom

LEXICAL_FOLDER = "lexical"
_COMMIT_SECONDS = 2.0


class Outcome(StrEnum):
    """What happened to one file, as the command line's contract names it."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REMOVED = "removed"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class FileOutcome:
    """One file's result; `reason` says why it was skipped, failed or is a duplicate."""

    path: str
    outcome: Outcome
    reason: str | None = None
    reports: tuple[str, ...] = ()
    twin: str = ""
    """The path of the file of the same content that was taken in instead."""


@dataclass(frozen=True)
class Progress:
    """Whom to tell: `on_file(outcome, done, total)`, `on_embedded(done, total)`."""

    on_file: Callable[[FileOutcome, int, int], None] = lambda outcome, done, total: None
    on_embedded: Callable[[int, int], None] = lambda done, total: None


@dataclass(frozen=True)
class JobResult:
    """The whole run; `words_seconds` until everything could be found by words."""

    files: tuple[FileOutcome, ...]
    reports: int
    passages: int
    figures: int
    pending: int
    words_seconds: float
    seconds: float


@dataclass
class _Run:
    archive: Archive
    folder: Path
    writer: LexicalWriter
    settler: Settler
    progress: Progress
    total: int
    allow_secret: bool
    indicators: Path | None
    files: list[FileOutcome] = field(default_factory=list)
    followed: float = field(default_factory=time.monotonic)
    measured: dict[str, FigureRows] = field(default_factory=dict)
    """Figures of the last reports, not stored yet; without them a report waits to be measured."""

    def tell(self, outcome: FileOutcome) -> None:
        self.files.append(outcome)
        self.progress.on_file(outcome, len(self.files), self.total)
        if time.monotonic() - self.followed > _COMMIT_SECONDS:
            self.keep_figures()
            self.writer.follow()
            self.followed = time.monotonic()

    def keep_figures(self) -> None:
        """Store the figures that were read, those of many reports at once.

        They go all over their table's indices: a transaction for each report writes the same
        pages again and again.
        """
        if self.measured:
            self.archive.put_figures(self.measured)
            self.measured = {}


def ingest(
    given: Sequence[str],
    folder: Path,
    embedder: Embedder | None,
    progress: Progress | None = None,
    workers: int | None = None,
    allow_secret: bool = False,
    indicators: Path | None = None,
) -> JobResult:
    """Take the given files and folders into the archive at `folder`.

    A file with a secrecy mark is skipped unless `allow_secret`. `indicators` is an office's own
    file of canonical indicators, of which figures are told by name.
    Without an embedder the passages stay in the queue and are found by words only. Raises
    UsageError, ArchiveBusy, ArchiveUnusable, DiskFull, EmbedderMismatch; a file that cannot be
    read is an outcome, not an error. Killed at any moment, the next run goes on from there.
    """
    begun = time.monotonic()
    progress = progress or Progress()
    scanned = scan(given, folder)
    with writing(folder), collecting_seldom():
        sweep(folder)
        archive = create_archive(folder)
        try:
            if embedder is not None:
                check_identity(archive, embedder.identity)
            files = _take_in(
                archive, folder, given, scanned, progress, workers, allow_secret, indicators
            )
            words_seconds = time.monotonic() - begun
            if embedder is not None:
                embed_pending(archive, folder, embedder, progress.on_embedded)
            reports, passages, pending = archive.counts()
            figures = archive.figure_count()
        finally:
            archive.close()
            forget()
    return JobResult(
        tuple(files),
        reports,
        passages,
        figures,
        pending,
        words_seconds,
        time.monotonic() - begun,
    )


def _take_in(
    archive: Archive,
    folder: Path,
    given: Sequence[str],
    scanned: Scan,
    progress: Progress,
    workers: int | None,
    allow_secret: bool,
    indicators: Path | None,
) -> list[FileOutcome]:
    found = scanned.sorted()
    known = {source.path: source for source in archive.sources()}
    missing = gone(known, given, found)
    total = len(found) + len(missing) + len(scanned.unreadable) + len(scanned.refused)
    with LexicalWriter(folder / LEXICAL_FOLDER, archive) as writer:
        settler = Settler(archive, indicators)
        run = _Run(archive, folder, writer, settler, progress, total, allow_secret, indicators)
        for shown, reason in scanned.unreadable:
            run.tell(FileOutcome(shown, Outcome.FAILED, f"无法打开文件夹：{reason}"))
        for refused in scanned.refused:
            outcome = Outcome.SKIPPED if refused.skipped else Outcome.FAILED
            run.tell(FileOutcome(refused.shown, outcome, refused.reason))
        for path in missing:
            reports = tuple(archive.report_ids(path))
            archive.remove_source(path)
            run.tell(FileOutcome(known.pop(path).shown, Outcome.REMOVED, None, reports))
        archive.remove_copies(gone([copy.path for copy in archive.copies()], given, found))
        with _pool(len(found), workers) as pool:
            for task, result in pool.run(_tasks(run, known, found)):
                _store(run, known, task, result)
        run.keep_figures()
        archive.link_duplicates()
        measure_waiting(archive, indicators)
        writer.follow()
    return run.files


def bring_indexes_up(archive: Archive, folder: Path, indicators: Path | None = None) -> None:
    """Bring figures and indexes to the archive's present state; the lock must be held."""
    measure_waiting(archive, indicators)
    with LexicalWriter(folder / LEXICAL_FOLDER, archive) as writer:
        writer.follow()
    dense = DenseIndex(folder)
    if dense.catch_up(archive):
        dense.save()


def _pool(files: int, workers: int | None) -> AbstractContextManager[Workers]:
    # A few files are done before a second process has loaded its dictionary.
    return Workers(workers) if files >= 12 and workers != 1 else nullcontext(Workers(1))


def _tasks(run: _Run, known: dict[str, Source], found: Sequence[Found]) -> Iterator[Task]:
    """What has to be read; everything else is told at once."""
    contents = _Contents(known, found)
    for file in found:
        path = str(file.path)
        if not readable(file.path):
            suffix = file.path.suffix or "无后缀"
            run.tell(FileOutcome(file.shown, Outcome.SKIPPED, f"暂不支持的格式：{suffix}"))
            continue
        try:
            sha256 = contents.hash_of(path)
        except UnreadableFile as error:  # of a member of a zip
            run.tell(FileOutcome(file.shown, Outcome.FAILED, str(error)))
            continue
        except OSError as error:
            run.tell(FileOutcome(file.shown, Outcome.FAILED, f"无法读取：{in_words(error)}"))
            continue
        before = known.get(path)
        if before and before.sha256 == sha256 and before.reader == RULES:
            ids = tuple(run.archive.report_ids(path))
            run.tell(FileOutcome(file.shown, Outcome.UNCHANGED, None, ids))
            continue
        owner = contents.owner(sha256, path)
        if owner != path:
            run.archive.remove_source(path)  # what it held before it became a copy
            run.archive.put_copy(Copy(path, file.shown, sha256))
            reason = f"内容与 {owner} 相同"
            run.tell(FileOutcome(file.shown, Outcome.DUPLICATE, reason, twin=owner))
            continue
        yield Task(file, sha256, run.allow_secret, run.indicators)


class _Contents:
    """Which file holds which content now: a copy is taken in once."""

    def __init__(self, known: dict[str, Source], found: Sequence[Found]) -> None:
        self._owners = {source.sha256: source.path for source in known.values()}
        self._found = {str(file.path) for file in found}
        self._hashes: dict[str, str] = {}

    def hash_of(self, path: str) -> str:
        if path not in self._hashes:
            self._hashes[path] = sha256_of(Path(path))
        return self._hashes[path]

    def owner(self, sha256: str, path: str) -> str:
        """The file that brings this content: the one that did before, if it still holds it."""
        owner = self._owners.get(sha256)
        if owner is None or not self._holds(owner, sha256):
            self._owners[sha256] = owner = path
        return owner

    def _holds(self, owner: str, sha256: str) -> bool:
        if owner not in self._found:
            return not is_gone(owner)
        try:
            return self.hash_of(owner) == sha256
        except (OSError, UnreadableFile):
            return True  # it cannot be read now, and the archive keeps what it brought


def _store(run: _Run, known: dict[str, Source], task: Task, result: Result) -> None:
    shown, path = task.file.shown, str(task.file.path)
    try:
        if isinstance(result, UnreadableFile):
            raise result
        keep_original(run.folder, task.file.path, task.sha256)
    except HeldBack as error:
        run.archive.remove_source(path)  # what it held before it was marked
        run.tell(FileOutcome(shown, Outcome.SKIPPED, str(error)))
        return
    except UnreadableFile as error:
        # What an earlier, readable version of the file brought stays in the archive.
        run.tell(FileOutcome(shown, Outcome.FAILED, str(error)))
        return
    source = Source(path, shown, task.sha256, RULES)
    settled = run.settler.settle(path, result)
    run.archive.put_source(source, [(one.report, one.passages) for one in settled])
    for one in settled:
        run.writer.prepare(one.report.id, one.documents)
        run.measured[one.report.id] = one.measured
    outcome = Outcome.UPDATED if path in known else Outcome.INDEXED
    ids = tuple(one.report.id for one in settled)
    run.tell(FileOutcome(shown, outcome, None, ids))
