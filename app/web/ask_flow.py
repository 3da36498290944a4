"""What the tab 问答 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.answer.answer import WORDED, Answer, Scope
from app.history.answered import trends
from app.history.chart import chart
from app.web import ask_texts, texts
from app.web.conversation import NOTHING, Message, Turn, messages, sources_html, steps
from app.web.drawn import beside
from app.web.ports import Desk
from app.web.viewer import gone_html, marks_for, viewer_html
from index.errors import HuibaoError, UsageError
from index.feedback import Opinion

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

QUESTION_MAX = 500
"""Characters; a longer text is a pasted document, which search cannot use as a question."""

REMARK_MAX = 1000
"""Characters of a remark that are kept."""

PLACE, PERIOD, GENRE = "place", "period", "genre"

Turns = tuple[Turn, ...]


@dataclass(frozen=True)
class Rating:
    """A thumb on the answer of a turn; `id` stays the same when a remark is added."""

    id: str
    turn: int
    good: bool
    remark: str = ""


@dataclass(frozen=True)
class View:
    """What one event changes on the page; None leaves a part as it is."""

    turns: Turns | None = None
    chat: list[Message] | None = None
    sources: str | None = None
    viewer: str | None = None
    question: str | None = None
    notice: str | None = None
    examples_shown: bool | None = None
    place: str | None = None
    """The choice in the list of places; empty for all of them."""
    period: str | None = None
    genre: str | None = None
    chart: Figure | None = None
    chart_shown: bool | None = None
    remark: str | None = None
    """What is asked of whoever rated an answer; empty for nothing."""


def ask(
    desk: Desk,
    question: str,
    place: str | None,
    period: str | None,
    turns: Turns,
    without: Scope = NOTHING,
    genre: str | None = None,
) -> Iterator[View]:
    """The views that the page goes through for one question; the turn is kept once answered."""
    question = question.strip()
    wrong = _wrong_with(question)
    if wrong is not None:
        # The text stays in the box: whoever pasted too much can shorten it there.
        yield View(notice=wrong)
        return
    pending = (*turns, Turn(question, without=without))
    yield View(
        chat=messages(pending),
        sources=sources_html(pending),
        viewer="",
        question="",
        notice="",
        examples_shown=False,
        place=place or "",
        period=period or "",
        genre=genre or "",
        remark="",
        chart_shown=False,
    )
    shown = 0
    try:
        answered = [turn for turn in turns if turn.answer is not None]
        before = [turn.question for turn in answered]
        cuts = [*(turn.without for turn in answered), without]
        scope = (place or None, period or None)
        for answer in desk.answers(question, *scope, before, cuts, genre or None):
            if answer.mode != WORDED:
                continue  # the whole answer comes at once: it is shown below
            growing = (*turns, Turn(question, answer=answer, growing=True))
            shown = steps(answer)
            yield View(chat=messages(growing), sources=sources_html(growing))
    except HuibaoError as error:
        done = (*turns, Turn(question, error=str(error)))
        yield View(turns=done, chat=messages(done))
        return
    done = (*turns, Turn(question, answer=answer, without=without))
    # What a model worded has been shown as it came; a quoted answer appears sentence by sentence.
    first = steps(answer) if shown else 1
    told = View(turns=done, chat=messages(done, first), sources=sources_html(done))
    yield _drawn(told, answer)
    for piece in range(first + 1, steps(answer) + 1):
        yield View(chat=messages(done, piece))


def _drawn(view: View, answer: Answer) -> View:
    """With the chart of an answer that follows figures over time, or without any."""
    found = trends(answer)
    if not found:
        return replace(view, chart_shown=False)
    return replace(view, chart=beside(chart(found)), chart_shown=True)


def checked(
    desk: Desk, question: str, place: str | None, period: str | None, genre: str | None = None
) -> Answer:
    """The answer for a program that calls; raises UsageError for what the page would refuse."""
    question = question.strip()
    wrong = _wrong_with(question)
    if wrong is not None:
        raise UsageError(wrong)
    return desk.ask(question, place or None, period or None, genre or None)


def _wrong_with(question: str) -> str | None:
    if len(question) > QUESTION_MAX:
        return texts.too_long(len(question), QUESTION_MAX)
    return None if question else texts.NO_QUESTION


def failed(turns: Turns) -> View:
    """After a defect of the program: the conversation so far, and what to do."""
    return View(chat=messages(turns), notice=texts.FAILED)


def stopped(turns: Turns) -> View:
    """After somebody stopped an answer that was still coming: the conversation before it."""
    return View(chat=messages(turns), notice=ask_texts.STOPPED)


def without(
    desk: Desk,
    place: str,
    period: str,
    turns: Turns,
    clicked: Mapping[str, object],
    genre: str = "",
) -> Iterator[View]:
    """Asks a turn's question again, without the condition that was clicked away."""
    turn = _turn_of(turns, clicked.get("turn"))
    kind, name = clicked.get("kind"), clicked.get("name")
    if turn is None or turn.answer is None or not isinstance(name, str):
        return
    out = turn.without
    if kind == PLACE:
        out = replace(out, places=(*out.places, name))
        place = "" if place == name else place
    elif kind == PERIOD:
        out = replace(out, periods=(*out.periods, name))
        period = "" if period == name else period
    elif kind == GENRE:
        out = replace(out, genres=(*out.genres, name))
        genre = "" if genre == name else genre
    yield from ask(desk, turn.question, place, period, turns, out, genre)


