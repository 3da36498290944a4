"""The versions of a draft on the page: compared, brought back, written to files; what is next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from app.draft.layout import Citations
from app.draft.office import DraftOffice, UnnamedFile, export
from app.draft.versions import differences
from app.history.namesakes import called, several, shown
from app.web import draft_texts as texts
from app.web import draft_versions_html as html
from app.web.draft_view import View, Work, whole
from app.web.ports import Desk, Overview
from index.archive import ReportInfo
from index.errors import HuibaoError
from index.records import Period

CLEAN = "clean"
"""The choice of a copy without its sources."""


def compare(office: DraftOffice, work: Work | None, old: object, new: object) -> View:
    """What became of each sentence between two versions; the browser may have sent anything."""
    if work is None or not isinstance(old, int) or not isinstance(new, int):
        return View()
    try:
        one, other = (office.open(work.version.draft, number) for number in sorted((old, new)))
    except HuibaoError as error:
        return View(notice=str(error))
    found = differences(one.draft, other.draft)
    return View(differences=html.differences_html(found, one.version, other.version), notice="")


def bring_back(office: DraftOffice, work: Work | None, number: object, who: str) -> View:
    """Keep an older version as the newest."""
    if work is None or not isinstance(number, int):
        return View()
    try:
        old = office.open(work.version.draft, number)
        remark = texts.BROUGHT_BACK.format(number)
        made = office.bring_back(old.version, work.newest, who, remark)
        notice = texts.SAVED.format(made.version.number, remark)
        return whole(office, made, notice=notice)
    except HuibaoError as error:
        return View(notice=str(error))


def take_in(office: DraftOffice, work: Work | None, file: object, who: str) -> View:
    """A draft that was edited in Word, as a new version of the draft that it names.

    One that names none is taken for what is open.
    """
    if not isinstance(file, str):
        return View()
    path = Path(file)
    try:
        try:
            one = office.imported(path, who)
        except UnnamedFile:
            if work is None:
                return View(notice=texts.UNNAMED.format(path.name))
            one = office.imported(path, who, work.version.draft)
        back, made = one.back, one.open
        if back.same:
            return whole(office, made, notice=texts.SAME_FILE.format(path.name), opened=True)
        notice = texts.SAVED.format(made.version.number, made.version.remark)
        if back.unsourced:
            notice += texts.UNSOURCED.format(len(back.unsourced))
        view = whole(office, made, notice=notice + (one.notice or ""), opened=True)
        shown = html.returned_html(back.changes, back.titles, back.moved, made.version)
    except HuibaoError as error:
        return View(notice=str(error))
    return replace(view, differences=shown, side=texts.VERSIONS)


def write(office: DraftOffice, work: Work | None, suffix: str, copy: object) -> View:
    """The version that is shown as a file, to be downloaded."""
    if work is None:
        return View(notice=texts.BLANK)
    name = re.sub(r'[\\/:*?"<>|\s]+', "", work.draft.title)[:60] or texts.TAB
    path = Path(mkdtemp(prefix="huibao-")) / f"{name}{suffix}"
    citations = next((c for c in Citations if c.value == copy), Citations.COMMENTS)
    try:
        one = office.hand_out(work.version)
        export(one, path, clean=copy == CLEAN, citations=citations)
    except HuibaoError as error:
        return View(notice=str(error))
    return View(file=str(path), notice=texts.WRITTEN.format(path.name))


def copies() -> list[tuple[str, str]]:
    """How the sources of a Word file can be shown, as a list's choices."""
    shown = [c for c in Citations if c is not Citations.NONE]
    return [*((texts.COPIES[c.value], c.value) for c in shown), (texts.COPIES[CLEAN], CLEAN)]


def next_periods(keys: Sequence[str]) -> list[str]:
    """The half-years and years that may be drafted next, the latest first: known ones and after."""
    found: set[int] = set()
    for key in keys:
        if match := re.match(r"\d{4}", key):
            found.add(int(match[0]))
    if not found:
        return []
    years = range(max(found) + 1, min(found) - 1, -1)
    return [key for year in years for key in (f"{year}", f"{year}H2", f"{year}H1")]


def places(desk: Desk, now: Overview) -> list[str]:
    """The places to choose from; of several of one name each with the place around it."""
    try:
        return list(desk.ledger().places())
    except HuibaoError:
        return list(now.places)  # whoever may not see the ledger


def next_period(infos: Sequence[ReportInfo], place: object) -> str | None:
    """What a place has to report on next: the period after its last one, of the same length."""
    same = several(info.described for info in infos)
    told = [
        period
        for info in infos
        if info.described.place
        and shown(called(info.described, info.described.place, same)) == place
        and (period := info.described.period) is not None
    ]
    if not told:
        return None
    last = max(told, key=lambda period: (period.end, period.start))
    begins = last.end + timedelta(days=1)
    months = round((begins - last.start).days / 30.4)
    if any(period == Period.half(period.start.year, 1) for period in told):
        months = min(months, 6)  # a year told as a whole by a place that files half-years
    whole = (last.start.day, begins.day) == (1, 1) and begins.month + months <= 13
    if not whole or months == 0:
        return None
    return Period.months(begins.year, begins.month, begins.month + months - 1).key
