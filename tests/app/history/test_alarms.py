"""Alarms: what contradicts itself is told with its arithmetic, what does not is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.history.alarm import AlarmKind
from app.history.check import check
from index.archive import Archive
from tests.app.history.told import alarms, tell


@pytest.mark.parametrize(
    ("sentence", "kind", "arithmetic"),
    [
        (
            "共有党员67人,其中女党员9人(枧头组党员21人、杨家组党员24人、"
            "石门组党员17人、新厂组党员10人)。",
            AlarmKind.SUM,
            "21+24+17+10=72人，不等于 67人，相差 5人",
        ),
        (
            "全村共有党员87名,划分为4个党小组:第一党小组26名,第二党小组23名,"
            "第三党小组19名,第四党小组17名。",
            AlarmKind.SUM,
            "26+23+19+17=85名，不等于 87名，相差 2名",
        ),
        (
            "全村耕地620亩(水田510亩,旱地116亩)。",
            AlarmKind.SUM,
            "510+116=626亩，不等于 620亩，相差 6亩",
        ),
        (
            "财政投资310万元,县级配套90万元,群众自筹25万元,共计完成投资435万元。",
            AlarmKind.SUM,
            "310+90+25=425万元，不等于 435万元，相差 10万元",
        ),
        (
            "上半年收入10.8万元,其中气调库租金4万元、食品厂分红3.6万元、光伏及其他3.9万元。",
            AlarmKind.SUM,
            "4+3.6+3.9=11.5万元，不等于 10.8万元，相差 0.7万元",
        ),
        (
            "监测户16人,其中脱贫不稳定户7人、边缘易致贫户8人、突发严重困难户6人。",
            AlarmKind.SUM,
            "7+8+6=21人，不等于 16人，相差 5人",
        ),
        (
            "全村有贫困户31户,其中缺乏劳动能力的农户58户。",
            AlarmKind.PART,
            "58户>31户",
        ),
        (
            "大棚由86个增加到112个,增长20%。",
            AlarmKind.RATIO,
            "(112个-86个)÷86个=30.2%，不等于 20%",
        ),
        (
            "路灯由86盏增加到112盏,增加36盏。",
            AlarmKind.RATIO,
            "112盏-86盏=26盏，不等于 36盏",
        ),
        (
            "存栏黑山羊由500只减少到400只,减少25%。",
            AlarmKind.RATIO,
            "(400只-500只)÷500只=20%，不等于 25%",
        ),
        (
            "脱贫户中因病致贫的多,建档立卡1187户中因病致贫的有547户,占比56%。",
            AlarmKind.RATIO,
            "547户÷1187户=46.1%，不等于 56%",
        ),
        (
            "合作社向76户分红38万元,户均2000元。",
            AlarmKind.RATIO,
            "38万元÷76户=5000元，不等于 2000元",
        ),
        (
            "全村有党员44名,其中第一支部16名,第二支部13名,第三支部17名。",
            AlarmKind.SUM,
            "16+13+17=46名，不等于 44名，相差 2名",
        ),
        (
            "全村党员44名,下设3个党小组,分别为16名、13名、17名。",
            AlarmKind.SUM,
            "16+13+17=46名，不等于 44名，相差 2名",
        ),
        (
            "灌渠总投资92万元(财政资金55万元、结对单位15万元、群众自筹8万元)。",
            AlarmKind.SUM,
            "55+15+8=78万元，不等于 92万元，相差 14万元",
        ),
        (
            "全村人均纯收入9240元,比上年8400元增加840元,增长14%。",
            AlarmKind.RATIO,
            "(9240元-8400元)÷8400元=10%，不等于 14%",
        ),
        (
            "村集体收入7.6万元,较2021年的6.1万元增加2.5万元。",
            AlarmKind.RATIO,
            "7.6万元-6.1万元=1.5万元，不等于 2.5万元",
        ),
        (
            "养老保险应参保1250人,已参保1175人,参保率97%。",
            AlarmKind.RATIO,
            "1175人÷1250人=94%，不等于 97%",
        ),
        (
            "全年计划新栽李树80亩,已完成60亩,完成任务的85%。",
            AlarmKind.RATIO,
            "60亩÷80亩=75%，不等于 85%",
        ),
        (
            "村集体收入9万元,同比增长35%,上年为7.5万元。",
            AlarmKind.RATIO,
            "(9万元-7.5万元)÷7.5万元=20%，不等于 35%",
        ),
        (
            "电灌站受益410户,占全村总户数500户的90%。",
            AlarmKind.RATIO,
            "410户÷500户=82%，不等于 90%",
        ),
        (
            "全村500户中,安装数字电视410户,普及率91%。",
            AlarmKind.RATIO,
            "410户÷500户=82%，不等于 91%",
        ),
        (
            "发放菜籽饼240袋,每袋40公斤,共计1.2万公斤。",
            AlarmKind.RATIO,
            "1.2万公斤÷240袋=50公斤，不等于 40公斤",
        ),
        (
            "种植油菜300亩,亩产值1200元,总产值52万元。",
            AlarmKind.RATIO,
            "52万元÷300亩=1733.33元，不等于 1200元",
        ),
        (
            "发病率由2020年的5.4%下降到2021年的1.3%,下降3.1个百分点。",
            AlarmKind.RATIO,
            "1.3%-5.4%=4.1个百分点，不等于 3.1个百分点",
        ),
        (
            "销售腊肉18万元,完成全年目标40万元的55%。",
            AlarmKind.RATIO,
            "18万元÷40万元=45%，不等于 55%",
        ),
    ],
)
def test_a_contradiction_within_a_sentence_is_told(
    tmp_path: Path, sentence: str, kind: AlarmKind, arithmetic: str
) -> None:
    (alarm,) = alarms(tmp_path, sentence)

    assert (alarm.kind, alarm.arithmetic) == (kind, arithmetic)
    (citation,) = alarm.citations
    assert sentence[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "sentence",
    [
        "共有党员63人(枧头组党员18人、杨家组党员20人、石门组党员16人、新厂组党员9人)。",
        "开工保障性住房7.49万套,其中公租房2.32万套、廉租房1.68万套、改造房3万套、周转房4853套。",
        "引进项目86个,其中工业项目52个、总投资亿元以上项目41个。",
        "住房2640套,其中廉租房310套、公租房580套,竣工交付1900套。",
        # 其中 names some parts only, or the same people twice.
        "共有党员67人,其中女党员18人、大专以上20人、35岁以下24人。",
        "全村有脱贫户97户,其中种朝天椒的41户、养羊的9户。",
        "全村有贫困户27户,其中低保户8户,全镇共有贫困户1062户。",
        "耕地约620亩(水田510亩,旱地116亩)。",
        "投资2.3亿元(省级1.15亿元,县级1.14亿元)。",
        "大棚由86个增加到112个,增长30%。",
        "存栏由86只增加到112只,年均增长9%。",
        "地区生产总值由100亿元增加到150亿元,增长13%。",
        "因病致贫的有547户,占全镇的46%。",
        "全年完成12个村(社区)86个网格的划分。",
        "企业410家、合作社3278家,分别比上年增加205家和2955家。",
        "镇里投资38万元,户均5000元。",
        "全社区有搬迁群众705户,其中脱贫户671户,监测户14户。",
        "全村有党员46名,其中第一支部16名,第二支部13名,第三支部17名。",
        "全村党员46名,下设3个党小组,分别为16名、13名、17名。",
        # What a bracket leaves out it may leave unsaid.
        "灌渠总投资92万元(其中财政资金55万元、结对单位15万元、群众自筹8万元)。",
        "灌渠总投资92万元(财政资金55万元、结对单位15万元、群众自筹8万元等)。",
        "全村人均纯收入9240元,比上年8400元增加840元,增长10%。",
        "全县城镇居民人均可支配收入24000元,比上年20000元增加4000元。",
        "养老保险应参保1250人,已参保1175人,参保率94%。",
        "全年计划新栽李树80亩,已完成84亩,完成任务的105%。",
        "销售腊肉18万元,完成全年目标40万元的45%。",
        "村集体收入9万元,同比增长20%,上年为7.5万元。",
        "电灌站受益410户,占全村总户数500户的82%。",
        "发放菜籽饼240袋,每袋40公斤,共计9600公斤。",
        "种植油菜300亩,亩产值1200元,总产值38万元。",
        "向合作社交菜籽饼240袋,每袋40元,另收运费1200元。",
    ],
)
def test_what_agrees_or_leaves_room_is_no_alarm(tmp_path: Path, sentence: str) -> None:
    assert alarms(tmp_path, sentence) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    parts=st.lists(st.integers(20, 90), min_size=3, max_size=6),
    off=st.integers(-3, 3),
)
def test_a_list_in_brackets_is_added_up_to_the_last_person(
    tmp_path_factory: pytest.TempPathFactory, parts: list[int], off: int
) -> None:
    total = sum(parts) + off
    groups = "、".join(f"第{at}组党员{one}人" for at, one in enumerate(parts, 1))
    found = alarms(tmp_path_factory.mktemp("a"), f"全村共有党员{total}人({groups})。")

    assert [alarm.kind for alarm in found] == ([AlarmKind.SUM] if off else [])


def test_an_average_is_held_against_the_inhabitants(tmp_path: Path) -> None:
    (alarm,) = alarms(
        tmp_path,
        "耕地面积2874亩(人均1.43亩),林地面积2310亩(人均0.58亩)。",
        "全村共有487户2016人。",
    )

    assert alarm.arithmetic == "2310亩÷2016人=1.15亩，不等于 0.58亩"
    assert [one.quote for one in alarm.citations] == [
        "林地面积2310亩(人均0.58亩)",
        "全村共有487户2016人",
    ]


def test_a_part_may_stand_in_the_next_sentence(tmp_path: Path) -> None:
    (alarm,) = alarms(
        tmp_path,
        "全村共有贫困户29户、174人。",
        "贫困户当中,住危房的4户,没有劳动能力的农户58户。",
    )

    assert alarm.kind is AlarmKind.PART
    assert [one.quote for one in alarm.citations] == [
        "全村共有贫困户29户",
        "没有劳动能力的农户58户",
    ]


def test_a_table_is_added_up_by_columns(tmp_path: Path) -> None:
    rows = [
        "项目:便民桥 | 资金(万元):30 | 受益(户):12",
        "项目:冷库 | 资金(万元):20 | 受益(户):40",
        "项目:产业路 | 资金(万元):64 | 受益(户):8",
    ]

    (alarm,) = alarms(tmp_path / "1", *rows, "项目:合计 | 资金(万元):118 | 受益(户):60")

    assert alarm.arithmetic == "30+20+64=114万元，不等于 118万元，相差 4万元"
    assert len(alarm.citations) == 4
    assert alarms(tmp_path / "2", *rows, "项目:合计 | 资金(万元):114 | 受益(户):60") == []
    unread = [rows[0].replace("30", "xx"), *rows[1:]]
    assert alarms(tmp_path / "3", *unread, "项目:合计 | 资金(万元):118 | 受益(户):60") == []


def test_a_row_for_the_whole_village_is_no_total(tmp_path: Path) -> None:
    rows = [
        "项目:朝天椒 | 资金(万元):21 | 受益户:66户",
        "项目:稻田养鱼 | 资金(万元):12.75 | 受益户:19户",
        "项目:田间道路 | 资金(万元):33.6 | 受益户:全村",
    ]

    assert alarms(tmp_path, *rows) == []


def test_a_cumulative_total_cannot_fall(archive: Archive) -> None:
    tell(archive, "r1", "截至6月底,全村累计安装太阳能路灯186盏。", period="2022H1")
    tell(archive, "r2", "到12月底,全村累计安装太阳能路灯172盏。", period="2022H2")
    tell(archive, "r3", "今年累计安装太阳能路灯20盏。", period="2023H1")

    (alarm,) = check(archive)

    assert (alarm.kind, alarm.arithmetic) == (AlarmKind.CUMULATIVE, "172盏<186盏")
    assert [one.report_id for one in alarm.citations] == ["r1", "r2"]


def test_two_reports_of_one_time_must_agree(archive: Archive) -> None:
    tell(archive, "r1", "猕猴桃种植面积480亩,挂果面积390亩。")
    tell(
        archive,
        "r2",
        "村:枧头村 | 主导产业:猕猴桃 | 面积:512亩",
        "村:石门村 | 主导产业:猕猴桃 | 面积:90亩",
        place="双枧镇",
    )
    tell(archive, "r3", "猕猴桃种植面积520亩。", period="2022H2")

    (alarm,) = check(archive, "枧头村")

    assert (alarm.kind, alarm.arithmetic) == (AlarmKind.DISAGREE, "480亩≠512亩")
    assert check(archive, "石门村") == []


def test_the_former_value_of_a_growth_is_of_another_time(archive: Archive) -> None:
    tell(archive, "r1", "路灯由120盏增加到186盏。", "党员64名。")
    tell(archive, "r2", "全村有路灯186盏。", "党员64名。", place="枧头村")

    assert check(archive) == []


def test_a_stock_that_is_ten_thousand_times_as_much_is_told(archive: Archive) -> None:
    tell(archive, "r1", "全村耕地面积1986亩。", period="2021H2")
    tell(archive, "r2", "全村耕地面积1986万亩。", period="2022H1")

    (alarm,) = check(archive)

    assert (alarm.kind, alarm.arithmetic) == (AlarmKind.JUMP, "1986万亩÷1986亩=10000")


def test_a_jump_that_its_own_sentence_tells_is_no_slip(archive: Archive) -> None:
    tell(archive, "r1", "莲藕30亩。", period="2021H1")
    tell(archive, "r2", "新流转土地270亩,莲藕面积由30亩扩大到300亩。", period="2022H1")
    assert check(archive) == []

    tell(archive, "r2", "莲藕面积300亩。", period="2022H1")
    (alarm,) = check(archive)
    assert alarm.kind is AlarmKind.JUMP


def test_a_plan_of_the_next_half_year_is_not_done_in_this_one(archive: Archive) -> None:
    tell(archive, "r1", "下半年计划硬化产业路3.2公里。")
    tell(archive, "r2", "枧头村硬化产业路3.2公里。", place="双枧镇", within=())

    (alarm,) = check(archive)

    assert (alarm.kind, alarm.arithmetic) == (AlarmKind.TARGET, "完成 3.2公里=计划 3.2公里")


def test_a_plan_that_has_only_been_begun_is_not_done(archive: Archive) -> None:
    tell(archive, "r1", "今年计划改造畜舍140间,目前已开工60间。")
    tell(archive, "r2", "枧头村上半年改造畜舍140间。", place="石门镇")

    (alarm,) = check(archive)

    assert alarm.kind is AlarmKind.TARGET
    assert [one.quote for one in alarm.citations] == [
        "枧头村上半年改造畜舍140间",
        "今年计划改造畜舍140间",
    ]


def test_a_plan_of_the_year_may_be_done_in_its_first_half(archive: Archive) -> None:
    tell(archive, "r1", "今年计划改造畜舍140间。")
    tell(archive, "r2", "枧头村上半年改造畜舍140间。", place="石门镇")

    assert check(archive) == []


def test_fragments_raise_no_alarm(archive: Archive) -> None:
    from dataclasses import replace

    from index.archive import Source
    from ingest.measure import measure
    from tests.index.stored import made

    report, passages = made("r1", "全村耕地620亩(水田510亩,旱地116亩)…", place="枧头村")
    report = replace(report, described=replace(report.described, fragment=True))
    source = Source("/报告/r1.txt", "r1.txt", "sha", 1)
    archive.put_source(source, [(report, passages)], {"r1": measure(report, passages)})

    assert check(archive) == []
