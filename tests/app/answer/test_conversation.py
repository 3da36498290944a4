"""Follow-up questions over a small archive: what is taken over, changed and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from app.answer.answer import Answer
from app.answer.conversation import spoken
from app.desk import ArchiveDesk
from ingest.job import ingest
from tests.app.answer.test_generate import OTHER, VILLAGE

FIRST = "枧头村2022年上半年有多少脱贫户"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    base = tmp_path_factory.mktemp("talk")
    (base / "报告").mkdir()
    year = VILLAGE.replace("上半年", "下半年").replace("60户180人", "55户160人")
    year = year.replace("2022年7月2日", "2022年12月28日")
    for name, text in (("a", VILLAGE), ("b", OTHER), ("c", year)):
        (base / "报告" / f"{name}.txt").write_text(text, "utf-8")
    ingest([str(base / "报告")], base / "档案", None, workers=1)
    with closing(ArchiveDesk(base / "档案", None, date(2023, 1, 1))) as opened:
        yield opened


def ask(desk: ArchiveDesk, *questions: str) -> Answer:
    *before, question = questions
    *_, answer = desk.answers(question, before=before)
    return answer


@pytest.mark.parametrize(
    ("questions", "direct", "place", "period"),
    [
        ((FIRST, "那2022年下半年呢?"), "55户160人", "枧头村", "2022H2"),
        ((FIRST, "那下半年呢?"), "55户160人", "枧头村", "2022H2"),
        ((FIRST, "青杠村呢"), "88户302人", "青杠村", "2022H1"),
        ((FIRST, "那青杠村呢?"), "88户302人", "青杠村", "2022H1"),
        ((FIRST, "硬化产业路多少公里"), "3.2公里", "枧头村", "2022H1"),
        ((FIRST, "硬化产业路多少公里", "青杠村呢?"), "5公里", "青杠村", "2022H1"),
        ((FIRST, "青杠村呢", "监测户有多少"), "4户13人", "青杠村", "2022H1"),
        ((FIRST, "2022年下半年呢", "枧头村2022年上半年呢"), "60户180人", "枧头村", "2022H1"),
    ],
)
def test_what_a_question_leaves_out_is_taken_over(
    desk: ArchiveDesk, questions: tuple[str, ...], direct: str, place: str, period: str
) -> None:
    answer = ask(desk, *questions)
    assert answer.direct == direct
    assert (answer.scope.places, answer.scope.periods) == ((place,), (period,))
    assert answer.question == questions[-1]


def test_a_subject_that_the_archive_never_names_inherits_no_place(desk: ArchiveDesk) -> None:
    answer = ask(desk, FIRST, "月球基地有多少人")
    assert answer.refused
    assert (answer.scope.places, answer.scope.periods) == ((), ())
    assert ask(desk, FIRST, "月球基地有多少人", "监测户有多少").scope.places == ()


def test_other_villages_are_a_line_each(desk: ArchiveDesk) -> None:
    answer = ask(desk, FIRST, "其他村呢?")
    assert answer.scope.places == ()
    assert answer.scope.periods == ("2022H1",)
    assert any(line.text.startswith("青杠村") and "88户" in line.text for line in answer.sentences)


def test_a_scope_is_dropped_by_a_word(desk: ArchiveDesk) -> None:
    assert ask(desk, FIRST, "不限时间,监测户有多少").scope.periods == ()
    assert ask(desk, FIRST, "不限时间,监测户有多少").scope.places == ("枧头村",)
    assert ask(desk, FIRST, "所有地方监测户有多少").scope.places == ()
    both = ask(desk, FIRST, "全部档案里监测户有多少").scope
    assert (both.places, both.periods) == ((), ())


def test_a_chosen_place_is_stronger_than_the_talk(desk: ArchiveDesk) -> None:
    *_, answer = desk.answers("监测户有多少", "青杠村", None, [FIRST])
    assert answer.scope.places == ("青杠村",)


def test_what_points_back_goes_on_about_the_same(desk: ArchiveDesk) -> None:
    answer = ask(desk, "枧头村2022年上半年硬化产业路多少公里", "这项工程投入多少资金")
    assert answer.direct == "27.16万元"
    assert answer.scope.places == ("枧头村",)


def test_a_year_without_reports_is_still_refused(desk: ArchiveDesk) -> None:
    answer = ask(desk, FIRST, "那2017年呢?")
    assert answer.refused
    assert answer.scope.periods == ("2017",)


def test_nothing_is_remembered_between_conversations(desk: ArchiveDesk) -> None:
    ask(desk, FIRST, "青杠村呢")
    alone = ask(desk, "监测户有多少")
    assert (alone.scope.places, alone.scope.periods) == ((), ())


def test_a_first_question_is_read_as_it_stands(desk: ArchiveDesk) -> None:
    assert ask(desk, FIRST).direct == desk.ask(FIRST).direct == "60户180人"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("那2017年呢?", "2017年呢?"),
        ("那些项目是谁出的钱", "是谁出的钱"),
        ("不限时间,有多少党员", "有多少党员"),
        ("其他村呢", "呢"),
    ],
)
def test_words_that_only_tie_are_left_out(text: str, rest: str) -> None:
    assert spoken(text).text == rest
