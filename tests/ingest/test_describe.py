"""What a report says of itself, by the heads that each kind of office writes."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Described, Origin
from ingest.describe import describe

BODY = "全村共有487户2016人,有建档立卡贫困户158户602人,党员81人,耕地面积2874亩。"


def described(*lines: str, path: str = "report.txt") -> Described:
    return describe(lines, path)


def period(value: Described) -> str | None:
    return value.period.key if value.period else None


def test_a_village_s_half_year_summary() -> None:
    lines = (
        "清溪镇石梁村2018年上半年脱贫攻坚工作总结",
        BODY,
        "石梁村村民委员会",
        "2018年7月9日",
    )

    found = described(*lines)

    assert found.title == lines[0]
    assert (found.place, found.within) == ("石梁村", ("清溪镇",))
    assert period(found) == "2018H1"
    assert found.genre == "工作总结"
    assert found.unit == "石梁村村民委员会"
    assert found.dated == date(2018, 7, 9)
    assert found.dated_span is not None
    start, end = found.dated_span
    assert "\n".join(lines)[start:end] == "2018年7月9日"


def test_where_each_value_came_from() -> None:
    found = described("石梁村2018年上半年工作总结", BODY, "石梁村村民委员会", "2018年7月9日")

    assert dict(found.origins) == {
        "title": Origin.HEAD,
        "place": Origin.TITLE,
        "period": Origin.TITLE,
        "genre": Origin.TITLE,
        "unit": Origin.SIGNATURE,
        "dated": Origin.SIGNATURE,
    }


@pytest.mark.parametrize(
    ("title", "place", "key"),
    [
        ("石梁村2018年度工作总结", "石梁村", "2018"),
        ("2018年上半年清溪镇石梁村工作汇报", "石梁村", "2018H1"),
        ("清溪镇2019年第三季度工作情况汇报", "清溪镇", "2019Q3"),
        ("石梁社区二〇一八年下半年工作总结", "石梁社区", "2018H2"),
        ("清溪乡2020年1-6月扶贫工作总结", "清溪乡", "2020H1"),
        ("石樑村2018年上半年工作總結", "石梁村", "2018H1"),  # places are kept folded
    ],
)
def test_place_and_period_of_a_title(title: str, place: str, key: str) -> None:
    found = described(title, BODY)

    assert (found.title, found.place, period(found)) == (title, place, key)


def test_a_township_says_our_town() -> None:
    found = described(
        "上半年工作总结",
        "今年以来,清溪镇党委政府团结带领全镇干部群众,扎实推进各项工作,现将情况总结如下。",
        "一、我镇辖12个村,清溪镇总人口3万人。",
        "二、全镇脱贫320户,我镇新修道路12公里,清溪镇石梁村建成大棚。",
        "2018年7月5日",
    )

    assert found.place == "清溪镇"
    assert period(found) == "2018H1"


def test_a_bureau_that_helps_a_village_reports_of_the_village() -> None:
    found = described(
        "2018年上半年,县水务中心选派干部驻村,和枧头村一起把水渠修通。有关情况如下:",
        "一、村情",
        "枧头村位于双枧镇北面,全村14个组。",
        "二、枧头村党员64人,全村共有612户,该村种朝天椒。",
        "县水务中心",
        "2018年7月6日",
    )

    assert (found.place, found.within) == ("枧头村", ("双枧镇",))
    assert period(found) == "2018H1"
    assert found.unit == "县水务中心"
    assert found.dated == date(2018, 7, 6)
    # No line is a title, so one is made of what is known.
    assert found.title == "枧头村2018年上半年工作报告"


def test_a_government_work_report_is_of_the_year_it_is_delivered_in() -> None:
    found = described(
        "政府工作报告",
        "(2022年1月18日在青川县第十八届人民代表大会第一次会议上)",
        "青川县人民政府县长 张某",
        "各位代表:",
        "现在,我代表县人民政府向大会报告工作,请予审议。",
        "一、2021年工作回顾",
    )

    assert (found.genre, found.place) == ("政府工作报告", "青川县")
    assert found.dated == date(2022, 1, 18)
    assert period(found) == "2022"


def test_a_congress_at_the_year_s_end_hears_next_year_s_report() -> None:
    found = described("政府工作报告", "(2021年12月28日在青川县第十八届人民代表大会上)", "各位代表:")

    assert period(found) == "2022"


@pytest.mark.parametrize(
    ("lines", "path", "key", "origin"),
    [
        (("石梁村工作总结", f"2018年上半年,我村{BODY}"), "a.txt", "2018H1", Origin.HEAD),
        (("石梁村工作总结", BODY, "2018年7月9日"), "a.txt", "2018H1", Origin.SIGNATURE),
        (("石梁村工作总结", BODY, "2019年1月5日"), "a.txt", "2018", Origin.SIGNATURE),
        (("石梁村工作总结", BODY), "汇报/石梁村2018年下半年.txt", "2018H2", Origin.PATH),
    ],
)
def test_a_period_from_elsewhere_than_the_title(
    lines: tuple[str, ...], path: str, key: str, origin: Origin
) -> None:
    found = described(*lines, path=path)

    assert period(found) == key
    assert dict(found.origins)["period"] == origin


def test_a_place_that_only_the_path_names() -> None:
    found = described("工作总结", "各项工作有序推进。", path="清溪镇/石梁村/总结.txt")

    assert found.place == "石梁村"
    assert dict(found.origins)["place"] == Origin.PATH


def test_what_no_part_of_the_text_says_is_unknown() -> None:
    found = described("各项工作有序推进,取得了一定成绩。", "下一步继续努力。", path="新建文档.txt")

    assert found == Described(title="新建文档")


@pytest.mark.parametrize("text", ["xx镇20xx年上半年工作总结", "**县某年工作总结"])
def test_a_redacted_place_or_period_is_never_guessed(text: str) -> None:
    found = described(text, "全镇脱贫x户,**村出列。", path="report.txt")

    assert found.place is None
    assert found.period is None
    assert found.title == text


def test_nothing_at_all() -> None:
    assert described(path="空.txt").title == "空"


@pytest.mark.parametrize("title", ["某镇20xx年上半年工作总结", "清溪镇xx年工作总结"])
def test_a_year_taken_out_is_not_made_up_from_an_upload_s_date(title: str) -> None:
    found = described(title, "2023-06-11", f"今年以来,我镇{BODY}", "2023-06-11")

    assert (found.period, found.dated) == (None, None)


def test_the_place_of_a_part_of_a_file_is_not_in_the_file_s_name() -> None:
    lines = ("各项工作有序推进,取得了一定成绩。", "下一步继续努力。")

    assert describe(lines, "石梁村2018年.txt").place == "石梁村"
    part = describe(lines, "石梁村2018年.txt", 2)
    assert (part.title, part.place, part.period) == ("石梁村2018年(第2份)", None, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "根据《青川县结对通知》和《青川县方案》,青川县安排我校结对。", id="ordered it"
        ),
        pytest.param("xx村位于镇东,全村612户。柳沟村、柳沟村受邻村xx村带动。", id="its neighbour"),
        pytest.param("全县铺开,叶县长到场。全县脱贫320户。", id="a person"),
        pytest.param("我市是大城市,建设大城市要有大城市的样子,我市加快发展。", id="no city"),
        pytest.param("在此,我代表第九届自治区人民政府,向大家致谢。", id="a term of office"),
        pytest.param("参加泛江三角省会城市市长论坛,发展加快。", id="a forum"),
        pytest.param("全村发展产业,石梁村、柳沟村各建大棚10座,全村增收。", id="two as likely"),
    ],
)
def test_a_name_that_is_not_the_report_s_own(text: str) -> None:
    assert described(text, "下一步继续努力。").place is None


CITY = "各位代表,现在我代表市人民政府向大会报告工作。"


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        pytest.param(
            (
                CITY,
                "洛阳发展加快。" * 6,
                "全省第一,全省领先,全市增收,创建文明城市。" * 3,
            ),
            "洛阳市",
            id="a city by its short name",
        ),
        pytest.param(
            ("全市生产总值增长6%,我市位居全省前列。" * 4, "全省第一。" * 9, "洛阳面貌一新。" * 7),
            "洛阳市",
            id="a city compares itself with the province",
        ),
        pytest.param(
            ("全省上下奋力拼搏。" * 9, "新时代青海更加出彩。" * 5, "学习贵州、云南经验。"),
            "青海省",
            id="a province",
        ),
        pytest.param(
            ("我代表自治区人民政府报告工作。", "全区各族人民团结奋斗,建设美丽西藏。" * 6),
            "西藏自治区",
            id="an autonomous region",
        ),
        pytest.param(
            (CITY, "学习洛阳、开封经验,洛阳、开封来访。" * 6), None, id="two cities as likely"
        ),
        pytest.param((CITY, "洛阳来访。", "建设文明城市。" * 9), None, id="too seldom"),
        pytest.param(
            ("全省上下一心。" * 8, "全市增收。", "洛阳、青海。" * 6), None, id="city or province"
        ),
        pytest.param((CITY, "《洛阳市条例》。" * 9), None, id="only in titles"),
    ],
)
def test_a_wide_place_that_only_the_text_names(texts: tuple[str, ...], place: str | None) -> None:
    found = described("政府工作报告", "各位代表:", *texts, path="report.txt")

    assert found.place == place
    assert dict(found.origins).get("place") == (Origin.BODY if place else None)


def test_the_office_that_the_opening_speaks_of_is_the_unit() -> None:
    text = "2018年上半年,县水务中心党组认真落实帮扶责任,枧头村面貌一新。现将情况报告如下:"
    found = described(text, "一、村情", "枧头村位于双枧镇北面,全村14个组,枧头村种椒。")

    assert (found.unit, found.place) == ("县水务中心", "枧头村")
    assert dict(found.origins)["unit"] == Origin.HEAD
    assert described("根据县水务中心的安排,我村修渠12公里,现将有关情况作如下报告。").unit is None


def test_the_surer_an_origin_the_earlier_it_is_looked_at() -> None:
    sure = [origin.sure for origin in Origin]

    assert sure == sorted(sure, reverse=True)
    assert (sure[0], sure[-1] > 0) == (1.0, True)


@pytest.mark.parametrize(
    ("title", "place", "within", "key"),
    [
        ("青岗县柳湾街道办事处2023年上半年工作总结", "柳湾街道", ("青岗县",), "2023H1"),
        ("柳湾街道办2023年工作总结", "柳湾街道", (), "2023"),
        ("大坪镇卫生院二〇二三年工作总结", "大坪镇卫生院", ("大坪镇",), "2023"),
        ("大坪镇中心小学2022—2023学年度工作总结", "大坪镇中心小学", ("大坪镇",),
         "2022-09-01..2023-08-31"),
        ("大坪镇中心小学2023年帮扶石梁村工作汇报", "石梁村", (), "2023"),
        ("河东中学2022—2023学年度工作总结", "河东中学", (), "2022-09-01..2023-08-31"),
    ],
)  # fmt: skip
def test_who_reports_besides_towns_and_villages(
    title: str, place: str, within: tuple[str, ...], key: str
) -> None:
    found = described(title, "一年来,各项工作扎实推进,现将有关情况总结如下,请予审阅。")

    assert (found.place, found.within) == (place, within)
    assert period(found) == key


def test_a_bureau_that_speaks_of_the_whole_county_reports_for_it() -> None:
    title = "青岗县水务局2023年工作总结"

    assert described(title, "全县现有水库47座,我县完成投资3.4亿元。").place == "青岗县"
    assert described(title, "我局组织学习12次,发放宣传资料300份。").place is None


def test_a_party_group_reports_for_its_bureau_and_not_for_a_place_of_that_name() -> None:
    title = "中共汀洲区商务局党组2023年上半年工作总结"

    assert described(title, "我局组织学习12次,发放宣传资料300份。").place is None
    assert described(title, "全区现有商场47座,我区完成投资3.4亿元。").place == "汀洲区"


def test_the_year_of_a_founding_is_not_the_period() -> None:
    lines = ("工作情况总结", "学校创办于1956年,占地面积1865平方米。", "2023年7月10日")

    assert period(described(*lines)) == "2023H1"
