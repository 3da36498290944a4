"""A desk over two reports, one of them hostile, for the tests of the web page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.answer.answer import WORDED, Answer, Citation, ReportRef, Scope, Sentence
from app.draft.office import DraftOffice
from app.web.ports import ArchiveAdmin, HistoryDesk, Original, Overview
from index.errors import ArchiveBusy, NotFound
from index.feedback import Opinion
from index.records import Described, Period, Report
from index.search import Found

VILLAGE = Report(
    "r1",
    "D:\\档案\\枧头村2018上半年.txt",
    Described("枧头村脱贫情况报告", "枧头村", period=Period.parse("2018H1")),
    "枧头村脱贫情况报告\n一、基本村情\n全村共有612户2321人。其中贫困户97户346人。\n"
    "(一)规范建设。硬化道路5200米;\n修建护栏65米。\n2018年7月6日",
)
NASTY = (
    '<script>alert(1)</script> <img src="http://evil.example/a.png" onerror=alert(1)> $x^2$ '
    "$$y$$ ![图](http://evil.example/b.png) [点](http://evil.example) **粗** `码` ${a} {{b}} _下_"
)
HOSTILE = Report("r2", "<b>.txt", Described(NASTY, NASTY), f"{NASTY}\n一、{NASTY}\n共5户。")


def cite(n: int, report: Report, quote: str, heading: str = "一、基本村情") -> Citation:
    start = report.text.index(quote)
    period = report.period.key if report.period else None
    ref = ReportRef(report.id, report.title, report.place, period, report.source)
    return Citation(n, ref, heading, quote, start, start + len(quote))


def answer(
    question: str,
    citations: tuple[Citation, ...],
    direct: str | None = None,
    scope: Scope | None = None,
    note: str | None = None,
) -> Answer:
    """An answer that says each quotation as a sentence; no citations make a refusal."""
    sentences = tuple(Sentence(c.quote, (c.n,)) for c in citations)
    if direct is not None:
        sentences = (Sentence(direct, (1,)), *sentences)
    return Answer(question, direct, sentences, citations, scope or Scope(), "extract", 0.05, note)


HOUSEHOLDS = cite(1, VILLAGE, "其中贫困户97户346人。")
ROADS = cite(2, VILLAGE, "硬化道路5200米;\n修建护栏65米。", "(一)规范建设")


class FakeDesk:
    """Answers by a word of the question; remembers what it was asked."""

    def __init__(self, reports: int = 2) -> None:
        self.asked: list[tuple[str, str | None, str | None]] = []
        self.genre: str | None = None
        self.before: tuple[str, ...] = ()
        self.without: tuple[Scope, ...] = ()
        self.opinions: list[Opinion] = []
        self.reports = {r.id: r for r in (VILLAGE, HOSTILE)}
        self._count = reports
        self.office: DraftOffice | None = None

    def ask(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        genre: str | None = None,
    ) -> Answer:
        self.genre = genre
        self.asked.append((question, place, period))
        if "忙" in question:
            raise ArchiveBusy("档案正忙，请稍后再问。")
        if "王家" in question:
            scope = Scope(("王家村",), ("2020H1",))
            return answer(question, (), scope=scope, note="档案中有王家村2018年上半年的报告。")
        if "恶意" in question:
            return answer(question, (cite(1, HOSTILE, NASTY, NASTY),), NASTY, Scope((NASTY,)))
        return answer(question, (HOUSEHOLDS, ROADS), "97户346人", Scope(("枧头村",), ("2018H1",)))

    def answers(
        self,
        question: str,
        place: str | None = None,
        period: str | None = None,
        before: Sequence[str] = (),
        without: Sequence[Scope] = (),
        genre: str | None = None,
    ) -> Iterator[Answer]:
        self.before = tuple(before)
        self.without = tuple(without)
        whole = self.ask(question, place, period, genre)
        out = without[-1] if without else Scope()
        places = tuple(p for p in whole.scope.places if p not in out.places)
        periods = tuple(p for p in whole.scope.periods if p not in out.periods)
        genres = (genre,) if genre else ()
        whole = replace(whole, scope=Scope((place,) if place else places, periods, genres))
        if "慢" in question:
            yield replace(whole, mode=WORDED, sentences=whole.sentences[:1])
            time.sleep(1.5)
        if "模型" in question:
            worded = replace(whole, mode=WORDED)
            for count in range(1, len(whole.sentences)):
                yield replace(worded, sentences=whole.sentences[:count])
            yield replace(worded, notices=("语言模型有 1 句话没有通过核对:1 句已删去。",))
            return
        yield whole

    def search(self, question: str, limit: int = 10) -> Found:
        raise NotFound("这里没有可找的。")

    def intake(self) -> ArchiveAdmin:
        raise NotFound("这里没有档案。")

    def ledger(self) -> HistoryDesk:
        raise NotFound("这里没有历次数字。")

    def rate(self, opinion: Opinion) -> None:
        self.opinions.append(opinion)

    def drafting(self) -> DraftOffice:
        if self.office is None:
            raise NotFound("这里没有稿子。")
        return self.office

    def report(self, report_id: str) -> Report | None:
        return self.reports.get(report_id)

    def may(self, method: str) -> bool:
        return True

    def original(self, report_id: str) -> Original | None:
        return None

    def overview(self) -> Overview:
        return Overview(self._count, 12, 3, ("枧头村",), ("2018H1",), ("述职报告",))

    def examples(self) -> tuple[str, ...]:
        return ("枧头村有多少贫困户？", "硬化了多少米道路？", "王家村脱贫多少户？")
