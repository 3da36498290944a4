"""The list of reports and the outcomes of an upload as HTML; every word of a file inert."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from app.doctor.checks import Finding
from app.intake import Job
from app.texts import ORIGINS
from app.web import archive_texts as texts
from app.web.escape import inert
from app.web.history_html import hint_html
from app.web.names import file_name, joined, near
from index.archive import ReportInfo

PAGE = 50
"""Rows shown at a time."""
MOST_ALIKE = 50


def reports_html(found: Sequence[ReportInfo], page: int) -> str:
    """One page of the reports, counted from 0; a title opens its report."""
    if not found:
        return hint_html(texts.NOTHING)
    several = " data-pages" if len(found) > PAGE else ""
    shown = found[page * PAGE : (page + 1) * PAGE]
    heads = "".join(f'<th scope="col">{one}</th>' for one in texts.HEADS)
    return (
        f'<p class="hb-hint"{several}>{texts.count(len(shown), page * PAGE + 1, len(found))}</p>'
        f'<div class="hb-scroll" tabindex="0"><table class="hb-table"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{''.join(map(_report, shown))}</tbody></table></div>"
    )


def empty_html() -> str:
    """What to do first; which of the two is shown is for tabs.css to say."""
    return (
        f'<p class="hb-hint hb-pad hb-may-upload">{texts.EMPTY}</p>'
        f'<p class="hb-hint hb-pad hb-may-not-upload">{texts.EMPTY_ASK}</p>'
    )


def _report(info: ReportInfo) -> str:
    said, key = info.described, inert(info.id)
    period = said.period.chinese if said.period else None
    cells = (
        _value(info, "place", said.place),
        _value(info, "period", period),
        _value(info, "unit", said.unit),
        _value(info, "genre", said.genre),
        f'<span title="{inert(near(info.source))}">{inert(file_name(info.source))}</span>',
    )
    return (
        f'<tr data-id="{key}"><th scope="row"><button type="button" class="hb-v"'
        f' data-report="{key}">{inert(said.title or file_name(info.source))}</button></th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}"
        f'<td><button type="button" class="hb-act" data-edit>{texts.CORRECT}</button> '
        f'<button type="button" class="hb-act" data-remove>{texts.REMOVE}</button></td></tr>'
    )


def _value(info: ReportInfo, name: str, value: str | None) -> str:
    if not value:
        return f'<span class="hb-gap">{texts.UNKNOWN}</span>'
    origin = dict(info.described.origins).get(name)
    if origin is None:
        return inert(value)
    told = texts.sure(ORIGINS[origin], origin.sure)
    doubt = f'<span class="hb-change">{told}</span>' if origin.sure < 1 else ""
    return f'<span title="{told}">{inert(value)}</span>{doubt if origin.sure < 0.9 else ""}'


def copies_html(copies: Sequence[tuple[ReportInfo, Sequence[str]]]) -> str:
    """Files that are there more than once, folded away; empty where there are none."""
    if not copies:
        return ""
    lines = "".join(
        f"<li data-id='{inert(info.id)}'>{_opens(info)}：{inert(texts.also_as(map(near, others)))}"
        "</li>"
        for info, others in copies[:MOST_ALIKE]
    )
    head = inert(texts.copies_count(sum(len(others) for _, others in copies)))
    return f"<details class='hb-alike'><summary>{head}</summary><ul>{lines}</ul></details>"


def _opens(info: ReportInfo) -> str:
    shown = joined(info.described.title, file_name(info.source))
    key = inert(info.id)
    return f'<button type="button" class="hb-v" data-report="{key}">{inert(shown)}</button>'


def duplicates_html(pairs: Sequence[tuple[ReportInfo, ReportInfo, float]]) -> str:
    """Reports that are nearly alike, folded away; empty where there are none."""
    if not pairs:
        return ""

    lines = "".join(
        f"<li data-id='{inert(one.id)}'>{inert(texts.alike(similarity))}：{_opens(one)}"
        f"<span data-id='{inert(other.id)}'>{_opens(other)}</span></li>"
        for one, other, similarity in pairs[:MOST_ALIKE]
    )
    head = inert(texts.alike_count(len(pairs), MOST_ALIKE))
    return f"<details class='hb-alike'><summary>{head}</summary><ul>{lines}</ul></details>"


def removed_html(removed: Sequence[tuple[str, str]]) -> str:
    """What was removed, each to be restored."""
    if not removed:
        return hint_html(texts.NOTHING_REMOVED)
    rows = "".join(
        f'<tr data-id="{inert(key)}"><th scope="row">{inert(title)}</th><td>'
        f'<button type="button" class="hb-act" data-restore>{texts.RESTORE}</button></td></tr>'
        for key, title in removed
    )
    return (
        f'<p class="hb-hint">{texts.removed_count(len(removed))}</p>'
        f'<div class="hb-scroll"><table class="hb-table"><tbody>{rows}</tbody></table></div>'
    )


def job_html(job: Job) -> str:
    """How far an upload is, and what became of each file, the newest first."""
    counts = Counter(texts.OUTCOMES[one.outcome.value] for one in job.outcomes)
    counted = "，".join(f"{name} {count}" for name, count in counts.items())
    if job.error is not None:
        head = job.error + (texts.so_far(counted) if counted else "")
    elif job.done:
        head = texts.finished(counted)
    elif job.waiting:
        head = texts.QUEUED
    elif job.stop.is_set():
        head = texts.STOPPING
    elif job.embedded[1]:
        head = texts.embedding(*job.embedded)
    elif job.outcomes:
        head = texts.taken_in(len(job.outcomes), job.total)
    else:
        head = texts.WAITING
    lines = "".join(
        f"<li><strong>{texts.OUTCOMES[one.outcome.value]}</strong> "
        f"{inert(PurePath(one.path).name)}{f'：{inert(one.reason)}' if one.reason else ''}</li>"
        for one in reversed(job.outcomes[-200:])
    )
    # Of a zip that was begun only the number of what is left in it is known.
    count = job.total - len(job.outcomes)
    left = inert(texts.left(count, job.left)) if job.error is not None and count > 0 else ""
    return (
        f'<div class="hb-job" role="status"><p><strong>{inert(head)}</strong></p>'
        f"{left and f'<p>{left}</p>'}{_bar(job)}<ul>{lines}</ul></div>"
    )


def _bar(job: Job) -> str:
    """How far it is, as a bar; none for what has ended."""
    done, total = job.embedded if job.embedded[1] else (len(job.outcomes), job.total)
    if job.done or job.error is not None or not total:
        return ""
    return f'<progress value="{done}" max="{total}"></progress>'


def health_html(found: Sequence[Finding]) -> str:
    """What doctor found, what is broken first."""
    order = ("broken", "note", "ok")
    lines = "".join(
        f'<li class="hb-{one.level}"><strong>{texts.LEVELS[one.level]}</strong> '
        f"{inert(one.name)}：{inert(one.text)}</li>"
        for one in sorted(found, key=lambda one: order.index(one.level))
    )
    return f'<div class="hb-health" role="status"><ul>{lines}</ul></div>'
