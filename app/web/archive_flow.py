"""What the tab 档案 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.intake import Job
from app.web import archive_texts as texts
from app.web.archive_html import (
    PAGE,
    copies_html,
    duplicates_html,
    empty_html,
    health_html,
    job_html,
    removed_html,
    reports_html,
)
from app.web.ports import ArchiveAdmin
from index.archive import ReportInfo

FIELDS = ("title", "place", "period", "unit", "genre")


@dataclass(frozen=True)
class Form:
    """The values of a report that can be corrected, as they are; the period as its key."""

    id: str
    values: tuple[str, ...]
    """In the order of `FIELDS`."""


@dataclass(frozen=True)
class View:
    """What one event changes on the tab; None leaves a part as it is."""

    table: str | None = None
    page: int | None = None
    form: Form | None = None
    form_shown: bool | None = None
    job: str | None = None
    running: Job | None = None
    stop_shown: bool | None = None
    viewer: str | None = None
    health: str | None = None
    notice: str | None = None


def listed(
    desk: ArchiveAdmin, text: str, removed: bool, page: int = 0, notice: str | None = None
) -> View:
    """One page of what is in, or all that was removed."""
    if removed:
        return View(table=removed_html(desk.removed()), page=0, notice=notice)
    every = desk.reports()
    if not every and not desk.removed():
        return View(table=empty_html(), page=0, notice=notice)
    found = matching(every, text)
    last = max(0, (len(found) - 1) // PAGE)
    page = min(max(0, page), last)
    # Below the whole list, where nobody is looking for one report.
    alike = ""
    if page == 0 and not text.strip():
        alike = duplicates_html(desk.duplicates()) + copies_html(desk.copies())
    return View(table=reports_html(found, page) + alike, page=page, notice=notice)


def health(desk: ArchiveAdmin) -> View:
    """What is in order and what is not, and the version of the program."""
    return View(health=health_html(desk.health()), notice="")


def matching(infos: Sequence[ReportInfo], text: str) -> list[ReportInfo]:
    """The reports that have every word somewhere in what the list shows of them."""
    words = text.split()
    return [info for info in infos if all(word in _shown(info) for word in words)]


def _shown(info: ReportInfo) -> str:
    said = info.described
    period = (said.period.chinese, said.period.key) if said.period else ()
    known = (said.title, said.place, *said.within, *period, said.unit, said.genre, info.source)
    return "\n".join(one for one in known if one)


def edit(desk: ArchiveAdmin, report_id: object) -> View:
    """The form with a report's values; the browser may have sent anything."""
    info = next((one for one in desk.reports() if one.id == report_id), None)
    if info is None:
        return View()
    said = info.described
    period = said.period.key if said.period else None
    values = (said.title, said.place, period, said.unit, said.genre)
    return View(
        form=Form(info.id, tuple(value or "" for value in values)), form_shown=True, notice=""
    )


def save(desk: ArchiveAdmin, before: Form | None, values: Sequence[str]) -> View:
    """Keep what was changed in the form."""
    if before is None:
        return View()
    pairs = zip(FIELDS, before.values, values, strict=True)
    changed = [f"{name}={now.strip()}" for name, was, now in pairs if now.strip() != was]
    if not changed:
        return View(form_shown=False, notice=texts.NOT_CHANGED)
    desk.correct(before.id, changed)
    return View(form_shown=False, notice=texts.CORRECTED)


def remove(desk: ArchiveAdmin, report_id: object) -> View:
    if not isinstance(report_id, str):
        return View()
    desk.remove(report_id)
    return View(notice=texts.REMOVED_NOW)


def restore(desk: ArchiveAdmin, report_id: object) -> View:
    if not isinstance(report_id, str):
        return View()
    present = desk.restore(report_id)
    return View(notice=texts.RESTORED if present else texts.RESTORED_LATER)


def upload(desk: ArchiveAdmin, files: Sequence[str]) -> Iterator[View]:
    """The views that the page goes through while files are taken in."""
    if not files:
        yield View(notice=texts.NO_FILES)
        return
    for job in desk.upload([Path(file) for file in files]):
        yield View(job=job_html(job), running=job, stop_shown=not job.done, notice="")
