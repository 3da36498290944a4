"""Drafting over an archive, for the command line and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.draft import texts
from app.draft.compare import alarmed
from app.draft.compose import compose
from app.draft.draft import Draft
from app.draft.elsewhere import habits
from app.draft.material import earlier, read_through, unit_named
from app.draft.measured import measured
from app.draft.notes import read_notes
from app.draft.outline import Head, named_outline, own_outline
from app.history.namesakes import split
from app.history.places import place_meant
from app.texts import no_such_report
from index.archive import Archive
from index.errors import NotFound, UsageError
from index.records import Period


def draft(
    archive: Archive,
    place: str,
    period: str,
    *,
    notes: Sequence[Path] = (),
    typed: Sequence[str] = (),
    outline: str | Sequence[Head] | None = None,
    unit: str | None = None,
    indicators: Path | None = None,
    without: frozenset[str] = frozenset(),
    outlines: Path | None = None,
    like: str | None = None,
    dated: date | None = None,
) -> Draft:
    """The draft of a place for a period (2018H2), from its earlier reports and what is handed in.

    `outlines` is the folder of an office's own outlines, `like` the id of a report whose headings
    are taken; `without` are ids of reports to pass over. Raises UsageError for a period or a file
    that cannot be read or headings that are no outline, NotFound for an unknown place or report,
    and for a name that several places bear, with their full names.
    """
    try:
        chosen = Period.parse(period)
    except ValueError as error:
        raise UsageError(texts.bad_period(period)) from error
    own = unit_named(archive, place) or (unit and unit_named(archive, unit)) or None
    name, around = (own.place, None) if own else split(place_meant(archive, place))
    heads: Sequence[Head] | None
    if like is not None:
        heads = like_outline(archive, like, chosen)
    elif isinstance(outline, str) and outline:
        heads = named_outline(outline, outlines)
    else:
        heads = tuple(outline) if outline else None
    handed_in = read_notes(notes, typed, name, chosen, indicators)
    before = earlier(archive, name, chosen, without, around, own.unit if own else None)
    told = habits(archive, handed_in, without)
    made = compose(before, name, chosen, handed_in, unit=unit, outline=heads, habits=told)
    return replace(made, around=around, bureau=own.unit if own else None, dated=dated)


def like_outline(archive: Archive, report_id: str, period: Period) -> tuple[Head, ...]:
    """The headings of a report of any place, brought forward to a period."""
    report = archive.report(report_id)
    if report is None:
        raise NotFound(no_such_report(report_id))
    heads = own_outline(read_through(archive, report, ())[0], period)
    if not heads:
        raise UsageError(texts.no_like(report.title))
    return heads


def rechecked(archive: Archive, made: Draft, indicators: Path | None = None) -> Draft:
    """A draft that was edited, with what is odd about its figures (fell, jumped, contradicts)."""
    return alarmed(
        made,
        earlier(archive, made.place, made.period, around=made.around, bureau=made.bureau),
        measured(made, indicators),
    )
