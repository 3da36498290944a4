"""What the tab 起草 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from app.draft import edit
from app.draft.draft import Draft, DraftCitation, DraftSentence, Origin
from app.draft.edit import Elsewhere
from app.draft.office import DraftOffice, Open, Order, export
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web.ports import Desk
from app.web.viewer import Mark, gone_html, viewer_html
from index.drafts import Version
from index.errors import HuibaoError
from index.records import Period

_GAPS_MAX = 1000


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
    paper: str | None = None
    sentence: str | None = None
    gaps: str | None = None
    figures: str | None = None
    checks: str | None = None
    versions: str | None = None
    viewer: str | None = None
    notice: str | None = None
    file: str | None = None


def compose(
    office: DraftOffice,
    place: str | None,
    period: str | None,
    unit: str | None,
    typed: str | None,
    files: Sequence[str] | None,
    who: str,
) -> Iterator[View]:
    """What the page goes through from the button to the draft."""
    if not place:
        yield View(notice=texts.NO_PLACE)
        return
    try:
        chosen = Period.parse((period or "").strip())
    except ValueError:
        yield View(notice=texts.NO_PERIOD)
        return
    yield View(notice=texts.READING)
    lines = tuple(line.strip() for line in (typed or "").splitlines() if line.strip())
    paths = tuple(Path(file) for file in files or ())
    try:
        made = office.compose(Order(place, chosen, (unit or "").strip() or None, lines, paths), who)
        notice = texts.COMPOSED.format(len(made.draft.to_fill))
        yield _whole(office, made, notice=notice)
    except HuibaoError as error:
        yield View(notice=str(error))


def open_draft(office: DraftOffice, key: object, number: object = None) -> View:
    """A kept draft, or one of its versions; the browser may have sent anything."""
    if not isinstance(key, str) or not key:
        return View()
    try:
        return _whole(office, office.open(key, number if isinstance(number, int) else None))
    except HuibaoError as error:
        return View(notice=str(error))


def pick(work: Work | None, sentence_id: object) -> View:
    """The sentence that was clicked, with its sources."""
    one = _find(work, sentence_id)
    if work is None or one is None:
        return View()
    return View(
        paper=html.paper_html(work.draft, one.id),
        sentence=html.sentence_html(work.draft, one),
    )


def change(
    office: DraftOffice, work: Work | None, sentence_id: object, text: object, who: str
) -> View:
    """Another wording, checked at once; where its old figure stands elsewhere is said."""
    old = _find(work, sentence_id)
    if work is None or old is None or not isinstance(text, str):
        return View()
    try:
        draft = edit.change_text(work.draft, old.id, text)
        if draft == work.draft:
            return View(notice="")
        others = edit.elsewhere(draft, old.text, text, old.id)
        return _saved(office, work, draft, who, texts.CHANGED, old.id, others)
    except HuibaoError as error:
        return View(notice=str(error))


def reject(
    office: DraftOffice, work: Work | None, sentence_id: object, out: bool, who: str
) -> View:
    """Leave a sentence out, or take it back in."""
    one = _find(work, sentence_id)
    if work is None or one is None:
        return View()
    try:
        draft = edit.reject(work.draft, one.id, rejected=out)
        remark = texts.REJECTED if out else texts.TAKEN
        return _saved(office, work, draft, who, remark, one.id)
    except HuibaoError as error:
        return View(notice=str(error))


def fill(office: DraftOffice, work: Work | None, values: object, who: str) -> View:
    """Put what was typed into the form into the text; `values` is {position: text}."""
    if work is None or not isinstance(values, dict) or len(values) > _GAPS_MAX:
        return View()
    typed = {
        int(at): value
        for at, value in values.items()
        if isinstance(at, str) and re.fullmatch(r"\d{1,4}", at) and isinstance(value, str)
    }
    try:
        draft = edit.fill(work.draft, typed)
        if draft == work.draft:
            return View(notice="")
        return _saved(office, work, draft, who, texts.FILLED)
    except HuibaoError as error:
        return View(notice=str(error))


def open_source(desk: Desk, work: Work | None, n: object) -> View:
    """The report behind a citation of the draft, at the sentence that was quoted."""
    cited = work.draft.citations if work is not None else ()
    one = next((c for c in cited if c.n == n and c.origin is Origin.ARCHIVE), None)
    if one is None:
        return View()
    try:
        report = desk.report(one.report.id)
    except HuibaoError as error:
        return View(notice=str(error))
    if report is None:
        return View(viewer=gone_html())
    return View(viewer=viewer_html(report, _marks(report.text, one)))


def _marks(text: str, one: DraftCitation) -> tuple[Mark, ...]:
    if text[one.start : one.end] == one.quote:
        return (Mark(one.start, one.end),)
    # The report was ingested again since: its quotation may have moved.
    at = text.find(one.quote) if one.quote else -1
    return (Mark(at, at + len(one.quote)),) if at >= 0 else ()


def write(work: Work | None, suffix: str, *, clean: bool) -> View:
    """The version that is shown as a file, to be downloaded."""
    if work is None:
        return View(notice=texts.BLANK)
    name = re.sub(r'[\\/:*?"<>|\s]+', "", work.draft.title)[:60] or texts.TAB
    path = Path(mkdtemp(prefix="huibao-")) / f"{name}{suffix}"
    try:
        export(Open(work.version, work.draft), path, clean=clean)
    except HuibaoError as error:
        return View(notice=str(error))
    return View(file=str(path), notice="")


def kept(office: DraftOffice) -> list[tuple[str, str]]:
    """The drafts that can be opened, the newest first, as a list's choices."""
    return [
        (f"{one.draft.title}({texts.VERSION.format(one.version.number)})", one.version.draft)
        for one in office.drafts()
    ]


def _saved(
    office: DraftOffice,
    work: Work,
    draft: Draft,
    who: str,
    remark: str,
    sentence_id: str | None = None,
    others: Sequence[Elsewhere] = (),
) -> View:
    """Keep the change on top of the newest version that this page knows of."""
    if work.version.number < work.newest:
        remark = f"{remark}({texts.RESTORED.format(work.version.number)})"
    made = office.save(replace(work.version, number=work.newest), draft, who, remark)
    return _whole(office, made, sentence_id, others, texts.SAVED.format(made.version.number))


def _whole(
    office: DraftOffice,
    one: Open,
    sentence_id: str | None = None,
    others: Sequence[Elsewhere] = (),
    notice: str | None = None,
) -> View:
    draft = one.draft
    versions = office.versions(one.version.draft)
    work = Work(one.version, draft, max(v.number for v in versions))
    if notice is None:
        old = one.version.number < work.newest
        notice = texts.SHOWN_OLD.format(one.version.number) if old else ""
    return View(
        work=work,
        paper=html.paper_html(draft, sentence_id),
        sentence=html.sentence_html(draft, _find(work, sentence_id), others),
        gaps=html.gaps_html(draft),
        figures=html.figures_html(draft),
        checks=html.checks_html(draft),
        versions=html.versions_html(versions, one.version.number),
        notice=notice,
    )


def _find(work: Work | None, sentence_id: object) -> DraftSentence | None:
    if work is None or not isinstance(sentence_id, str):
        return None
    found = (s for part in work.draft.sections for s in part.sentences if s.id == sentence_id)
    return next(found, None)


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
