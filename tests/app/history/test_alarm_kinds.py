"""Of each kind of alarm one that must ring, and its near miss that must not."""

from __future__ import annotations

import pytest

from app.history import settling
from app.history.alarm import AlarmKind
from app.history.check import check
from index.archive import Archive
from tests.app.history.told import tell

Report = tuple[str, str, str]
"""Period, the place that it is of, and what it says."""

_CASES: list[tuple[AlarmKind, list[Report], list[Report]]] = [
    (
        AlarmKind.SUM,
        [("2022H1", "枧头村", "共有党员58人(枧头组党员18人、杨家组党员20人、石门组党员23人)。")],
        [("2022H1", "枧头村", "共有党员61人(枧头组党员18人、杨家组党员20人、石门组党员23人)。")],
    ),
    (
        AlarmKind.PART,
        [("2022H1", "枧头村", "全村有贫困户27户,其中缺乏劳动能力的农户58户。")],
        [("2022H1", "枧头村", "全村有贫困户62户,其中缺乏劳动能力的农户27户。")],
    ),
    (
        AlarmKind.RATIO,
        [("2022H1", "枧头村", "建档立卡1187户中因病致贫的有547户,占比56%。")],
        [("2022H1", "枧头村", "建档立卡1187户中因病致贫的有547户,占比46%。")],
    ),
    (
        AlarmKind.RATIO,
        [("2022H1", "枧头村", "大棚由86个增加到112个,增长20%。")],
        [("2022H1", "枧头村", "大棚由86个增加到112个,增长30.2%。")],
    ),
    (
        AlarmKind.CUMULATIVE,
        [
            ("2022H1", "枧头村", "截至6月底,全村累计安装太阳能路灯186盏。"),
            ("2022H2", "枧头村", "到12月底,全村累计安装太阳能路灯172盏。"),
        ],
        [  # the count of a year begins anew
            ("2021H2", "枧头村", "今年累计安装太阳能路灯186盏。"),
            ("2022H2", "枧头村", "今年累计安装太阳能路灯172盏。"),
        ],
    ),
    (
        AlarmKind.CUMULATIVE,
        [
            ("2022H1", "枧头村", "上半年村集体收入20万元。"),
            ("2022H2", "枧头村", "全年村集体收入12万元。"),
        ],
        [
            ("2022H1", "枧头村", "上半年村集体收入20万元。"),
            ("2022H2", "枧头村", "下半年村集体收入12万元。"),
        ],
    ),
    (
        AlarmKind.JUMP,
        [
            ("2021H2", "枧头村", "全村耕地面积1986亩。"),
            ("2022H1", "枧头村", "全村耕地面积1986万亩。"),
        ],
        [  # 0.1986万亩 is the same land
            ("2021H2", "枧头村", "全村耕地面积1986亩。"),
            ("2022H1", "枧头村", "全村耕地面积0.1986万亩。"),
        ],
    ),
    (
        AlarmKind.JUMP,
        [
            ("2021H2", "枧头村", "全村总人口1406人。"),
            ("2022H1", "枧头村", "全村总人口14060人。"),
        ],
        [
            ("2021H2", "枧头村", "全村总人口1406人。"),
            ("2022H1", "枧头村", "全村总人口1460人。"),
        ],
    ),
    (
        AlarmKind.DISAGREE,
        [
            ("2022H1", "枧头村", "猕猴桃种植面积480亩。"),
            ("2022H1", "双枧镇", "枧头村猕猴桃种植面积512亩。"),
        ],
        [  # of another time
            ("2022H1", "枧头村", "猕猴桃种植面积480亩。"),
            ("2022H2", "双枧镇", "枧头村猕猴桃种植面积512亩。"),
        ],
    ),
    (
        AlarmKind.TARGET,
        [
            ("2022H1", "枧头村", "下半年计划硬化产业路3.2公里。"),
            ("2022H1", "双枧镇", "枧头村硬化产业路3.2公里。"),
        ],
        [  # done in the half-year that it was planned for
            ("2022H1", "枧头村", "下半年计划硬化产业路3.2公里。"),
            ("2022H2", "双枧镇", "枧头村硬化产业路3.2公里。"),
        ],
    ),
]


def _told(archive: Archive, reports: list[Report]) -> list[AlarmKind]:
    for at, (period, place, text) in enumerate(reports):
        tell(archive, f"r{at}", text, place=place, period=period)
    return [alarm.kind for alarm in check(archive)]


@pytest.mark.parametrize(("kind", "wrong"), [(kind, wrong) for kind, wrong, _ in _CASES])
def test_it_rings(archive: Archive, kind: AlarmKind, wrong: list[Report]) -> None:
    assert _told(archive, wrong) == [kind]


@pytest.mark.parametrize("right", [right for _, _, right in _CASES])
def test_the_near_miss_does_not_ring(archive: Archive, right: list[Report]) -> None:
    assert _told(archive, right) == []


def test_every_kind_is_among_them() -> None:
    assert {kind for kind, _, _ in _CASES} == set(AlarmKind)


def test_a_settled_alarm_comes_anew_when_its_words_change(archive: Archive) -> None:
    wrong = "共有党员58人(枧头组党员18人、杨家组党员20人、石门组党员23人)。"
    tell(archive, "r1", wrong)
    (alarm,) = check(archive)
    settling.settle(archive, alarm.id, "已向村里核实,按61人上报", "张三")
    tell(archive, "r1", "村里另有路灯46盏。", wrong)  # the same words further down
    assert [one.settled is not None for one in check(archive)] == [True]

    tell(archive, "r1", wrong.replace("58人", "57人"))

    (again,) = check(archive)
    assert again.id != alarm.id
    assert again.settled is None
