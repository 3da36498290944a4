"""Alarms scored against contradictions worked by hand."""

from __future__ import annotations

from pathlib import Path

from eval.figures import LABELS, Folders
from eval.figures_alarms import (
    Alarm,
    Contradiction,
    Place,
    alarm_table,
    carry,
    read_contradictions,
    score_alarms,
)
from eval.figures_match import Rate
from eval.figures_text import Alignment


def at(file: str, start: int) -> Place:
    return Place(file, start, start + 10)


SUM = Contradiction("p1", "sum", "1+1=2, not 3", ((at("a", 0),),), True, False)
TWO = Contradiction(
    "r1", "disagree", "5, 6", ((at("a", 50), at("a", 90)), (at("b", 0),)), False, False
)
SMALL = Contradiction("r2", "ratio", "1.43, not 1.41", ((at("c", 0),),), False, True)
GOLD = [SUM, TWO, SMALL]


def test_an_alarm_must_quote_every_side() -> None:
    half = Alarm("disagree", (at("a", 52),))
    whole = Alarm("disagree", (at("a", 95), at("b", 3)))
    assert not TWO.is_told_by(half)
    assert TWO.is_told_by(whole)
    result = score_alarms(GOLD, [half, whole])
    assert (result.planted, result.read) == (Rate(0, 1), Rate(1, 1))
    assert result.missed == (SUM,)
    assert (result.raised, result.false) == (Rate(1, 2), (half,))
    assert "FALSE   disagree: a 52–62" in alarm_table(result)
    assert "MISSED  p1 sum" in alarm_table(result)


def test_what_is_hardly_worth_a_minute_counts_on_neither_side() -> None:
    result = score_alarms(GOLD, [Alarm("ratio", (at("c", 1),)), Alarm("sum", (at("a", 1),))])
    assert result.raised == Rate(1, 1)
    assert result.read == Rate(0, 1)
    assert result.missed == (TWO,)


def test_quotes_are_carried_to_the_raw_text() -> None:
    raw = "标题\n\n党员 87名。\n"
    stored = "标题\n党员 87名。"
    alarm = carry("sum", [("r1", 3, 9)], {"r1": ("archive/a.txt", Alignment(raw, stored))})
    [place] = alarm.quotes
    assert raw[place.start : place.end] == "党员 87名"


def test_the_planted_contradictions_lie_where_they_are_said_to() -> None:
    gold = read_contradictions(LABELS / "alarms.jsonl")
    assert len({one.id for one in gold}) == len(gold)
    planted = [one for one in gold if one.planted]
    assert len(planted) == 3
    folders = Folders(Path("/nonexistent"))
    numbers = {"p1": ["87名"], "p2": ["186盏", "172盏"], "p3": ["512亩", "480亩"]}
    for one in planted:
        for places, number in zip(one.quotes, numbers[one.id], strict=True):
            for place in places:
                assert number in folders.text(place.file)[place.start : place.end]
