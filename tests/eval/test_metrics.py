"""The metrics on answers worked by hand."""

from __future__ import annotations

import pytest

from app.answer.answer import Answer, Citation, ReportRef, Scope, Sentence
from eval.cases import Case, sample
from eval.metrics import Share, judge, plain, share


def answer(direct: str | None, quote: str, source: str = "/x/a/b.txt") -> Answer:
    citation = Citation(1, ReportRef("r1", "报告", None, None, source), "", quote, 0, len(quote))
    sentences = [Sentence(quote, (1,))]
    if direct is not None:
        sentences.insert(0, Sentence(direct, (1,)))
    return Answer("问", direct, tuple(sentences), (citation,), Scope(), "extract", 0.1)


REFUSED = Answer("问", None, (), (), Scope(), "extract", 0.1)
CASE = Case("1", "figure", "问", ("158户", "602人"), "a/b.txt", "贫困户158户602 人")
NONE = Case("2", "unanswerable", "问", (), None, None)


def test_a_right_answer_with_the_right_citation() -> None:
    verdict = judge(CASE, answer("158户602人", "其中贫困户158户602 人。"))
    assert (verdict.right, verdict.direct, verdict.cited, verdict.refused) == (
        True,
        True,
        True,
        False,
    )


def test_the_right_sentence_under_a_wrong_value_is_no_right_direct_answer() -> None:
    verdict = judge(CASE, answer("51户", "其中贫困户158户602 人,低保51户。"))
    assert verdict.right
    assert verdict.direct is False


def test_a_citation_of_another_file_is_wrong() -> None:
    assert judge(CASE, answer("158户602人", "贫困户158户602 人", "/x/a/c.txt")).cited is False


def test_citations_of_wrong_answers_have_no_score() -> None:
    assert judge(CASE, answer("88户", "贫困户88户")).cited is None


def test_refusals() -> None:
    assert judge(NONE, REFUSED).right
    assert not judge(NONE, answer("1户", "1户")).right
    refused = judge(CASE, REFUSED)
    assert (refused.right, refused.refused) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１５８ 户", "158户"),
        ("13,420元", "13420元"),
        ("５％", "5%"),
        ("貧困", "贫困"),
        ("3。5", "3.5"),
    ],
)
def test_plain_text_folds_what_does_not_matter(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_share_leaves_out_what_does_not_apply() -> None:
    assert share([True, False, None, True]) == Share(2, 3)
    assert str(Share(2, 3)) == "2/3 (66.7%)"
    assert str(Share(0, 0)) == "0/0"


def test_the_sample_cases_are_enough_and_well_formed() -> None:
    cases = sample().cases
    assert len(cases) >= 60
    assert sum(not case.answerable for case in cases) >= 20
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        if case.answerable:
            assert case.source is not None
            assert (sample().reports / case.source).is_file()
