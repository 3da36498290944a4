"""A question's text to a Query, over a fictional archive's places."""

from __future__ import annotations

from datetime import date

import pytest

from index.place_book import PlaceBook
from index.query import Intent, Query, Wanted
from index.question import understand
from index.terms import search_words

_BOOK = PlaceBook(["石门镇", "青杠村", "上坪村", "团结村", "双河市", "望江社区", "云岭壮族自治区"])
_SAID = ("青杠村", "白沙村", "核桃油", "油坊", "春晖小学", "春晖")


def ask(text: str, today: date = date(2023, 3, 1)) -> Query:
    return understand(text, _BOOK, lambda part: any(part in said for said in _SAID), today)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("青杠村有多少脱贫户", ["青杠村"]),
        ("请问青杠村有多少脱贫户", ["青杠村"]),
        ("青杠有多少脱贫户", ["青杠村"]),
        ("2022年上半年石门镇青杠村脱贫多少人", ["青杠村"]),
        ("望江种了多少亩柑橘", ["望江社区"]),
        ("云岭2016年的财政收入", ["云岭壮族自治区"]),
        ("青杠村和上坪村各有多少党员", ["青杠村", "上坪村"]),
        ("青杠村扩建村卫生室花了多少钱", ["青杠村"]),
        ("脱贫户有多少", []),
    ],
)
def test_places_named(text: str, places: list[str]) -> None:
    query = ask(text)
    assert [place.name for place in query.places] == places
    assert all(place.known for place in query.places)


def test_a_common_word_is_no_short_form_of_a_place() -> None:
    assert ask("各组团结协作做了什么").places == ()
    assert [place.name for place in ask("团结村有多少户").places] == ["团结村"]


@pytest.mark.parametrize(
    "text", ["王家坝村有多少户", "上青杠村有多少户", "2022年底王家坝村有多少户"]
)
def test_a_place_the_archive_never_names_is_unknown(text: str) -> None:
    (place,) = ask(text).places
    assert not place.known
    assert place.name.endswith("村")


def test_a_place_that_reports_only_mention_is_known_but_not_reported() -> None:
    (place,) = ask("白沙村的油坊带动多少户").places
    assert place.known
    assert not place.reported


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("青杠村2022年上半年脱贫多少户", ["2022H1"]),
        ("青杠村2022上半年脱贫多少户", ["2022H1"]),
        ("青杠村22年1-6月脱贫多少户", ["2022H1"]),
        ("截至2022年6月底青杠村有多少脱贫户", ["2022H1"]),
        ("青杠村2022年底有多少脱贫户", ["2022"]),
        ("去年青杠村脱贫多少户", ["2022"]),
        ("青杠村2021年和2022年各脱贫多少户", ["2021", "2022"]),
        ("青杠村有多少脱贫户", []),
    ],
)
def test_periods_named(text: str, periods: list[str]) -> None:
    assert [period.key for period in ask(text).periods] == periods


def test_the_period_of_a_named_report() -> None:
    query = ask("双河市2019年政府工作报告提出的当年城镇新增就业目标是多少")
    assert [period.key for period in query.periods] == ["2019"]
    assert query.named_report
    assert query.own_period
    assert query.plan
    assert not ask("双河市2019年城镇新增就业多少人").named_report


@pytest.mark.parametrize(
    ("text", "wanted", "unit"),
    [
        ("青杠村有多少脱贫户", Wanted.FIGURE, "户"),
        ("青杠村卫生室投资了多少钱", Wanted.FIGURE, "元"),
        ("青杠村修路花了多少", Wanted.FIGURE, None),
        ("青杠村种了多少亩核桃", Wanted.FIGURE, "亩"),
        ("青杠村装了几盏路灯", Wanted.FIGURE, "盏"),
        ("青杠村硬化了多长的路", Wanted.FIGURE, "公里"),
        ("青杠村2022年的贫困发生率", Wanted.FIGURE, "%"),
        ("双河市2019年财政收入增长目标是多少", Wanted.FIGURE, "%"),
        ("青杠村卫生室什么时候建成", Wanted.DATE, None),
        ("青杠村第一书记是谁", Wanted.PERSON, None),
        ("青杠村油坊建在哪里", Wanted.PLACE, None),
        ("青杠村有哪些产业", Wanted.LIST, None),
        ("青杠村公益性岗位有哪几种,各多少个", Wanted.LIST, None),
        ("青杠村通自来水了吗", Wanted.YES_NO, None),
        ("青杠村产业发展情况怎么样", Wanted.NARRATIVE, None),
    ],
)
def test_what_is_wanted(text: str, wanted: Wanted, unit: str | None) -> None:
    query = ask(text)
    assert query.wanted is wanted
    if unit is not None:
        assert unit in query.units


def test_the_frame_of_the_question_is_not_asked_about() -> None:
    assert [term.word for term in ask("请问青杠村2022年上半年一共安装了多少盏路灯?").terms] == [
        "安装",
        "路灯",
    ]


def test_a_name_that_jieba_does_not_know_stays_one_term() -> None:
    words = [term.word for term in ask("春晖小学捐了几台电脑").terms]
    assert "电脑" in words
    assert "小学" in "".join(words)


def test_synonyms_are_looked_up_too() -> None:
    words = search_words(ask("青杠村买了几台电脑"))
    assert {"电脑", "计算机"} <= set(words)


def test_traditional_and_full_width_mean_the_same() -> None:
    one, other = ask("青杠村２０２２年上半年貧困發生率"), ask("青杠村2022年上半年贫困发生率")
    assert (one.places, one.periods, one.terms) == (other.places, other.periods, other.terms)


