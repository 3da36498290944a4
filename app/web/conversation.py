"""The conversation and the list of sources as HTML; pure functions of the turns so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.answer.answer import REFUSAL, Answer, Citation, Scope, Sentence
from app.texts import in_file
from app.web import archive_texts, ask_texts, texts
from app.web.answer_table import table_html
from app.web.escape import inert
from app.web.names import file_name, joined, period_name
from app.web.ports import Overview

NOTHING = Scope()


@dataclass(frozen=True)
class Turn:
    """One question and what came back: an answer, a message, or nothing yet."""

    question: str
    answer: Answer | None = None
    error: str | None = None
    growing: bool = False
    """Whether more sentences of the answer may come."""
    without: Scope = NOTHING
    """What was taken out of the question's scope by hand."""


Message = dict[str, str]
"""A message as gr.Chatbot takes it."""


def steps(answer: Answer) -> int:
    """In how many pieces an answer appears; the first is the direct answer if there is one.

    What is reckoned comes at once: its lines may become a table.
    """
    return 1 if answer.values else max(1, len(answer.sentences))


def messages(turns: Sequence[Turn], shown: int | None = None) -> list[Message]:
    """The whole conversation; of the last answer only the first `shown` pieces."""
    result: list[Message] = []
    last = len(turns) - 1
    for number, turn in enumerate(turns):
        result.append({"role": "user", "content": f"<div>{inert(turn.question)}</div>"})
        pieces = shown if number == last else None
        result.append({"role": "assistant", "content": _reply(turn, number, pieces)})
    return result


def _reply(turn: Turn, number: int, shown: int | None) -> str:
    if turn.error is not None:
        return _calm("hb-error", texts.ERROR_TITLE, [turn.error])
    if turn.answer is None:
        return f'<div class="hb-looking">{texts.LOOKING}</div>'
    if turn.answer.refused:
        note = (turn.answer.note or "").splitlines()
        refusal = _calm("hb-refusal", texts.REFUSED_TITLE, [REFUSAL, *note])
        return refusal + _closest(turn.answer, number) + _acts(number)
    pieces = len(turn.answer.sentences) if shown is None or turn.answer.values else shown
    return _answer(turn.answer, number, pieces, growing=turn.growing)


def _calm(kind: str, title: str, lines: Sequence[str]) -> str:
    body = "".join(f"<p>{inert(line)}</p>" for line in lines if line.strip())
    return f'<div class="{kind}"><p class="hb-kind">{title}</p>{body}</div>'


def _closest(answer: Answer, turn: int) -> str:
    """The sentence nearest to a refused question; beside the refusal, and said to be no answer."""
    if answer.closest is None:
        return ""
    link = (
        f'<a class="hb-cite" href="#cite-{turn}-{answer.closest.n}"'
        f' title="{_tip(answer.closest)}">{ask_texts.CLOSEST_OPEN}</a>'
    )
    return (
        f'<div class="hb-closest"><p class="hb-kind">{ask_texts.CLOSEST}</p>'
        f"<p>{inert(answer.closest.quote)} {link}</p></div>"
    )


def _acts(turn: int) -> str:
    """What can be done with an answer; links for the same reason as citations."""
    acts = (
        (f"#copy-{turn}", ask_texts.COPY),
        (f"#rate-{turn}-1", ask_texts.USEFUL),
        (f"#rate-{turn}-0", ask_texts.WRONG),
    )
    links = "".join(f'<a class="hb-deed" href="{href}">{text}</a>' for href, text in acts)
    return f'<p class="hb-acts">{links}</p>'


def _tip(citation: Citation) -> str:
    report = citation.report
    at = in_file(citation.page, citation.sheet, citation.row)
    where = joined(report.place, period_name(report.period), file_name(report.source), at)
    title = report.title or file_name(report.source)
    return inert(ask_texts.quoted(citation.n, title, where, citation.quote))


