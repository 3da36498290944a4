"""The questions that reckon: their rows stand in the reports, and their answers follow."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.figures_text import raw_text
from eval.ledger_cases import Gap, LedgerCase, holds, judge, read_cases, table
from ingest.describe import describe
from ingest.readers import load, read

ARCHIVE = Path(__file__).parents[2] / "eval" / "archive"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (ARCHIVE / "ledger_cases.jsonl").read_text("utf-8").splitlines()
]
PLACES = ("枧头", "水磨湾", "柳树垭", "老鹰岩", "上栗坪", "磨刀溪", "三道渡", "油房坳", "大坝子")
PERIODS = ("2021H1", "2021H2", "2022H1", "2022H2", "2023H1")
NOT_FILED = {
    ("水磨湾村", "2022H1"),
    ("老鹰岩村", "2022H2"),
    ("磨刀溪村", "2021H2"),
    ("大坝子村", "2021H1"),
}


def of(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def values(case: dict[str, Any], unit: str) -> list[Decimal]:
    return [Decimal(row["value"]) for row in case["rows"] if row["unit"] in unit.split("/")]


def held(case: dict[str, Any], text: str) -> bool:
    return any(text == must or text in must for must in case["must"])


def test_there_are_forty_and_twenty_said_in_other_words() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 60
    assert len({case["question"] for case in CASES}) == 60


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_rows_stand_in_the_reports(case: dict[str, Any]) -> None:
    for row in case["rows"]:
        text = raw_text(ARCHIVE / "reports" / row["source"])
        assert row["evidence"] in text
        lines = read(load(ARCHIVE / "reports" / row["source"]), Path(row["source"]).suffix)
        described = describe([line.text for line in lines], row["source"])
        assert described.period is not None
        assert described.period.key == row["period"]
    assert case["reports"] == len({row["source"] for row in case["rows"]})
    for source in case.get("also", []):
        assert (ARCHIVE / "reports" / source).is_file()
        assert source not in {row["source"] for row in case["rows"]}
    for wrong in case.get("must_not", []):
        assert wrong not in case["answer"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_place_is_without_a_figure_where_nothing_was_filed(case: dict[str, Any]) -> None:
    stated = {(row["place"], row["period"]) for row in case["rows"]}
    for gap in case["without"]:
        key = (gap["place"], gap.get("period"))
        assert key not in stated
        assert (key in NOT_FILED) == (gap["why"] == "未报送")
    for place, period in {(row["place"], row["period"]) for row in case["rows"]}:
        others = {row["source"] for row in case["rows"] if row["place"] == place}
        assert (place, period) not in NOT_FILED or any("2021下半年" in name for name in others)


@pytest.mark.parametrize("case", of("sum"))
def test_sums_add_up(case: dict[str, Any]) -> None:
    # The total of l036 is stated beside its two halves; l028 and l035 are a township's own.
    rows = [row for row in case["rows"] if row["evidence"] != "全年15.8吨"]
    units = {row["unit"].replace("名", "人") for row in rows}
    for unit in units:
        total = sum(
            Decimal(row["value"]) for row in rows if row["unit"].replace("名", "人") == unit
        )
        assert held(case, f"{total}{unit}"), total


@pytest.mark.parametrize("case", of("compare"))
def test_comparisons_name_the_extreme_or_the_difference(case: dict[str, Any]) -> None:
    rows = sorted(case["rows"], key=lambda row: Decimal(row["value"]))
    low, high = rows[0], rows[-1]
    if "order" in case:
        assert case["order"] == [row["place"] for row in reversed(rows)]
    elif "最" in case["question"]:
        best = low if ("最低" in case["question"] or "最少" in case["question"]) else high
        assert held(case, best["place"])
        assert held(case, f"{best['value']}{best['unit']}")
    elif "哪个" not in case["question"]:
        difference = Decimal(high["value"]) - Decimal(low["value"])
        assert held(case, f"{difference}{high['unit']}")


@pytest.mark.parametrize("case", of("trend"))
def test_trends_tell_every_value_and_every_gap(case: dict[str, Any]) -> None:
    for row in case["rows"]:
        assert held(case, f"{row['value']}{row['unit']}")
    assert len({row["place"] for row in case["rows"]}) == 1
    told = {row["period"] for row in case["rows"]} | {gap["period"] for gap in case["without"]}
    assert told == set(PERIODS) or "上半年" in case["question"]


@pytest.mark.parametrize("case", of("count"))
def test_counts_are_those_on_the_bound_s_side(case: dict[str, Any]) -> None:
    bound = Decimal(13000 if "13000元" in case["question"] else 15)
    below = "不到" in case["question"]
    fitting = [row for row in case["rows"] if (Decimal(row["value"]) < bound) is below]
    assert held(case, f"{len(fitting)}个")
    assert all(row["place"] in case["answer"] for row in fitting)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"])
        for case in CASES
        if any(word in case["question"] for word in ("哪个村", "哪些村", "几个村", "有几个"))
    ],
)
def test_of_the_nine_villages_each_has_a_row_or_a_reason(case: dict[str, Any]) -> None:
    villages = PLACES[3:6] if "鹤坪镇" in case["question"] else PLACES
    named = {row["place"] for row in case["rows"]} | {gap["place"] for gap in case["without"]}
    assert named == {f"{name}村" for name in villages}


# ---- the judge


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_gold_answer_is_right(case: dict[str, Any]) -> None:
    [read] = [one for one in read_cases() if one.id == case["id"]]
    gaps = "、".join(gap.place for gap in read.gaps)
    verdict = judge(read, f"{case['answer']}(依据{case['reports']}份报告){gaps}")
    assert verdict.right, verdict.missing
    assert verdict.denominator
    assert verdict.gaps is (True if read.gaps else None)


def _invented(**more: Any) -> LedgerCase:
    fields: dict[str, Any] = {
        "must": (("18户", "十八户"), ("石门村",)),
        "must_not": ("36户",),
        "order": (),
        "sources": frozenset({"a", "b"}),
        "also": frozenset({"c"}),
        "gaps": (Gap("青杠村", "2022H1", False),),
    }
    return LedgerCase("l", "sum", "合计多少户", **fields | more)


def test_a_number_inside_another_does_not_count() -> None:
    assert not holds("共118户", "18户")
    assert not holds("共1.18户", "18户")
    assert holds("共18户", "18户")
    assert judge(_invented(), "118户,石门村,青杠村未报送").missing == ("18户",)


@pytest.mark.parametrize(
    ("answer", "right", "denominator", "gaps"),
    [
        ("石门村等十八户,依据2份报告;青杠村未报送", True, True, True),
        ("石门村等 18 户,依据3份报告;青杠村未报送", True, True, True),
        ("石门村等18户,依据4份报告", True, False, False),
        ("石门村等18户", True, None, False),
        ("石门村18户,加全镇共36户", False, None, False),
    ],
)
def test_values_denominators_and_gaps_are_judged_apart(
    answer: str, right: bool, denominator: bool | None, gaps: bool
) -> None:
    verdict = judge(_invented(), answer)
    assert (verdict.right, verdict.denominator, verdict.gaps) == (right, denominator, gaps)
    told = table([_invented()], [verdict])
    assert f"right {int(right)}/1" in told


def test_a_ranking_needs_its_order() -> None:
    case = _invented(must=(), must_not=(), order=("石门村", "青杠村"), gaps=())
    assert judge(case, "石门村、青杠村").right
    assert not judge(case, "青杠村、石门村").right
    assert not judge(case, "石门村").right
    assert judge(case, "石门村、青杠村").gaps is None
