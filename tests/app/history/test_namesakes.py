"""Two villages of one name in different townships are never taken for one."""

from __future__ import annotations

import pytest

from app.history.check import check
from app.history.coverage import State, coverage
from app.history.places import place_meant
from app.history.rows import history
from index.archive import Archive
from index.errors import NotFound
from tests.app.history.told import tell


@pytest.fixture
def two(archive: Archive) -> Archive:
    for town, at, members, land in (("石门镇", "a", 40, 480), ("鹿角镇", "b", 25, 4800)):
        for period, more in (("2021H2", 0), ("2022H1", 1)):
            tell(
                archive,
                f"{at}{period}",
                f"全村党员{members + more}名。猕猴桃种植面积{land}亩。",
                place="龙泉村",
                period=period,
                within=(town,),
            )
    tell(archive, "c", "龙泉村猕猴桃种植面积512亩。", place="石门镇", period="2022H1")
    return archive


def test_a_history_is_of_one_of_them(two: Archive) -> None:
    found = history(two, place_meant(two, "石门镇龙泉村"), "党员")
    assert found.place == "石门镇龙泉村"
    (row,) = found.rows
    assert [[int(value.amount) for value in cell.values] for cell in row.cells] == [[40], [41]]


def test_a_name_without_its_town_is_asked_back(two: Archive) -> None:
    with pytest.raises(NotFound, match="石门镇龙泉村、鹿角镇龙泉村"):
        place_meant(two, "龙泉村")
    assert place_meant(two, "鹿角龙泉村") == "鹿角镇/龙泉村"
    assert place_meant(two, "石门镇") == "石门镇"


def test_only_what_is_said_of_the_same_village_contradicts(two: Archive) -> None:
    (alarm,) = check(two)
    assert alarm.place == "石门镇龙泉村"
    assert alarm.arithmetic == "480亩≠512亩"
    assert [one.id for one in check(two, "石门镇/龙泉村")] == [alarm.id]
    assert check(two, "鹿角镇/龙泉村") == []


def test_each_owes_reports_of_its_own(two: Archive) -> None:
    tell(two, "b2022H2", "全村党员26名。", place="龙泉村", period="2022H2", within=("鹿角镇",))
    rows = {row.place: [one.state for one in row.filings] for row in coverage(two).places}
    assert rows["石门镇龙泉村"] == [State.FILED, State.FILED, State.MISSING]
    assert rows["鹿角镇龙泉村"] == [State.FILED, State.FILED, State.FILED]
    assert "龙泉村" not in rows
