"""Figures of a report: what is counted, when, where, of what kind, and what is no figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold
from index.records import FigureKind, Period
from tests.ingest.measure.read import read

# ---- what is counted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("建档立卡贫困户81户247人。", [("建档立卡贫困户", "81户"), ("建档立卡贫困户", "247人")]),
        ("五保户2户,3人;低保户9户,20人。",
         [("五保户", "2户"), ("五保户", "3人"), ("低保户", "9户"), ("低保户", "20人")]),
        ("全村12个村民小组,410户1630人。",
         [("村民小组", "12个"), ("全村", "410户"), ("全村", "1630人")]),
        ("村党支部有党员41名。", [("党员", "41名")]),
        ("先后为村里安装太阳能路灯共46盏。", [("安装太阳能路灯", "46盏")]),
        ("为村民安装30盏太阳能路灯。", [("村民安装太阳能路灯", "30盏")]),
        ("种植核桃300亩、板栗120亩。", [("种植核桃", "300亩"), ("种植板栗", "120亩")]),
        ("耕地面积2874亩(人均1.43亩)。", [("耕地面积", "2874亩"), ("耕地面积人均", "1.43亩")]),
        ("2014年脱贫7户19人、2015年脱贫12户47人、2016年28户105人。",
         [("脱贫", "7户"), ("脱贫", "19人"), ("脱贫", "12户"), ("脱贫", "47人"),
          ("脱贫", "28户"), ("脱贫", "105人")]),
        ("投资36万元,硬化产业路3.2公里。", [("投资产业路", "36万元"), ("硬化产业路", "3.2公里")]),
        ("全市生产总值264.5亿元,同比增长7.9%。",
         [("生产总值", "264.5亿元"), ("生产总值同比增长", "7.9%")]),
        ("财政收入增长2%,完成450亿元。", [("财政收入增长", "2%"), ("财政收入", "450亿元")]),
        ("城镇居民收入和农民收入分别增长7%和8%,达到28640元和14120元。",
         [("城镇居民收入增长", "7%"), ("农民收入增长", "8%"),
          ("城镇居民收入", "28640元"), ("农民收入", "14120元")]),
        ("城乡居民收入分别增长8%和9%。",
         [("城镇居民收入增长", "8%"), ("农村居民收入增长", "9%")]),
        ("调解矛盾纠纷118起,成功114起。",
         [("调解矛盾纠纷", "118起"), ("调解矛盾纠纷成功", "114起")]),
        ("落实资金10万元,5万元用于修桥。", [("落实资金", "10万元"), ("修桥", "5万元")]),
        ("帮助12万农村居民用上自来水。", [("帮助农村居民用上自来水", "12万")]),
        ("整合资金108万,改造水渠7处。", [("整合资金", "108万"), ("改造水渠", "7处")]),
        ("致贫原因中因病致贫的有50户,占比46%。",
         [("致贫原因中因病致贫", "50户"), ("致贫原因中因病致贫占比", "46%")]),
        ("监测户因病新增1户3人,现为4户11人。",
         [("监测户因病新增", "1户"), ("监测户因病新增", "3人"),
          ("监测户", "4户"), ("监测户", "11人")]),
        ("6个村上半年集体经济收入合计40万元。", [("村", "6个"), ("村集体经济收入", "40万元")]),
        ("上半年收入9万元,其中租金4万元。", [("收入", "9万元"), ("租金", "4万元")]),
        ("投资11万元,5月1日前启用。", [("投资", "11万元")]),
        ("全村9个村民小组318户1206人。",
         [("村民小组", "9个"), ("全村", "318户"), ("全村", "1206人")]),
        ("全镇有驻村工作队6支、队员18人。", [("驻村工作队", "6支"), ("队员", "18人")]),
        ("绿地率30%,人均绿地9平方米。", [("绿地率", "30%"), ("人均绿地", "9平方米")]),
        ("培育产值超亿元企业4家。", [("培育产值超亿元企业", "4家")]),
        ("建成12个标准化卫生室。", [("建成标准化卫生室", "12个")]),
        ("各类合作社7个。", [("合作社", "7个")]),
        ("企业开办压缩至3个工作日。", []),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, said: list[tuple[str, str]]) -> None:
    assert read(text).said == said


@pytest.mark.parametrize(
    "text",
    [
        "增收20xx元以上,投入x万元,帮扶**户。",
        "做好以下三个方面的工作。",
        "存在五个短板。",
        "一期工程建成投用,二期开工。",
        "建成5000吨级码头。",
        "居全国第3位,位列全省前10名,上升12位。",
        "连续9年,80岁以上老人,打造15分钟生活圈。",
        "成立一个组织,增开一条生产线。",
        "推进“六个一”工程,实现5个100。",
        "2018年5月12日,第12次会议。",
        "市十四届人大五次会议召开。",
        "落实中央八项规定精神,打通最后一公里。",
        "零部件企业集聚。",
        "3.3 村卫生室缺人。\n3.4 组里缺路灯。",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read(text).said == []


def test_an_item_s_number_is_no_part_of_its_figure() -> None:
    found = read("1.修桥2座;\n2.改厕5户;\n3.100千瓦电站并网。")
    assert [found.words(figure) for figure in found.figures] == ["2座", "5户", "100千瓦"]


def test_an_item_s_number_in_points_is_no_part_of_its_phrase() -> None:
    assert read("2.5 年末脱贫户44户。\n2.1 党员50名。").said == [
        ("脱贫户", "44户"),
        ("党员", "50名"),
    ]


def test_a_paragraph_s_label_names_what_a_bare_word_counts() -> None:
    assert read("2.5 集体经济。上半年收入9万元,其中租金4万元。").said == [
        ("集体经济收入", "9万元"),
        ("租金", "4万元"),
    ]
    assert read("(四)小额信贷。存量贷款25户,余额119万元。").figures[0].canonical == "小额信贷"
    assert read("(四)小额信贷。存量贷款25户,余额119万元。").figures[1].canonical == "贷款余额"
    # What has a name of its own keeps it, and a label holds for its own paragraph only.
    assert read("户情。低保24户。\n收入3万元。").said == [("低保", "24户"), ("收入", "3万元")]


# ---- values and units


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "base", "base_unit", "approx"),
    [
        ("共27.16万元", "27.16", None, "万元", "271600", "元", ""),
        ("水田1.2万亩", "1.2", None, "万亩", "12000", "亩", ""),
        ("林地3公顷", "3", None, "公顷", "45", "亩", ""),
        ("修路3.2公里", "3.2", None, "公里", "3200", "米", ""),
        ("脱贫一百二十一户", "121", None, "户", "121", "户", ""),
        ("补助80-100万元", "80", "100", "万元", "800000", "元", ""),
        ("种烤烟100多亩", "100", None, "亩", "100", "亩", "多"),
        ("约300名党员", "300", None, "名", "300", "人", "约"),
        ("产粮2吨", "2", None, "吨", "2000", "公斤", ""),
        ("绿化率三成", "3", None, "成", "30", "%", ""),
        ("共3。52亿元", "3.52", None, "亿元", "352000000", "元", ""),
        ("建12个村", "12", None, "个", "12", "个", ""),
    ],
)
def test_values_as_written_and_for_comparison(
    text: str, value: str, high: str | None, unit: str, base: str, base_unit: str, approx: str
) -> None:
    (figure,) = read(text).figures
    assert (figure.value, figure.unit) == (Decimal(value), unit)
    assert figure.high == (Decimal(high) if high else None)
    assert (figure.base, figure.base_unit) == (Decimal(base), base_unit)
    assert figure.approx == approx


# ---- kinds


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("全村党员41名。", "41名", FigureKind.STOCK),
        ("建档立卡贫困户88户。", "88户", FigureKind.STOCK),
        ("退耕还林面积459亩。", "459亩", FigureKind.STOCK),
        ("参加养老保险1687人。", "1687人", FigureKind.STOCK),
        ("贷款余额104万元。", "104万元", FigureKind.STOCK),
        ("2017年脱贫26户。", "26户", FigureKind.FLOW),
        ("新修村道5公里。", "5公里", FigureKind.FLOW),
        ("新识别监测户1户。", "1户", FigureKind.FLOW),
        ("村集体收入6.8万元。", "6.8万元", FigureKind.FLOW),
        ("建设小镇10个、美丽乡村41个。", "41个", FigureKind.FLOW),
        ("务工1948人,比上年末增加45人。", "45人", FigureKind.FLOW),
        ("2018年计划脱贫136户。", "136户", FigureKind.TARGET),
        ("拟硬化道路3公里。", "3公里", FigureKind.TARGET),
        ("2019年脱贫7户。", "7户", FigureKind.TARGET),
        ("计划投资45万元,已完成30万元。", "30万元", FigureKind.FLOW),
        ("支出进度56.8%,低于县里60%的要求。", "60%", FigureKind.TARGET),
        ("贫困发生率降为0.52%。", "0.52%", FigureKind.RATE),
        ("保底价每斤1.8元。", "1.8元", FigureKind.PRICE),
        ("低保标准提高到每人3800元。", "3800元", FigureKind.PRICE),
        ("户均分红600元。", "600元", FigureKind.FLOW),
        ("建成休闲园区38个、特色小镇17个。", "17个", FigureKind.FLOW),
        ("实施2000万元以上项目58个,其中亿元以上项目26个。", "26个", FigureKind.FLOW),
        ("新增公司10家,达到49家。", "49家", FigureKind.STOCK),
        ("完成固定资产投资4600亿元。", "4600亿元", FigureKind.FLOW),
        ("实际利用外资11亿美元。", "11亿美元", FigureKind.FLOW),
        ("贷款余额1027亿元,增加173亿元。", "173亿元", FigureKind.FLOW),
        ("发放养老金34亿元。", "34亿元", FigureKind.FLOW),
        ("公益林补偿兑现13元/亩。", "13元", FigureKind.PRICE),
        ("全镇有驻村工作队8支。", "8支", FigureKind.STOCK),
        ("实施人居环境三年行动计划,改造户厕120户。", "120户", FigureKind.FLOW),
        ("全镇有产值超亿元企业4家。", "4家", FigureKind.STOCK),
        ("投资20万元,建成标准化卫生室1处。", "20万元", FigureKind.FLOW),
        ("先后有30户贫困户共种植菊花。", "30户", FigureKind.FLOW),
        ("重点帮扶贫困户64户。", "64户", FigureKind.FLOW),
        ("帮扶单位党员7名。", "7名", FigureKind.STOCK),
        ("存量贷款25户。", "25户", FigureKind.STOCK),
        ("上半年榨油9吨。", "9吨", FigureKind.FLOW),
        ("冷库库容500吨。", "500吨", FigureKind.STOCK),
        ("还有3公里临崖路段没有护栏。", "3公里", FigureKind.STOCK),
        ("村卫生室门诊2860人次。", "2860人次", FigureKind.FLOW),
        ("低产改造108亩,超过年初计划8亩。", "8亩", FigureKind.FLOW),
        ("务工1587人,完成计划任务的86%。", "86%", FigureKind.RATE),
        ("雨露计划补助9人。", "9人", FigureKind.FLOW),
    ],
)
def test_kinds(text: str, words: str, kind: FigureKind) -> None:
    assert read(text).one(words).kind is kind


def test_a_place_s_own_name_counts_nothing() -> None:
    assert read("三道渡村临水而居,有渡口三个。", place="三道渡村").said == [("渡口", "三个")]


def test_work_in_hand_is_no_plan_where_nothing_was_told_before() -> None:
    text = "全镇低保312户,硬化道路11公里。"
    kinds = [one.kind for one in read(text, "二、重点工作").figures]
    assert kinds == [FigureKind.STOCK, FigureKind.FLOW]
    assert read(text, "二、下一步重点工作").figures[1].kind is FigureKind.TARGET
    met = read(text, "一、发展目标超额实现").figures[1]
    assert met.kind is FigureKind.FLOW


def test_a_section_of_plans_plans() -> None:
    found = read("新修村道5公里。村里现有党员40名。", "三、下步打算", period="2018H1")
    assert found.one("5公里").kind is FigureKind.TARGET
    assert found.one("5公里").as_of == Period.half(2018, 2)
    assert found.one("40名").kind is FigureKind.STOCK


# ---- times


@pytest.mark.parametrize(
    ("text", "words", "as_of"),
    [
        ("脱贫户97户。", "97户", "2018H1"),
        ("今年种植辣椒420亩。", "420亩", "2018H1"),
        ("截止2017年底,全村修好危房24户,脱贫28户121人。", "24户", "2017-12-31"),
        ("2014年脱贫6户、2015年脱贫13户。", "13户", "2015"),
        ("今年6月动态调整时新识别2户,现有贫困户88户。", "88户", "2018H1"),
        ("普及率46%,比2010年提高19个百分点。", "19个百分点", "2018H1"),
        ("食堂2月14日开张,日均就餐90人。", "90人", "2018H1"),
        ("用工由58人增加到73人。", "58人", None),
        ("用工由58人增加到73人。", "73人", "2018H1"),
        ("20xx年脱贫324户。", "324户", None),
        ("2020年兜底脱贫11户。", "11户", "2020"),
    ],
)
def test_times(text: str, words: str, as_of: str | None) -> None:
    found = read(text, period="2018H1").one(words).as_of
    assert (found.key if found else None) == as_of


def test_a_date_goes_on_over_semicolons_and_a_paragraph_s_opening_to_its_end() -> None:
    found = read("截至2017年底,脱贫户12户;监测户3户。\n2016年,修路2公里。修桥1座。\n改厕9户。")
    assert [figure.as_of.key for figure in found.figures if figure.as_of] == [
        "2017-12-31", "2017-12-31", "2016", "2016", "2018",
    ]  # fmt: skip


def test_what_it_was_before_has_no_time_of_its_own_and_is_not_what_it_is() -> None:
    found = read("2018年底监测户由6户19人减为4户12人。")
    times = {found.words(one): one.as_of and one.as_of.key for one in found.figures}
    assert times == {"6户": None, "19人": None, "4户": "2018-12-31", "12人": "2018-12-31"}


def test_a_government_report_reviews_the_year_before_and_plans_its_own() -> None:
    done = read("修路3公里。", "一、2017年工作回顾", period="2018", genre="政府工作报告")
    plan = read("修路3公里。", "二、2018年工作安排", period="2018", genre="政府工作报告")
    five = read("五年来,修路3公里。", period="2018", genre="政府工作报告")
    aims = read(
        "今年经济社会发展的主要预期目标是:地区生产总值增长8%;城镇新增就业3万人。",
        period="2018",
        genre="政府工作报告",
    )
    assert [(f.kind.value, f.as_of and f.as_of.key) for f in done.figures] == [("flow", "2017")]
    assert [(f.kind.value, f.as_of and f.as_of.key) for f in plan.figures] == [("target", "2018")]
    assert [f.as_of and f.as_of.key for f in five.figures] == ["2013-01-01..2017-12-31"]
    assert [(f.canonical, f.kind.value, f.as_of and f.as_of.key) for f in aims.figures] == [
        ("地区生产总值增速", "target", "2018"),
        ("城镇新增就业", "target", "2018"),
    ]


def test_without_a_period_nothing_is_dated_but_by_its_own_words() -> None:
    found = read("今年脱贫3户。2017年脱贫5户。", period=None)
    assert [figure.as_of and figure.as_of.key for figure in found.figures] == [None, "2017"]


# ---- parts, places, qualifiers


@pytest.mark.parametrize(
    ("text", "part_of"),
    [
        ("耕地1986亩,其中水田1240亩、旱地746亩。", [None, 0, 0]),
        ("低保户38户120人(贫困户29户97人)。", [None, None, 0, 1]),
        ("党员67人,其中女党员9人。外出11人。", [None, 0, None]),
        ("共改造117户,翻建48户,重建69户,新办3户。", [None, 0, 0, None]),
        ("监测户5户16人,其中边缘户2户6人,突困户3户10人。", [None, None, 0, 1, 0, 1]),
        ("落实资金10万元,5万元用于修桥,4万元用于修路。", [None, 0, 0]),
        ("耕地面积2874亩(人均1.43亩)。", [None, None]),
        ("党员20人,其中贫困户30户。", [None, None]),
    ],
)
def test_parts(text: str, part_of: list[int | None]) -> None:
    assert [figure.part_of for figure in read(text).figures] == part_of


def test_a_township_s_report_goes_through_its_villages() -> None:
    text = "枧头村脱贫3户,青杠村脱贫5户。\n全镇脱贫8户。"
    found = read(text, place="双枧镇")
    assert [figure.place for figure in found.figures] == ["枧头村", "青杠村", "双枧镇"]
    assert [figure.indicator for figure in found.figures] == ["脱贫"] * 3


def test_a_village_that_is_the_highest_is_the_one_meant() -> None:
    found = read(
        "8个村集体经济收入合计50万元,最高的是上坪村,14万元;其次是青杠村,12万元。", place="石门镇"
    )
    places = {found.words(one): one.place for one in found.figures}
    assert places == {"8个": "石门镇", "50万元": "石门镇", "14万元": "上坪村", "12万元": "青杠村"}


def test_a_time_in_front_of_a_village_is_no_part_of_its_name() -> None:
    found = read("上半年枧头村种植辣椒512亩,今年青杠村养羊90只。", place="双枧镇")
    assert [figure.place for figure in found.figures] == ["枧头村", "青杠村"]


@pytest.mark.parametrize(
    "word",
    "其中 累计 新增 净增 人均 户均 亩均 生均 年均 月均 日均 平均 同比 环比 每人每月 预计 力争 最高 "
    "至少".split(),
)
def test_every_qualifier_is_kept(word: str) -> None:
    assert read(f"村里经营茶园收入{word}增加5.2万元。").one("5.2万元").qualifier == (word,)


def test_qualifiers() -> None:
    found = read("截止2017年底,累计脱贫26户,其中新增脱贫3户。每斤1.8元。")
    assert found.one("26户").qualifier == ("累计", "截止2017年底")
    assert found.one("3户").qualifier == ("其中", "新增", "截止2017年底")
    assert found.one("1.8元").qualifier == ("每斤",)


# ---- tables


def test_cells_have_the_column_s_unit_and_the_row_s_name() -> None:
    text = (
        "村:枧头村 | 产业:黄精 | 面积(万亩):1.2 | 参与户数:76\n"
        "村:合计 | 产业: | 面积(万亩):3 | 参与户数:90"
    )
    found = read(text, place="双枧镇")
    assert [(f.place, f.indicator, f.value, f.unit) for f in found.figures] == [
        ("枧头村", "黄精面积", Decimal("1.2"), "万亩"),
        ("枧头村", "黄精参与户数", Decimal(76), "户"),
        ("双枧镇", "面积", Decimal(3), "万亩"),
        ("双枧镇", "参与户数", Decimal(90), "户"),
    ]
    assert found.figures[0].base == Decimal(12000)


def test_a_column_may_be_a_year_and_numbers_of_rows_are_none() -> None:
    text = "序号:1 | 指标:脱贫户 | 单位:户 | 2016年:12 | 2017年:30"
    found = read(text)
    assert [(f.indicator, f.value, f.unit, f.as_of and f.as_of.key) for f in found.figures] == [
        ("脱贫户", Decimal(12), "户", "2016"),
        ("脱贫户", Decimal(30), "户", "2017"),
    ]


# ---- what always holds

_PIECES = st.sampled_from(
    ["脱贫", "贫困户", "其中", "158户", "602 人", "27.16万元", "一百二十一户", "3。5亿元", "20xx元",
     "2018年", "截至6月底", "今年", "计划", "增长", "7.5%", "80-100万元", "(", ")", ",", "、", "。",
     ";", "\n", " | ", "面积:12", "枧头村", "分别", "和", "约", "以上", "人均", "1.", "第", "15万",
     "🌾", "(15)"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=24).map("".join) | st.text(max_size=60))
def test_spans_hold_the_number_and_figures_stand_in_order(text: str) -> None:
    found = read(text, "二、下步打算", place="双枧镇")
    for at, figure in enumerate(found.figures):
        words = fold(found.words(figure))
        assert figure.ordinal == at
        assert any(c.isdigit() or c in "零一二三四五六七八九十两百千万" for c in words)
        assert words.endswith(figure.unit.removeprefix("万").removeprefix("亿")[-1:])
        assert figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1]
        assert figure.part_of is None or 0 <= figure.part_of < at
    starts = [figure.start for figure in found.figures]
    assert starts == sorted(starts)


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["元", "万元", "亿元"]))
def test_a_value_reads_back(value: Decimal, unit: str) -> None:
    found = read(f"村集体收入{value}{unit}。")
    (figure,) = found.figures
    assert (figure.value, figure.unit) == (value, unit)
    assert found.words(figure) == f"{value}{unit}"
    assert figure.canonical == "村集体经济收入"


def test_those_on_a_register_are_told_though_all_of_them_were_lifted() -> None:
    found = read("至此我村建档立卡贫困户74户263人全部脱贫。")
    assert found.said == [("建档立卡贫困户", "74户"), ("建档立卡贫困户", "263人")]
    assert {one.kind for one in found.figures} == {FigureKind.STOCK}
    assert read("确保剩余12户31人全部脱贫。").figures[0].canonical == "脱贫"


def test_households_behind_groups_or_the_village_are_all_of_its_own() -> None:
    for text in (
        "枧头村地处山区,辖9个村民小组,412户1536人,劳动力820人。",
        "全村412户1536人,党员44人。",
        "全村9组412户1536人。",
    ):
        found = read(text)
        assert (found.one("412户").canonical, found.one("1536人").canonical) == (
            "总户数",
            "总人口",
        )


def test_members_of_branches_are_not_the_inhabitants() -> None:
    found = read("全村党员44名,下设3个党小组,分别为16人、13人、15人。")
    assert [one.canonical for one in found.figures[2:]] == [None, None, None]


def test_a_group_told_by_its_number_is_no_quantity() -> None:
    assert [words for _, words in read("其中一组98户、二组110户、三组87户。").said] == [
        "98户",
        "110户",
        "87户",
    ]
    found = read("硬化4组至6组道路2.1公里。")
    assert found.said == [("硬化道路", "2.1公里")]
    assert [one.value for one in read("全村12组412户。").figures] == [12, 412]


def test_who_is_left_is_there() -> None:
    for text in ("截至6月底尚有41户138人未脱贫。", "脱贫6户19人,剩余3户7人。"):
        assert {one.kind for one in read(text).figures[-2:]} == {FigureKind.STOCK}


def test_money_behind_what_was_built_is_its_cost() -> None:
    found = read("硬化道路2.1公里,投资84万元,新建蓄水池3口。")
    assert found.one("84万元").indicator == "投资道路"
    assert read("投资15万元,安装路灯40盏。").one("15万元").indicator == "投资路灯"