_NAMESAKES = PlaceBook(
    ["石门镇", "鹿角镇", "青杠村", "龙洞村", "上坪村"],
    chains=[
        ("青杠村", ("石门镇",)),
        ("龙洞村", ("石门镇", "清溪县")),
        ("龙洞村", ("鹿角镇", "清溪县")),
        ("上坪村", ()),
    ],
)


def ask_namesakes(text: str) -> Query:
    return understand(text, _NAMESAKES, lambda part: False, date(2023, 3, 1))


def test_a_name_of_two_places_is_asked_back_with_the_choices() -> None:
    assert ask_namesakes("龙洞村有多少户").unclear == ("石门镇龙洞村", "鹿角镇龙洞村")


@pytest.mark.parametrize(
    "text", ["石门镇龙洞村有多少户", "石门镇的龙洞村有多少户", "石门镇有个龙洞村,有多少户"]
)
def test_the_place_around_tells_which_of_two_is_meant(text: str) -> None:
    (place,) = ask_namesakes(text).places
    assert (place.name, place.around, place.choices) == ("龙洞村", "石门镇", ())


def test_a_village_that_lies_elsewhere_is_not_the_one_asked_about() -> None:
    (place,) = ask_namesakes("鹿角镇青杠村有多少户").places
    assert not place.known
    assert place.name == "鹿角镇青杠村"
    # Where the archive does not know where a village lies, nothing speaks against it.
    (place,) = ask_namesakes("鹿角镇上坪村有多少户").places
    assert place.known


def test_a_town_takes_its_villages_in_only_where_the_question_says_so() -> None:
    assert ask_namesakes("石门镇有多少党员").places[0].inside == ()
    for text in ("石门镇全镇有多少党员", "石门镇各村有多少党员", "石门镇哪些村有卫生室"):
        assert ask_namesakes(text).places[0].inside == ("青杠村", "龙洞村")


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("各村有多少党员", 5),
        ("哪个镇脱贫户最多", 4),
        ("每个社区有多少低保户", 5),
        ("青杠村有多少党员", None),
    ],
)
def test_the_level_of_places_that_are_asked_for_one_by_one(text: str, each: int | None) -> None:
    assert ask_namesakes(text).each == each


@pytest.mark.parametrize(
    ("text", "periods", "every", "latest"),
    [
        ("青杠村近三年脱贫多少户", ["2021-01-01..2023-12-31"], True, False),
        ("青杠村最近2年脱贫多少户", ["2022-01-01..2023-12-31"], True, False),
        ("青杠村历年脱贫多少户", [], True, False),
        ("青杠村近年来脱贫多少户", [], True, False),
        ("青杠村2021年和2022年脱贫多少户", ["2021", "2022"], True, False),
        ("青杠村每次报的脱贫户是多少", [], True, False),
        ("青杠村脱贫了多少户,一期一期说", [], True, False),
        (
            "青杠村2021、2022、2023三年上半年各脱贫多少户",
            ["2021H1", "2022H1", "2023H1"],
            True,
            False,
        ),
        ("青杠村上半年的收入,2022年比2021年多多少", ["2022H1", "2021H1"], True, False),
        ("青杠村每次培训多少人", [], False, False),
        ("青杠村上次报告说了什么", [], False, True),
        ("青杠村最近一期的脱贫户", [], False, True),
        ("青杠村2022年上次报告说了什么", ["2022"], False, False),
        ("青杠村十三五期间脱贫多少户", ["2016-01-01..2020-12-31"], False, False),
    ],
)
def test_times_told_by_words(text: str, periods: list[str], every: bool, latest: bool) -> None:
    query = ask(text)
    assert [period.key for period in query.periods] == periods
    assert (query.every, query.latest) == (every, latest)
    assert not {"近", "三年", "历年", "上次"} & {term.word for term in query.terms}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("双河市2019年政府工作报告提出的就业目标是多少", True),
        ("双河市2019年的工作总结写了什么", True),
        ("2019年政府工作报告里双河市的就业目标是多少", False),
        ("双河市2019年就业目标是多少", False),
    ],
)
def test_place_and_time_together_name_a_report(text: str, own: bool) -> None:
    assert ask(text).own_report is own


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("青杠村有多少党员", Intent.LOOKUP),
        ("各村有多少党员", Intent.LIST),
        ("石门镇全镇一共脱贫多少户", Intent.COUNT),
        ("有几个村通了自来水", Intent.COUNT),
        ("哪个村人均收入最高", Intent.COMPARE),
        ("给三个村的收入排个名", Intent.COMPARE),
        ("青杠村2022年比2021年多脱贫多少户", Intent.COMPARE),
        ("青杠村历年贫困户变化", Intent.TREND),
        ("青杠村近三年脱贫多少户", Intent.TREND),
        ("青杠村有哪些产业", Intent.LIST),
        ("青杠村产业发展情况怎么样", Intent.NARRATIVE),
    ],
)
def test_what_is_to_be_done_with_what_is_found(text: str, intent: Intent) -> None:
    assert ask(text).intent is intent


def test_a_number_in_the_question_is_asked_about_however_it_is_written() -> None:
    (term,) = (term for term in ask("青杠村哪年脱贫121户").terms if "121" in term.word)
    assert set(term.alike) == {"121户", "一百二十一户"}
    (term,) = (term for term in ask("青杠村一百二十一户是哪年脱贫的").terms if "户" in term.word)
    assert {"121户", "一百二十一户"} <= set(term.alike)


def test_an_office_named_by_its_report() -> None:
    query = understand(
        "清溪县教育局2022年的工作总结写了什么",
        _BOOK,
        lambda part: False,
        date(2023, 3, 1),
        reporters=["清溪县教育局", "县教育局", "清溪县林业局"],
    )
    assert query.reporter == "清溪县教育局"
