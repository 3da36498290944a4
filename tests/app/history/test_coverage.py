"""Coverage: who filed, late or not at all, and what stopped being told."""

from __future__ import annotations

from datetime import date

from app.history.coverage import Coverage, State, coverage
from index.archive import Archive
from index.gazetteer import KnownPlace
from tests.app.history.told import tell

F, L, M, N = State.FILED, State.LATE, State.MISSING, State.NOT_DUE


def states(found: Coverage) -> dict[str, list[State]]:
    return {row.place: [one.state for one in row.filings] for row in found.places}


def test_a_matrix_of_places_and_periods(archive: Archive) -> None:
    tell(archive, "r1", "党员63名。", period="2021H1", dated=date(2021, 7, 5))
    tell(archive, "r2", "党员64名。", period="2022H1", dated=date(2022, 9, 1))
    tell(archive, "r3", "党员40名。", place="石门村", period="2021H2")
    archive.put_places([KnownPlace("青杠村", "双枧镇"), KnownPlace("枧头村", "双枧镇")])

    found = coverage(archive)

    assert [period.key for period in found.periods] == ["2021H1", "2021H2", "2022H1"]
    assert states(found) == {"石门村": [M, F, M], "枧头村": [F, M, L], "青杠村": [M, M, M]}
    assert [row.within for row in found.places] == [None, "双枧镇", "双枧镇"]
    assert states(coverage(archive, late_days=90))["枧头村"] == [F, M, F]


def test_one_report_of_a_year_makes_no_place_owe_years(archive: Archive) -> None:
    for number, period in enumerate(("2021H1", "2021H2", "2022H1", "2022", "2021")):
        tell(archive, f"r{number}", "党员63名。", period=period)
    tell(archive, "s1", "党员40名。", place="石门村", period="2021")
    tell(archive, "s2", "党员40名。", place="石门村", period="2021H1")
    tell(archive, "s3", "党员41名。", place="石门村", period="2021H2")
    tell(archive, "s4", "党员41名。", place="石门村", period="2022H1")

    found = coverage(archive)

    assert [period.key for period in found.periods] == [
        "2021H1", "2021", "2021H2", "2022H1", "2022",
    ]  # fmt: skip
    assert states(found)["石门村"] == [F, F, F, F, N]


def test_what_two_reports_told_and_none_since_has_stopped(archive: Archive) -> None:
    tell(archive, "r1", "党员63名。", "低保户38户。", "村民小组14个。", period="2021H1")
    tell(archive, "r2", "党员64名。", "低保户37户。", period="2021H2")
    tell(archive, "r3", "党员64名。", period="2022H1")

    (row,) = coverage(archive).places

    assert [(one.indicator, one.last.key) for one in row.stopped] == [("低保", "2021H2")]
    assert [period.key for period in row.stopped[0].missing] == ["2022H1"]


def test_reports_of_no_place_or_period_are_counted_apart(archive: Archive) -> None:
    tell(archive, "r1", "党员63名。", place=None)
    tell(archive, "r2", "党员63名。", period=None)

    found = coverage(archive)

    assert found.places == ()
    assert {info.id for info in found.unplaced} == {"r1", "r2"}


def test_an_office_that_helps_a_village_does_not_file_for_it(archive: Archive) -> None:
    tell(archive, "r1", "党员63名。", period="2021H1", within=("双枧镇",))
    tell(archive, "r2", "党员64名。", period="2021H2", within=("双枧镇",))
    tell(archive, "r3", "投入帮扶资金9万元。", period="2022H1", unit="霁川县林业局")
    tell(archive, "r4", "党员64名。", period="2022H2", unit="双枧镇枧头村村民委员会")

    found = coverage(archive)

    assert states(found) == {"枧头村": [F, F, M, F], "霁川县林业局": [N, N, F, N]}
    assert {row.place: row.within for row in found.places}["霁川县林业局"] == "霁川县"


def test_what_was_done_once_is_not_said_to_have_stopped(archive: Archive) -> None:
    for period, said in (("2021H1", "脱贫6户19人。"), ("2021H2", "脱贫3户7人。")):
        tell(archive, period, "低保户38户。", said, period=period)
    tell(archive, "r3", "党员64名。", period="2022H1")

    (row,) = coverage(archive).places

    assert [one.indicator for one in row.stopped] == ["低保"]
