"""A draft as safe HTML: the paper on the left, and what belongs to it on the right."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from app.draft.dating import day_said, open_items
from app.draft.draft import Doubt, Draft, DraftCitation, DraftSentence, Origin, ToFill, asked
from app.draft.everywhere import Place
from app.draft.figures import Pair
from app.draft.odd import Odd
from app.texts import in_file
from app.web import draft_texts as texts
from app.web.conversation import notice_html as told_in_a_line
from app.web.escape import inert
from app.web.names import file_name, joined, period_name
from index.chinese.fold import fold

_GAP = re.compile(r"(【待补充[^】]*】)")
DAY = "day"
"""What the form calls the day at the end; the other items go by their number."""


def notice_html(text: str, choices: Sequence[str] = ()) -> str:
    """What is wrong, or was done; where several places are meant, a button for each."""
    buttons = "".join(
        f'<button type="button" class="hb-do" data-place="{inert(one)}">{inert(one)}</button>'
        for one in choices
    )
    told = told_in_a_line(text)
    return f'{told}<p class="hb-acts" role="group">{buttons}</p>' if buttons else told


def alarms_html(draft: Draft | None, odd: Sequence[Odd] = ()) -> str:
    """What has to be looked at before anybody signs: above the text, until nothing is left."""
    if draft is None:
        return ""
    doubts = draft.verification.unsupported
    counts = (
        (texts.ODD, len(odd)),
        (texts.DOUBTED, len(doubts)),
        (texts.TO_FILL, open_items(draft)),
    )
    said = texts.COMMA.join(text.format(count) for text, count in counts if count)
    rows = [f"<li>{_link(one.sentence, one.what)}</li>" for one in odd]
    for doubt in doubts:
        rows.append(f"<li>{_link(_of_text(draft, doubt), doubt.text)}:{inert(doubt.reason)}</li>")
    told = "".join(f'<p class="hb-quiet">{inert(notice)}</p>' for notice in draft.notices)
    body = f"<ul>{''.join(rows)}</ul>" if rows else ""
    kind = "hb-odd" if odd or doubts else "hb-odd hb-calm"
    head = texts.BEFORE_SIGNING.format(said) if said else texts.NOTHING_ODD
    return (
        f'<section class="{kind}" aria-label="{texts.ALARMS}"><h4>{head}</h4>{body}{told}</section>'
    )


def _link(sentence_id: str, text: str) -> str:
    if not sentence_id:
        return inert(text)
    link = f'<button type="button" class="hb-link" data-s="{inert(sentence_id)}">'
    return f"{link}{inert(text)}</button>"


def _of_text(draft: Draft, doubt: Doubt) -> str:
    """The id of the sentence that a doubt is about; empty for one that is not in the text."""
    every = (one for part in draft.sections for one in part.sentences)
    return next((one.id for one in every if one.text == doubt.text and not one.rejected), "")


def paper_html(draft: Draft | None, chosen: str | None = None, key: str = "") -> str:
    """The draft of this key as it will be printed; every sentence can be clicked."""
    if draft is None:
        # Which of the two is shown is for tabs.css to say.
        return (
            f'<div class="hb-paper hb-empty"><p class="hb-may-compose">{texts.NO_DRAFT}</p>'
            f'<p class="hb-may-not-compose">{texts.MAY_NOT}</p></div>'
        )
    doubted = {one.text for one in draft.verification.unsupported}
    blocks = [f"<h2>{inert(draft.title)}</h2>"]
    for at, section in enumerate(draft.sections):
        again = (
            f'<button type="button" class="hb-again" data-again="{at}">{texts.AGAIN}</button>'
            if section.sentences
            else ""
        )
        level = min(section.level, 4) + 2
        blocks.append(
            f'<div class="hb-head"><h{level}>{inert(section.heading)}</h{level}>{again}</div>'
        )
        paragraphs: list[list[str]] = []
        for one in section.sentences:
            if one.opens or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(_sentence(one, one.id == chosen, one.text in doubted))
        blocks += [f"<p>{''.join(paragraph)}</p>" for paragraph in paragraphs]
    if draft.unit:
        blocks.append(f'<p class="hb-sign">{inert(draft.unit)}</p>')
    day = day_said(draft)
    blocks.append(f'<p class="hb-sign">{day if draft.dated else f"<mark>{day}</mark>"}</p>')
    return f'<article class="hb-paper" data-draft="{inert(key)}">{"".join(blocks)}</article>'


def _sentence(one: DraftSentence, chosen: bool, doubted: bool) -> str:
    classes = ["hb-s", f"hb-s-{one.kind.value}"]
    classes += [
        name
        for name, holds in (
            ("hb-s-chosen", chosen),
            ("hb-s-out", one.rejected),
            ("hb-s-doubt", doubted),
        )
        if holds
    ]
    pieces = (
        f"<mark>{inert(piece)}</mark>" if _GAP.fullmatch(piece) else inert(piece)
        for piece in _GAP.split(one.text)
    )
    label = texts.KINDS[one.kind.value]
    return (
        f'<span class="{" ".join(classes)}" role="button" tabindex="0" data-s="{inert(one.id)}"'
        f' title="{label}">{"".join(pieces)}</span>'
    )


def sentence_html(
    draft: Draft | None,
    one: DraftSentence | None,
    others: Sequence[Place] = (),
    changed: Sequence[Pair] = (),
) -> str:
    """The sentence that was clicked: its kind, its text to change, its sources."""
    if draft is None or one is None:
        return f'<p class="hb-quiet">{texts.PICK}</p>'
    tags = [texts.KINDS[one.kind.value], *([texts.EDITED] if one.edited else [])]
    reasons = [d.reason for d in draft.verification.unsupported if d.text == one.text]
    doubts = "".join(f'<p class="hb-s-reason" role="alert">{inert(r)}</p>' for r in reasons)
    out = ("take", texts.TAKE) if one.rejected else ("reject", texts.REJECT)
    cited = {c.n: c for c in draft.citations}
    sources = "".join(_source(cited[n]) for n in one.citations if n in cited)
    return (
        f'<div class="hb-edit" tabindex="-1" data-sentence="{inert(one.id)}">'
        f'<p class="hb-tags">{"".join(f"<span>{tag}</span>" for tag in tags)}</p>'
        f'<textarea rows="4" aria-label="{texts.SENTENCE}">{inert(one.text)}</textarea>{doubts}'
        f'<p class="hb-acts"><button type="button" class="hb-do" data-do="change">{texts.CHANGE}'
        f'</button><button type="button" class="hb-do" data-do="{out[0]}">{out[1]}</button></p>'
        f"{_elsewhere(others, changed)}</div><h4>{texts.SOURCES}</h4>"
        + (sources or f'<p class="hb-quiet">{texts.NO_SOURCES}</p>')
    )


def _elsewhere(others: Sequence[Place], changed: Sequence[Pair]) -> str:
    """Where a figure that was changed still stands as it was: one click changes it there, too."""
    if not others:
        return ""
    rows = []
    for one in others:
        told = f"{inert(one.old)}→<strong>{inert(one.new)}</strong>"
        about = texts.IN_TABLE.format(inert(one.text)) if one.key[:4] == "row:" else inert(one.text)
        why = texts.SUM.format(inert(one.sum)) if one.sum else ""
        why = why or (texts.DIFFERENCE.format(inert(one.difference)) if one.difference else "")
        why = why or ("" if one.sure else texts.ONLY_NUMBER)
        rows.append(
            f'<li><label><input type="checkbox" data-place="{inert(one.key)}"'
            f"{' checked' if one.sure else ''}><span>{told}<small>{about}</small>"
            f"{f'<small>{why}</small>' if why else ''}</span></label></li>"
        )
    pairs = inert(json.dumps([[one.old, one.new] for one in changed], ensure_ascii=False))
    return (
        f'<div class="hb-others" data-changed="{pairs}"><p>{texts.ELSEWHERE}</p>'
        f'<ul>{"".join(rows)}</ul><button type="button" class="hb-do hb-first" data-do='
        f'"everywhere">{texts.EVERYWHERE}</button></div>'
    )


def _source(one: DraftCitation) -> str:
    report = one.report
    at = in_file(one.page, one.sheet, one.row)
    if one.origin is Origin.NOTES:
        where = joined(texts.TYPED_BY_HAND, file_name(report.source), at)
    else:
        name = report.title or file_name(report.source)
        where = joined(name, report.place, period_name(report.period), one.heading, at)
    opens = (
        f'<button type="button" class="hb-link" data-open="{one.n}">{texts.OPEN}</button>'
        if one.origin is Origin.ARCHIVE
        else ""
    )
    return (
        f'<blockquote class="hb-source">{inert(one.quote)}<footer>{inert(where)} {opens}</footer>'
        "</blockquote>"
    )


def gaps_html(draft: Draft | None) -> str:
    """What is still missing, as a form."""
    if draft is None:
        return f'<p class="hb-quiet">{texts.BLANK}</p>'
    items = asked(draft)
    rows = "".join(_gap(at, item) for at, item in items if item.usual)
    seldom = [_gap(at, item) for at, item in items if not item.usual]
    # The day can be set right as long as the draft is worked on.
    now = texts.DAY_NOW.format(day_said(draft)) if draft.dated else ""
    rows += (
        f'<li><label for="hb-gap-day">{texts.DAY}</label><span></span><small>{now}</small>'
        f'<input type="text" id="hb-gap-day" data-gap="{DAY}" autocomplete="off"'
        f' data-key="{DAY}/{now}" placeholder="{texts.DAY_LIKE}"></li>'
    )
    button = f'<button type="button" class="hb-do" data-do="fill">{texts.FILL}</button>'
    count = open_items(draft)
    left = texts.LEFT.format(count) if count else texts.ALL_FILLED
    bar = f'<p class="hb-bar">{button}<span>{left}</span></p>'
    return f'<div class="hb-gaps">{bar}<ul>{rows}</ul>{_seldom(seldom)}</div>'


def _gap(at: int, item: ToFill) -> str:
    return (
        f'<li><label for="hb-gap-{at}">{inert(item.indicator)}</label>'
        f'<button type="button" class="hb-link" data-s="{inert(item.sentence)}">{texts.WHERE}'
        f"</button><small>{_last(item)}</small>"
        f'<input type="text" id="hb-gap-{at}" data-gap="{at}" autocomplete="off"'
        f' data-key="{inert(item.sentence)}/{inert(item.indicator)}/{inert(item.last)}"'
        f' placeholder="{inert(item.unit)}"></li>'
    )


def _seldom(rows: Sequence[str]) -> str:
    """What only the last report told, folded up: one click leaves out what is not filled in."""
    if not rows:
        return ""
    button = f'<button type="button" class="hb-do" data-leave>{texts.LEAVE_SELDOM}</button>'
    return (
        f"<details><summary>{texts.SELDOM.format(len(rows))}</summary>"
        f'<p class="hb-acts">{button}</p><ul>{"".join(rows)}</ul></details>'
    )


def _last(item: ToFill) -> str:
    if not item.last:
        return texts.NO_LAST
    # 「脱贫完成数,计划148户」 says itself what was planned.
    return "" if "," in fold(item.indicator) else inert(texts.LAST.format(item.last))


def figures_html(draft: Draft | None) -> str:
    """This period beside the last one; alarms below their row."""
    if draft is None or not draft.figures:
        return f'<p class="hb-quiet">{texts.BLANK if draft is None else texts.NO_FIGURES}</p>'
    head = "".join(f"<th>{name}</th>" for name in texts.COLUMNS)
    rows = []
    for one in draft.figures:
        name = f"{one.indicator}（{one.unit}）" if one.unit else one.indicator
        cells = (name, one.this or "—", one.last or "—", one.change or "—")
        rows.append(f"<tr>{''.join(f'<td>{inert(cell)}</td>' for cell in cells)}</tr>")
        if one.alarm:
            rows.append(f'<tr class="hb-s-reason"><td colspan="4">{inert(one.alarm)}</td></tr>')
    return (
        f'<table class="hb-compared"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def checks_html(draft: Draft | None) -> str:
    """The report of verification: what was found, what does not hold, what was left out."""
    if draft is None:
        return f'<p class="hb-quiet">{texts.BLANK}</p>'
    checked = draft.verification
    parts = [f"<p>{texts.NUMBERS.format(checked.numbers)}</p>"]
    if not checked.unsupported:
        parts.append(f"<p>{texts.NO_DOUBTS}</p>")
    for title, doubts in (
        (texts.UNSUPPORTED, checked.unsupported),
        (texts.LEFT_OUT, checked.left_out),
    ):
        if doubts:
            rows = "".join(
                f"<li>{_link(_of_text(draft, one), one.text)}<small>{inert(one.reason)}</small>"
                f"{_openers(one)}</li>"
                for one in doubts
            )
            parts.append(f"<h4>{title}</h4><ul>{rows}</ul>")
    return "".join(parts)


def _openers(doubt: Doubt) -> str:
    return "".join(
        f'<button type="button" class="hb-link" data-open="{n}">{texts.OPEN}</button>'
        for n in doubt.citations[:1]
    )