def instead(
    desk: Desk, place: str, period: str, turns: Turns, kind: str, genre: str = ""
) -> Iterator[View]:
    """Asks the last question again with another condition than it was understood with."""
    if not turns or turns[-1].answer is None:
        return
    turn, scope = turns[-1], turns[-1].answer.scope
    out = turn.without
    if kind == PLACE:
        out = replace(out, places=tuple(name for name in scope.places if name != place))
    elif kind == PERIOD:
        out = replace(out, periods=tuple(key for key in scope.periods if key != period))
    else:
        out = replace(out, genres=tuple(name for name in scope.genres if name != genre))
    yield from ask(desk, turn.question, place, period, turns, out, genre)


def rate(desk: Desk, turns: Turns, rating: Rating, who: str, at: str) -> View:
    """Keeps what somebody said of an answer; a remark follows under the same id."""
    turn = _turn_of(turns, rating.turn)
    if turn is None or turn.answer is None:
        return View()
    answer = turn.answer
    earlier = tuple(t.question for t in turns[: rating.turn] if t.answer is not None)
    sources = tuple(citation.report.source for citation in answer.citations)
    opinion = Opinion(
        rating.id,
        at,
        who,
        turn.question,
        earlier,
        answer.text,
        sources,
        rating.good,
        rating.remark.strip()[:REMARK_MAX],
    )
    try:
        desk.rate(opinion)
    except HuibaoError as error:
        return View(notice=str(error))
    if opinion.remark:
        return View(notice=ask_texts.REMARKED, remark="")
    return View(notice="", remark=ask_texts.THANKS_GOOD if rating.good else ask_texts.THANKS_BAD)


def open_source(desk: Desk, turns: Turns, turn: object, n: object) -> View:
    """The report behind citation `n` of a turn; the browser may have sent anything as numbers."""
    answer = _answer_of(turns, turn)
    cited = (*answer.citations, *((answer.closest,) if answer.closest else ())) if answer else ()
    asked = next((c for c in cited if c.n == n), None)
    if answer is None or asked is None or not isinstance(turn, int):
        # Of too many pages the one unused for longest is forgotten; it still shows its answers.
        return View() if turns else View(notice=texts.RESTARTED)
    try:
        report = desk.report(asked.report.id)
    except HuibaoError as error:
        return View(notice=str(error))
    sources = sources_html(turns, turn)
    if report is None:
        return View(viewer=gone_html(), sources=sources)
    others = [c for c in answer.citations if c.report.id == report.id and c.n != asked.n]
    opened = View(viewer=viewer_html(report, marks_for(report, asked, others)), sources=sources)
    return _drawn(opened, answer)


def _answer_of(turns: Turns, turn: object) -> Answer | None:
    found = _turn_of(turns, turn)
    return found.answer if found else None


def _turn_of(turns: Turns, turn: object) -> Turn | None:
    """The turn of a number that the browser sent, which may be anything."""
    return turns[turn] if isinstance(turn, int) and 0 <= turn < len(turns) else None


def cleared() -> View:
    """The page as it was before the first question."""
    return View((), [], sources_html(()), "", "", "", examples_shown=True, chart_shown=False)
