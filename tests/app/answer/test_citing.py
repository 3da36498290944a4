"""Citations of a worded answer: numbered in order, and with their place in the file."""

from __future__ import annotations

from app.answer.citing import CitationBook
from app.answer.evidence import Source
from app.answer.passages import Evidence
from index.positions import Mark, Position
from index.records import Described, Hit, Passage, StoredPassage

TEXT = "种植核桃300亩。硬化道路3公里。"


def evidence(text: str) -> Evidence:
    marks = (Mark(100, Position(page=1, sure=0.97)), Mark(109, Position(page=2, sure=0.92)))
    passage = Passage("r1", 0, ("一、产业",), 100, 100 + len(TEXT), TEXT, marks)
    hit = Hit(1, 1.0, StoredPassage(7, passage, Described("青杠村工作总结"), "a.pdf"))
    start = 100 + TEXT.index(text)
    return Evidence(hit, start, start + len(text), Source(text, None, None, (), "", "", "", None))


def test_each_sentence_names_its_own_page_and_is_numbered_once() -> None:
    book = CitationBook()

    numbers = [
        book.of(evidence(one)) for one in ("硬化道路3公里。", "种植核桃300亩。", "硬化道路3公里。")
    ]

    assert numbers == [1, 2, 1]
    assert [(one.page, one.sure) for one in book.all()] == [(2, 0.92), (1, 0.97)]
