"""Figures over time, alarms and coverage as HTML; pure functions, every word of a report inert."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from app.history.alarm import Alarm
from app.history.amounts import rounded
from app.history.coverage import Coverage, Filing, PlaceCoverage, State
from app.history.rows import Cell, Change, History, Row, told_amount
from app.history.statements import Citation
from app.history.texts import ALARMS, KINDS
from app.web import history_texts as texts
from app.web.escape import inert
from app.web.names import file_name, joined
from index.records import Period

MOST_ROWS = 200
MOST_ALARMS = 50
MOST_PLACES = 300


def hint_html(text: str) -> str:
    return f'<p class="hb-hint hb-pad">{inert(text)}</p>'


# ---- figures


def history_html(found: History, rows: Sequence[Row]) -> str:
    """The table of these rows of a history; every value opens its report."""
    if not rows:
        return hint_html(texts.NO_FIGURES)
    heads = "".join(f'<th scope="col">{inert(period.chinese)}</th>' for period in found.periods)
    unfiled = found.unfiled
    body = "".join(_row(row, found.periods, unfiled) for row in rows[:MOST_ROWS])
    left = len(rows) > MOST_ROWS
    more = hint_html(texts.too_many_rows(MOST_ROWS, len(rows))) if left else ""
    return (
        f'<h2 class="hb-h-title">{inert(texts.title(found.place, len(found.periods), len(rows)))}'
        f'</h2><p class="hb-hint">{texts.UNFILED_KEY if unfiled else ""}{texts.KEY}</p>{more}'
        f'<div class="hb-scroll" tabindex="0"><table class="hb-table"><thead><tr>'
        f'<th scope="col">{texts.INDICATOR}</th><th scope="col">{texts.KIND}</th>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def name_of(row: Row) -> str:
    return f"{row.name}（{row.unit}）" if row.unit else row.name


def _row(row: Row, periods: Sequence[Period], unfiled: Collection[Period]) -> str:
    by_period = {cell.period: cell for cell in row.cells}
    cells = "".join(
        f"<td>{_cell(by_period.get(period), period in unfiled)}</td>" for period in periods
    )
    kind = KINDS[row.key.kind]
    return f'<tr><th scope="row">{inert(name_of(row))}</th><td>{kind}</td>{cells}</tr>'


def _cell(cell: Cell | None, unfiled: bool) -> str:
    if cell is None:
        return f'<span class="hb-gap">{texts.NOT_FILED if unfiled else texts.NOT_STATED}</span>'
    values = texts.OR.join(_opens(told_amount(one), one.citation) for one in cell.values)
    return values + (_changed(cell.change) if cell.change else "")


def _changed(change: Change) -> str:
    if not change.difference:
        return f'<span class="hb-change">{texts.UNCHANGED}</span>'
    sign = "＋" if change.difference > 0 else "－"
    percent = "" if change.percent is None else f"（{rounded(abs(change.percent), 1)}%）"
    said = f"{sign}{rounded(abs(change.difference), 4)}{percent}"
    return f'<span class="hb-change" title="{inert(change.since.chinese)}">{inert(said)}</span>'


def _opens(shown: str, said: Citation) -> str:
    """A button that opens the report at the quoted words; beside the mouse stand the words."""
    quote = f"{said.described.title}：{said.quote}"
    return (
        f'<button type="button" class="hb-v" data-report="{inert(said.report_id)}"'
        f' data-start="{said.start}" data-end="{said.end}" title="{inert(quote)}">'
        f"{inert(shown)}</button>"
    )


# ---- alarms


def alarms_html(alarms: Sequence[Alarm]) -> str:
    """The open alarms first, then the settled ones."""
    if not alarms:
        return hint_html(texts.NO_ALARMS)
    still = [alarm for alarm in alarms if alarm.settled is None]
    done = [alarm for alarm in alarms if alarm.settled is not None]
    cut = (*still, *done)[:MOST_ALARMS]
    more = texts.too_many_alarms(MOST_ALARMS, len(alarms)) if len(alarms) > len(cut) else ""
    return (
        f'<h2 class="hb-h-title">{texts.alarm_count(len(still), len(done))}</h2>'
        f'<p class="hb-hint">{texts.ALARMS_HINT}{more}</p>'
        f'<ol class="hb-cards hb-alarms">{"".join(map(_alarm, cut))}</ol>'
    )


def _alarm(alarm: Alarm) -> str:
    where = joined(alarm.place, alarm.period.chinese if alarm.period else None)
    quotes = "".join(f"<li>{_quoted(one)}</li>" for one in alarm.citations)
    return (
        f'<li class="hb-alarm" data-alarm="{inert(alarm.id)}">'
        f'<p class="hb-alarm-head"><span class="hb-chip">{ALARMS[alarm.kind]}</span>'
        f"<span>{inert(where)}</span></p><p><strong>{inert(alarm.message)}</strong></p>"
        f'<p class="hb-sum">{texts.ARITHMETIC}：{inert(alarm.arithmetic)}</p>'
        f'<ul class="hb-quotes">{quotes}</ul>{_settling(alarm)}</li>'
    )


def _quoted(said: Citation) -> str:
    period = said.described.period
    source = joined(
        said.described.title or file_name(said.source), period.chinese if period else None
    )
    return f'{_opens(said.quote, said)}<span class="hb-card-file">{inert(source)}</span>'


def _settling(alarm: Alarm) -> str:
    if alarm.settled is not None:
        said = texts.settled(alarm.settled.who, alarm.settled.at, alarm.settled.remark)
        return (
            f'<p class="hb-settled">{inert(said)} <button type="button" class="hb-act"'
            f" data-reopen>{texts.REOPEN}</button></p>"
        )
    return (
        f'<p class="hb-settling"><input type="text" class="hb-remark" maxlength="500"'
        f' aria-label="{texts.REMARK}" placeholder="{texts.REMARK_HINT}">'
        f'<button type="button" class="hb-act" data-settle>{texts.SETTLE}</button></p>'
    )


# ---- coverage


def coverage_html(found: Coverage) -> str:
    """The matrix by township, and below it what stopped being reported."""
    if not found.places:
        return hint_html(texts.NO_COVERAGE)
    filed, late, missing = map(found.count, (State.FILED, State.LATE, State.MISSING))
    heads = "".join(f'<th scope="col">{inert(one.chinese)}</th>' for one in found.periods)
    body = "".join(map(_filed, found.places[:MOST_PLACES]))
    more = len(found.places) > MOST_PLACES
    notes = hint_html(texts.too_many_places(MOST_PLACES, len(found.places))) if more else ""
    notes += hint_html(texts.unplaced(len(found.unplaced))) if found.unplaced else ""
    return (
        f'<p class="hb-hint">{texts.coverage_count(filed, late, missing, found.late_days)}</p>'
        f'<div class="hb-scroll" tabindex="0"><table class="hb-table hb-matrix"><thead><tr>'
        f'<th scope="col">{texts.PLACE}</th><th scope="col">{texts.WITHIN}</th>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>{notes}{_stopped(found.places)}"
    )


def _filed(row: PlaceCoverage) -> str:
    cells = "".join(
        f'<td class="hb-{one.state.value.replace("_", "-")}">{_filing(one)}</td>'
        for one in row.filings
    )
    return f'<tr><th scope="row">{inert(row.place)}</th><td>{inert(row.within or "")}</td>{cells}'


def _filing(one: Filing) -> str:
    shown = texts.STATES[one.state.value] + (str(len(one.reports)) if len(one.reports) > 1 else "")
    if not one.reports:
        return shown
    titles = "；".join(info.described.title for info in one.reports)
    return (
        f'<button type="button" class="hb-v" data-report="{inert(one.reports[0].id)}"'
        f' title="{inert(titles)}">{shown}</button>'
    )


def _stopped(places: Sequence[PlaceCoverage]) -> str:
    def items() -> Iterator[str]:
        for row in places:
            if row.stopped:
                lines = "".join(
                    f"<li>{inert(texts.stopped(s.indicator, s.last.chinese, missing))}</li>"
                    for s in row.stopped
                    for missing in ("、".join(one.chinese for one in s.missing),)
                )
                yield f"<details><summary>{inert(row.place)}</summary><ul>{lines}</ul></details>"

    shown = "".join(items())
    return f'<h2 class="hb-h-title">{texts.STOPPED}</h2>{shown}' if shown else ""
