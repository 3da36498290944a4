"""Yes or no, who holds an office now, and how many live there: only what decides it is told."""

from __future__ import annotations

import pytest

from tests.app.answer.test_extract import answer, direct, hits


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("青杠村有没有通自来水", "全村已通自来水。"),
        ("青杠村有没有通自来水", "青杠村自来水入户率达到98%。"),
        ("青杠村修没修路", "硬化产业路3公里,投入资金90万元。"),
        ("青杠村修没修路", "新修通组路2公里。"),
        ("青杠村产业路是否完成", "产业路已完工。"),
        ("青杠村产业路是否完成", "产业路正在施工。"),
        ("青杠村产业路是否完成", "产业路未完成,剩余1公里。"),
        ("青杠村有无返贫", "全村无一户返贫。"),
        ("青杠村有无返贫", "返贫2户7人。"),
        ("青杠村有没有幼儿园", "村里有幼儿园1所。"),
        ("青杠村卫生室建好了没有", "卫生室正在建设中。"),
        ("青杠村卫生室建成了没", "新建标准化卫生室1个。"),
        ("青杠村装没装路灯", "安装路灯40盏。"),
        ("青杠村通没通公路", "全村公路实现通达。"),
        ("青杠村有没有发生安全事故", "全年未发生安全事故。"),
    ],
)
def test_what_decides_it_is_told(question: str, text: str) -> None:
    said = answer(question, hits(text))
    assert said is not None
    assert [sentence.text for sentence in said.sentences] == [text]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("青杠村有没有通自来水", "计划实施自来水管网延伸工程。"),
        ("青杠村有没有通自来水", "开展自来水水质宣传2次。"),
        ("青杠村修没修路", "明年计划修路3公里。"),
        ("青杠村修没修路", "组织村民到路口义务劳动。"),
        ("青杠村产业路是否完成", "产业路总投资90万元。"),
        ("青杠村有无返贫", "建立防返贫监测机制。"),
        ("青杠村有没有返贫的", "对易返贫户开展排查。"),
        ("青杠村有没有返贫的", "有返贫风险的3户纳入监测。"),
        ("青杠村有没有幼儿园", "在镇幼儿园门口设宣传点。"),
        ("青杠村卫生室建成了吗", "计划建卫生室1个。"),
        ("青杠村装没装路灯", "路灯管护责任落实到人。"),
        ("青杠村是否脱贫", "脱贫攻坚任务艰巨。"),
        ("青杠村合作社成立了没", "合作社带动20户。"),
        ("青杠村有没有发生安全事故", "开展安全事故隐患排查3次。"),
    ],
)
def test_what_leaves_it_open_is_not(question: str, text: str) -> None:
    assert answer(question, hits(text)) is None


@pytest.mark.parametrize("asked", ["青杠村书记是谁", "青杠村现任书记是谁"])
@pytest.mark.parametrize(
    "text",
    [
        "3月,罗启文辞去村党支部书记职务,由贾明朗接任。",
        "原村党支部书记罗启文调走后,贾明朗任书记。",
        "村党支部书记罗启文因病辞职,贾明朗接任书记。",
        "罗启文不再担任村党支部书记,贾明朗任书记。",
        "免去罗启文村党支部书记职务,任命贾明朗为书记。",
        "村党支部书记由罗启文变更为贾明朗。",
        "前任书记罗启文到县里任职,书记一职由贾明朗担任。",
        "贾明朗任书记,原书记罗启文任县农业局副局长。",
    ],
)
def test_the_one_who_came_holds_the_office(asked: str, text: str) -> None:
    assert direct(asked, text) == "贾明朗"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("青杠村原来的书记是谁", "原村党支部书记罗启文调走后,贾明朗任书记。"),
        ("青杠村前任书记是谁", "3月,罗启文辞去村党支部书记职务,由贾明朗接任。"),
        ("青杠村书记是谁", "村书记罗启文带头示范,由贾明朗协助。"),
    ],
)
def test_the_former_one_is_told_where_asked_for(question: str, text: str) -> None:
    assert direct(question, text) == "罗启文"


@pytest.mark.parametrize("question", ["青杠村有多少户", "青杠村有多少人"])
@pytest.mark.parametrize(
    "text",
    [
        "388户1398人,脱贫户36户。",
        "有388户1398人,耕地900亩。",
        "青杠村388户1398人,党员40名。",
        "青杠村位于镇东部。388户1398人,党员40名。",
    ],
)
def test_a_bare_count_that_opens_a_sentence_is_of_all(question: str, text: str) -> None:
    assert direct(question, text) == "388户1398人"


@pytest.mark.parametrize("question", ["青杠村有多少户", "青杠村有多少人"])
@pytest.mark.parametrize(
    "text",
    [
        "脱贫户都已稳定。36户120人,党员4名。",
        "搬迁已完成。36户120人,其中脱贫户9户。",
        "36户120人已稳定。",
    ],
)
def test_but_not_behind_a_group(question: str, text: str) -> None:
    assert direct(question, text) is None
    below = answer(question, hits("36户120人,党员4名。", heading=["一、搬迁群众"]))
    assert below is None
