"""The row of a table that has the most or the least: 哪项补贴发的钱最多."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.answer.answer import Sentence as AnswerSentence
from app.answer.extract import Extract, cite
from index.archive import Archive
from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.evidence.score import Scored
from index.query import Query
from index.records import Hit, StoredPassage

_ASKED = re.compile(
    r"哪[一个项种类些家处所座位村镇户]{0,2}[^,。]{0,14}?最(?P<way>[多高大长少低小短])|"
    r"最(?P<way2>[多高大长少低小短])的?[^,。]{0,8}?(?:是|叫)?(?:哪|谁|什么|啥)|谁[^,。]{0,10}?最(?P<way3>[多高大少低小])"
)
_LEAST = frozenset("少低小短")
_CELL = re.compile(r"(?:^|\| )\s*(?P<name>[^|:]{1,24}):\s*(?P<value>[^|]*?)\s*(?=\||$)")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_MONEY = re.compile(r"元|金额|资金|产值|收入|费")
_RATE = re.compile(r"月|标准|每")
_SUM = re.compile(r"合计|总计|小计")
_LOOKED_AT = 8
_COVERED = 0.3


@dataclass(frozen=True)
class _Row:
    stored: StoredPassage
    start: int
    end: int
    cells: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.cells)


def told_most(query: Query, found: Sequence[Scored], archive: Archive) -> Extract | None:
    """The row of the best table that has the most of what is asked; None where there is none."""
    asked = _ASKED.search(fold(query.text))
    if asked is None:
        return None
    for one in found[:_LOOKED_AT]:
        if "|" not in one.candidate.folded or one.candidate.coverage < _COVERED:
            continue
        stored = one.candidate.hit.stored
        rows = list(_rows(archive.passages_of(stored.passage.report_id)))
        own = next((row for row in rows if row.start == one.candidate.start), None)
        if own is None:
            continue
        table = [row for row in rows if row.heading == own.heading and not _is_sum(row)]
        column = _column(query, own)
        if column is None:
            continue
        way = next(group for group in asked.groups() if group)
        return _told(table, column, least=way in _LEAST)
    return None


def _rows(passages: Sequence[StoredPassage]) -> Iterator[_Row]:
    for stored in passages:
        text = stored.passage.text
        for start, end in sentences(text):
            cells = tuple(
                (cell["name"].strip(), cell["value"])
                for cell in _CELL.finditer(fold(text[start:end]))
            )
            if len(cells) > 1:
                at = stored.passage.start
                yield _Row(stored, at + start, at + end, cells)


def _is_sum(row: _Row) -> bool:
    return bool(_SUM.search(row.cells[0][1]))


def _column(query: Query, row: _Row) -> int | None:
    """The one column of numbers that the question asks of; None where several would do."""
    asked = fold(query.text)
    numbers = [n for n, (_, value) in enumerate(row.cells) if n and _NUMBER.fullmatch(value)]
    if "钱" in asked:
        numbers = [n for n in numbers if _MONEY.search(row.cells[n][0])]
    if len(numbers) > 1 and not _RATE.search(asked):
        numbers = [n for n in numbers if not _RATE.search(row.cells[n][0])]
    said = {n: _said(query, row.cells[n][0]) for n in numbers}
    most = max(said.values(), default=0)
    named = [n for n in numbers if said[n] == most and (most or "钱" in asked)]
    return named[0] if len(named) == 1 else None


def _said(query: Query, name: str) -> int:
    """How many characters of a column's name the question says."""
    return sum(
        max((len(word) for word in term.alike if len(word) > 1 and word in name), default=0)
        for term in query.terms
    )


def _told(table: Sequence[_Row], column: int, *, least: bool) -> Extract | None:
    values = {
        at: Decimal(row.cells[column][1].replace(",", ""))
        for at, row in enumerate(table)
        if _NUMBER.fullmatch(row.cells[column][1])
    }
    if len(values) < 2:
        return None
    most = (min if least else max)(values.values())
    best = [table[at] for at, value in values.items() if value == most]
    citations = tuple(
        cite(n, Hit(n, 0.0, row.stored), _quote(row), row.start) for n, row in enumerate(best, 1)
    )
    numbers = tuple(citation.n for citation in citations)
    direct = "、".join(_name(row) for row in best)
    told = (AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
    return Extract(direct, (AnswerSentence(direct, numbers), *told), citations)


def _name(row: _Row) -> str:
    """What a row is about: its first cell that is no running number."""
    return next((value for _, value in row.cells if not _NUMBER.fullmatch(value)), "")


def _quote(row: _Row) -> str:
    at = row.stored.passage.start
    return row.stored.passage.text[row.start - at : row.end - at]
