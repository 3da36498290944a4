"""What a page has open of a draft, and what an event changes of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

from app.draft.draft import Draft, DraftSentence
from app.draft.everywhere import Place
from app.draft.figures import Pair
from app.draft.odd import odd
from app.draft.office import DraftOffice, Open
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web import draft_versions_html as versions_html
from index.drafts import Version


@dataclass(frozen=True)
class Work:
    """What a page has open: a version, and the newest one that it knows of."""

    version: Version
    draft: Draft
    newest: int


@dataclass(frozen=True)
class View:
    """What one event changes on the page; None leaves a part as it is."""

    work: Work | None = None
    alarms: str | None = None
    paper: str | None = None
    sentence: str | None = None
    gaps: str | None = None
    figures: str | None = None
    checks: str | None = None
    versions: str | None = None
    differences: str | None = None
    viewer: str | None = None
    notice: str | None = None
    choices: tuple[str, ...] = ()
    """Places to choose from, where what was typed is the name of several."""
    file: str | None = None
    side: str | None = None
    """The tab of the side that is to be looked at."""
    busy: bool | None = None
    """Whether something is being written that can be stopped."""
    kept: list[tuple[str, str]] | None = None
    """The drafts to choose from, once one was opened: what is handed in makes room for it."""
    running: Event | None = None
    """What stops what is being written."""


def whole(
    office: DraftOffice,
    one: Open,
    sentence_id: str | None = None,
    others: Sequence[Place] = (),
    changed: Sequence[Pair] = (),
    notice: str | None = None,
    *,
    opened: bool = False,
) -> View:
    """Every part of the page for a version; `others` is where what was `changed` still stands."""
    draft = one.draft
    versions = office.versions(one.version.draft)
    work = Work(one.version, draft, max(v.number for v in versions))
    number = one.version.number
    if notice is None:
        notice = texts.SHOWN_OLD.format(number) if number < work.newest else ""
    return View(
        work=work,
        alarms=html.alarms_html(draft, odd(draft)),
        paper=html.paper_html(draft, sentence_id, one.version.draft),
        sentence=html.sentence_html(draft, found(work, sentence_id), others, changed),
        gaps=html.gaps_html(draft),
        figures=html.figures_html(draft),
        checks=html.checks_html(draft),
        versions=versions_html.versions_html(versions, number),
        differences="",
        notice=notice,
        busy=False,
        kept=kept(office) if opened else None,
    )


def kept(office: DraftOffice) -> list[tuple[str, str]]:
    """The drafts that can be opened, the newest first, as a list's choices; first none of them."""
    found = [
        (f"{one.draft.title}（{one.version.at[5:16].replace('T', ' ')}）", one.version.draft)
        for one in office.drafts()
    ]
    return [(texts.KEPT_NONE, ""), *found]


def found(work: Work | None, sentence_id: object) -> DraftSentence | None:
    """The sentence with this id, which a browser may have made up."""
    if work is None or not isinstance(sentence_id, str):
        return None
    all_of_it = (s for part in work.draft.sections for s in part.sentences)
    return next((s for s in all_of_it if s.id == sentence_id), None)