def _answer(answer: Answer, turn: int, shown: int, *, growing: bool) -> str:
    tips = {citation.n: _tip(citation) for citation in answer.citations}
    whole = shown >= len(answer.sentences) and not growing
    table = table_html(answer, lambda n: _cite(turn, n, tips)) if whole else ""
    parts = [
        _sentence(sentence, turn, tips, direct=first == 0 and sentence.text == answer.direct)
        for first, sentence in enumerate(answer.sentences[:shown])
        if not (table and sentence.listed)
    ]
    if table:
        at = 1 if answer.direct is not None else 0
        parts.insert(at, table)
    if growing:
        parts.append(f'<div class="hb-looking">{texts.GROWING}</div>')
    elif shown >= len(answer.sentences):
        parts += [f'<p class="hb-told">{inert(notice)}</p>' for notice in answer.notices]
        mode = texts.MODES.get(answer.mode, answer.mode)
        parts.append(f'<p class="hb-meta">{inert(joined(mode, texts.seconds(answer.seconds)))}</p>')
        parts.append(_acts(turn))
    return f'<div class="hb-answer">{"".join(parts)}</div>'


def _sentence(sentence: Sentence, turn: int, tips: Mapping[int, str], *, direct: bool) -> str:
    cites = "".join(_cite(turn, n, tips) for n in sentence.citations)
    if direct:
        return f'<p class="hb-direct"><strong>{inert(sentence.text)}</strong><sup>{cites}</sup></p>'
    return f"<p>{inert(sentence.text)}<sup>{cites}</sup></p>"


def _cite(turn: int, n: int, tips: Mapping[int, str]) -> str:
    # A link, because Gradio's sanitizer keeps it; page.js turns the click into an event.
    tip = tips.get(n, texts.CITE.format(n))
    return f'<a class="hb-cite" href="#cite-{turn}-{n}" title="{tip}">{inert(f"[{n}]")}</a>'


def sources_html(turns: Sequence[Turn], number: int | None = None) -> str:
    """The scope and the source cards of one turn, the latest unless told."""
    answered = [n for n, turn in enumerate(turns) if turn.answer is not None]
    if number is None:
        number = answered[-1] if answered and answered[-1] == len(turns) - 1 else None
    answer = None if number is None else turns[number].answer
    if number is None or answer is None:
        return _panel("", f'<p class="hb-hint">{texts.SOURCES_HINT}</p>', 0)
    scope = _scope(answer.scope, number)
    if not answer.citations:
        return _panel(scope, f'<p class="hb-hint">{texts.SOURCES_NONE}</p>', 0)
    cards = "".join(f"<li>{_card(citation, number)}</li>" for citation in answer.citations)
    return _panel(scope, f'<ol class="hb-cards">{cards}</ol>', len(answer.citations))


def _panel(scope: str, body: str, count: int) -> str:
    number = f'<span class="hb-count">{count}</span>' if count else ""
    return f'<h2 class="hb-panel-title">{texts.SOURCES}{number}</h2>{scope}{body}'


def _scope(scope: Scope, turn: int) -> str:
    chips = [_chip("place", p, texts.SCOPE_PLACE.format(p), turn) for p in scope.places]
    for period in scope.periods:
        named = texts.SCOPE_PERIOD.format(period_name(period))
        chips.append(_chip("period", period, named, turn))
    chips += [_chip("genre", g, texts.SCOPE_GENRE.format(g), turn) for g in scope.genres]
    shown = "".join(chips) or f'<span class="hb-chip">{texts.SCOPE_ALL}</span>'
    return f'<p class="hb-scope"><span class="hb-scope-label">{texts.SCOPE}</span>{shown}</p>'


