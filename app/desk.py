"""The archive as one official sees it: ask, open a report, look at what there is."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app import texts
from app.answer.answer import Answer, Scope
from app.answer.conversation import understood
from app.answer.from_archive import from_archive
from app.answer.telling import HITS
from app.examples import example_questions
from app.web.ports import Original, Overview
from index.archive import Archive, ReportInfo, open_archive
from index.chinese.indicators import Indicators, load_indicators
from index.chinese.synonyms import Synonyms
from index.embedder import Embedder
from index.errors import ArchiveBusy, NotFound, UsageError
from index.feedback import Feedback, Opinion
from index.lock import writing
from index.query import Query
from index.records import Hit, Period, Report
from index.reranker import Reranker
from index.scoped import ScopedArchive
from index.search import Found, Searcher
from index.sight import Sight
from ingest.embed import check_identity
from ingest.job import LEXICAL_FOLDER

if TYPE_CHECKING:
    # Loaded when a desk is asked for: a question on the command line needs none of them.
    from app.answer.calls import Exchange
    from app.answer.generate import Generator
    from app.audit import AuditLog
    from app.draft.at_desk import Drafting
    from app.draft.office import DraftOffice
    from app.history.desk import LedgerDesk
    from app.intake import IntakeDesk, Kept

_QUESTION_MAX = 500


class ArchiveDesk:
    """A Desk over an archive folder; several threads may use it at once.

    Raises ArchiveUnusable, and EmbedderMismatch for an archive of another model's vectors.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder | None,
        today: date | None = None,
        generator: Generator | None = None,
        audit: AuditLog | None = None,
        *,
        synonyms: Synonyms | None = None,
        reranker: Reranker | None = None,
        indicators: Indicators | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._kept = kept
        self._archive = open_archive(folder)
        self._whole = self._archive
        if embedder is not None:
            check_identity(self._archive, embedder.identity)
        self._today = today
        self._indicators = indicators or load_indicators()
        self._generator = generator
        self._audit = audit
        self._who = ""
        self._limit: ScopedArchive | None = None
        self._limited: dict[Sight, ArchiveDesk] = {}
        self._limiting = threading.Lock()
        self._examples: dict[int, tuple[str, ...]] = {}
        self._searcher = Searcher(
            self._archive, folder / LEXICAL_FOLDER, embedder, synonyms, reranker
        )
        if self._searcher.behind:
            self._mend(folder)

    def _mend(self, folder: Path) -> None:
        """Bring a lost or stale keyword index up to date, unless an ingest is just doing it."""
        try:
            with writing(folder):
                self._searcher.lexical.catch_up(self._archive)
        except ArchiveBusy:
            return
        self._searcher.refresh()

    def close(self) -> None:
        if self._generator is not None:
            self._generator.close()
        for desk in self._limited.values():
            desk._searcher.lexical.close()
            desk._archive.close()
        self._archive.close()

    def signed(self, who: str) -> ArchiveDesk:
        """This desk for one person, whose name the audit trail keeps with each answer."""
        mine = copy(self)
        mine._who = who
        return mine

    def limited(self, places: Iterable[str]) -> ArchiveDesk:
        """This desk as if the archive held the reports of these places and no others."""
        sight = Sight.of(places)
        if (known := self._limited.get(sight)) is not None:
            return known
        # The keyword index of many reports takes its time, once for all users of these places.
        with self._limiting:
            if sight not in self._limited:
                archive = ScopedArchive(self._archive, sight)
                mine = copy(self)
                mine._archive = mine._limit = archive
                mine._searcher = self._searcher.limited(archive)
                mine._examples = {}
                self._limited[sight] = mine
            return self._limited[sight]

    def search(self, question: str, limit: int = 10) -> Found:
        """The passages for a question, the best first."""
        return self._searcher.search(self._understand(question, None, None), limit)

    def ask(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        genre: str | None = None,
    ) -> Answer:
        """The whole answer; raises UsageError for an unusable question."""
        *_, answer = self.answers(question, place, period, genre=genre)
        return answer

    def answers(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        before: Sequence[str] = (),
        without: Sequence[Scope] = (),
        genre: str | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer as it grows, every sentence verified; the last is the whole one.

        Without a language model there is one: the archive's own sentences. `before` are the
        questions of this conversation so far; what this one leaves out is taken from them.
        `without` is what was taken by hand out of the scope of each of them and of this one.
        """
        begun = time.perf_counter()
        query = understood(
            (*before, question),
            lambda earlier: self._searcher.understand(earlier, self._today),
            lambda last: self._understand(last, place, period, genre),
            without,
        )
        found = self._searcher.search(query, HITS, join=False)
        answer = self._extracted(question, query, found)
        trail: list[Exchange] = []
        growing: Iterable[Answer] = (answer,)
        if self._generator is not None:
            growing = self._generator.answers(query, found.hits, answer, self._earlier, trail)
        for one in growing:
            answer = replace(one, seconds=round(time.perf_counter() - begun, 4))
            yield answer
        if self._audit is not None:
            model = self._generator.name if self._generator else None
            self._audit.keep(answer, model, trail, self._who)

    def _quoted(self, question: str) -> Answer:
        """The archive's own answer to a question that nobody asked: no model, no trail."""
        query = self._understand(question, None, None)
        return self._extracted(question, query, self._searcher.search(query, HITS, join=False))

    def _extracted(self, question: str, query: Query, found: Found) -> Answer:
        return from_archive(question, query, found, self._archive, self._searcher, self._indicators)

    def _earlier(self, hit: Hit) -> str:
        """What stands before a passage on its first line, where an enumeration may be opened."""
        return self._archive.before((hit.stored.id,)).get(hit.stored.id, "")

    def rate(self, opinion: Opinion) -> None:
        """Keep what somebody said of an answer, for evaluation."""
        with closing(Feedback(self._folder)) as feedback:
            feedback.keep(opinion)

    def report(self, report_id: str) -> Report | None:
        return self._archive.report(report_id)

    def original(self, report_id: str) -> Original | None:
        """The file that a report was read from; raises HoldsMore, or NotFound without a copy."""
        from app.originals import original

        return original(self._archive, self._whole, report_id)

    def may(self, method: str) -> bool:
        """Anything: who is held to less works at a desk around this one."""
        return True

    def infos(self) -> list[ReportInfo]:
        return self._searcher.infos()

    def overview(self) -> Overview:
        reports, passages, pending = self._archive.counts()
        infos = self.infos()
        return Overview(
            reports,
            passages,
            pending,
            tuple(sorted({info.described.place for info in infos if info.described.place})),
            tuple(sorted({p.key for info in infos if (p := info.described.period)})),
            tuple(sorted({info.described.genre for info in infos if info.described.genre})),
        )

    def examples(self) -> tuple[str, ...]:
        """Three questions that this archive answers, made from what its reports state."""
        infos, generation = self.infos(), self._searcher.generation
        # Every page that is opened shows them; to find some, a dozen questions may be asked.
        kept = self._examples.get(generation)
        if kept is None:
            kept = example_questions(self._archive, infos, self._quoted)
            self._examples.clear()
            self._examples[generation] = kept
        return kept

    def drafting(self) -> DraftOffice:
        """The drafts that are kept, and what makes new ones from the archive's reports."""
        return self._composer().office()

    def _composer(self) -> Drafting:
        from app.draft.at_desk import Drafting

        kept = self._kept
        return Drafting(
            self._archive,
            self._folder,
            self._limit,
            kept.outlines if kept else None,
            kept.indicators if kept else None,
            self._generator,
            self._audit,
            self._who,
        )

    def intake(self) -> IntakeDesk:
        """What is in the archive, to put right and to add to."""
        from app.intake import IntakeDesk, Kept

        kept = self._kept or Kept()
        return IntakeDesk(self._archive, self.infos(), self._embedder, kept, self._limit)

    def ledger(self) -> LedgerDesk:
        """What reports told over time, of the reports that this desk may see."""
        from app.history.desk import LedgerDesk

        return LedgerDesk(self._archive, self._folder, self.infos())

    def _understand(
        self, question: str, place: str | None, period: str | None, genre: str | None = None
    ) -> Query:
        if not question.strip():
            raise UsageError(texts.EMPTY_QUESTION)
        if len(question) > _QUESTION_MAX:
            raise UsageError(texts.long_question(len(question), _QUESTION_MAX))
        try:
            chosen = Period.parse(period) if period else None
        except ValueError as error:
            raise UsageError(texts.bad_period(period or "")) from error
        return self._searcher.understand(question, self._today, place, chosen, genre)


def report_or_raise(reports: ArchiveDesk | Archive, report_id: str) -> Report:
    """The report with this id; raises NotFound, naming the command that lists them."""
    report = reports.report(report_id)
    if report is None:
        raise NotFound(texts.no_such_report(report_id))
    return report
