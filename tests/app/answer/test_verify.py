"""The verifier: what follows from a quotation passes, everything else is named and fails."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answer.evidence import Source
from app.answer.findings import About, Kind
from app.answer.verify import check, split_citations
from eval.cases import SAMPLE
from index.chinese.sentences import sentences
from index.records import Period
from ingest.readers import read

HALF = Period.parse("2022H1")
JUNE = date(2022, 6, 30)


def village(quote: str, place: str = "枧头村", **more: object) -> Source:
    values: dict[str, object] = {
        "period": HALF,
        "within": ("双枧镇",),
        "context": f"{place}2022年上半年工作总结",
        "anchor": JUNE,
    }
    return Source(quote, place, **{**values, **more})  # type: ignore[arg-type]


def kinds(sentence: str, *sources: Source, about: About | None = None) -> set[Kind]:
    return {finding.kind for finding in check(sentence, sources, about)}


PEOPLE = village("全村共有300户1200人,其中脱贫户60户180人,低保户12户。")
ROADS = village("硬化产业路3.2公里,投入27.16万元,安装路灯约40盏。")
PLAN = village("计划脱贫148户,力争年底前新建大棚12座。")
YEARS = village("2021年底,全村有监测户9户;2022年6月底减少到6户。")
GROWTH = village("集体经济收入4.8千元,同比增长5.2%,其中光伏收入占六成。")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("枧头村共有300户、1200人。", PEOPLE),
        ("脱贫户有60户180人。", PEOPLE),
        ("全村低保户十二户。", PEOPLE),
        ("双枧镇枧头村有低保户12户。", PEOPLE),
        ("枧头有脱贫户60户。", PEOPLE),
        ("2022年上半年,枧头村硬化产业路3200米。", ROADS),
        ("枧头村投入271600元硬化产业路。", ROADS),
        ("安装了路灯40盏左右。", ROADS),
        ("枧头村计划脱贫148户。", PLAN),
        ("枧头村力争新建大棚12座。", PLAN),
        ("2021年底有监测户9户。", YEARS),
        ("2022年上半年,监测户减少到6户。", YEARS),
        ("集体经济收入4800元,同比增长5.2%。", GROWTH),
        ("光伏收入占集体经济收入的60%。", GROWTH),
        ("脱贫户:60户。", PEOPLE),
        ("脱贫户和低保户分别为60户、12户。", PEOPLE),
        ("全村300户中,脱贫户60户。", PEOPLE),
        ("学生和教师分别为11人、2人。", village("教学点有学生11人、教师2人。")),
        ("大棚增加到112个。", village("大棚由86个增加到112个。")),
    ],
)
def test_what_follows_from_the_quote_passes(sentence: str, source: Source) -> None:
    assert check(sentence, [source]) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "kind"),
    [
        # numbers
        ("枧头村共有310户。", PEOPLE, Kind.NUMBER),
        ("枧头村有脱贫户300户。", PEOPLE, Kind.NUMBER),
        ("全村共有60户180人。", PEOPLE, Kind.NUMBER),
        ("低保户有十三户。", PEOPLE, Kind.NUMBER),
        ("枧头村有低保户12人。", PEOPLE, Kind.NUMBER),
        ("枧头村有低保户180人。", PEOPLE, Kind.NUMBER),
        ("脱贫户有60多户。", PEOPLE, Kind.NUMBER),
        ("枧头村投入27.16亿元。", ROADS, Kind.NUMBER),
        ("枧头村投入27.16元。", ROADS, Kind.NUMBER),
        ("枧头村硬化产业路3.2米。", ROADS, Kind.NUMBER),
        ("枧头村安装路灯40盏。", ROADS, Kind.NUMBER),
        ("枧头村硬化产业路3.2公里至4公里。", ROADS, Kind.NUMBER),
        ("集体经济收入增长5.2个百分点。", GROWTH, Kind.NUMBER),
        ("枧头村分三批改造危房。", PEOPLE, Kind.NUMBER),
        ("枧头村低保户位列第2。", PEOPLE, Kind.NUMBER),
        # places
        ("青杠村共有300户1200人。", PEOPLE, Kind.PLACE),
        ("双枧镇共有300户1200人。", PEOPLE, Kind.PLACE),
        ("上枧头村共有300户1200人。", PEOPLE, Kind.PLACE),
        ("青杠共有300户1200人。", PEOPLE, Kind.NAME),
        # periods
        ("2021年,枧头村硬化产业路3.2公里。", ROADS, Kind.PERIOD),
        ("2022年下半年,枧头村硬化产业路3.2公里。", ROADS, Kind.PERIOD),
        ("2022年,枧头村硬化产业路3.2公里。", ROADS, Kind.PERIOD),
        ("2022年6月底有监测户9户。", YEARS, Kind.PERIOD),
        ("全村有监测户9户。", YEARS, Kind.PERIOD),
        ("2020年底有监测户9户。", YEARS, Kind.PERIOD),
        # plans and changes
        ("枧头村脱贫148户。", PLAN, Kind.PLAN),
        ("枧头村已脱贫148户。", PLAN, Kind.PLAN),
        ("枧头村计划硬化产业路3.2公里。", ROADS, Kind.PLAN),
        ("枧头村已争取资金修路。", village("计划争取资金修路。"), Kind.PLAN),
        ("车间投资16万元,已10月底完工。", village("车间投资16万元,预计10月底完工。"), Kind.PLAN),
        ("我们已主要抓好修路工作。", village("我们将主要抓好修路工作。"), Kind.PLAN),
        ("集体经济收入同比下降5.2%。", GROWTH, Kind.CHANGE),
        ("监测户减少6户。", village("2022年6月底监测户减少到6户。"), Kind.CHANGE),
        ("监测户有6户。", village("监测户新增6户。"), Kind.CHANGE),
        # words and names
        ("枧头村书记是秦若谷。", PEOPLE, Kind.NAME),
        ("枧头村开展了文艺演出和环境整治。", PEOPLE, Kind.WORDS),
        ("上半年工作总结。", PEOPLE, Kind.WORDS),
        ("300户。", PEOPLE, Kind.WORDS),
        ("枧头村有12户。", PEOPLE, Kind.NUMBER),
        ("。", PEOPLE, Kind.WORDS),
        ("详见https://example.org。", PEOPLE, Kind.WORDS),
        ("枧头村完成危房改造。", village("枧头村未完成危房改造。"), Kind.NEGATION),
        ("枧头村没有完成危房改造。", village("枧头村完成危房改造。"), Kind.NEGATION),
        ("该进进58户。", village("该进未进58户,该出未出73户。"), Kind.NEGATION),
        ("全省收入为2875元。", village("收入比全国和全省分别少2875元。"), Kind.PLACE),
        ("全部群众完成搬迁。", village("群众完成搬迁。"), Kind.WORDS),
        ("枧头村最早完成搬迁。", village("枧头村完成搬迁。"), Kind.WORDS),
        ("危房改造完成。", village("危房改造基本完成。"), Kind.NEGATION),
        ("枧头村修建文化广场。", village("下一步打算修建文化广场。"), Kind.PLAN),
        # words that only the quotes may say
        ("低保户仅12户。", PEOPLE, Kind.WORDS),
        ("每户脱贫户60户。", PEOPLE, Kind.WORDS),
        ("光伏收入占大半。", GROWTH, Kind.WORDS),
        ("由于投入27.16万元,因此安装路灯约40盏。", ROADS, Kind.WORDS),
        ("硬化产业路3.2公里,居全县第一。", ROADS, Kind.WORDS),
        ("此前硬化产业路3.2公里。", ROADS, Kind.PERIOD),
        ("其他村硬化产业路3.2公里。", ROADS, Kind.PLACE),
        ("停止硬化产业路3.2公里。", ROADS, Kind.NEGATION),
        ("拆除产业路3.2公里。", ROADS, Kind.NEGATION),
        ("拆除便民桥。", village("拆除旧石板桥,新建便民桥。"), Kind.NEGATION),
        ("工业减少值增长6.5%。", village("工业增加值增长6.5%,减排降碳达标。"), Kind.NEGATION),
        ("收入减少。", village("群众收入增加,支出减少。"), Kind.NEGATION),
        ("脱贫户⑥⓪户。", PEOPLE, Kind.NUMBER),
        ("脱贫户Ⅵ户。", PEOPLE, Kind.NUMBER),
        ("低保户柒拾户。", PEOPLE, Kind.NUMBER),
        ("硬化产业路伍公里。", ROADS, Kind.NUMBER),
        ("脱贫户60户180人,群众非常满意。", PEOPLE, Kind.WORDS),
        ("光伏收入4.8千元。", GROWTH, Kind.NUMBER),
        ("去年硬化产业路3.2公里。", village("去年硬化产业路5公里,今年3.2公里。"), Kind.PERIOD),
        (
            "去年硬化产业路3.2公里。",
            village("产业路3.2公里。", period=None, anchor=None),
            Kind.PERIOD,
        ),
        ("投资7000余亿元以上。", village("投资7000亿元以上。"), Kind.NUMBER),
        ("指数由73.6提高了140.4。", village("指数由73.6提高到140.4。"), Kind.NUMBER),
        ("去年,结合去年评估,核查58户。", village("结合去年评估,核查58户。"), Kind.PERIOD),
        ("新一轮科技创新已初见成效。", village("新一轮科技创新计划初见成效。"), Kind.PLAN),
        ("实际工作中已争取更好。", village("实际工作中将争取更好。"), Kind.PLAN),
        ("教师:11人。", village("教学点有学生11人、教师2人。"), Kind.NUMBER),
        ("学生和教师分别为2人、11人。", village("教学点有学生11人、教师2人。"), Kind.NUMBER),
        ("面积和投产分别为400亩、530亩。", village("面积530亩,投产400亩。"), Kind.NUMBER),
        ("大棚增加到86个。", village("大棚由86个增加到112个。"), Kind.NUMBER),
        ("雨季已至。", village("雨季将至,工期吃紧。"), Kind.PLAN),
        ("古油坊已国庆前开榨。", village("古油坊计划国庆前开榨。"), Kind.PLAN),
        ("枧头村2022年上半年工作总结。", PEOPLE, Kind.WORDS),
        ("According to the report, there are 300户.", PEOPLE, Kind.WORDS),
        ("| 脱贫户 | 60户 |", PEOPLE, Kind.WORDS),
        ("脱贫户:1200人。", PEOPLE, Kind.NUMBER),
        ("脱贫户,300户。", PEOPLE, Kind.NUMBER),
        ("低保户和脱贫户分别为60户、12户。", PEOPLE, Kind.NUMBER),
        ("脱贫户140亩。", village("项目:朝天椒 | 规模:140亩 | 受益脱贫户:66户"), Kind.NUMBER),
        # how much of the land is spoken of
        ("全镇共有300户1200人。", PEOPLE, Kind.PLACE),
        ("全县共有300户1200人。", PEOPLE, Kind.PLACE),
        ("发动全省安装路灯约40盏。", ROADS, Kind.PLACE),
    ],
)
def test_what_does_not_follow_fails_for_its_reason(
    sentence: str, source: Source, kind: Kind
) -> None:
    assert kind in kinds(sentence, source)


def test_a_sentence_without_a_source_fails() -> None:
    assert kinds("枧头村共有300户。") == {Kind.SOURCE}


TOWN = village(
    "双枧镇共有脱贫户400户。枧头村脱贫35户,青杠村脱贫20户。", "双枧镇", within=("清溪县",)
)


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("枧头村脱贫35户。", True),
        ("青杠村脱贫20户。", True),
        ("双枧镇有脱贫户400户。", True),
        ("枧头村脱贫20户。", False),
        ("双枧镇脱贫20户。", False),
        ("脱贫20户。", False),
        ("青杠村有脱贫户400户。", False),
        ("枧头村、青杠村分别脱贫20户、35户。", False),
    ],
)
def test_a_number_stays_with_its_village(sentence: str, right: bool) -> None:
    assert (check(sentence, [TOWN]) == ()) is right


WIDE = village(
    "全县共有脱贫户4000户,我村有脱贫户60户。获全县一等奖,奖金5万元。", within=("双枧镇", "清溪县")
)


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("全县共有脱贫户4000户。", True),
        ("清溪县共有脱贫户4000户。", True),
        ("枧头村共有脱贫户4000户。", False),
        ("全村共有脱贫户4000户。", False),
        ("脱贫户4000户。", False),
        ("枧头村有脱贫户60户。", True),
        ("全村有脱贫户60户。", True),
        ("全县有脱贫户60户。", False),
        ("全镇有脱贫户60户。", False),
        ("枧头村获全县一等奖,奖金5万元。", True),
    ],
)
def test_what_is_said_of_the_county_is_not_the_village_s(sentence: str, right: bool) -> None:
    assert (check(sentence, [WIDE]) == ()) is right


def test_the_whole_village_is_the_one_of_its_report() -> None:
    assert check("全村共有300户。", [PEOPLE], About(places=("枧头村",))) == ()
    assert kinds("全村共有300户。", PEOPLE, about=About(places=("青杠村",))) == {Kind.PLACE}
    assert kinds("全村共有300户。", PEOPLE, about=About(name_places=True)) == {Kind.PLACE}


def test_a_town_s_word_on_another_village_is_no_answer() -> None:
    about = About(places=("枧头村",))
    assert check("枧头村脱贫35户。", [TOWN], about) == ()
    assert Kind.PLACE in kinds("青杠村脱贫20户。", TOWN, about=about)
    assert check("枧头村脱贫35户,青杠村脱贫20户。", [TOWN], about) == ()
    assert check("双枧镇共有脱贫户400户。", [TOWN], about) == ()


def test_a_later_report_s_word_on_its_own_year_is_no_answer() -> None:
    source = village("今年6月动态调整后,有监测户6户。")
    assert check("今年6月动态调整后,有监测户6户。", [source]) == ()
    about = About(periods=(Period.parse("2021"),))
    assert Kind.PERIOD in kinds("今年6月动态调整后,有监测户6户。", source, about=about)
    assert check("2021年底,全村有监测户9户。", [YEARS], about) == ()


OFFICES = village("村书记张大山,主任李小河,副主任王建国。")


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("村书记是张大山。", True),
        ("李小河任主任。", True),
        ("村主任李小河。", True),
        ("村书记李小河。", False),
        ("村主任张大山。", False),
        ("李小河任书记。", False),
        ("主任王建国。", False),
        ("副主任李小河。", False),
    ],
)
def test_people_keep_their_offices(sentence: str, right: bool) -> None:
    assert (check(sentence, [OFFICES]) == ()) is right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("邀请片区支部书记座谈。", True),
        ("邀请片区支部主任座谈。", False),
        ("专班由校长牵头、两名副校长配合。", True),
        ("专班由校长牵头、两名副主任配合。", False),
        ("专班由主任牵头、两名副校长配合。", False),
    ],
)
def test_an_office_without_a_person_is_the_quote_s(sentence: str, right: bool) -> None:
    quote = "邀请片区支部书记座谈,专班由校长牵头、两名副校长配合,主任未参加。"
    assert (check(sentence, [village(quote)]) == ()) is right


DOINGS = village("枧头村修建文化广场,青杠村新建卫生室。", "双枧镇", within=())
YEARLY = village("2021年清理河道,2022年栽种桂花树。")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("枧头村修建文化广场。", None),
        ("青杠村新建卫生室。", None),
        ("青杠村修建文化广场。", Kind.PLACE),
        ("双枧镇新建卫生室。", Kind.PLACE),
        ("2021年,清理河道。", None),
        ("2022年,清理河道。", Kind.PERIOD),
        ("2021年,栽种桂花树。", Kind.PERIOD),
    ],
)
def test_what_was_done_stays_with_its_place_and_year(sentence: str, kind: Kind | None) -> None:
    source = YEARLY if "年" in sentence else DOINGS
    assert kinds(sentence, source) == ({kind} if kind else set())


def test_an_unnamed_place_is_the_one_asked_about() -> None:
    about = About(places=("枧头村",))
    assert check("脱贫35户。", [TOWN], about) == ()
    assert kinds("脱贫20户。", TOWN, about=about) == {Kind.PLACE}
    assert kinds("脱贫户有60户。", village("脱贫户有60户。", "青杠村"), about=about) == {Kind.PLACE}


def test_where_several_places_are_in_question_a_figure_names_its_own() -> None:
    about = About(name_places=True)
    assert kinds("脱贫户有60户。", PEOPLE, about=about) == {Kind.PLACE}
    assert check("枧头村脱贫户有60户。", [PEOPLE], about) == ()


def test_an_unnamed_period_is_the_one_asked_about() -> None:
    year = About(periods=(Period.parse("2021"),))
    assert kinds("脱贫户有60户。", PEOPLE, about=year) == {Kind.PERIOD}
    assert check("监测户有9户。", [YEARS], year) == ()
    assert check("脱贫户有60户。", [PEOPLE], About(periods=(Period.parse("2022"),))) == ()


def test_this_year_is_the_report_s_year() -> None:
    source = village("今年以来新建大棚10座。")
    assert check("今年以来枧头村新建大棚10座。", [source]) == ()
    assert check("2022年枧头村新建大棚10座。", [source]) == ()
    assert check("2022年上半年枧头村新建大棚10座。", [source]) == ()
    assert kinds("2023年枧头村新建大棚10座。", source) == {Kind.PERIOD}
    assert kinds("去年枧头村新建大棚10座。", source) == {Kind.PERIOD}


def test_an_item_of_an_enumeration_of_targets_is_a_plan() -> None:
    item = village("新建大棚12座;", lead="今年主要目标是")
    assert kinds("枧头村新建大棚12座。", item) == {Kind.PLAN}
    assert check("枧头村计划新建大棚12座。", [item]) == ()


ONE = village("脱贫户37户。")
OTHER = village("脱贫户88户。", "青杠村")
BEFORE = village("监测户9户。", period=Period.parse("2021H2"), anchor=date(2021, 12, 31))
AFTER = village("监测户6户。")


@pytest.mark.parametrize(
    ("sentence", "sources", "right"),
    [
        ("枧头村、青杠村脱贫户合计125户(37+88=125户)。", (ONE, OTHER), True),
        ("枧头村、青杠村脱贫户合计125户(37户+88户=125户)。", (ONE, OTHER), True),
        ("青杠村比枧头村多脱贫户51户(88-37=51户)。", (ONE, OTHER), True),
        ("枧头村比青杠村少脱贫户51户(88-37=51户)。", (ONE, OTHER), True),
        ("枧头村比青杠村多脱贫户51户(88-37=51户)。", (ONE, OTHER), False),
        ("青杠村比枧头村少脱贫户51户(88-37=51户)。", (ONE, OTHER), False),
        ("枧头村监测户减少3户(9-6=3户)。", (BEFORE, AFTER), True),
        ("枧头村监测户增加3户(9-6=3户)。", (BEFORE, AFTER), False),
        ("枧头村、青杠村脱贫户合计125户。", (ONE, OTHER), False),
        ("枧头村、青杠村脱贫户合计126户(37+88=126户)。", (ONE, OTHER), False),
        ("枧头村、青杠村脱贫户合计124户(36+88=124户)。", (ONE, OTHER), False),
        ("枧头村、青杠村脱贫户合计125户(37+88=125户)。", (ONE,), False),
        ("枧头村脱贫户合计125户(37+88=125户)。", (ONE, OTHER), False),
    ],
)
def test_a_sum_is_shown_of_cited_terms(
    sentence: str, sources: tuple[Source, ...], right: bool
) -> None:
    assert (check(sentence, sources) == ()) is right


def test_cells_of_a_table_have_their_column_s_unit() -> None:
    row = village("村名: 枧头村 | 脱贫户(户): 36 | 产值(万元): 12.5")
    assert check("枧头村脱贫户36户。", [row]) == ()
    assert check("枧头村产值12.5万元。", [row]) == ()
    assert kinds("枧头村脱贫户36人。", row) == {Kind.NUMBER}
    assert kinds("枧头村产值12.5元。", row) == {Kind.NUMBER}


def test_an_entailment_model_has_the_last_word() -> None:
    class Never:
        def __init__(self) -> None:
            self.asked: list[tuple[str, str]] = []

        def holds(self, premise: str, sentence: str) -> bool:
            self.asked.append((premise, sentence))
            return False

    judge = Never()
    found = check("枧头村有低保户12户。", [PEOPLE], None, judge)
    assert [finding.kind for finding in found] == [Kind.ENTAILMENT]
    assert judge.asked == [(PEOPLE.quote, "枧头村有低保户12户。")]
    check("枧头村有低保户13户。", [PEOPLE], None, judge)
    assert len(judge.asked) == 1  # what fails already is not put to it


@pytest.mark.parametrize(
    ("text", "plain", "numbers"),
    [
        ("有12户[1]。", "有12户。", (1,)),
        ("有12户。[1][3]", "有12户。", (1, 3)),
        ("有12户【1,2】。", "有12户。", (1, 2)),
        ("有12户。", "有12户。", ()),
        ("有12户［2］［2］。", "有12户。", (2,)),
    ],
)
def test_citations_are_split_off(text: str, plain: str, numbers: tuple[int, ...]) -> None:
    assert split_citations(text) == (plain, numbers)


# ---- whatever the archive says

# Read as the program reads them: some are in GB18030 or UTF-16.
_TEXTS = [
    "\n".join(line.text for line in read(path.read_bytes(), path.suffix))
    for path in sorted(SAMPLE.rglob("*.txt"))
]
_SENTENCES = [
    text[start:end] for text in _TEXTS for start, end in sentences(text) if end - start >= 8
]
_DIGIT = re.compile(r"[0-9一二三四五六七八九]")


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3, unique=True))
def test_an_answer_of_quotes_always_passes(quotes: list[str]) -> None:
    sources = [village(quote) for quote in quotes]
    for quote, source in zip(quotes, sources, strict=True):
        assert check(quote, [source]) == ()


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([one for one in _SENTENCES if _DIGIT.search(one)]),
    st.integers(0, 10_000),
    st.integers(0, 8),
)
def test_a_quote_with_any_digit_changed_always_fails(quote: str, which: int, other: int) -> None:
    places = [match.start() for match in _DIGIT.finditer(quote)]
    at = places[which % len(places)]
    pool = "0123456789" if quote[at].isascii() else "一二三四五六七八九"
    digit = [one for one in pool if one != quote[at]][other % (len(pool) - 1)]
    assert check(quote[:at] + digit + quote[at + 1 :], [village(quote)]) != ()
