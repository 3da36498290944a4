"""What the web page needs from the rest of the program: its protocols, one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.answer.answer import Answer, Scope
from app.steps import Step, unwatched
from index.archive import ReportInfo
from index.feedback import Opinion
from index.records import Report
from index.search import Found

if TYPE_CHECKING:
    import gradio as gr

    from app.doctor.checks import Finding
    from app.draft.office import DraftOffice
    from app.history.alarm import Alarm
    from app.history.coverage import Coverage
    from app.history.rows import History
    from app.intake import Job


@dataclass(frozen=True)
class Overview:
    """The size of the archive and what a question can be limited to."""

    reports: int
    passages: int
    pending: int
    """Passages that are still without vectors: found by their words only."""
    places: tuple[str, ...]
    periods: tuple[str, ...]
    """Period keys, `2018H1`."""
    genres: tuple[str, ...] = ()
    unknown: bool = False
    """Whether nothing of it is told, as it is not known yet who will open the page."""


@dataclass(frozen=True)
class Original:
    """The file that a report was read from, as the archive keeps it."""

    name: str
    path: Path
    text: Callable[[], str]
    """All that is read in the file; raises UnreadableFile."""


class Desk(Protocol):
    """The archive as one official sees it; methods may raise HuibaoError, from any thread."""

    def ask(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        genre: str | None = None,
    ) -> Answer: ...

    def answers(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        before: Sequence[str] = (),
        without: Sequence[Scope] = (),
        genre: str | None = None,
    ) -> Iterator[Answer]:
        """The answer as it grows, at least once; the last is the whole one.

        `before` are the questions of this conversation so far; `without` is what was taken by
        hand out of the scope of each of them and of this one.
        """
        ...

    def rate(self, opinion: Opinion) -> None:
        """Keep what somebody said of an answer, in place of an opinion of the same id."""
        ...

    def search(self, question: str, limit: int = 10) -> Found:
        """The passages for a question, the best first."""
        ...

    def report(self, report_id: str) -> Report | None: ...

    def original(self, report_id: str) -> Original | None:
        """The report's own file; may raise NotAllowed where more is in it than may be seen."""
        ...

    def may(self, method: str) -> bool:
        """Whether a method of this desk, or of a part of it, is open to its person."""
        ...

    def overview(self) -> Overview: ...

    def examples(self) -> tuple[str, ...]:
        """Up to three questions that this archive can answer."""
        ...

    def intake(self) -> ArchiveAdmin:
        """What is in the archive, of the reports that this desk may see."""
        ...

    def ledger(self) -> HistoryDesk:
        """What reports told over time, of the reports that this desk may see."""
        ...

    def drafting(self) -> DraftOffice:
        """The drafts that are kept, and what makes new ones."""
        ...


class HistoryDesk(Protocol):
    """The tab 历次上报: figures over time, alarms, coverage; methods may raise HuibaoError."""

    def places(self) -> tuple[str, ...]: ...

    def within(self, town: str) -> tuple[str, ...]:
        """A township and the places in it that filed."""
        ...

    def history(self, place: str) -> History: ...

    def alarms(self, place: str | None = None, step: Step = unwatched) -> tuple[Alarm, ...]:
        """The alarms of a place, or of all: `step` learns how far it is, and may end it."""
        ...

    def coverage(self) -> Coverage: ...

    def settle(
        self, alarm_id: str, remark: str, who: str | None, step: Step = unwatched
    ) -> None: ...

    def reopen(self, alarm_id: str, step: Step = unwatched) -> None: ...


class ArchiveAdmin(Protocol):
    """The tab 档案: what is in, putting it right, adding to it; methods may raise HuibaoError."""

    def reports(self) -> Sequence[ReportInfo]: ...

    def removed(self) -> tuple[tuple[str, str], ...]:
        """(id, title) of what can be restored."""
        ...

    def duplicates(self) -> tuple[tuple[ReportInfo, ReportInfo, float], ...]:
        """Reports that are nearly alike, and how much, 0–1."""
        ...

    def copies(self) -> tuple[tuple[ReportInfo, tuple[str, ...]], ...]:
        """Reports whose very file is there more than once, with the other files."""
        ...

    def health(self) -> tuple[Finding, ...]:
        """Whether the program, its settings, the archive and the disk are in order."""
        ...

    def correct(self, report_id: str, values: Sequence[str]) -> None: ...

    def remove(self, report_id: str) -> None: ...

    def restore(self, report_id: str) -> bool: ...

    def upload(self, files: Sequence[Path]) -> Iterator[Job]:
        """The upload while it is taken in, again and again until it is done."""
        ...


class Desks(Protocol):
    """Whose desk an event is answered at; every handler of the page asks anew."""

    def of(self, request: gr.Request | None) -> Desk:
        """The desk of the person who sent the request; may raise HuibaoError.

        Without a request, the desk that the page is drawn from before anybody opens it: the HTML
        that everybody gets may show nothing else.
        """
        ...

    def who(self, request: gr.Request | None) -> str:
        """The name to write down for what the request does; empty where there are no users."""
        ...
