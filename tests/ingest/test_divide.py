"""Several reports in one file: where each begins, and what must not be torn apart."""

from __future__ import annotations

import pytest

from ingest.divide import Part, divide
from ingest.lines import Line

VILLAGE = (
    "枧头村2022年上半年工作总结",
    "上半年,枧头村在双枧镇党委、政府领导下,把产业和修路放在前面,各项工作有序推进。现将情况总结如下:",
    "一、基本情况",
    "枧头村在双枧镇西面,全村14个村民小组,612户2301人,其中脱贫户97户346人。",
    "二、主要工作",
    "(一)产业。种植朝天椒420亩,新建烘干房2座,带动脱贫户61户。",
    "(二)修路。硬化产业路3.2公里,安装路灯40盏。",
    "三、下一步打算",
    "建冷库1座,培养后备干部2名。",
    "枧头村村民委员会",
    "2022年7月2日",
)
BUREAU = (
    "为认真做好水磨湾村帮扶工作,根据县委的统一安排,我局派出工作队驻村。现将一年来帮扶情况汇报如下:",
    "一、村情概况",
    "水磨湾村有9个村民小组,388户1407人,茭白面积260亩,合作社社员158户。",
    "二、帮扶成效",
    "协调资金36万元,修水渠1800米,举办培训3期156人次。",
    "三、存在问题",
    "合作社缺少懂销售的人。",
)
SCHOOL = (
    "今年以来,在县教育局的关心下,我校与三道渡小学结对,互派教师12人次,送去图书800册。",
    "一、主要做法",
    "每月开展一次联合教研,三道渡小学教师来校跟岗6人。",
    "二、今后打算",
    "把结对延伸到幼儿园。",
)


def parts(*texts: str) -> list[Part]:
    return divide([Line(text) for text in texts])


def firsts(*texts: str) -> list[str]:
    return [part.lines[0].text for part in parts(*texts)]


@pytest.mark.parametrize("report", [VILLAGE, BUREAU, SCHOOL])
def test_one_report_is_one(report: tuple[str, ...]) -> None:
    [part] = parts(*report)

    assert [line.text for line in part.lines] == list(report)
    assert not part.fragment


def test_reports_run_together_without_titles_or_dates() -> None:
    assert firsts(*BUREAU, *SCHOOL, *BUREAU) == [BUREAU[0], SCHOOL[0], BUREAU[0]]


def test_no_line_is_lost_or_said_twice() -> None:
    lines = [*VILLAGE, *BUREAU, *VILLAGE, *SCHOOL]

    assert [line.text for part in parts(*lines) for line in part.lines] == lines


def test_a_title_after_the_closing_date_begins_a_report() -> None:
    other = [VILLAGE[0].replace("枧头村", "柳树垭村"), *VILLAGE[1:]]

    assert firsts(*VILLAGE, *other) == [VILLAGE[0], other[0]]


def test_what_comes_before_an_opening_goes_with_it() -> None:
    head = ("枧头村2022年下半年工作总结", "各位领导:")

    assert firsts(*SCHOOL, *head, *VILLAGE[1:]) == [SCHOOL[0], head[0]]


def test_a_signature_stays_with_the_report_it_signs() -> None:
    [first, second] = parts(*BUREAU, "县水利局", *SCHOOL)

    assert first.lines[-1].text == "县水利局"
    assert second.lines[0].text == SCHOOL[0]


SIGNATURES = [
    ("枧头村村民委员会", "2022年7月2日"),
    ("枧头村村民委员会 2022年7月2日",),
    ("贺春桃", "2022.7.2"),
    ("汇报完毕,谢谢大家!", "二〇二二年七月二日"),
]
NEXT = [
    pytest.param(
        (
            "◎修渠",
            "① 老水渠清淤1800米,新修支渠600米,灌溉面积恢复到260亩,42户不用再抬水浇地了。",
            "② 渠边栽了柳树210棵,由9户脱贫户管护,每户每年领管护费1200元,成活率九成以上,长势不错。",
            "◎办厂",
            "茭白厂5月开工,吸纳务工28人。",
        ),
        id="headings of its own kind",
    ),
    pytest.param(
        (
            "首先,水渠修好了。老水渠清淤1800米,新修支渠600米,灌溉面积恢复到260亩,42户受益,大家都满意。",
            "其次,茭白卖完了。合作社统一收购,每斤比去年多卖三角钱,社员158户户均增收2100元,没有滞销的。",
        ),
        id="ordinals",
    ),
]


@pytest.mark.parametrize("signature", SIGNATURES, ids=" ".join)
@pytest.mark.parametrize("following", NEXT)
def test_after_name_and_date_text_without_a_title_is_another_report(
    signature: tuple[str, ...], following: tuple[str, ...]
) -> None:
    assert firsts(*VILLAGE[:-2], *signature, *following) == [VILLAGE[0], following[0]]


@pytest.mark.parametrize(
    "following",
    [
        pytest.param(("附件", "户情说明", *(BUREAU[2],) * 3), id="an attachment"),
        pytest.param(("2、改厕40户。", *SCHOOL[2:]), id="a list that goes on"),
        pytest.param(("户主", "贺春桃", "人口", "3", "李石头", "4"), id="cells of a table"),
        pytest.param(("联系人:贺春桃", "电话:另发"), id="whom to call"),
        pytest.param(
            ("村情", "枧头村有14个组。", "名词解释", *(BUREAU[2], BUREAU[2])), id="a glossary"
        ),
    ],
)
def test_what_is_attached_below_the_signature_stays(following: tuple[str, ...]) -> None:
    assert len(parts(*VILLAGE, *following)) == 1


