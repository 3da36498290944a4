"""What the tab 问答 does for each event, without Gradio: values in, changes of the page out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.answer.answer import WORDED, Answer
from app.web import texts
from app.web.conversation import Message, Turn, messages, sources_html, steps
from app.web.ports import Desk
from app.web.viewer import gone_html, marks_for, viewer_html
from index.errors import HuibaoError, UsageError

QUESTION_MAX = 500
"""Characters; a longer text is a pasted document, which search cannot use as a question."""

Turns = tuple[Turn, ...]


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


def ask(
    desk: Desk, question: str, place: str | None, period: str | None, turns: Turns
) -> Iterator[View]:
    """The views that the page goes through for one question; the turn is kept once answered."""
    question = question.strip()
    wrong = _wrong_with(question)
    if wrong is not None:
        # The text stays in the box: whoever pasted too much can shorten it there.
        yield View(notice=wrong)
        return
    pending = (*turns, Turn(question))
    yield View(
        chat=messages(pending),
        sources=sources_html(pending),
        viewer="",
        question="",
        notice="",
        examples_shown=False,
    )
    shown = 0
    try:
        before = [turn.question for turn in turns if turn.answer is not None]
        for answer in desk.answers(question, place or None, period or None, before):
            if answer.mode != WORDED:
                continue  # the whole answer comes at once: it is shown below
            growing = (*turns, Turn(question, answer=answer, growing=True))
            shown = steps(answer)
            yield View(chat=messages(growing), sources=sources_html(growing))
    except HuibaoError as error:
        done = (*turns, Turn(question, error=str(error)))
        yield View(turns=done, chat=messages(done))
        return
    done = (*turns, Turn(question, answer=answer))
    # What a model worded has been shown as it came; a quoted answer appears sentence by sentence.
    first = steps(answer) if shown else 1
    yield View(turns=done, chat=messages(done, first), sources=sources_html(done))
    for piece in range(first + 1, steps(answer) + 1):
        yield View(chat=messages(done, piece))


def checked(desk: Desk, question: str, place: str | None, period: str | None) -> Answer:
    """The answer for a program that calls; raises UsageError for what the page would refuse."""
    question = question.strip()
    wrong = _wrong_with(question)
    if wrong is not None:
        raise UsageError(wrong)
    return desk.ask(question, place or None, period or None)


def _wrong_with(question: str) -> str | None:
    if len(question) > QUESTION_MAX:
        return texts.too_long(len(question), QUESTION_MAX)
    return None if question else texts.NO_QUESTION


def failed(turns: Turns) -> View:
    """After a defect of the program: the conversation so far, and what to do."""
    return View(chat=messages(turns), notice=texts.FAILED)


def open_source(desk: Desk, turns: Turns, turn: object, n: object) -> View:
    """The report behind citation `n` of a turn; the browser may have sent anything as numbers."""
    answer = _answer_of(turns, turn)
    asked = next((c for c in answer.citations if c.n == n), None) if answer else None
    if answer is None or asked is None or not isinstance(turn, int):
        return View()
    try:
        report = desk.report(asked.report.id)
    except HuibaoError as error:
        return View(notice=str(error))
    sources = sources_html(turns, turn)
    if report is None:
        return View(viewer=gone_html(), sources=sources)
    others = [c for c in answer.citations if c.report.id == report.id and c.n != asked.n]
    return View(viewer=viewer_html(report, marks_for(report, asked, others)), sources=sources)


def _answer_of(turns: Turns, turn: object) -> Answer | None:
    if not isinstance(turn, int) or not 0 <= turn < len(turns):
        return None
    return turns[turn].answer


def cleared() -> View:
    """The page as it was before the first question."""
    return View((), [], sources_html(()), "", "", "", examples_shown=True)
