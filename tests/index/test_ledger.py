"""The ledger: figures come back as they were stored, by place, indicator, period and report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from index.archive import Archive, Source
from index.gazetteer import KnownPlace
from index.ledger import Asked, entries, figures, figures_of, places_of, quotes
from index.records import Described, Figure, FigureKind, Measured, Passage, Period, Report
from index.rows import figure_rows
from tests.index.stored import made

RULES = "1"


def figure(report_id: str, ordinal: int, **values: object) -> Figure:
    given = Figure(
        report_id=report_id,
        ordinal=ordinal,
        start=0,
        end=4,
        value=Decimal(192),
        high=None,
        unit="户",
        base=Decimal(192),
        base_unit="户",
        indicator="建档立卡贫困户",
        sentence=(0, 10),
    )
    return given._replace(**values)  # type: ignore[arg-type]


def put(
    archive: Archive, one: tuple[Report, list[Passage]], *given: Figure, rules: str = RULES
) -> None:
    report = one[0]
    source = Source(f"/报告/{report.id}.txt", report.source, f"sha-{report.id}", 1)
    archive.put_source(source, [one], {report.id: Measured(rules, given)})


FULL = figure(
    "r1",
    0,
    value=Decimal("27.16"),
    high=Decimal("30.50"),
    unit="万元",
    base=Decimal("271600.00"),
    base_unit="元",
    canonical="扶贫资金",
    place="枧头村",
    as_of=Period.day(date(2018, 6, 30)),
    kind=FigureKind.FLOW,
    qualifier=("其中", "累计"),
    approx="约",
    part_of=3,
)


def test_a_figure_comes_back_as_it_was_stored(archive: Archive) -> None:
    plain = figure("r1", 1)
    put(archive, made("r1", "共有158户贫困户。", place="枧头村"), FULL, plain)

    assert figures_of(archive, "r1") == [FULL, plain]
    assert archive.figure_count() == 2


def test_an_entry_has_its_report_and_a_quote_its_words(archive: Archive) -> None:
    report = made("r1", "158户贫困户脱贫。另有3户。", place="枧头村", period="2018H1")
    put(archive, report, figure("r1", 0))

    (entry,) = entries(archive, Asked(report_id="r1"))

    assert entry.figure == figure("r1", 0)
    assert entry.described == report[0].described
    assert entry.source == "r1.txt"
    (quote,) = quotes(archive, [entry.figure])
    assert (quote.text, quote.sentence) == ("158户", "158户贫困户脱贫。")


def test_figures_go_with_their_report_and_with_its_file(archive: Archive) -> None:
    put(archive, made("r1", "甲。"), figure("r1", 0))
    put(archive, made("r2", "乙。"), figure("r2", 0))

    archive.remove_report("r1")
    archive.remove_source("/报告/r2.txt")

    assert archive.figure_count() == 0


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(place="枧头村"), {0, 1}),
        (Asked(place="双枧镇"), {3}),
        (Asked(place="双枧镇", within=True), {0, 1, 2, 3, 4}),
        (Asked(canonical="户籍人口"), {1, 3}),
        (Asked(indicator="户籍人口"), {1, 3}),
        (Asked(indicator="贫困户"), {0, 2, 4}),
        (Asked(place="枧头村", canonical="户籍人口"), {1}),
        (Asked(period=Period.parse("2018")), {0, 1, 2, 3}),
        (Asked(period=Period.parse("2018H2")), {1}),
        (Asked(filed=Period.parse("2018H1")), {0, 1}),
        (Asked(place="石门镇", within=True), set()),
        (Asked(indicator="%"), set()),
    ],
)
def test_what_is_asked_for_is_found(archive: Archive, asked: Asked, expected: set[int]) -> None:
    half, year = Period.half(2018, 1), Period.year(2018)
    village = made("r1", "甲。", place="枧头村", period="2018H1")
    village = replace(village[0], described=replace(village[0].described, within=("双枧镇",))), []
    people = {"canonical": "户籍人口", "indicator": "人口"}
    put(
        archive,
        village,
        figure("r1", 0, place="枧头村", as_of=half),
        figure("r1", 1, place="枧头村", as_of=Period.half(2018, 2), **people),
    )
    put(
        archive,
        made("r2", "乙。", place="双枧镇", period="2018"),
        figure("r2", 2, place="青杠村", as_of=year),
        figure("r2", 3, place="双枧镇", as_of=year, **people),
        figure("r2", 4, as_of=Period.year(2019)),
    )
    put(archive, made("r3", "丙。", place="石门镇"))

    assert {one.ordinal for one in figures(archive, asked)} == expected
    assert {one.figure.ordinal for one in entries(archive, asked)} == expected


def test_an_imported_place_is_within_its_town(archive: Archive) -> None:
    put(archive, made("r1", "甲。", place="青杠村"), figure("r1", 0, place="青杠村"))
    archive.put_places([KnownPlace("青杠村", "双枧镇", ())])

    assert [one.place for one in figures(archive, Asked(place="双枧镇", within=True))] == ["青杠村"]
    assert places_of(archive) == ["青杠村"]


def test_what_changes_the_reading_of_figures_makes_the_report_wait(archive: Archive) -> None:
    put(archive, made("r1", "甲。", place="枧头村", period="2018"), figure("r1", 0, place="枧头村"))
    assert archive.unmeasured(RULES) == []
    assert archive.unmeasured("2") == ["r1"]

    archive.correct("r1", {"title": "某村总结"})
    assert archive.unmeasured(RULES) == []

    archive.correct("r1", {"place": "青杠村"})
    assert archive.unmeasured(RULES) == ["r1"]
    assert figures_of(archive, "r1") == []

    archive.put_figures({"r1": figure_rows(Measured(RULES, (figure("r1", 0, place="青杠村"),)))})
    assert archive.unmeasured(RULES) == []
    archive.redescribe({"r1": Described("某村总结", place="青杠村", period=Period.year(2019))})
    assert archive.unmeasured(RULES) == ["r1"]


def test_figures_of_a_report_that_is_gone_are_not_stored(archive: Archive) -> None:
    archive.put_figures({"r9": figure_rows(Measured(RULES, (figure("r9", 0),)))})

    assert archive.figure_count() == 0
