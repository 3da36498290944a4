"""Which places have filed their report of a period, and which have not: 哪些村没有交总结."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answer import filed_texts as texts
from app.answer.answer import Citation, ReportRef, Sentence
from app.answer.reckon.reckon import Reckoned
from app.history.coverage import Coverage, Filing, PlaceCoverage, State, coverage
from index.archive import Archive
from index.chinese.fold import fold
from index.chinese.places import level
from index.query import Query
from index.records import Period

_REPORT = r"(?:[^,。?]{0,14}(?:总结|汇报|报告|材料))"
_SENT = r"(?:上?交|上?报送?|提交|报来|报上来|写)"
_ASKED = re.compile(
    rf"(?:没有?|未|还没有?|尚未|漏|缺){_SENT}(?:了|过)?{_REPORT}|(?:没有?|未|还没有?|尚未)(?:上?交|上?报送)[的。?了]*$|"
    rf"(?:都|已经?)?{_SENT}(?:了|过|齐)?(?:[^,。?]{{0,6}}(?:总结|汇报|工作报告))|(?:迟|晚|漏|缺)(?:交|报)"
)
_OF_WHOM = re.compile(r"哪些|哪几?个|几个|多少个?|谁|各(?=村|镇|乡)")
_NOT = re.compile(r"没|未|漏|缺")
_LATE = re.compile(r"迟|晚")
_MOST_CITED = 30


def asks_who_filed(query: Query) -> bool:
    """Whether a question asks which places handed in a report, not what a report says."""
    text = fold(query.text).rstrip("?。 ")
    asked = _ASKED.search(text)
    return bool(asked and _OF_WHOM.search(text) and len(query.periods) == 1 and query.each)


def told_filing(query: Query, archive: Archive) -> Reckoned | None:
    """The places that filed and those that did not; None where it is not asked or not known."""
    if not asks_who_filed(query):
        return None
    found = coverage(archive)
    period = query.periods[0]
    if period not in found.periods:
        return None
    rows = _rows(query, found)
    due = [(row, _of(row, found, period)) for row in rows]
    there = [(row, one) for row, one in due if one.reports]
    late = [(row, one) for row, one in there if one.state is State.LATE]
    missing = [row for row, one in due if one.state is State.MISSING]
    if not there and not missing:
        return None
    text = fold(query.text)
    cited = _Cited(archive)
    if _LATE.search(text):
        direct = texts.who(texts.LATE, [row.place for row, _ in late])
        numbers = cited.all([one for _, one in late])
    elif _NOT.search(text):
        direct = texts.who(texts.MISSING, [row.place for row in missing])
        numbers = ()
    else:
        direct = texts.who(texts.FILED, [row.place for row, _ in there])
        numbers = cited.all([one for _, one in there])
    sentences = [Sentence(direct, numbers)]
    names = [row.place + (texts.LATE_MARK if (row, one) in late else "") for row, one in there]
    if names and not direct.startswith(texts.FILED):
        own = cited.all([one for _, one in there])
        sentences.append(Sentence(texts.who(texts.FILED, names), own))
    if missing and not direct.startswith(texts.MISSING):
        sentences.append(Sentence(texts.who(texts.MISSING, [row.place for row in missing]), ()))
    ending = texts.by_the_archive(period.chinese, len(rows), found.late_days)
    return Reckoned(direct, (*sentences, Sentence(ending, ())), cited.used, (), None)


def _rows(query: Query, found: Coverage) -> list[PlaceCoverage]:
    """The rows of the level asked about, inside the places that the question names."""
    inside = {name for place in query.places for name in place.inside}
    towns = {place.name for place in query.places if place.inside}
    return [
        row
        for row in found.places
        if level(fold(row.place)) == query.each
        and (not query.places or row.place in inside or row.within in towns)
    ]


def _of(row: PlaceCoverage, found: Coverage, period: Period) -> Filing:
    return row.filings[found.periods.index(period)]


class _Cited:
    """The first line of each report that is told to be there, numbered."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._used: dict[str, Citation] = {}

    @property
    def used(self) -> tuple[Citation, ...]:
        return tuple(self._used.values())

    def all(self, filings: Sequence[Filing]) -> tuple[int, ...]:
        numbers = [self._number(one) for one in filings[:_MOST_CITED]]
        return tuple(number for number in numbers if number)

    def _number(self, filing: Filing) -> int | None:
        info = filing.reports[0]
        if info.id in self._used:
            return self._used[info.id].n
        report = self._archive.report(info.id)
        line = re.search(r"\S[^\n]*\S", report.text) if report is not None else None
        if line is None:
            return None
        described = info.described
        period = described.period.key if described.period else None
        ref = ReportRef(info.id, described.title, described.place, period, info.source)
        self._used[info.id] = Citation(
            len(self._used) + 1, ref, "", line[0], line.start(), line.end()
        )
        return self._used[info.id].n
