"""A draft as safe HTML: the paper on the left, and what belongs to it on the right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.draft import Draft, DraftCitation, DraftSentence, Origin, ToFill
from app.draft.edit import Elsewhere
from app.web import draft_texts as texts
from app.web.escape import inert
from app.web.names import joined, period_name
from index.drafts import Version

_NOW = "hb-now"
_GAP = re.compile(r"(【待补充[^】]*】)")


def paper_html(draft: Draft | None, chosen: str | None = None) -> str:
    """The draft as it will be printed; every sentence can be clicked."""
    if draft is None:
        return f'<div class="hb-paper hb-empty"><p>{texts.NO_DRAFT}</p></div>'
    doubted = {one.text for one in draft.verification.unsupported}
    blocks = [f"<h2>{inert(draft.title)}</h2>"]
    for section in draft.sections:
        blocks.append(f"<h{section.level + 2}>{inert(section.heading)}</h{section.level + 2}>")
        paragraphs: list[list[str]] = []
        for one in section.sentences:
            if one.opens or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(_sentence(one, one.id == chosen, one.text in doubted))
        blocks += [f"<p>{''.join(paragraph)}</p>" for paragraph in paragraphs]
    if draft.unit:
        blocks.append(f'<p class="hb-sign">{inert(draft.unit)}</p>')
    if draft.dated:
        day = f"{draft.dated.year}年{draft.dated.month}月{draft.dated.day}日"
        blocks.append(f'<p class="hb-sign">{day}</p>')
    told = "".join(f'<p class="hb-notice">{inert(notice)}</p>' for notice in draft.notices)
    return f'{told}<article class="hb-paper">{"".join(blocks)}</article>'


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
    draft: Draft | None, one: DraftSentence | None, others: Sequence[Elsewhere] = ()
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
        f'<div class="hb-edit" data-sentence="{inert(one.id)}">'
        f'<p class="hb-tags">{"".join(f"<span>{tag}</span>" for tag in tags)}</p>'
        f'<textarea rows="4" aria-label="{texts.SENTENCE}">{inert(one.text)}</textarea>{doubts}'
        f'<p class="hb-acts"><button type="button" class="hb-do" data-do="change">{texts.CHANGE}'
        f'</button><button type="button" class="hb-do" data-do="{out[0]}">{out[1]}</button></p>'
        f"{_elsewhere(others)}</div><h4>{texts.SOURCES}</h4>"
        + (sources or f'<p class="hb-quiet">{texts.NO_SOURCES}</p>')
    )


def _elsewhere(others: Sequence[Elsewhere]) -> str:
    if not others:
        return ""
    rows = "".join(
        f'<li><a role="button" tabindex="0" data-s="{inert(one.sentence)}">{inert(one.text)}</a>'
        f"({inert(one.figure)})</li>"
        for one in others
    )
    return f'<p class="hb-s-reason">{texts.ELSEWHERE}</p><ul>{rows}</ul>'


def _source(one: DraftCitation) -> str:
    where = joined(one.report.place, period_name(one.report.period), one.heading)
    if one.origin is Origin.NOTES:
        where = joined(texts.TYPED_BY_HAND, one.report.source)
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
    if draft is None or not draft.to_fill:
        return f'<p class="hb-quiet">{texts.BLANK if draft is None else texts.ALL_FILLED}</p>'
    rows = "".join(
        f'<label><span><a role="button" data-s="{inert(item.sentence)}">{inert(item.indicator)}'
        f"</a></span><small>"
        f"{_last(item)}</small>"
        f'<input type="text" data-gap="{at}" placeholder="{inert(item.unit)}"></label>'
        for at, item in enumerate(draft.to_fill)
    )
    button = f'<button type="button" class="hb-do" data-do="fill">{texts.FILL}</button>'
    return f'<div class="hb-gaps">{button}{rows}</div>'


def _last(item: ToFill) -> str:
    if not item.last:
        return texts.NO_LAST
    # 「脱贫完成数,计划148户」 says itself what was planned.
    return "" if "," in item.indicator else inert(texts.LAST.format(item.last))


def figures_html(draft: Draft | None) -> str:
    """This period beside the last one; alarms below their row."""
    if draft is None or not draft.figures:
        return f'<p class="hb-quiet">{texts.BLANK if draft is None else texts.NO_FIGURES}</p>'
    head = "".join(f"<th>{name}</th>" for name in texts.COLUMNS)
    rows = []
    for one in draft.figures:
        name = f"{one.indicator}({one.unit})" if one.unit else one.indicator
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
                f"<li>{inert(one.text)}<small>{inert(one.reason)}</small></li>" for one in doubts
            )
            parts.append(f"<h4>{title}</h4><ul>{rows}</ul>")
    return "".join(parts)


def versions_html(versions: Sequence[Version], shown: int | None) -> str:
    """Who saved what and when, the newest first."""
    if not versions:
        return f'<p class="hb-quiet">{texts.BLANK}</p>'
    rows = "".join(
        f'<li class="{_NOW if one.number == shown else ""}">'
        f"<strong>{texts.VERSION.format(one.number)}</strong> {inert(one.remark)}"
        f"<small>{inert(joined(one.who, one.at[:16].replace('T', ' ')))}</small>"
        f'<button type="button" class="hb-link" data-version="{one.number}">'
        f"{texts.OPEN_VERSION}</button></li>"
        for one in reversed(versions)
    )
    return f'<ol class="hb-versions">{rows}</ol>'
