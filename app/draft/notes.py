"""What is handed in for a draft: documents, tables and typed lines, read into sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.answer.answer import ReportRef
from app.draft import texts
from app.draft.draft import DraftCitation, Origin
from app.draft.material import Said, said_in
from app.history.statements import Statement
from index.chinese.fold import fold
from index.errors import UnreadableFile, UsageError
from index.records import Described, Period, Report
from ingest.clean import clean
from ingest.lines import Line
from ingest.measure import measure
from ingest.readers import load, read
from ingest.split import marks_of, split, text_of

_NAME = re.compile(r"指标|项目|名称|内容")
_VALUE = re.compile(r"数值|数量|本期|完成|数据|值|数$")
_UNIT = re.compile(r"单位$|^单位")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_IN_HEAD = re.compile(r"[(（]([^()（）]{1,6})[)）]$")
_TITLED = re.compile(r"([^:：|]{1,20})[:：](.*)")


def read_notes(
    paths: Sequence[Path],
    typed: Sequence[str],
    place: str,
    period: Period,
    indicators: Path | None = None,
) -> tuple[Said, ...]:
    """Every sentence that was handed in, in order; raises UsageError for a file nobody can read."""
    found: list[Said] = []
    for path in paths:
        try:
            lines = clean(read(load(path), path.suffix))
        except (UnreadableFile, OSError) as error:
            raise UsageError(texts.bad_notes(path.name, str(error))) from error
        found += _said(_untabled(lines), path.name, place, period, indicators)
    own = [Line(line.strip()) for text in typed for line in text.splitlines() if line.strip()]
    if own:
        found += _said(own, texts.TYPED, place, period, indicators)
    return tuple(found)


def _said(
    lines: Sequence[Line], source: str, place: str, period: Period, indicators: Path | None
) -> list[Said]:
    if not lines:
        return []
    text = text_of(lines)
    # A note has no id of its own in the archive; by this one its figures are told apart.
    note_id = "n" + hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()[:10]
    described = Described(title=source, place=place, period=period)
    report = Report(note_id, source, described, text, 0, marks_of(lines))
    passages = tuple(split(note_id, lines))
    figures = measure(report, passages, indicators).figures
    return list(said_in(report, passages, figures, lines=True))


def _untabled(lines: Sequence[Line]) -> list[Line]:
    """Tables of indicator, value, unit, and wide ones, as one short sentence for each value."""
    result: list[Line] = []
    head: list[str] = []
    for line in lines:
        if not line.row:
            head = []
            result.append(line)
            continue
        cells = [cell.strip() for cell in line.text.split("|")]
        titled = [_TITLED.fullmatch(cell) for cell in cells]
        if all(titled):  # as sheets are read: 指标:党员 | 数值:44
            head = [match[1] for match in titled if match]
            cells = [match[2].strip() for match in titled if match]
        if not any(_NUMBER.fullmatch(fold(cell)) for cell in cells):
            head = cells
            continue
        said = _narrow(head, cells) or _wide(head, cells)
        result += [replace(line, text=one, row=False) for one in said] if said else [line]
    return result


def _narrow(head: Sequence[str], cells: Sequence[str]) -> list[str]:
    """指标 | 数值 | 单位; without a head any row of a name, a number and perhaps a unit."""
    if head and not any(_NAME.search(one) for one in head[:2]):
        return []
    numbers = [at for at, cell in enumerate(cells) if _NUMBER.fullmatch(fold(cell))]
    names = [at for at, cell in enumerate(cells) if cell and at not in numbers]
    if not numbers or not names:
        return []
    wanted = [at for at in numbers if at < len(head) and _VALUE.search(head[at])]
    value = (wanted or numbers)[0]
    titled = [at for at in names if at < len(head) and _NAME.search(head[at])]
    name = (titled or names)[0]
    units = [at for at in names if at < len(head) and _UNIT.search(head[at])]
    if not units and not head:
        units = [at for at in names if at > value and len(cells[at]) <= 4]
    unit = cells[units[0]] if units else ""
    label = cells[name]
    if not unit and (match := _IN_HEAD.search(label)):
        label, unit = label[: match.start()], match[1]
    return [f"{label}{cells[value]}{unit}。"]


def _wide(head: Sequence[str], cells: Sequence[str]) -> list[str]:
    """One indicator a column, its unit in brackets."""
    said = []
    for title, cell in zip(head, cells, strict=False):
        if not title or not _NUMBER.fullmatch(fold(cell)):
            continue
        match = _IN_HEAD.search(title)
        label, unit = (title[: match.start()], match[1]) if match else (title, "")
        said.append(f"{label}{cell}{unit}。")
    return said


def note_cited(said: Said, n: int) -> DraftCitation:
    """A sentence of a note as a numbered quotation."""
    position = said.report.position(said.start, said.end)
    return DraftCitation(
        n,
        Origin.NOTES,
        ReportRef("", said.report.title, said.report.place, None, said.report.source),
        " / ".join(said.heading),
        said.text,
        said.start,
        said.end,
        position.page,
        position.sheet,
        position.row,
    )


def statement_of(said: Said) -> Statement:
    """The sentence as the views of the ledger take it."""
    report = said.report
    return Statement(
        report.id,
        report.described,
        report.source,
        said.start,
        said.text,
        fold(said.text),
        said.figures,
    )
