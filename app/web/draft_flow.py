"""What the tab 起草 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from app.draft import everywhere
from app.draft.dating import day_of, open_items
from app.draft.draft import DraftCitation, Origin
from app.draft.edits import Edit, Everywhere, Fill, LeaveSeldom, Reject, Reword
from app.draft.figures import Pair, pairs
from app.draft.office import DraftOffice, Open, Order
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web.draft_view import View, Work, found, whole
from app.web.ports import Desk
from app.web.viewer import Mark, gone_html, viewer_html
from index.errors import HuibaoError, SeveralPlaces
from index.records import Period

_GAPS_MAX = 1000
_STEP = 0.5
"""Seconds between two looks at a draft that is being written."""
OWN = "own"
"""The choice of an outline that is typed."""


@dataclass(frozen=True)
class Given:
    """What was chosen and handed in; a browser may have sent anything that fits the types."""

    place: str | None = None
    period: str | None = None
    unit: str | None = None
    typed: str | None = None
    files: Sequence[str] | None = None
    outline: str | None = None
    """A built-in name or `OWN`."""
    headings: str | None = None
    """The lines of an outline of one's own."""
    day: str | None = None
    """The day at its end, as typed."""


def compose(office: DraftOffice, given: Given, who: str) -> Iterator[View]:
    """What the page goes through from the button to the draft."""
    if not given.place:
        yield View(notice=texts.NO_PLACE)
        return
    try:
        chosen = Period.parse((given.period or "").strip())
    except ValueError:
        yield View(notice=texts.NO_PERIOD)
        return
    try:
        outline = given.outline if given.outline in office.outlines() else ""
        dated = day_of(given.day or "")
    except HuibaoError as error:
        yield View(notice=str(error))
        return
    if given.outline == OWN:
        outline = (given.headings or "").strip()
        if not outline:
            yield View(notice=texts.NO_HEADINGS)
            return
    lines = tuple(line.strip() for line in (given.typed or "").splitlines() if line.strip())
    paths = tuple(Path(file) for file in given.files or ())
    unit = (given.unit or "").strip() or None
    order = Order(given.place, chosen, unit, lines, paths, outline or "", dated)
    for made in _while_it_runs(lambda: office.compose(order, who), order.stop, texts.READING):
        if isinstance(made, View):
            yield made
        else:
            notice = texts.COMPOSED.format(open_items(made.draft))
            yield whole(office, made, notice=notice, opened=True)


def regenerate(office: DraftOffice, work: Work | None, at: object, who: str) -> Iterator[View]:
    """One section anew, from what was handed in for the draft."""
    if work is None or not isinstance(at, int) or not 0 <= at < len(work.draft.sections):
        yield View()
        return
    remark = texts.REGENERATED.format(work.draft.sections[at].heading)
    told = _on_older(work, remark)
    stop = Event()

    def run() -> Open:
        return office.regenerate(work.version, work.newest, at, who, told, stop)

    for made in _while_it_runs(run, stop, texts.REWRITING):
        yield made if isinstance(made, View) else _saved(office, made)


def _while_it_runs(run: Callable[[], Open], stop: Event, doing: str) -> Iterator[View | Open]:
    """What to show while something is being written, then what came of it."""
    yield View(notice=doing, running=stop, busy=True)
    pool = ThreadPoolExecutor(1)
    result = pool.submit(run)
    pool.shutdown(wait=False)
    steps = 0
    while True:
        try:
            yield result.result(timeout=_STEP)
        except TimeoutError:
            steps += 1
            if not stop.is_set():
                yield View(notice=f"{doing}{texts.seconds(round(steps * _STEP))}")
                continue
            yield View(notice=texts.STOPPED, busy=False)
        except SeveralPlaces as error:
            yield View(notice=str(error), choices=error.choices, busy=False)
        except HuibaoError as error:
            yield View(notice=str(error), busy=False)
        return


def open_draft(office: DraftOffice, key: object, number: object = None) -> View:
    """A kept draft, or one of its versions; the browser may have sent anything."""
    if not isinstance(key, str) or not key:
        return View()
    try:
        one = office.open(key, number if isinstance(number, int) else None)
        return whole(office, one, opened=True)
    except HuibaoError as error:
        return View(notice=str(error))


def reopen(office: DraftOffice, key: object, sentence_id: object) -> View:
    """The draft that a page had open before it was drawn anew, at the sentence being changed."""
    opened = open_draft(office, key)
    one = found(opened.work, sentence_id)
    if opened.work is None:
        return opened
    if one is None:
        return replace(opened, side=texts.GAPS)  # what was typed were figures
    draft, key = opened.work.draft, opened.work.version.draft
    paper, sentence = html.paper_html(draft, one.id, key), html.sentence_html(draft, one)
    return replace(opened, paper=paper, sentence=sentence, side=texts.SENTENCE)