def _chip(kind: str, name: str, shown: str, turn: int) -> str:
    """One condition of the scope: its name opens the choices, the cross takes it out."""
    data = f'data-kind="{kind}" data-turn="{turn}" data-name="{inert(name)}"'
    change, drop = inert(ask_texts.CHANGE.format(shown)), inert(ask_texts.DROP.format(shown))
    return (
        f'<span class="hb-chip"><button type="button" data-change {data} title="{change}">'
        f'{inert(shown)}</button><button type="button" class="hb-drop" data-drop {data}'
        f' title="{drop}" aria-label="{drop}">×</button></span>'
    )


def _card(citation: Citation, turn: int) -> str:
    report = citation.report
    where = joined(report.place, period_name(report.period), citation.heading)
    at = in_file(citation.page, citation.sheet, citation.row)
    return (
        f'<button type="button" class="hb-card" data-turn="{turn}" data-n="{citation.n}"'
        f' title="{texts.OPEN_CARD.format(citation.n)}">'
        f'<span class="hb-card-n">{citation.n}</span><span class="hb-card-body">'
        f'<span class="hb-card-title">{inert(report.title or file_name(report.source))}</span>'
        f'<span class="hb-card-where">{inert(where)}</span>'
        f'<span class="hb-card-quote">{inert(citation.quote)}</span>'
        f'<span class="hb-card-file">{inert(joined(file_name(report.source), at))}</span>'
        f"{_recognised(citation)}</span></button>"
    )


def _recognised(citation: Citation) -> str:
    """A warning beside what was read from a picture; empty for text that was text."""
    if citation.sure is None:
        return ""
    return f'<span class="hb-unsure">{texts.recognised(citation.sure)}</span>'


def header_html(
    overview: Overview | None,
    error: str | None = None,
    who: str = "",
    closed: Sequence[str] = (),
) -> str:
    """The line at the top: the program's name, the archive's size, what is still going on.

    `closed` are methods that are not open to whoever looks at it: tabs.css hides their buttons.
    """
    facts = []
    if overview is not None and not overview.unknown:
        size = texts.archive_size(overview.reports, overview.passages)
        facts.append(f'<span class="hb-size">{size}</span>')
        if overview.pending:
            facts.append(f'<span class="hb-pending">{texts.pending(overview.pending)}</span>')
    if error is not None:
        facts.append(f'<span class="hb-pending">{inert(error)}</span>')
    if who:
        facts.append(f'<a class="hb-who" href="/logout">{inert(who)} · {texts.LOG_OUT}</a>')
    return (
        f'<div class="hb-brand"><span class="hb-seal" aria-hidden="true">{texts.APP[0]}</span>'
        f"<h1>{texts.APP}</h1><span>{texts.TAGLINE}</span></div>"
        f'<div class="hb-state" data-closed="{inert(" ".join(closed))}">{"".join(facts)}</div>'
    )


def welcome_html(overview: Overview | None) -> str:
    """What stands where the conversation will be; for an empty archive, what to do."""
    if overview is not None and overview.reports == 0 and not overview.unknown:
        go = f'<a class="hb-go" href="#tab-{archive_texts.TAB}">{texts.EMPTY_GO}</a>'
        lines = (texts.EMPTY_BEFORE, f"<code>{texts.EMPTY_COMMAND}</code>", texts.EMPTY_AFTER)
        # What is not open to whoever looks at it is hidden by tabs.css.
        body = f'<div class="hb-may-upload"><p>{texts.EMPTY_UPLOAD}</p><p>{go}</p>'
        body += "".join(f"<p>{line}</p>" for line in lines)
        body += f'</div><p class="hb-may-not-upload">{texts.EMPTY_ASK}</p>'
        return f'<div class="hb-welcome"><h2>{texts.EMPTY_TITLE}</h2>{body}</div>'
    return f'<div class="hb-welcome"><h2>{texts.WELCOME_TITLE}</h2><p>{texts.WELCOME}</p></div>'


def notice_html(text: str) -> str:
    """A line above the question box for what is wrong with the question; empty for nothing."""
    return f'<p class="hb-notice" role="alert">{inert(text)}</p>' if text else ""
