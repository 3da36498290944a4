"""Synonyms: groups, folding, and an office's own file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from index.chinese.fold import fold
from index.chinese.synonyms import Synonyms, load_synonyms, read_groups


def test_a_word_has_the_others_of_its_group_beside_it() -> None:
    synonyms = Synonyms([["路灯", "照明灯", "太阳能灯"]])
    assert synonyms.of("照明灯") == ("照明灯", "路灯", "太阳能灯")
    assert synonyms.words == ("路灯", "照明灯", "太阳能灯")


def test_an_unknown_word_stands_alone() -> None:
    assert Synonyms([["路灯", "照明灯"]]).of("水塔") == ("水塔",)


def test_a_word_in_two_groups_has_both_but_joins_them_for_no_other() -> None:
    synonyms = Synonyms([["发展", "种植"], ["发展", "养殖"]])
    assert synonyms.of("发展") == ("发展", "种植", "养殖")
    assert synonyms.of("种植") == ("种植", "发展")


def test_words_are_folded_and_a_group_of_one_word_twice_says_nothing() -> None:
    synonyms = Synonyms([["電腦", "电脑", "PC"]])
    assert synonyms.of("电脑") == ("电脑", "pc")


def test_a_file_has_remarks_and_empty_lines() -> None:
    assert read_groups("# 说明\n\n 水窖  水池\n危房\t旧房\n") == [
        ["水窖", "水池"],
        ["危房", "旧房"],
    ]


def test_an_office_s_own_file_adds_to_the_built_in_groups(tmp_path: Path) -> None:
    own = tmp_path / "同义词.txt"
    own.write_bytes("\ufeff香菇棚 菇棚\n".encode())
    synonyms = load_synonyms(own)
    assert synonyms.of("香菇棚") == ("香菇棚", "菇棚")
    assert set(load_synonyms().words) < set(synonyms.words)


def test_the_built_in_groups_are_mutual_and_folded() -> None:
    synonyms = load_synonyms()
    lines = read_groups(files("index.chinese").joinpath("synonyms.txt").read_text("utf-8"))
    one_way = {word for line in lines if ">" in line for word in line[: line.index(">")]}
    for word in synonyms.words:
        assert word == fold(word)
        first, *others = synonyms.of(word)
        assert first == word
        assert others, word
        assert word not in others
        assert word in one_way or all(word in synonyms.of(other) for other in others)