def pick(work: Work | None, sentence_id: object) -> View:
    """The sentence that was clicked, with its sources."""
    one = found(work, sentence_id)
    if work is None or one is None:
        return View()
    return View(sentence=html.sentence_html(work.draft, one), side=texts.SENTENCE)


def change(
    office: DraftOffice, work: Work | None, sentence_id: object, text: object, who: str
) -> View:
    """Another wording, checked at once; where its old figure stands elsewhere is offered."""
    old = found(work, sentence_id)
    if work is None or old is None or not isinstance(text, str):
        return View()

    def offered(one: Open) -> View:
        new = found(Work(one.version, one.draft, 0), old.id)
        changed = pairs(old.text, new.text) if new is not None else ()
        others = everywhere.places(one.draft, old.id, changed)
        return whole(office, one, old.id, others, changed, _kept_as(one))

    return _edited(office, work, Reword(old.id, text, old.text), who, texts.CHANGED, offered)


def change_everywhere(
    office: DraftOffice,
    work: Work | None,
    sentence_id: object,
    changed: object,
    keys: object,
    who: str,
) -> View:
    """The figures of a changed sentence in the chosen places, too."""
    one = found(work, sentence_id)
    if work is None or one is None or not isinstance(changed, list) or not isinstance(keys, list):
        return View()
    both = [c for c in changed if isinstance(c, list) and [type(x) for x in c] == [str, str]]
    what = Everywhere(
        one.id,
        tuple(Pair(old, new) for old, new in both),
        frozenset(key for key in keys if isinstance(key, str)),
    )
    remark = texts.CHANGED_ALL.format(len(what.chosen))
    return _edited(office, work, what, who, remark, lambda made: _saved(office, made, one.id))


def reject(
    office: DraftOffice, work: Work | None, sentence_id: object, out: bool, who: str
) -> View:
    """Leave a sentence out, or take it back in."""
    one = found(work, sentence_id)
    if work is None or one is None:
        return View()
    remark = texts.REJECTED if out else texts.TAKEN
    what = Reject(one.id, out)
    return _edited(office, work, what, who, remark, lambda made: _saved(office, made, one.id))


def fill(office: DraftOffice, work: Work | None, values: object, who: str) -> View:
    """Put what was typed into the form into the text; `values` is {position: text}."""
    if work is None or not isinstance(values, dict) or len(values) > _GAPS_MAX:
        return View()
    typed = {
        int(at): value
        for at, value in values.items()
        if isinstance(at, str) and re.fullmatch(r"\d{1,4}", at) and isinstance(value, str)
    }
    said = values.get(html.DAY)
    day = said if isinstance(said, str) else ""
    some = sum(1 for value in (*typed.values(), day) if value.strip())
    remark = texts.FILLED.format(some)
    return _edited(office, work, Fill(typed, day), who, remark, lambda made: _saved(office, made))


def leave_seldom(office: DraftOffice, work: Work | None, who: str) -> View:
    """Leave out the gaps that only the last report told and that nobody has filled in."""
    if work is None:
        return View()
    what = LeaveSeldom()
    return _edited(office, work, what, who, texts.LEFT_SELDOM, lambda made: _saved(office, made))


def _edited(
    office: DraftOffice,
    work: Work,
    what: Edit,
    who: str,
    remark: str,
    shown: Callable[[Open], View],
) -> View:
    try:
        made = office.change(work.version, work.newest, what, who, _on_older(work, remark))
        if made.version.number == work.version.number:
            return View(notice=texts.NOTHING_CHANGED)
        return shown(made)
    except HuibaoError as error:
        return View(notice=str(error))


def _on_older(work: Work, remark: str) -> str:
    if work.version.number == work.newest:
        return remark
    return f"{remark}（{texts.ON_OLDER.format(work.version.number)}）"


def _saved(office: DraftOffice, made: Open, sentence_id: str | None = None) -> View:
    return whole(office, made, sentence_id, notice=_kept_as(made))


def _kept_as(made: Open) -> str:
    return texts.SAVED.format(made.version.number, made.version.remark)


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
        return View(viewer=gone_html(texts.BACK))
    return View(viewer=viewer_html(report, _marks(report.text, one), back=texts.BACK))


def _marks(text: str, one: DraftCitation) -> tuple[Mark, ...]:
    if text[one.start : one.end] == one.quote:
        return (Mark(one.start, one.end),)
    # The report was ingested again since: its quotation may have moved.
    at = text.find(one.quote) if one.quote else -1
    return (Mark(at, at + len(one.quote)),) if at >= 0 else ()
