"""Drafting over an archive, for the command line and the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.draft import texts
from app.draft.compare import alarmed
from app.draft.compose import compose
from app.draft.draft import Draft
from app.draft.elsewhere import habits
from app.draft.material import earlier
from app.draft.measured import measured
from app.draft.notes import read_notes
from app.draft.outline import Head, named_outline
from app.history.places import place_named
from index.archive import Archive
from index.errors import UsageError
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
) -> Draft:
    """The draft of a place for a period (2018H2), from its earlier reports and what is handed in.

    `without` are ids of reports to pass over. Raises UsageError for a period or a file that
    cannot be read, NotFound for a place that the archive does not know.
    """
    try:
        chosen = Period.parse(period)
    except ValueError as error:
        raise UsageError(texts.bad_period(period)) from error
    name = place_named(archive, place)
    heads = named_outline(outline) if isinstance(outline, str) and outline else outline or None
    handed_in = read_notes(notes, typed, name, chosen, indicators)
    before = earlier(archive, name, chosen, without)
    told = habits(archive, handed_in, without)
    return compose(before, name, chosen, handed_in, unit=unit, outline=heads, habits=told)


def rechecked(archive: Archive, made: Draft, indicators: Path | None = None) -> Draft:
    """A draft that was edited, with what is odd about its figures (fell, jumped, contradicts)."""
    return alarmed(made, earlier(archive, made.place, made.period), measured(made, indicators))
