"""A report opened from a table: the words at a span of its text, marked in the viewer."""

from __future__ import annotations

from app.web import history_texts as texts
from app.web.ports import Desk
from app.web.viewer import Mark, gone_html, viewer_html


def opened_html(desk: Desk, report_id: object, start: object, end: object) -> str | None:
    """The viewer at text[start:end], or at the beginning; None where no report was asked for.

    The browser may have sent anything. Raises what `desk.report` raises.
    """
    if not isinstance(report_id, str):
        return None
    report = desk.report(report_id)
    if report is None:
        return gone_html(texts.BACK)
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(report.text):
        return viewer_html(report, (Mark(start, end),), back=texts.BACK)
    return viewer_html(report, (), cited=False, back=texts.BACK)
