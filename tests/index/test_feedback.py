"""Opinions of answers: kept, remarked on later, told apart."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.feedback import Feedback, Opinion

GOOD = Opinion("a", "2026-03-01T09:00:00+08:00", "", "甲村有多少户?", (), "12户", ("甲.txt",), True)
BAD = replace(GOOD, id="b", at="2026-03-01T09:05:00+08:00", before=("甲村有多少户?",), good=False)


def test_opinions_come_back_as_they_were_given_the_oldest_first(tmp_path: Path) -> None:
    with closing(Feedback(tmp_path)) as feedback:
        feedback.keep(BAD)
        feedback.keep(GOOD)
    with closing(Feedback(tmp_path)) as again:
        assert again.kept() == [GOOD, BAD]
        assert again.kept(good=False) == [BAD]


def test_a_remark_that_follows_takes_the_place_of_the_bare_thumb(tmp_path: Path) -> None:
    with closing(Feedback(tmp_path)) as feedback:
        feedback.keep(BAD)
        feedback.keep(replace(BAD, remark="户数是上一年的"))
        assert [opinion.remark for opinion in feedback.kept()] == ["户数是上一年的"]
