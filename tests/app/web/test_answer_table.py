"""The values of an answer as a table, and as lines to draw."""

from __future__ import annotations

from dataclasses import replace

from app.answer.answer import Answer, Citation, ReportRef, Scope, Sentence, Value
from app.history.answered import trends
from app.history.chart import chart
from app.web.answer_table import table_html
from app.web.conversation import Turn, messages
from index.records import Period


def value(place: str, key: str, amount: float, n: int, unit: str = "人") -> Value:
    base = amount * (10_000 if unit.startswith("万") else 1)
    when = Period.parse(key).chinese
    shown = f"{amount:g}{unit}"
    return Value("党员", place, key, when, "stock", shown, amount, unit, base, unit.lstrip("万"), n)


def answer(*values: Value) -> Answer:
    cited = {one.citation: one for one in values}
    refs = {
        n: ReportRef(f"r{n}", "<b>题</b>", one.place, one.period, "a.txt")
        for n, one in cited.items()
    }
    return Answer(
        question="历年党员",
        direct=None,
        sentences=(
            Sentence("甲村（2021年上半年）：3人", (1,), listed=True),
            Sentence("甲村:由3人到5人,增加2人", (1,)),
        ),
        citations=tuple(Citation(n, ref, "", "党员<i>3</i>人", 0, 5) for n, ref in refs.items()),
        scope=Scope(),
        mode="ledger",
        seconds=0.0,
        values=values,
    )


_TWO = (
    value("甲村", "2021H1", 3, 1),
    value("甲村", "2021H2", 4, 2),
    value("乙<村>", "2021H1", 7, 3),
)


def test_places_stand_against_periods_and_what_is_missing_is_a_gap() -> None:
    table = table_html(answer(*_TWO), lambda n: f"#{n}")
    assert table.index("2021年上半年") < table.index("2021年下半年")
    assert "3人<sup>#1</sup>" in table
    assert table.count("<td>—</td>") == 1
    assert "乙&#60;村&#62;" in table


def test_one_dimension_is_told_in_words() -> None:
    assert table_html(answer(*_TWO[:2]), str) == ""
    assert table_html(answer(), str) == ""


def test_what_the_table_shows_is_not_told_again_in_lines() -> None:
    told = messages([Turn("q", answer(*_TWO))])[-1]["content"]
    assert "<table>" in told
    assert "甲村&#40;2021年上半年" not in told
    assert "增加2人" in told
    assert 'href="#cite-0-3"' in told


def test_three_periods_of_a_place_make_a_line_in_the_unit_first_written() -> None:
    values = (
        value("甲村", "2021H1", 2, 1, "万元"),
        value("甲村", "2021H2", 30_000, 2, "元"),
        value("甲村", "2022H1", 4, 3, "万元"),
        value("乙村", "2021H1", 7, 4),
    )
    (line,) = trends(answer(*values))
    (row,) = line.rows
    assert [float(cell.values[0].amount) for cell in row.cells] == [2, 3, 4]
    figure = chart([line])
    assert list(figure.data[0].y) == [2, 3, 4]
    assert "&lt;i&gt;" in figure.data[0].hovertext[0]


def test_two_periods_are_no_trend_and_a_time_without_a_key_is_left_out() -> None:
    assert trends(answer(*_TWO)) == []
    lost = replace(_TWO[0], period=None)
    assert trends(answer(lost, *_TWO)) == []


def test_a_span_of_days_is_drawn_too() -> None:
    spans = [f"2021-0{month}-01..2021-0{month}-20" for month in (1, 2, 3)]
    (line,) = trends(answer(*(value("甲村", key, 1, n) for n, key in enumerate(spans))))
    assert len(line.rows[0].cells) == 3


def test_people_counted_in_other_words_stand_in_one_column() -> None:
    households, others = value("甲村", "2021H1", 2, 1, "户"), value("乙村", "2021H1", 5, 2, "户")
    people, named = value("甲村", "2021H1", 3, 1), value("乙村", "2021H1", 7, 2, "名")
    table = table_html(answer(households, people, others, named), str)
    assert "7名<sup>2</sup>" in table
    assert table.count("<td>—</td>") == 0
    assert table_html(answer(people, named), str) == ""
