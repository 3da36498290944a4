"""Which reports a limit lets through."""

from __future__ import annotations

import pytest

from index.archive_reader import ReportInfo
from index.gazetteer import KnownPlace
from index.records import Described
from index.sight import Sight


def info(key: str, place: str | None, *within: str) -> ReportInfo:
    return ReportInfo(key, f"{key}.txt", Described(key, place=place, within=within), 1)


ARCHIVE = (
    info("town", "石门镇", "霁川县"),
    info("a", "龙泉村", "石门镇"),
    info("b", "龙泉村", "竹溪乡"),
    info("c", "柳沟村", "石门镇"),
    info("d", "柳沟村"),
    info("e", None),
    info("other", "竹溪乡"),
    info("county", "霁川县"),
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (["石门镇"], {"town", "a", "c"}),
        (["石门镇/龙泉村"], {"a"}),
        (["石门镇龙泉村"], {"a"}),
        (["龙泉村"], set()),
        (["龙泉村", "竹溪乡"], {"b", "other"}),
        (["柳沟村"], {"c", "d"}),
        (["霁川县"], {"county", "town", "a", "c"}),
        (["霁川县/竹溪乡"], set()),
        (["没有的镇"], set()),
        ([], set()),
        (["", " / "], set()),
    ],
)
def test_a_place_takes_in_what_lies_in_it_and_nothing_that_might_not(
    written: list[str], seen: set[str]
) -> None:
    assert Sight.of(written).seen(ARCHIVE).reports == seen


def test_the_list_of_places_tells_what_no_report_does() -> None:
    known = [KnownPlace("竹溪乡", "霁川县")]
    seen = Sight.of(["霁川县"]).seen(ARCHIVE, known)
    assert {"b", "other"} <= seen.reports
    assert "竹溪乡" in seen.names


def test_a_name_of_several_places_is_said_with_what_lies_around_each() -> None:
    assert Sight.of(["龙泉村", "石门镇"]).unclear(ARCHIVE) == {"龙泉村": ("石门镇", "竹溪乡")}


def test_a_town_and_its_county_around_one_village_do_not_make_it_two() -> None:
    one = [info("a", "龙泉村", "石门镇", "霁川县"), info("b", "龙泉村", "霁川县")]
    assert Sight.of(["龙泉村"]).seen(one).reports == {"a", "b"}


def test_a_second_town_of_the_name_closes_the_first() -> None:
    sight = Sight.of(["城关镇"])
    first = [info("a", "城关镇", "霁川县"), info("b", "东街村", "城关镇", "霁川县")]
    assert sight.seen(first).reports == {"a", "b"}
    both = [*first, info("x", "城关镇", "云岭县")]
    assert sight.seen(both).reports == set()
    assert Sight.of(["霁川县/城关镇"]).seen(both).reports == {"a", "b"}