def test_what_an_attachment_is_announced_for_stays() -> None:
    lines = (*VILLAGE[:-2], "附件:1.户情", *VILLAGE[-2:], "户情", *(BUREAU[2],) * 3)

    assert len(parts(*lines)) == 1


def test_name_and_date_under_a_title_are_no_end() -> None:
    assert len(parts(VILLAGE[0], *VILLAGE[-2:], *VILLAGE[1:-2])) == 1


def test_an_office_s_name_above_its_own_sentence_is_no_signature() -> None:
    opening = "在双枧镇的支持下,驻村工作队和群众一起修渠、建棚、跑销路。现将工作总结如下:"

    assert firsts(*BUREAU, "县水利局驻村工作队", opening, *VILLAGE[2:]) == [
        BUREAU[0],
        "县水利局驻村工作队",
    ]


def test_ordinals_end_and_numbered_sections_begin() -> None:
    ordinal = (
        "根据县教育局的安排,我校与三道渡小学结对帮扶,充分发挥两校的长处。现将一年来的情况总结如下:",
        "首先,领导重视。成立了领导小组,每学期开会两次。",
        "1、每学期召开领导小组会议。",
        "2、互派教师。",
        "其次,互相学习。教师来校跟岗6人。",
        "第三,送去图书800册、课桌100套。",
        "1、图书由学生捐出。",
        "总之,结对帮扶见到了成效。",
    )

    assert firsts(*ordinal, *BUREAU) == [ordinal[0], BUREAU[0]]


def test_teasers_that_break_off_are_fragments() -> None:
    text = "今年以来,我镇按照县里的部署,进一步加强领导,各项工作整体推进,现将工作汇报如下 一 基..."
    found = parts(*VILLAGE, "乡镇20xx年上半年工作总结", text, "双枧镇20xx年工作汇报", text)

    assert [part.fragment for part in found] == [False, True, True]
    assert [len(part.lines) for part in found] == [len(VILLAGE), 2, 2]


def test_pieces_of_a_collection_are_told_by_their_number() -> None:
    assert firsts("驻村工作总结 篇1", *BUREAU, "驻村工作总结 篇2", SCHOOL[0], SCHOOL[2]) == [
        "驻村工作总结 篇1",
        "驻村工作总结 篇2",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                *VILLAGE[:3],
                "(一)双枧镇的部署",
                "镇里对下半年的工作作了部署,要求各村抓好以下几项工作,枧头村逐项落实,情况汇报如下:",
                "一、防汛",
                "清淤沟渠12公里。",
                "二、防火",
                "巡山90人次。",
                "(二)县里的部署",
                "改厕40户。",
                *VILLAGE[4:],
            ],
            id="numbers inside a (一)",
        ),
        pytest.param(
            [
                "青川县政府工作报告",
                "各位代表:",
                "现在,我代表县人民政府,向大会报告工作,请予审议,并请县政协各位委员提出意见。",
                "2021年工作回顾",
                "一、经济平稳增长",
                "全县生产总值86亿元。",
                "二、存在问题",
                "产业基础薄弱。",
                "各位代表!",
                "2022年工作安排",
                "根据县委的部署,今年政府工作的总体要求是稳中求进,扎实做好以下几方面工作:",
                "一、抓项目",
                "新开工项目30个。",
                "二、抓民生",
                "改造危房200户。",
            ],
            id="a speech in two halves",
        ),
        pytest.param(
            [
                "第一部分 2021年工作",
                *VILLAGE[1:9],
                "第二部分 2022年打算",
                *VILLAGE[1:9],
            ],
            id="numbers in each part",
        ),
        pytest.param(
            [*VILLAGE[:9], "附件1:", "枧头村2022年重点项目完成情况", "一、冷库", "已完成。"],
            id="an attachment",
        ),
        pytest.param(
            [
                "枧头村2022年工作总结和2023年工作计划",
                *VILLAGE[1:6],
                "2023年工作计划",
                "三、打算",
                "建冷库1座。",
            ],
            id="a heading that names a genre",
        ),
        pytest.param([VILLAGE[0], VILLAGE[0], *VILLAGE], id="a title said three times"),
        pytest.param(
            [*VILLAGE[:6], "1、种椒。", "2、修路。", "1、安灯。", "2、改厕。", *VILLAGE[7:]],
            id="lists inside a section",
        ),
    ],
)
def test_one_report_stays_whole(lines: list[str]) -> None:
    assert len(parts(*lines)) == 1


def test_a_second_number_two_is_a_slip_not_a_report() -> None:
    slip = [line.replace("三、下一步", "二、下一步") for line in VILLAGE]

    assert len(parts(*slip)) == 1


def test_table_rows_say_nothing_of_borders() -> None:
    rows = [Line("一、合计 | 2022年", row=True), Line("二、其中 | 3", row=True)] * 3

    assert len(divide([*(Line(text) for text in VILLAGE), *rows])) == 1


def test_nothing_is_one_empty_part() -> None:
    assert divide([]) == [Part(())]
