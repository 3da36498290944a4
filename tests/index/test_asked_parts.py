"""A question for several values as the questions after each of them."""

from __future__ import annotations

from datetime import date

import pytest

from index.asked_parts import asks_each, asks_each_place, parts_of
from index.place_book import PlaceBook
from index.query import Query, Wanted
from index.question import understand

_BOOK = PlaceBook(["青杠村", "上坪村"])


def ask(text: str) -> Query:
    return understand(text, _BOOK, lambda _: False, date(2023, 3, 1))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("青杠村脱贫多少户多少人", [("户",), ("人",)]),
        ("青杠村有多少亩茶园,多少头牛", [("亩",), ("头",)]),
        ("青杠村有多少亩茶园", [("亩",)]),
        ("青杠村有哪些产业", [()]),
    ],
)
def test_each_value_asked_for_is_a_part(text: str, units: list[tuple[str, ...]]) -> None:
    assert [part.units for part in parts_of(ask(text))] == units


def test_the_second_part_takes_over_what_the_first_is_about() -> None:
    first, second = parts_of(ask("青杠村易地搬迁多少户多少人"))
    words = {term.word for term in first.terms}
    assert words
    assert words <= {term.word for term in second.terms}
    assert [place.name for place in second.places] == ["青杠村"]


def test_the_second_thing_is_not_asked_with_the_first_one_s_words_only() -> None:
    _, second = parts_of(ask("青杠村有多少亩茶园,核桃多少亩"))
    assert "核桃" in {term.word for term in second.terms}


def test_each_of_several_places_is_a_part() -> None:
    query = ask("青杠村和上坪村各有多少党员")
    assert asks_each_place(query)
    assert [[p.name for p in part.places] for part in parts_of(query)] == [["青杠村"], ["上坪村"]]


def test_places_that_are_put_together_are_no_parts() -> None:
    assert not asks_each_place(ask("青杠村和上坪村一共有多少党员"))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("青杠村有几个党员", "人"), ("青杠村有几个贫困户", "户"), ("青杠村有几名护林员", "人")],
)
def test_people_and_households_are_counted_in_their_units(text: str, unit: str) -> None:
    query = ask(text)
    assert query.wanted is Wanted.FIGURE
    assert unit in query.units


@pytest.mark.parametrize(("text", "half"), [("上半年栽了多少亩茶", 1), ("下半年栽了多少亩茶", 2)])
def test_a_half_year_without_its_year_is_left_open(text: str, half: int) -> None:
    assert ask(text).half == half


def test_a_half_year_of_a_year_is_not_open() -> None:
    assert ask("2021年上半年栽了多少亩茶").half is None


def test_a_day_is_one_value() -> None:
    assert len(parts_of(ask("青杠村的路是几月几日通车的"))) == 1


def test_the_same_asked_of_two_things_is_a_part_for_each() -> None:
    query = ask("青杠村的小学和幼儿园各有多少学生")
    assert asks_each(query)
    assert [part.part for part in parts_of(query)] == ["小学", "幼儿园"]
