"""History: one row for one thing, a column a period, gaps as gaps, each value with its words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.history.places import place_named
from app.history.rows import Row, history, told_amount
from index.archive import Archive
from index.errors import NotFound
from index.gazetteer import KnownPlace
from index.records import FigureKind
from tests.app.history.told import tell


def row(archive: Archive, name: str, unit: str, kind: FigureKind = FigureKind.STOCK) -> Row:
    rows = history(archive, "枧头村").rows
    (found,) = [one for one in rows if (one.name, one.unit, one.key.kind) == (name, unit, kind)]
    return found


def values(found: Row) -> dict[str, list[str]]:
    return {cell.period.key: [str(v.amount) for v in cell.values] for cell in found.cells}


@pytest.fixture
def told(archive: Archive) -> Archive:
    tell(archive, "r1", "全村有党员63名,脱贫户97户351人。", "种植朝天椒380亩。", period="2021H1")
    tell(archive, "r2", "全村有党员64名。", "种植朝天椒420亩。", period="2021H2")
    tell(archive, "r3", "全村有脱贫户96户348人。", period="2022H2")
    return archive


def test_values_stand_in_their_periods_with_their_words(told: Archive) -> None:
    found = row(told, "党员", "名")

    assert values(found) == {"2021H1": ["63"], "2021H2": ["64"]}
    citation = found.cells[0].values[0].citation
    report = told.report(citation.report_id)
    assert report is not None
    assert report.text[citation.start : citation.end] == citation.quote == "全村有党员63名"


def test_a_change_is_told_against_the_value_before(told: Archive) -> None:
    change = row(told, "脱贫户", "户").cells[1].change

    assert change is not None
    assert (change.since.key, change.difference) == ("2021H1", -1)
    assert change.percent == Decimal(-100) / 97


def test_what_happened_is_held_against_the_same_half_of_another_year(archive: Archive) -> None:
    tell(archive, "r1", "硬化道路6公里。", period="2021H2")
    tell(archive, "r2", "上半年硬化道路4公里。", period="2022H1")
    tell(archive, "r3", "硬化道路9公里。", period="2022H2")

    first, half, last = row(archive, "道路硬化", "公里", FigureKind.FLOW).cells
    assert first.change is None
    assert half.change is None  # six months are no fall against a year
    assert last.change is not None
    assert (last.change.since.key, last.change.difference) == ("2021H2", 3)


def test_the_words_beside_a_figure_say_whether_it_is_of_the_year(archive: Archive) -> None:
    tell(
        archive,
        "r1",
        "下半年有3户7人脱贫,全年共脱贫9户26人。",
        "村集体经济收入8.4万元,比2021年增加2万元。",
        period="2022H2",
    )

    assert values(row(archive, "脱贫", "户", FigureKind.FLOW)) == {"2022": ["9"], "2022H2": ["3"]}
    assert values(row(archive, "村集体经济收入", "万元", FigureKind.FLOW)) == {"2022": ["8.4"]}


def test_periods_without_a_report_are_columns_too(told: Archive) -> None:
    found = history(told, "枧头村")

    assert [period.key for period in found.periods] == ["2021H1", "2021H2", "2022H1", "2022H2"]
    assert [period.key for period in found.filed] == ["2021H1", "2021H2", "2022H2"]
    assert [period.key for period in found.unfiled] == ["2022H1"]


def test_a_phrase_without_a_name_makes_a_row_where_two_periods_have_it(told: Archive) -> None:
    assert values(row(told, "种植朝天椒", "亩", FigureKind.FLOW)) == {
        "2021H1": ["380"],
        "2021H2": ["420"],
    }
    tell(told, "r4", "养鹅120只。", period="2023H1")
    assert not [one for one in history(told, "枧头村").rows if "鹅" in one.name]
    (asked,) = history(told, "枧头村", "养鹅").rows
    assert values(asked) == {"2023H1": ["120"]}


def test_plans_and_results_never_share_a_row(archive: Archive) -> None:
    tell(archive, "r1", "上半年硬化道路2.5公里。", "下半年计划硬化道路3公里。")

    assert values(row(archive, "道路硬化", "公里", FigureKind.FLOW)) == {"2022H1": ["2.5"]}
    assert values(row(archive, "道路硬化", "公里", FigureKind.TARGET)) == {"2022H2": ["3"]}


def test_values_in_other_units_are_told_in_the_newest_one(archive: Archive) -> None:
    tell(archive, "r1", "村集体经济收入85000元。")
    tell(archive, "r2", "村集体经济收入10.5万元。", period="2023H1")

    assert values(row(archive, "村集体经济收入", "万元", FigureKind.FLOW)) == {
        "2022H1": ["8.5"],
        "2023H1": ["10.5"],
    }


def test_values_that_disagree_are_all_shown_and_compared_with_nothing(archive: Archive) -> None:
    tell(archive, "r1", "党员60名。", period="2021H2")
    tell(archive, "r2", "党员63名。")
    tell(archive, "r3", "村名:枧头村 | 党员(名):65", place="双枧镇")

    found = row(archive, "党员", "名")

    assert values(found) == {"2021H2": ["60"], "2022H1": ["63", "65"]}
    assert found.cells[1].change is None
    assert len(history(archive, "枧头村").alarms) == 1


def test_a_part_of_something_else_is_not_the_place_s_own(archive: Archive) -> None:
    tell(archive, "r1", "食品厂用工52人,其中脱贫户24人。", "脱贫户544人。")

    assert values(row(archive, "脱贫户", "人")) == {"2022H1": ["544"]}


def test_a_whole_year_in_a_second_half_is_a_year(archive: Archive) -> None:
    tell(archive, "r1", "全年村集体经济收入14.2万元。", period="2021H2")

    assert values(row(archive, "村集体经济收入", "万元", FigureKind.FLOW)) == {"2021": ["14.2"]}


def test_a_place_is_found_by_its_other_names(told: Archive) -> None:
    told.put_places([KnownPlace("枧头村", "双枧镇", ("老枧头",))])

    assert place_named(told, " 枧头村") == "枧头村"
    assert place_named(told, "双枧镇枧头村") == "枧头村"
    assert place_named(told, "老枧头") == "枧头村"
    with pytest.raises(NotFound, match="枧头村"):
        place_named(told, "枧尾村")


def test_an_area_is_one_row_whether_or_not_it_is_called_one(archive: Archive) -> None:
    tell(archive, "r1", "全村茶园面积600亩。", period="2021H1")
    tell(archive, "r2", "茶园640亩。", period="2021H2")

    assert values(row(archive, "茶园", "亩")) == {"2021H1": ["600"], "2021H2": ["640"]}


def test_incomes_of_a_second_half_are_of_the_year(archive: Archive) -> None:
    tell(archive, "r1", "村集体收入5万元。", period="2021H2")
    tell(archive, "r2", "下半年村集体收入3万元。", period="2022H2")

    assert values(row(archive, "村集体经济收入", "万元", FigureKind.FLOW)) == {
        "2021": ["5"],
        "2022H2": ["3"],
    }


def test_a_value_keeps_the_word_that_makes_it_less_than_exact(archive: Archive) -> None:
    tell(archive, "r1", "全村茶园面积600亩左右。", period="2021H1")
    tell(archive, "r2", "全村茶园面积约640亩。", period="2021H2")

    cells = row(archive, "茶园", "亩").cells
    assert [told_amount(one.values[0]) for one in cells] == ["600左右", "约640"]
